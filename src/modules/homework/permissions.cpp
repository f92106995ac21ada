#include "modules/homework/permissions.hpp"

#include "modules/homework/service.hpp"

namespace santong::homework {

void register_permissions(auth::PermissionRegistry& registry) {
    using enum auth::Role;
    registry.allow(permissions::set, {teacher, homeroom, research_head});
    registry.allow(permissions::view_load, {teacher, homeroom, research_head, principal, academic});
    registry.allow(permissions::oversee_load, {principal, academic});
    registry.allow(permissions::manage_limits, {principal, academic, info_office});
    registry.allow(permissions::hand_in, {pupil});
    registry.allow(permissions::view_child, {guardian});
}

}  // namespace santong::homework
