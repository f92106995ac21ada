#include "modules/teaching/permissions.hpp"

#include "modules/teaching/service.hpp"

namespace santong::teaching {

void register_permissions(auth::PermissionRegistry& registry) {
    using enum auth::Role;
    registry.allow(permissions::prepare, {teacher, homeroom, research_head});
    registry.allow(permissions::manage_templates, {academic, research_head});
    registry.allow(permissions::teach, {teacher, homeroom, research_head});
    registry.allow(permissions::view_own_records, {teacher, homeroom, research_head});
    registry.allow(permissions::view_school_records, {principal, academic});
    registry.allow(permissions::set_classroom_rule, {principal, academic});
    registry.allow(permissions::manage_computers, {technician, academic, principal});
    registry.allow(permissions::supervise, {supervisor});
    registry.allow(permissions::view_class_resources, {pupil});
}

}  // namespace santong::teaching
