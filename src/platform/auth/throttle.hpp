#pragma once
// Counting of wrong tries (QUALITY checks 1, 2, 3 and 33). A try is counted before it is checked, so that many at once
// do not slip through; the right one takes its count back.
#include <string>
#include <string_view>

#include "platform/auth/gate.hpp"

namespace santong::auth::throttle {

/// What is counted, and when it is locked.
struct Rule {
    char const* kind;  ///< part of the key
    int tries;         ///< the last one that is still checked
    std::int64_t lock_seconds;
    std::int64_t window_seconds;
};

inline constexpr Rule per_login{"login", 10, 15 * 60, 15 * 60};
inline constexpr Rule per_pupil_pin{"pin", 5, 15 * 60, 15 * 60};
inline constexpr Rule per_class_pins{"class-pins", 60, 5 * 60, 10 * 60};
inline constexpr Rule per_address{"address", 50, 0, 15 * 60};

/// Keyed, so that the table names nobody.
std::string key(Rule const& rule, std::string_view what);

/// Counts a try; "auth.locked" with the minutes that are left when there were too many. The last allowed try locks.
core::Result<void> count(sql::Tx& tx, core::Instant now, Rule const& rule, std::string const& key);

/// Counts a try from an address. A school of 500 behind one address is let through: the limit grows with the number of
/// accounts that signed in from there lately, and an account that is known there is never held up.
core::Result<void> count_address(sql::Tx& tx, core::Instant now, std::string const& address,
                                 std::optional<core::AccountId> const& account);

}  // namespace santong::auth::throttle
