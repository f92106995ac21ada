#include "modules/push/permissions.hpp"

namespace santong::push::permissions {

void declare(auth::PermissionRegistry& registry) {
    using enum auth::Role;
    registry.allow(view, {leader, info_office, researcher, sysadmin, principal, academic, technician});
    registry.allow(manage, {info_office, researcher, principal, academic});
    registry.allow(carry, {info_office, researcher, sysadmin, technician});
    registry.allow(receive, {pupil});
    registry.allow(receive_child, {guardian});
    registry.allow(request, {principal, academic, research_head, homeroom, teacher});
}

}  // namespace santong::push::permissions
