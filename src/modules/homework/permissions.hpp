#pragma once
#include "platform/auth/caller.hpp"

namespace santong::homework::permissions {

inline constexpr auth::Permission set{"homework.set"};              ///< own classes: set, collect, mark, give back
inline constexpr auth::Permission view_load{"homework.view_load"};  ///< the week's load of own classes
inline constexpr auth::Permission oversee_load{"homework.oversee_load"};    ///< that of every class of the school
inline constexpr auth::Permission manage_limits{"homework.manage_limits"};  ///< minutes a day by grade
inline constexpr auth::Permission hand_in{"homework.hand_in"};              ///< a pupil's own
inline constexpr auth::Permission view_child{"homework.view_child"};        ///< a guardian's children's

}  // namespace santong::homework::permissions
