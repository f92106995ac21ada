#pragma once
#include "platform/auth/caller.hpp"

namespace santong::push::permissions {

inline constexpr auth::Permission view{"push.view"};  ///< orders, receipts, when things come
inline constexpr auth::Permission manage{
    "push.manage"};  ///< orders and rules; a researcher's own subjects, a central school's area
inline constexpr auth::Permission request{"push.request"};  ///< ask for a thing to come to one's school
inline constexpr auth::Permission receive{"push.receive"};  ///< a pupil's page: what was pushed for his class
inline constexpr auth::Permission receive_child{"push.receive_child"};  ///< the same, of a guardian's children
inline constexpr auth::Permission carry{"push.carry"};  ///< packs on disks: made for a school, taken at its box

/// Says which roles have which permission.
void declare(auth::PermissionRegistry& registry);

}  // namespace santong::push::permissions
