#pragma once
#include "platform/auth/caller.hpp"

namespace santong::workflow::permissions {

inline constexpr auth::Permission review{"workflow.review"};  ///< decide on what waits for a pool one belongs to

/// Says which roles have which permission.
void declare(auth::PermissionRegistry& registry);

}  // namespace santong::workflow::permissions
