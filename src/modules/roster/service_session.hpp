#pragma once
// What the roster answers to platform/auth: which nodes lie above a node, and names for sessions. For `server` and
// tests.
#include <memory>

#include "platform/auth/gate.hpp"

namespace santong::roster {

/// The one source of scopes of this process. Keeps the closure of each district for two seconds and drops it when this
/// process changes it, so a move is seen everywhere within that time.
auth::OrgScopes& org_scopes();

/// Names of people and places; `clock` decides which grade a class is in and who is enrolled, and must outlive it.
std::unique_ptr<auth::SessionDetails> session_details(core::Clock const& clock);

}  // namespace santong::roster
