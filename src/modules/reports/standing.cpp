#include "modules/reports/standing.hpp"

#include <algorithm>

#include "modules/reports/permissions.hpp"
#include "modules/roster/service.hpp"

namespace santong::reports {

namespace {

bool principal_of(auth::Caller const& caller, core::OrgId const& school) {
    return std::ranges::any_of(caller.grants, [&](auth::Grant const& grant) {
        return grant.role == auth::Role::principal && grant.org_id == school;
    });
}

}  // namespace

std::optional<core::OrgId> central_of(sql::Tx& tx, core::OrgId const& school) {
    auto const way = roster::self_and_ancestors(tx, school);
    auto const all = roster::orgs(tx, way);
    for (std::size_t i = 1; i < way.size(); ++i) {
        auto const at = std::ranges::find(all, way[i], &roster::Org::id);
        if (at != all.end() && at->is_school()) return way[i];
    }
    return std::nullopt;
}

Standing standing(sql::Tx& tx, auth::Caller const& caller, core::OrgId const& school, core::LocalDate today) {
    Standing found;
    found.central = central_of(tx, school);
    found.within = caller.may(tx, permissions::explain, school);
    found.from_above = caller.may(tx, permissions::view, roster::district(tx).org_id);
    found.explains = found.within;
    found.receives = caller.may(tx, permissions::receive, roster::district(tx).org_id);
    if (!caller.may(tx, permissions::sign, school)) return found;
    bool const own = principal_of(caller, school);
    bool const orphan = !own && roster::holders(tx, auth::Role::principal, school, "", today).empty();
    found.signs = own || orphan;
    found.passes_on = found.central && caller.may(tx, permissions::sign, *found.central);
    if (orphan) found.central.reset();  // signed and passed on in one act
    return found;
}

}  // namespace santong::reports
