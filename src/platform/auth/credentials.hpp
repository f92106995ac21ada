#pragma once
// What an account can prove itself by, and the check of a proof. Shared by sign-in and change of password.
#include <optional>
#include <string>

#include "platform/auth/sessions.hpp"
#include "platform/auth/store.hpp"

namespace santong::auth {

/// Everything the check of a password needs, read before the (slow) hash is computed outside the transaction.
struct Credentials {
    std::optional<Account> account;
    std::optional<CodeRow> code;
    std::optional<TotpRow> totp;
};

Credentials load_credentials(sql::Tx& tx, std::optional<core::AccountId> const& account);

/// Whether `password` is the account's password or a code that still holds. A wrong one always costs one argon2id.
core::Result<bool> proves(Credentials const& credentials, std::string_view password, core::Instant now);

/// The keyed hash under which a code is kept, each time with another key. Case, spaces and hyphens do not matter.
std::string code_mac(core::AccountId const& account, std::string_view code);
/// Whether this is the code that is kept.
bool is_code(CodeRow const& row, std::string_view typed);

/// The clear secret of a second factor.
std::string totp_secret(core::DistrictId district, TotpRow const& row);
/// A row with `secret` sealed, not confirmed.
TotpRow sealed_totp(core::DistrictId district, core::AccountId const& account, std::string const& secret);

/// A caller for the audit log before there is a session.
Caller acting(core::DistrictId district, Account const* account, ClientFacts const& client);

}  // namespace santong::auth
