#include "modules/resources/permissions.hpp"

#include "modules/resources/service.hpp"

namespace santong::resources {

void register_permissions(auth::PermissionRegistry& registry) {
    using auth::Role;
    registry.allow(permissions::view, {Role::leader, Role::info_office, Role::researcher, Role::supervisor,
                                       Role::principal, Role::academic, Role::research_head, Role::homeroom,
                                       Role::teacher, Role::technician, Role::pupil, Role::guardian});
    registry.allow(permissions::contribute, {Role::info_office, Role::researcher, Role::principal, Role::academic,
                                             Role::research_head, Role::homeroom, Role::teacher, Role::technician});
    registry.allow(permissions::recall, {Role::info_office, Role::researcher, Role::principal, Role::academic});
    registry.allow(permissions::mark_fine, {Role::info_office, Role::researcher});
    registry.allow(permissions::manage_catalogue, {Role::info_office, Role::researcher});
}

}  // namespace santong::resources
