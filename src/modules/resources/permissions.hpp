#pragma once
#include "platform/auth/caller.hpp"

namespace santong::resources::permissions {

inline constexpr auth::Permission view{"resources.view"};                          ///< search and open
inline constexpr auth::Permission contribute{"resources.contribute"};              ///< give one's own to others
inline constexpr auth::Permission recall{"resources.recall"};                      ///< take back what was published
inline constexpr auth::Permission mark_fine{"resources.mark_fine"};                ///< the district's mark (精品)
inline constexpr auth::Permission manage_catalogue{"resources.manage_catalogue"};  ///< textbooks, chapters, filing

}  // namespace santong::resources::permissions
