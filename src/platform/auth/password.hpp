#pragma once
// Passwords: argon2id at OWASP strength and the rules of choosing one (QUALITY checks 4 and 5).
#include <string>
#include <string_view>

#include "core/result.hpp"

namespace santong::auth {

/// argon2id with 19,456 KiB, 2 passes, 1 lane, as a PHC string. Takes about 30 ms: never inside a transaction.
/// At most two hashes run at a time; "auth.busy" when too many wait.
core::Result<std::string> hash_password(std::string_view password);
/// Whether the password is the one behind `hash`. An empty hash costs the same time and is never right.
core::Result<bool> verify_password(std::string_view hash, std::string_view password);

/// A PIN of 4 to 6 digits: keyed (so that a stolen database is not enough), then a light argon2id.
core::Result<std::string> hash_pin(std::string_view account, std::string_view pin);
core::Result<bool> verify_pin(std::string_view hash, std::string_view account, std::string_view pin);

/// Whom a password is for: neither his login nor his name may be it.
struct PasswordOwner {
    std::string login;
    std::string name;
    bool administrator = false;  ///< 12 characters instead of 8
};

/// Refuses with a problem at "/next": too short, too long, on the common list, login or name.
core::Result<void> check_password(std::string_view password, PasswordOwner const& owner);
/// Refuses anything but 4 to 6 digits, and those that everybody tries first (1111, 1234, …).
core::Result<void> check_pin(std::string_view pin);

/// Whether a password, in lower case, stands on the embedded list.
bool is_common_password(std::string_view password);

}  // namespace santong::auth
