#include "modules/timetable/permissions.hpp"

namespace santong::timetable::permissions {

void declare(auth::PermissionRegistry& registry) {
    using auth::Role;
    registry.allow(view, {Role::leader, Role::info_office, Role::researcher, Role::supervisor, Role::principal,
                          Role::academic, Role::research_head, Role::homeroom, Role::teacher, Role::technician});
    registry.allow(edit, {Role::principal, Role::academic});
    registry.allow(edit_plan, {Role::info_office});
    registry.allow(substitute, {Role::principal, Role::academic});
    registry.allow(patrol, {Role::principal, Role::academic});
}

}  // namespace santong::timetable::permissions
