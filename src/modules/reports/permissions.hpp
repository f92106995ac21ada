#pragma once
#include "platform/auth/caller.hpp"

namespace santong::reports::permissions {

inline constexpr auth::Permission view{"reports.view"};        ///< reports of schools: whole within, summed above
inline constexpr auth::Permission explain{"reports.explain"};  ///< say why an exception stands
inline constexpr auth::Permission sign{"reports.sign"};  ///< sign the own school's, pass on those of schools below
inline constexpr auth::Permission receive{"reports.receive"};  ///< return what has come, set due day and policy

/// Says which roles have which permission.
void declare(auth::PermissionRegistry& registry);

}  // namespace santong::reports::permissions
