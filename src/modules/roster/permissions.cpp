#include "modules/roster/permissions.hpp"

namespace santong::roster {

bool may_appoint(auth::Role giver, auth::Role role) {
    using enum auth::Role;
    switch (role) {
        case teacher:
        case homeroom:
            return giver == info_office || giver == principal || giver == academic || giver == registry_clerk;
        case research_head:
        case technician: return giver == info_office || giver == principal || giver == academic;
        case academic:
        case registry_clerk: return giver == info_office || giver == principal;
        case principal: return giver == info_office;
        case leader:
        case info_office:
        case researcher:
        case supervisor:
        case finance:
        case sysadmin:
        case secadmin:
        case auditor:
        case pupil:
        case guardian: return false;
    }
    return false;
}

void register_permissions(auth::PermissionRegistry& registry) {
    using enum auth::Role;
    registry.allow(permissions::view_orgs,
                   {leader, info_office, researcher, supervisor, finance, principal, academic, research_head, homeroom,
                    teacher, registry_clerk, technician, pupil, guardian, sysadmin, secadmin, auditor});
    // A technician looks after rooms and machines: teachers' names stand in the timetable, and of children and their
    // families he needs nothing. Who a child's guardians are is for its homeroom teacher and the school's offices.
    registry.allow(permissions::view_people,
                   {info_office, principal, academic, research_head, homeroom, teacher, registry_clerk, secadmin});
    registry.allow(permissions::view_guardians, {info_office, principal, academic, registry_clerk, homeroom});
    registry.allow(permissions::view_personal_fields, {info_office, registry_clerk, homeroom});
    registry.allow(permissions::edit_orgs, {info_office, academic});
    registry.allow(permissions::edit_people, {info_office, principal, academic, registry_clerk});
    registry.allow(permissions::import, {info_office, academic, registry_clerk});
    registry.allow(permissions::export_people, {info_office, academic, registry_clerk});
    registry.allow(permissions::issue_codes, {info_office, academic, homeroom});
    registry.allow(permissions::record_consent, {info_office, academic, homeroom});
    registry.allow(permissions::open_class, {academic, homeroom, teacher});
    registry.allow(permissions::manage_terms, {info_office});
    registry.allow(permissions::manage_codes, {info_office});
}

}  // namespace santong::roster
