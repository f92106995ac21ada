#include "platform/auth/grants.hpp"

#include <algorithm>
#include <set>

#include "platform/auth/audit.hpp"
#include "platform/auth/permissions.hpp"
#include "platform/auth/sessions.hpp"
#include "platform/auth/store.hpp"
#include "platform/feed/feed.hpp"

namespace santong::auth {

namespace {

constexpr int largest_page = 200;

void end_sessions_of_person(sql::Tx& tx, core::PersonId const& person) {
    for (auto const& account : store::accounts_of(tx, {person})) end_sessions(tx, account.id);
}

/// System, security and audit administrators: one of the three at most, also not one after the other in advance.
core::Result<void> keep_apart(sql::Tx& tx, std::vector<GrantRow> const& grants) {
    for (auto const& wanted : grants) {
        if (!is_separated(wanted.role)) continue;
        auto held = store::open_grants_of(tx, wanted.person_id, gate_today());
        held.insert(held.end(), grants.begin(), grants.end());
        bool const mixed = std::ranges::any_of(held, [&](GrantRow const& row) {
            return row.person_id == wanted.person_id && is_separated(row.role) && row.role != wanted.role;
        });
        if (mixed) return core::conflict("auth.administrators_apart");
    }
    return {};
}

/// Rule and scope: one of the caller's own grants must both stand above the place and allow the role.
core::Result<void> may_give_here(sql::Tx& tx, Caller const& caller, Role role, core::OrgId const& org) {
    TRY_VOID(caller.require(tx, permissions::grant_roles, org));
    auto const above = PermissionRegistry::scopes()->self_and_ancestors(tx, org);
    bool const allowed = std::ranges::any_of(caller.grants, [&](Grant const& grant) {
        return may_give(grant.role, role) && std::ranges::find(above, grant.org_id) != above.end();
    });
    if (!allowed) return core::forbidden("auth.not_above_your_own");
    return {};
}

/// Roles of a school are held at one school: a principal of a whole district would be nobody's principal.
core::Result<void> fits_place(sql::Tx& tx, Gate const& gate, Role role, core::OrgId const& org) {
    auto* details = gate.options().details;
    if (details == nullptr || !is_of_school(role) || details->within_a_school(tx, org)) return {};
    return core::invalid_at("/org_id", "auth.school_expected");
}

bool reads_everywhere(sql::Tx& tx, Gate const& gate, Caller const& caller) {
    auto* details = gate.options().details;
    return details && caller.may(tx, permissions::view_grants, details->district(tx).id);
}

/// Whether somebody has a role at or below a place of the caller's: nobody gives roles to people of elsewhere, whom he
/// does not know and whose names he would learn by it.
bool is_in_sight(sql::Tx& tx, Gate const& gate, Caller const& caller, core::PersonId const& person) {
    if (reads_everywhere(tx, gate, caller)) return true;
    auto const held = store::open_grants_of(tx, person, gate.today());
    return std::ranges::any_of(
        held, [&](GrantRow const& row) { return caller.may(tx, permissions::view_grants, row.org_id); });
}

std::string detail_of(GrantRow const& row) {
    return core::json::write(Grant{row.role, row.org_id, row.subject});
}

/// A page of grants the caller may see; reads on until the page is full.
std::vector<GrantRow> visible(sql::Tx& tx, Gate const& gate, Caller const& caller, store::GrantFilter filter) {
    bool const everywhere = reads_everywhere(tx, gate, caller);
    int const wanted = filter.limit;
    std::vector<GrantRow> out;
    while (static_cast<int>(out.size()) < wanted) {
        auto const rows = store::list_grants(tx, filter, gate.today());
        for (auto const& row : rows) {
            bool const shown = everywhere || caller.may(tx, permissions::view_grants, row.org_id);
            if (shown && static_cast<int>(out.size()) < wanted) out.push_back(row);
        }
        if (static_cast<int>(rows.size()) < filter.limit) break;
        filter.after = rows.back().id.text();
    }
    return out;
}

core::Result<store::GrantFilter> filter_of(GrantQuery const& query) {
    store::GrantFilter filter;
    if (!query.person_id.empty()) {
        auto const id = core::PersonId::parse(query.person_id);
        if (!id) return core::invalid_at("person_id", "core.identifier_expected");
        filter.person = *id;
    }
    if (!query.org_id.empty()) {
        auto const id = core::OrgId::parse(query.org_id);
        if (!id) return core::invalid_at("org_id", "core.identifier_expected");
        filter.org = *id;
    }
    if (!query.role.empty() && !core::enum_parse<Role>(query.role)) {
        return core::invalid_at("role", "core.unknown_choice");
    }
    if (!query.after.empty() && !GrantId::parse(query.after)) {
        return core::invalid_at("after", "core.identifier_expected");
    }
    filter.role = query.role;
    filter.after = query.after;
    filter.limit = std::clamp(query.limit, 1, largest_page);
    return filter;
}

}  // namespace

core::Result<void> add_grants(sql::Tx& tx, std::vector<GrantRow> grants) {
    TRY_VOID(keep_apart(tx, grants));
    std::set<core::PersonId> persons;
    std::set<core::PersonId> raised;
    for (auto& row : grants) {
        if (row.id.is_nil()) row.id = GrantId::make();
        if (row.made_at.ms == 0) row.made_at = gate_now();
        persons.insert(row.person_id);
        if (is_privileged(row.role)) raised.insert(row.person_id);
    }
    store::insert_grants(tx, grants);
    for (auto const& row : grants) feed::put(tx, {"auth.Grant", row.id.text(), row.org_id}, row);
    for (auto const& person : persons) forget_after_commit(tx, person);
    // A new privilege begins with a new session (check 9); a teacher's one more class does not end his lesson.
    for (auto const& person : raised) end_sessions_of_person(tx, person);
    return {};
}

core::Result<void> end_grant(sql::Tx& tx, GrantId const& id, core::LocalDate last_day) {
    auto const row = store::find_grant(tx, id);
    if (!row) return core::not_found();
    store::end_grant(tx, *row, last_day);
    if (auto const ended = store::find_grant(tx, id))
        feed::put(tx, {"auth.Grant", id.text(), ended->org_id}, *ended);
    else
        feed::remove(tx, {"auth.Grant", id.text(), row->org_id});
    forget_after_commit(tx, row->person_id);
    auto const left = store::grants_of(tx, row->person_id, gate_today());
    bool const keeps = std::ranges::any_of(left, [&](GrantRow const& one) { return one.role == row->role; });
    if (!keeps || is_privileged(row->role)) end_sessions_of_person(tx, row->person_id);
    return {};
}

std::vector<GrantRow> grants_of(sql::Tx& tx, core::PersonId const& person, core::LocalDate on) {
    return store::open_grants_of(tx, person, on);
}

core::Result<GrantRow> grant_role(sql::Database& db, Gate& gate, Caller const& caller, GrantRequest const& request) {
    return db.transact(caller.district, [&](sql::Tx& tx) -> core::Result<GrantRow> {
        TRY_VOID(may_give_here(tx, caller, request.role, request.org_id));
        TRY_VOID(fits_place(tx, gate, request.role, request.org_id));
        if (request.person_id == caller.person) return core::forbidden("auth.not_yourself");
        bool const known = is_in_sight(tx, gate, caller, request.person_id);
        if (!known || store::accounts_of(tx, {request.person_id}).empty()) {
            return core::not_found("auth.person_without_account");
        }
        GrantRow row;
        row.id = GrantId::make();
        row.person_id = request.person_id;
        row.role = request.role;
        row.org_id = request.org_id;
        row.subject = request.subject.value_or("");
        row.from_date = request.from_date.value_or(gate.today());
        row.to_date = request.to_date;
        row.granted_by = caller.person;
        row.made_at = gate.now();
        if (row.to_date && *row.to_date < row.from_date)
            return core::invalid_at("/to_date", "auth.ends_before_it_begins");
        TRY_VOID(add_grants(tx, {row}));
        audit(tx, caller, {"grant.given", request.person_id.text(), detail_of(row)});
        return row;
    });
}

core::Result<void> withdraw_role(sql::Database& db, Gate& gate, Caller const& caller, GrantId const& id) {
    return db.transact(caller.district, [&](sql::Tx& tx) -> core::Result<void> {
        auto const row = store::find_grant(tx, id);
        if (!row || !caller.may(tx, permissions::view_grants, row->org_id)) return core::not_found();
        TRY_VOID(may_give_here(tx, caller, row->role, row->org_id));
        if (row->person_id == caller.person) return core::forbidden("auth.not_yourself");
        TRY_VOID(end_grant(tx, id, gate.today().plus_days(-1)));
        audit(tx, caller, {"grant.withdrawn", row->person_id.text(), detail_of(*row)});
        return {};
    });
}

core::Result<core::Page<GrantItem>> list_grants(sql::Database& db, Gate& gate, Caller const& caller,
                                                GrantQuery const& query) {
    if (!caller.may_anywhere(permissions::view_grants)) return core::forbidden();
    auto filter = TRY(filter_of(query));
    int const limit = filter.limit++;
    return db.read(caller.district, [&](sql::Tx& tx) -> core::Result<core::Page<GrantItem>> {
        core::Page<GrantItem> page;
        auto* details = gate.options().details;
        if (!query.q.empty() && details) {
            filter.people = details->people_called(tx, query.q);
            if (filter.people.empty()) return page;
        }
        auto rows = visible(tx, gate, caller, filter);
        if (static_cast<int>(rows.size()) > limit) {
            rows.pop_back();
            page.next = rows.back().id.text();
        }
        std::vector<core::PersonId> persons;
        std::vector<core::OrgId> orgs;
        for (auto const& row : rows) {
            persons.push_back(row.person_id);
            orgs.push_back(row.org_id);
        }
        auto names = details ? details->person_names(tx, persons) : std::map<core::PersonId, std::string>();
        auto places = details ? details->places(tx, orgs) : std::map<core::OrgId, OrgPlace>();
        for (auto const& row : rows) {
            page.items.push_back({row.id, row.person_id, names[row.person_id], row.role, row.org_id,
                                  places[row.org_id].name, row.subject, row.from_date, row.to_date});
        }
        return page;
    });
}

}  // namespace santong::auth
