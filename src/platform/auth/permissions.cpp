#include "platform/auth/permissions.hpp"

namespace santong::auth::permissions {

void declare(PermissionRegistry& registry) {
    registry.allow(view_accounts, {Role::sysadmin, Role::secadmin, Role::info_office});
    registry.allow(manage_accounts, {Role::sysadmin, Role::secadmin, Role::info_office});
    registry.allow(view_grants, {Role::secadmin, Role::info_office, Role::principal, Role::academic, Role::auditor});
    registry.allow(grant_roles, {Role::secadmin, Role::info_office, Role::principal, Role::academic});
    registry.allow(view_audit, {Role::auditor});
    registry.allow(open_class_window,
                   {Role::teacher, Role::homeroom, Role::technician, Role::academic, Role::principal});
    registry.allow(approve_screen, {Role::teacher, Role::homeroom, Role::research_head});
}

}  // namespace santong::auth::permissions
