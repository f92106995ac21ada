#pragma once
// Accounts: opened by the roster and the installation, looked after by administrators.
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "platform/auth/gate.hpp"

namespace santong::auth {

/// An account that is to be opened.
struct NewAccount {
    core::PersonId person_id;
    std::string login;
    AccountStatus status = AccountStatus::active;
};

/// A one-time code as it is printed on a slip; only its keyed hash is kept.
struct IssuedCode {
    core::AccountId account_id;
    core::PersonId person_id;
    std::string login;
    std::string code;  ///< 10 letters and digits
};
BOOST_DESCRIBE_STRUCT(IssuedCode, (), (account_id, person_id, login, code))

/// Opens accounts without a password. Refuses with "auth.login_taken" and names the first login.
core::Result<std::vector<Account>> create_accounts(sql::Tx& tx, std::vector<NewAccount> const& accounts);
std::vector<Account> accounts_of(sql::Tx& tx, std::vector<core::PersonId> const& persons);
/// Whose login it is, in whichever district: for commands at the machine itself.
struct LoginOwner {
    core::DistrictId district = 0;
    core::AccountId account;
    core::PersonId person;
    AccountStatus status = AccountStatus::active;
};
std::optional<LoginOwner> owner_of_login(sql::Database& db, std::string const& login);
/// Logins of the list that belong to somebody already, in any district.
std::vector<std::string> logins_in_use(sql::Tx& tx, std::vector<std::string> const& logins);

/// New one-time codes, valid for 90 days or until the owner has set a password; a code from before is void.
/// For slips of accounts that have no password yet; `reset_code` is for the others.
std::vector<IssuedCode> issue_codes(sql::Tx& tx, std::vector<Account> const& accounts);
/// As `issue_codes` for one account, and the old password and all sessions end, a lock is lifted.
core::Result<IssuedCode> reset_code(sql::Tx& tx, core::AccountId const& account);

/// Consent given or withdrawn, somebody left: sessions end unless the account becomes active.
void set_status(sql::Tx& tx, core::AccountId const& account, AccountStatus status);
/// Takes away all accounts and grants of a person who is erased; his rows in the audit log name nobody then.
void erase_accounts(sql::Tx& tx, core::PersonId const& person);
/// Sets a password that was hashed before (`hash_password`), as the demo district does.
void set_password_hash(sql::Tx& tx, core::AccountId const& account, std::string const& hash, bool must_change);
/// Tells the feed that a password changed (never which): it travels between nodes. The same of what else somebody signs
/// in with.
void tell_password(sql::Tx& tx, core::AccountId const& account);
void tell_code(sql::Tx& tx, core::AccountId const& account);
void tell_second_factor(sql::Tx& tx, core::AccountId const& account);
/// Gives an account a confirmed second factor with this raw secret, as the demo district does.
void set_totp_secret(sql::Tx& tx, core::AccountId const& account, std::string const& secret);
/// When an account was opened and its owner last signed in; absent = never yet. Whoever was here has a password: one
/// that nobody knows (`hash_password` of random bytes) where none was set.
struct AccountPast {
    core::AccountId id;
    core::Instant made_at;
    std::optional<core::Instant> last_sign_in_at;
};
/// Writes the past of accounts, as the demo district does; what really happens is noted by the machine's clock.
void write_past(sql::Tx& tx, std::vector<AccountPast> const& accounts, std::string const& unknown_hash);
/// Accounts of the list whose owner can sign in by PIN in a computer room.
std::vector<core::AccountId> accounts_with_pin(sql::Tx& tx, std::vector<core::AccountId> const& accounts);
/// Sets the PIN a pupil types in the computer room; `hash` comes from `hash_pin(account.text(), pin)`.
void set_pin_hash(sql::Tx& tx, core::AccountId const& account, std::string const& hash);

// ---- for administrators; each checks the caller

/// What the list of accounts asks for.
struct AccountQuery {
    std::string q;  ///< beginning of the login
    std::string status;
    std::string after;
    int limit = 50;
};
BOOST_DESCRIBE_STRUCT(AccountQuery, (), (q, status, after, limit))

/// One account as administrators see it.
struct AccountItem {
    core::AccountId id;
    core::PersonId person_id;
    std::string name;
    std::string login;
    AccountStatus status = AccountStatus::active;
    bool has_password = false;
    bool totp_enrolled = false;
    std::optional<core::Instant> last_sign_in_at;
};
BOOST_DESCRIBE_STRUCT(AccountItem, (),
                      (id, person_id, name, login, status, has_password, totp_enrolled, last_sign_in_at))

/// Accounts in one status.
struct AccountCount {
    std::string value;
    std::int64_t count = 0;
};
BOOST_DESCRIBE_STRUCT(AccountCount, (), (value, count))

/// A page of accounts; counts by status ("status") come with the first page only.
struct AccountPage {
    std::vector<AccountItem> items;
    std::optional<std::string> next;
    std::optional<std::int64_t> total;
    std::map<std::string, std::vector<AccountCount>> facets;
};
BOOST_DESCRIBE_STRUCT(AccountPage, (), (items, next, total, facets))

struct ResetRequest {
    std::optional<bool> second_factor;  ///< true: also removes the second factor (a lost phone)
};
BOOST_DESCRIBE_STRUCT(ResetRequest, (), (second_factor))

/// As `reset_code`, for whoever holds the machine: the first sign-in of a new district, an administrator locked out.
/// Audited. Refuses "core.not_found".
core::Result<IssuedCode> code_for_login(sql::Database& db, std::string const& login, ResetRequest const& request);

core::Result<AccountPage> list_accounts(sql::Database& db, Gate& gate, Caller const& caller, AccountQuery const& query);
core::Result<void> disable_account(sql::Database& db, Gate& gate, Caller const& caller, core::AccountId const& id);
core::Result<void> enable_account(sql::Database& db, Gate& gate, Caller const& caller, core::AccountId const& id);
/// Accounts of the three separated administrators are reset by the security administrator, all others by the system
/// administrator or the information office; nobody resets his own.
core::Result<IssuedCode> reset_account(sql::Database& db, Gate& gate, Caller const& caller, core::AccountId const& id,
                                       ResetRequest const& request);
core::Result<void> set_language(sql::Database& db, Caller const& caller, std::string const& language);

}  // namespace santong::auth
