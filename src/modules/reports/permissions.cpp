#include "modules/reports/permissions.hpp"

namespace santong::reports::permissions {

void declare(auth::PermissionRegistry& registry) {
    using enum auth::Role;
    registry.allow(view, {leader, info_office, supervisor, principal, academic});
    registry.allow(explain, {principal, academic});
    registry.allow(sign, {principal});
    registry.allow(receive, {info_office});
}

}  // namespace santong::reports::permissions
