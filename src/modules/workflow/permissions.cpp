#include "modules/workflow/permissions.hpp"

namespace santong::workflow::permissions {

void declare(auth::PermissionRegistry& registry) {
    using auth::Role;
    registry.allow(review, {Role::research_head, Role::academic, Role::principal, Role::researcher, Role::info_office,
                            Role::leader});
}

}  // namespace santong::workflow::permissions
