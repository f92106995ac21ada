#pragma once
#include "platform/auth/caller.hpp"

namespace santong::indicators::permissions {

inline constexpr auth::Permission view_district{"indicators.view_district"};  ///< school × subject × week, unnamed
inline constexpr auth::Permission view_school{"indicators.view_school"};      ///< the own school's totals
inline constexpr auth::Permission declare{"indicators.declare"};              ///< say a value of the own school
inline constexpr auth::Permission hear{"indicators.hear"};                    ///< that figures have moved, not which

inline constexpr auth::Permission set_targets{"indicators.set_targets"};  ///< what the district wants to reach
inline constexpr auth::Permission view_evaluations{"indicators.view_evaluations"};  ///< frozen runs and their results
inline constexpr auth::Permission evaluate{"indicators.evaluate"};                  ///< make one, and take its file

/// Says which roles have which permission.
void declare_roles(auth::PermissionRegistry& registry);

}  // namespace santong::indicators::permissions
