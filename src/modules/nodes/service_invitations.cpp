#include "modules/nodes/service_invitations.hpp"

#include <cctype>

#include "modules/nodes/permissions.hpp"
#include "modules/roster/service.hpp"
#include "platform/auth/audit.hpp"
#include "platform/auth/crypto.hpp"
#include "platform/auth/keys.hpp"

namespace santong::nodes {

namespace {

constexpr std::size_t code_length = 12, code_group = 4;
constexpr int code_lives_days = 7;

/// As it is typed: blanks, dashes and case do not count.
std::string plain(std::string_view typed) {
    std::string code;
    for (char const c : typed) {
        if (std::isalnum(static_cast<unsigned char>(c)) != 0)
            code += static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
    }
    return code;
}

std::string grouped(std::string const& code) {
    std::string text;
    for (std::size_t i = 0; i < code.size(); i += code_group)
        text += (text.empty() ? "" : "-") + code.substr(i, code_group);
    return text;
}

std::string code_hash(std::string const& code) {
    return auth::crypto::base64url(auth::Keys::current().token_mac("node|" + plain(code)));
}

core::Result<Invitation> make_invitation(Site const& site, sql::Tx& tx, auth::Caller const& caller,
                                         core::OrgId const& org) {
    auto const found = TRY(roster::org(tx, org));
    if (!found.is_school()) return core::invalid("nodes.not_a_school");
    auto const now = site.machine.now();
    Invitation made{grouped(plain(auth::crypto::readable_code(code_length))), org, found.name,
                    now.plus_days(code_lives_days)};
    store::InvitationRow row{code_hash(made.code), tx.district(), org, now, made.expires_at, {}, {}};
    if (caller.signed_in()) row.made_by = caller.person;
    store::put_invitation(tx, row);
    auth::audit(tx, caller, {"nodes.invite", org.text()});
    return made;
}

/// The school that somebody at the machine means.
core::Result<core::OrgId> school_called(sql::Tx& tx, std::string const& word) {
    std::vector<core::OrgId> found;
    for (auto const& school : roster::schools(tx)) {
        if (school.id.text() == word || school.school_code == word || school.name == word || school.short_name == word)
            found.push_back(school.id);
    }
    if (found.empty()) return core::not_found("roster.org_not_found");
    if (found.size() > 1) return core::conflict("nodes.many_schools");
    return found.front();
}

std::vector<OpenInvitation> open_invitations(Site const& site, sql::Tx& tx) {
    auto const rows = store::open_invitations(tx, site.machine.now());
    std::vector<core::PersonId> makers;
    for (auto const& row : rows) {
        if (row.made_by) makers.push_back(*row.made_by);
    }
    auto const names = roster::names(tx, makers);
    std::vector<OpenInvitation> open;
    for (auto const& row : rows) {
        auto& one = open.emplace_back();
        one.org_id = row.org_id;
        if (auto const org = roster::org(tx, row.org_id)) one.org_name = org->name;
        auto const maker = row.made_by ? names.find(*row.made_by) : names.end();
        if (maker != names.end()) one.made_by = maker->second;
        one.made_at = row.made_at;
        one.expires_at = row.expires_at;
    }
    return open;
}

core::Result<core::Nothing> withdraw(Site const& site, sql::Tx& tx, auth::Caller const& caller,
                                     core::OrgId const& org) {
    if (!store::withdraw_invitation(tx, org, site.machine.now())) return core::not_found("nodes.invitation_unknown");
    auth::audit(tx, caller, {"nodes.withdraw_invitation", org.text()});
    return core::Nothing{};
}

}  // namespace

core::Result<Invitation> invite(Site const& site, auth::Caller const& caller, core::OrgId const& org) {
    return site.db.transact(caller.district, [&](sql::Tx& tx) -> core::Result<Invitation> {
        TRY_VOID(caller.require(tx, permissions::manage, org));
        return make_invitation(site, tx, caller, org);
    });
}

core::Result<Invitation> invite_at_machine(Site const& site, core::DistrictId district, std::string const& school) {
    return site.db.transact(district, [&](sql::Tx& tx) -> core::Result<Invitation> {
        auto const org = TRY(school_called(tx, school));
        return make_invitation(site, tx, auth::terminal_caller(district), org);
    });
}

core::Result<OpenInvitationList> list_invitations(Site const& site, auth::Caller const& caller) {
    return site.db.read(caller.district, [&](sql::Tx& tx) -> core::Result<OpenInvitationList> {
        OpenInvitationList list{open_invitations(site, tx)};
        std::erase_if(list.items,
                      [&](OpenInvitation const& one) { return !caller.may(tx, permissions::manage, one.org_id); });
        return list;
    });
}

std::vector<OpenInvitation> invitations_at_machine(Site const& site, core::DistrictId district) {
    return site.db.read(district, [&](sql::Tx& tx) { return open_invitations(site, tx); });
}

core::Result<core::Nothing> withdraw_invitation(Site const& site, auth::Caller const& caller, core::OrgId const& org) {
    return site.db.transact(caller.district, [&](sql::Tx& tx) -> core::Result<core::Nothing> {
        TRY_VOID(caller.require(tx, permissions::manage, org));
        return withdraw(site, tx, caller, org);
    });
}

core::Result<std::string> withdraw_at_machine(Site const& site, core::DistrictId district, std::string const& school) {
    return site.db.transact(district, [&](sql::Tx& tx) -> core::Result<std::string> {
        auto const org = TRY(school_called(tx, school));
        TRY_VOID(withdraw(site, tx, auth::terminal_caller(district), org));
        return TRY(roster::org(tx, org)).name;
    });
}

core::Result<store::InvitationRow> use_invitation(Site const& site, std::string const& code) {
    auto const now = site.machine.now();
    return site.db.transact(0, [&](sql::Tx& tx) -> core::Result<store::InvitationRow> {
        auto const hash = code_hash(code);
        auto known = store::take_invitation(tx, hash, now);
        if (known) return std::move(*known);
        return core::not_found(store::is_withdrawn(tx, hash) ? "nodes.code_withdrawn" : "nodes.code_unknown");
    });
}

}  // namespace santong::nodes
