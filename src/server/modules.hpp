#pragma once
// Where each module is plugged in: permissions, consumers, routes, jobs, housekeeping.
#include "platform/auth/caller.hpp"
#include "server/parts.hpp"

namespace santong::server {

/// Declares the permissions of all modules and the tree in which they reach; may be called again.
void set_up_permissions();
void add_consumers(Application::Parts& parts);
/// What of all modules travels between places, in the order in which a new place takes it.
sync::Shapes all_shapes();

}  // namespace santong::server
