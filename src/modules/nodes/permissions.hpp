#pragma once
#include "platform/auth/caller.hpp"

namespace santong::nodes::permissions {

inline constexpr auth::Permission view{"nodes.view"};            ///< places, their lines and how far they are
inline constexpr auth::Permission view_line{"nodes.view_line"};  ///< the line of one's own school
inline constexpr auth::Permission probe{"nodes.probe"};          ///< measure a line now
inline constexpr auth::Permission manage{"nodes.manage"};        ///< invite, revoke, parked changes, register lines

/// Says which roles have which permission.
void declare(auth::PermissionRegistry& registry);

}  // namespace santong::nodes::permissions
