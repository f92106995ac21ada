#pragma once
#include <optional>
#include <string>

#include "platform/auth/caller.hpp"

namespace santong::auth {

/// What the address of a client begins with in the log when it was the command line, or the program itself.
inline constexpr std::string_view terminal_client = "terminal";
inline constexpr std::string_view program_client = "job";

/// One privileged act (QUALITY check 34). `detail` is JSON and holds no personal field in clear.
struct AuditEvent {
    std::string action;   ///< "session.sign_in", "roster.export", …
    std::string subject;  ///< id or name of what it was done to
    std::string detail = "{}";
};

/// Whoever sits at the machine: the caller of a subcommand. The log keeps the name of the machine's user.
Caller terminal_caller(core::DistrictId district);

/// Records an act in the same transaction as the act itself; the chain is built by a consumer of the feed.
void audit(sql::Tx& tx, Caller const& caller, AuditEvent const& event);

}  // namespace santong::auth
