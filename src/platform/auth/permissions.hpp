#pragma once
#include "platform/auth/caller.hpp"

namespace santong::auth::permissions {

inline constexpr Permission view_accounts{"auth.view_accounts"};
inline constexpr Permission manage_accounts{"auth.manage_accounts"};
inline constexpr Permission view_grants{"auth.view_grants"};
inline constexpr Permission grant_roles{"auth.grant_roles"};
inline constexpr Permission view_audit{"auth.view_audit"};
/// To let a class sign in by PIN in the computer room.
inline constexpr Permission open_class_window{"auth.open_class_window"};
/// To sign in on a classroom screen by one's phone.
inline constexpr Permission approve_screen{"auth.approve_screen"};

/// Says which roles have them. Called once at start.
void declare(PermissionRegistry& registry);

}  // namespace santong::auth::permissions
