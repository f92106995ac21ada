#pragma once
#include "platform/auth/caller.hpp"

namespace santong::jobs::permissions {

/// See and cancel the jobs of others at an organisation; never their results.
inline constexpr auth::Permission oversee{"jobs.oversee"};

inline void register_all(auth::PermissionRegistry& registry) {
    registry.allow(oversee, {auth::Role::sysadmin, auth::Role::info_office});
}

}  // namespace santong::jobs::permissions
