#pragma once
#include "platform/auth/caller.hpp"

namespace santong::nodes::permissions {

inline constexpr auth::Permission view{"nodes.view"};      ///< places, their lines and how far they are
inline constexpr auth::Permission manage{"nodes.manage"};  ///< invite, revoke, parked changes

/// Says which roles have which permission.
void declare(auth::PermissionRegistry& registry);

}  // namespace santong::nodes::permissions
