#pragma once
// Sign-in, change of password, second factor (QUALITY checks 1 to 10).
#include <optional>
#include <string>

#include "platform/auth/sessions.hpp"

namespace santong::auth {

/// What somebody types at the sign-in page. `password` may be the code of a printed slip.
struct SignInRequest {
    std::string login;
    std::string password;
    std::optional<std::string> totp;
};
BOOST_DESCRIBE_STRUCT(SignInRequest, (), (login, password, totp))

/// A change of one's own password. `current` may be absent where the session was opened by a code and waits for this.
struct ChangePasswordRequest {
    std::optional<std::string> current;
    std::string next;
};
BOOST_DESCRIBE_STRUCT(ChangePasswordRequest, (), (current, next))

/// What an authenticator app needs; the secret is shown this once.
struct TotpEnrolment {
    std::string secret;  ///< base32
    std::string uri;     ///< otpauth://…
};
BOOST_DESCRIBE_STRUCT(TotpEnrolment, (), (secret, uri))

struct TotpCode {
    std::string code;
};
BOOST_DESCRIBE_STRUCT(TotpCode, (), (code))

/// Signs somebody in. Refusals: "auth.invalid_credentials" (the same for an unknown login), "auth.locked",
/// "auth.address_throttled", "auth.totp_required", "auth.totp_invalid"; and only after the right password
/// "auth.consent_needed" and "auth.account_disabled".
core::Result<OpenedSession> sign_in(sql::Database& db, Gate& gate, SignInRequest const& request,
                                    ClientFacts const& client);

/// Sets a new password, ends all sessions of the account and opens a new one.
core::Result<OpenedSession> change_password(sql::Database& db, Gate& gate, Caller const& caller,
                                            ChangePasswordRequest const& request, ClientFacts const& client);

/// Begins an enrolment: a new secret that counts once it is confirmed. Refused while one is confirmed.
core::Result<TotpEnrolment> begin_totp(sql::Database& db, Gate& gate, Caller const& caller);
/// Confirms it by a first code; ends all sessions of the account and opens a new one.
core::Result<OpenedSession> confirm_totp(sql::Database& db, Gate& gate, Caller const& caller, TotpCode const& code,
                                         ClientFacts const& client);

}  // namespace santong::auth
