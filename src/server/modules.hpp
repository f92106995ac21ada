#pragma once
// Where each module is plugged in: permissions, consumers, routes, jobs, housekeeping.
#include "platform/auth/caller.hpp"
#include "server/parts.hpp"

namespace santong::server {

void register_permissions(auth::PermissionRegistry& registry);
void add_consumers(Application::Parts& parts);

}  // namespace santong::server
