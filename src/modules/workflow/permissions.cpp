#include "modules/workflow/permissions.hpp"

#include "modules/workflow/service.hpp"

namespace santong::workflow {

void register_permissions(auth::PermissionRegistry& registry) {
    using auth::Role;
    registry.allow(permissions::review, {Role::research_head, Role::academic, Role::principal, Role::researcher,
                                         Role::info_office, Role::leader});
}

}  // namespace santong::workflow
