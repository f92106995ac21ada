#pragma once
#include "platform/auth/caller.hpp"

namespace santong::roster {

namespace permissions {
inline constexpr auth::Permission view_orgs{"roster.view_orgs"};
inline constexpr auth::Permission view_people{"roster.view_people"};
inline constexpr auth::Permission view_guardians{"roster.view_guardians"};              ///< who answers for a pupil
inline constexpr auth::Permission view_personal_fields{"roster.view_personal_fields"};  ///< each look is logged
inline constexpr auth::Permission edit_orgs{"roster.edit_orgs"};
inline constexpr auth::Permission edit_people{"roster.edit_people"};
inline constexpr auth::Permission import{"roster.import"};
inline constexpr auth::Permission export_people{"roster.export"};
inline constexpr auth::Permission issue_codes{"roster.issue_codes"};
inline constexpr auth::Permission record_consent{"roster.record_consent"};
inline constexpr auth::Permission open_class{"roster.open_class"};
inline constexpr auth::Permission manage_terms{"roster.manage_terms"};
inline constexpr auth::Permission manage_codes{"roster.manage_codes"};
}  // namespace permissions

/// Whether somebody in `giver` may appoint others to posts of `role`. Bureau posts and administrators are the security
/// administrator's, by grants, so that nobody reaches them through the roster.
bool may_appoint(auth::Role giver, auth::Role role);

/// Says which role may do what; called once at start.
void register_permissions(auth::PermissionRegistry& registry);

}  // namespace santong::roster
