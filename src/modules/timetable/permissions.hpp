#pragma once
#include "platform/auth/caller.hpp"

namespace santong::timetable::permissions {

inline constexpr auth::Permission view{"timetable.view"};              ///< timetables of a school
inline constexpr auth::Permission edit{"timetable.edit"};              ///< import, publish, bells, school calendar
inline constexpr auth::Permission edit_plan{"timetable.edit_plan"};    ///< course plan and calendar of the district
inline constexpr auth::Permission substitute{"timetable.substitute"};  ///< record substitutions (调代课)
inline constexpr auth::Permission patrol{"timetable.patrol"};          ///< record patrol exceptions (巡课)

/// Says which roles have which permission.
void declare(auth::PermissionRegistry& registry);

}  // namespace santong::timetable::permissions
