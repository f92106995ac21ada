#include "modules/resources/permissions.hpp"

namespace santong::resources::permissions {

void declare(auth::PermissionRegistry& registry) {
    using auth::Role;
    registry.allow(view, {Role::leader, Role::info_office, Role::researcher, Role::supervisor, Role::principal,
                          Role::academic, Role::research_head, Role::homeroom, Role::teacher, Role::technician,
                          Role::pupil, Role::guardian});
    registry.allow(contribute, {Role::info_office, Role::researcher, Role::principal, Role::academic,
                                Role::research_head, Role::homeroom, Role::teacher, Role::technician});
    registry.allow(recall, {Role::info_office, Role::researcher, Role::principal, Role::academic});
    registry.allow(manage_catalogue, {Role::info_office, Role::researcher});
}

}  // namespace santong::resources::permissions
