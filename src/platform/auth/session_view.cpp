#include "platform/auth/session_view.hpp"

#include <algorithm>
#include <cstdlib>

#include "platform/auth/sessions.hpp"
#include "platform/auth/store.hpp"

namespace santong::auth {

namespace {

std::string two(int number) {
    return (number < 10 ? "0" : "") + std::to_string(number);
}

std::string zone_text(core::Zone zone) {
    int const minutes = std::abs(zone.offset_minutes);
    return (zone.offset_minutes < 0 ? "-" : "+") + two(minutes / 60) + ":" + two(minutes % 60);
}

std::vector<SessionRole> roles_of(sql::Tx& tx, Gate const& gate, Caller const& caller) {
    std::vector<core::OrgId> orgs;
    for (auto const& grant : caller.grants) orgs.push_back(grant.org_id);
    auto places = gate.options().details->places(tx, orgs);
    std::vector<SessionRole> roles;
    for (auto const& grant : caller.grants) {
        auto const& place = places[grant.org_id];
        roles.push_back({grant.role, grant.org_id, place.name, place.path, grant.subject});
    }
    return roles;
}

}  // namespace

core::Result<SessionView> view_session(sql::Database& db, Gate& gate, Caller const& caller) {
    SANTONG_ASSERT(gate.options().details != nullptr);
    return db.read(caller.district, [&](sql::Tx& tx) -> core::Result<SessionView> {
        auto const account = store::find_account(tx, caller.account);
        if (!account) return core::unauthenticated("auth.session_ended");
        auto const held = current_grants(tx, caller.person, gate.today());
        auto const totp = store::find_totp(tx, caller.account);
        SessionView view;
        view.csrf = caller.csrf;
        view.account_id = caller.account;
        view.person_id = caller.person;
        view.name = caller.name;
        view.language = account->language;
        view.demo = gate.options().demo;
        view.now = gate.teaching_now();
        view.zone = zone_text(gate.options().zone);
        view.district = gate.options().details->district(tx);
        if (auto const home = home_role(caller.grants)) view.home = core::enum_text(*home);
        view.roles = roles_of(tx, gate, caller);
        view.permissions = PermissionRegistry::instance().names_for(caller.grants);
        view.must_change_password = caller.restriction == Restriction::change_password;
        view.totp_required = !gate.options().demo &&
                             std::ranges::any_of(held, [](Grant const& grant) { return is_administrator(grant.role); });
        view.totp_enrolled = totp && totp->confirmed;
        view.kind = caller.session_kind;
        return view;
    });
}

SignInOptions sign_in_options(sql::Database& db, Gate& gate) {
    return db.read(gate.options().district, [&](sql::Tx& tx) {
        SignInOptions options;
        options.demo = gate.options().demo;
        options.pupil_signin = !store::open_windows(tx, gate.now()).empty();
        if (gate.options().details) options.place = gate.options().details->district(tx).name;
        if (options.demo) options.demo_accounts = gate.options().demo_accounts;
        options.zone = zone_text(gate.options().zone);
        return options;
    });
}

}  // namespace santong::auth
