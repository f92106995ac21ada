#pragma once
#include "platform/auth/caller.hpp"

namespace santong::news::permissions {

inline constexpr auth::Permission view{"news.view"};          ///< read what reaches one
inline constexpr auth::Permission write{"news.write"};        ///< write in the name of one's school or the bureau
inline constexpr auth::Permission withdraw{"news.withdraw"};  ///< take away what others have published

}  // namespace santong::news::permissions
