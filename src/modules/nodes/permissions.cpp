#include "modules/nodes/permissions.hpp"

namespace santong::nodes::permissions {

void declare(auth::PermissionRegistry& registry) {
    using auth::Role;
    registry.allow(view, {Role::leader, Role::info_office, Role::sysadmin});
    registry.allow(view_line, {Role::leader, Role::info_office, Role::sysadmin, Role::principal, Role::technician});
    registry.allow(probe, {Role::info_office, Role::sysadmin, Role::technician});
    registry.allow(manage, {Role::info_office, Role::sysadmin});
}

}  // namespace santong::nodes::permissions
