#pragma once
// RFC 6238: HMAC-SHA-1, 6 digits, 30 seconds.
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "core/time.hpp"

namespace santong::auth::totp {

/// 20 random bytes, as RFC 4226 recommends.
std::string make_secret();
/// The code of one 30-second step.
std::string code_at(std::string_view secret, std::int64_t step);
std::int64_t step_of(core::Instant at);
/// The step whose code this is: now, the one before or the one after, and later than `last_used`. Empty if none.
std::optional<std::int64_t> matching_step(std::string_view secret, std::string_view code, core::Instant now,
                                          std::int64_t last_used);
/// "otpauth://totp/…" for the QR code of the enrolment page.
std::string address(std::string_view secret, std::string_view issuer, std::string_view login);

}  // namespace santong::auth::totp
