#pragma once
#include <optional>
#include <string>

#include "platform/auth/caller.hpp"

namespace santong::auth {

/// One privileged act (QUALITY check 34). `detail` is JSON and holds no personal field in clear.
struct AuditEvent {
    std::string action;   ///< "session.sign_in", "roster.export", …
    std::string subject;  ///< id or name of what it was done to
    std::string detail = "{}";
};

/// Records an act in the same transaction as the act itself; the chain is built by a consumer of the feed.
void audit(sql::Tx& tx, Caller const& caller, AuditEvent const& event);

}  // namespace santong::auth
