#include "modules/roster/permissions.hpp"

namespace santong::roster {

void register_permissions(auth::PermissionRegistry& registry) {
    using enum auth::Role;
    registry.allow(permissions::view_orgs,
                   {leader, info_office, researcher, supervisor, finance, principal, academic, research_head, homeroom,
                    teacher, registry_clerk, technician, pupil, guardian, sysadmin, secadmin, auditor});
    registry.allow(permissions::view_people, {info_office, principal, academic, research_head, homeroom, teacher,
                                              registry_clerk, technician, secadmin});
    registry.allow(permissions::view_personal_fields, {info_office, registry_clerk, homeroom});
    registry.allow(permissions::edit_orgs, {info_office, academic});
    registry.allow(permissions::edit_people, {info_office, academic, registry_clerk});
    registry.allow(permissions::import, {info_office, registry_clerk});
    registry.allow(permissions::export_people, {info_office, academic, registry_clerk});
    registry.allow(permissions::issue_codes, {info_office, academic, homeroom});
    registry.allow(permissions::record_consent, {info_office, academic, homeroom});
    registry.allow(permissions::open_class, {academic, homeroom, teacher});
    registry.allow(permissions::manage_terms, {info_office});
}

}  // namespace santong::roster
