#include "platform/auth/credentials.hpp"

#include <stdexcept>

#include "platform/auth/bindings.hpp"
#include "platform/auth/crypto.hpp"
#include "platform/auth/keys.hpp"
#include "platform/auth/own_key.hpp"
#include "platform/auth/password.hpp"

namespace santong::auth {

Credentials load_credentials(sql::Tx& tx, std::optional<core::AccountId> const& id) {
    Credentials credentials;
    if (!id) return credentials;
    credentials.account = store::find_account(tx, *id);
    credentials.code = store::find_code(tx, *id);
    credentials.totp = store::find_totp(tx, *id);
    return credentials;
}

core::Result<bool> proves(Credentials const& credentials, std::string_view password, core::Instant now) {
    if (credentials.code && credentials.code->expires_at > now && is_code(*credentials.code, password)) return true;
    bool const has_password = credentials.account && credentials.account->password_hash;
    return verify_password(has_password ? *credentials.account->password_hash : std::string(), password);
}

namespace {

/// As it is typed: blanks, hyphens and case do not count.
std::string plain_code(std::string_view code) {
    std::string plain;
    for (char letter : code) {
        if (letter == ' ' || letter == '-') continue;
        plain += letter >= 'a' && letter <= 'z' ? static_cast<char>(letter - 'a' + 'A') : letter;
    }
    return plain;
}

}  // namespace

std::string code_mac(core::AccountId const& account, std::string_view code) {
    auto made = own_key::make(code_binding(account.text()));
    auto text = own_key::write({made.sealed, own_key::mac(made.key, plain_code(code))});
    crypto::wipe(made.key);
    return text;
}

bool is_code(CodeRow const& row, std::string_view typed) {
    auto const plain = plain_code(typed);
    auto const account = row.account_id.text();
    if (auto const own = own_key::read(row.mac)) {
        auto const key = own_key::open(*own, code_binding(account));
        return key && crypto::equal(own->hash, own_key::mac(*key, plain));
    }
    // As codes were keyed before each had a key of its own.
    return crypto::equal(row.mac, crypto::base64url(Keys::current().token_mac("code|" + account + "|" + plain)));
}

std::string totp_secret(core::DistrictId district, TotpRow const& row) {
    auto secret = Keys::current().open(KeyPurpose::second_factor, {row.key_id, row.sealed.value},
                                       totp_binding(district, row.account_id));
    if (!secret) throw std::runtime_error("a second factor does not open: is the right keys folder in place?");
    return std::move(*secret);
}

TotpRow sealed_totp(core::DistrictId district, core::AccountId const& account, std::string const& secret) {
    auto sealed = Keys::current().seal(KeyPurpose::second_factor, secret, totp_binding(district, account));
    TotpRow row;
    row.account_id = account;
    row.key_id = std::move(sealed.key_id);
    row.sealed.value = std::move(sealed.bytes);
    row.made_at = gate_now();
    return row;
}

Caller acting(core::DistrictId district, Account const* account, ClientFacts const& client) {
    Caller caller;
    caller.district = district;
    if (account) {
        caller.account = account->id;
        caller.person = account->person_id;
    }
    caller.client = client.address;
    caller.trace_id = client.trace_id;
    return caller;
}

}  // namespace santong::auth
