#include "modules/news/permissions.hpp"

#include "modules/news/service.hpp"

namespace santong::news {

void register_permissions(auth::PermissionRegistry& registry) {
    using enum auth::Role;
    registry.allow(permissions::view,
                   {leader, info_office, researcher, supervisor, finance, principal, academic, research_head, homeroom,
                    teacher, registry_clerk, technician, pupil, guardian, sysadmin, secadmin, auditor});
    registry.allow(permissions::write,
                   {info_office, researcher, principal, academic, research_head, homeroom, teacher});
    registry.allow(permissions::withdraw, {info_office, principal, academic});
}

}  // namespace santong::news
