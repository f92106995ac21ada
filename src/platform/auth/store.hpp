#pragma once
// Every SQL text of accounts, sessions and grants (store_*.cpp). Only for platform/auth.
#include <optional>
#include <string>
#include <vector>

#include "platform/auth/domain.hpp"

namespace santong::auth::store {

// ---- accounts

/// A login in the directory over the whole system.
struct LoginRow {
    std::string login;
    core::DistrictId district_id = 0;
    core::AccountId account_id;
};
BOOST_DESCRIBE_STRUCT(LoginRow, (), (login, district_id, account_id))

/// What accounts a list shows.
struct AccountFilter {
    std::string login_from;  ///< logins that begin with this
    std::string status;
    std::string after;  ///< last login of the page before
    int limit = 50;
};

/// How many accounts have a status.
struct StatusRow {
    std::string value;
    std::int64_t count = 0;
};
BOOST_DESCRIBE_STRUCT(StatusRow, (), (value, count))

std::optional<LoginRow> find_login(sql::Tx& tx, std::string const& login);
/// Logins of the list that belong to other accounts than the list says.
std::vector<std::string> logins_taken(sql::Tx& tx, std::vector<LoginRow> const& rows);
void insert_accounts(sql::Tx& tx, std::vector<Account> const& accounts);
std::optional<Account> find_account(sql::Tx& tx, core::AccountId const& id);
std::vector<Account> accounts_of(sql::Tx& tx, std::vector<core::PersonId> const& persons);
std::vector<Account> accounts_by_id(sql::Tx& tx, std::vector<core::AccountId> const& ids);
std::vector<Account> list_accounts(sql::Tx& tx, AccountFilter const& filter);
/// By status, of logins that begin so.
std::vector<StatusRow> count_accounts(sql::Tx& tx, std::string const& login_from);
/// A disabled account remembers the status it returns to.
void set_status(sql::Tx& tx, core::AccountId const& id, AccountStatus status);
/// Ends `disabled`; false if the account was not.
bool enable(sql::Tx& tx, core::AccountId const& id);
void set_password(sql::Tx& tx, core::AccountId const& id, std::optional<std::string> const& hash, bool must_change,
                  core::Instant at);
/// The next sign-in of these must begin with a change of password.
void require_change(sql::Tx& tx, std::vector<core::AccountId> const& ids);
void set_language(sql::Tx& tx, core::AccountId const& id, std::string const& language);
void note_sign_in(sql::Tx& tx, core::AccountId const& id, core::Instant at);
/// Sets a password where there is none.
void set_first_password(sql::Tx& tx, core::AccountId const& id, std::string const& hash, core::Instant at);
/// When it was opened, its password set and its owner last here.
void put_past(sql::Tx& tx, core::AccountId const& id, core::Instant made_at, std::optional<core::Instant> signed_in_at);

/// Takes away everything of an account: login, secrets, sessions, addresses.
void erase_account(sql::Tx& tx, Account const& account);

void put_codes(sql::Tx& tx, std::vector<CodeRow> const& rows);
std::optional<CodeRow> find_code(sql::Tx& tx, core::AccountId const& id);
/// Whether there was one.
bool remove_code(sql::Tx& tx, core::AccountId const& id);
void sweep_codes(sql::Tx& tx, core::Instant now);

void put_pin(sql::Tx& tx, core::AccountId const& id, std::string const& hash, core::Instant at);
std::optional<std::string> find_pin(sql::Tx& tx, core::AccountId const& id);
std::vector<core::AccountId> accounts_with_pin(sql::Tx& tx, std::vector<core::AccountId> const& ids);

std::optional<TotpRow> find_totp(sql::Tx& tx, core::AccountId const& id);
void put_totp(sql::Tx& tx, TotpRow const& row);
void remove_totp(sql::Tx& tx, core::AccountId const& id);
/// Takes the step if no later or equal one was used before (check 8), and confirms the factor.
bool use_totp_step(sql::Tx& tx, core::AccountId const& id, std::int64_t step);
std::vector<core::AccountId> accounts_with_totp(sql::Tx& tx, std::vector<core::AccountId> const& ids);

// ---- grants

/// What grants a list shows; nil ids mean any.
struct GrantFilter {
    core::PersonId person;
    core::OrgId org;
    std::string role;
    std::vector<core::PersonId> people;  ///< one of them; empty = any
    std::string after;
    int limit = 50;
};

std::vector<GrantRow> grants_of(sql::Tx& tx, core::PersonId const& person, core::LocalDate on);
/// Grants that are open now or begin later.
std::vector<GrantRow> open_grants_of(sql::Tx& tx, core::PersonId const& person, core::LocalDate on);
/// Also those that are over.
std::vector<GrantRow> all_grants_of(sql::Tx& tx, core::PersonId const& person);
void erase_grants(sql::Tx& tx, core::PersonId const& person);
std::vector<GrantRow> list_grants(sql::Tx& tx, GrantFilter const& filter, core::LocalDate on);
std::optional<GrantRow> find_grant(sql::Tx& tx, GrantId const& id);
void insert_grants(sql::Tx& tx, std::vector<GrantRow> const& rows);
/// Ends a grant with its last day; a grant that would end before it begins is deleted.
void end_grant(sql::Tx& tx, GrantRow const& grant, core::LocalDate last_day);

// ---- sessions

/// A session and its account, as each request needs them.
struct LiveSession {
    SessionId id;
    core::AccountId account_id;
    core::PersonId person_id;
    AccountStatus status = AccountStatus::disabled;
    bool must_change = false;
    bool totp_enrolled = false;
    SessionKind kind = SessionKind::personal;
    std::string csrf;
    std::string language;  ///< of the account
    core::Instant last_seen_at;
    core::Instant expires_at;
};
BOOST_DESCRIBE_STRUCT(LiveSession, (),
                      (id, account_id, person_id, status, must_change, totp_enrolled, kind, csrf, language,
                       last_seen_at, expires_at))

void insert_session(sql::Tx& tx, SessionRow const& row);
std::optional<LiveSession> find_session(sql::Tx& tx, std::string const& token_hash);
void touch_session(sql::Tx& tx, std::string const& token_hash, core::Instant at);
std::vector<SessionRow> sessions_of(sql::Tx& tx, core::AccountId const& account, core::Instant now);
void end_session(sql::Tx& tx, std::string const& token_hash);
/// Ends one session of an account; false if it has no such session.
bool end_session_of(sql::Tx& tx, core::AccountId const& account, SessionId const& id);
void end_sessions_of(sql::Tx& tx, core::AccountId const& account);

/// Remembers that an account signed in from an address.
void note_client(sql::Tx& tx, core::AccountId const& account, std::string const& client, core::Instant at);
/// How many accounts signed in from this address since then.
int accounts_from(sql::Tx& tx, std::string const& client, core::Instant since);
bool known_at(sql::Tx& tx, core::AccountId const& account, std::string const& client, core::Instant since);
void sweep_clients(sql::Tx& tx, core::Instant before);
void sweep_sessions(sql::Tx& tx, core::Instant now, core::Instant idle_since);

// ---- throttle

/// Failed tries under one key.
struct Tries {
    int tries = 0;
    core::Instant window_ends_at;
    core::Instant locked_until;
};
BOOST_DESCRIBE_STRUCT(Tries, (), (tries, window_ends_at, locked_until))

std::optional<Tries> find_tries(sql::Tx& tx, std::string const& key);
/// Counts one more try; a window that is over begins anew. Answers the count.
int add_try(sql::Tx& tx, std::string const& key, core::Instant now, core::Instant window_ends_at);
void lock_tries(sql::Tx& tx, std::string const& key, core::Instant until);
void take_back_try(sql::Tx& tx, std::string const& key);
void forget_tries(sql::Tx& tx, std::string const& key);
void sweep_tries(sql::Tx& tx, core::Instant now);

// ---- classroom

/// A class whose pupils may sign in by PIN.
struct ClassWindow {
    core::OrgId class_id;
    core::PersonId opened_by;
    core::Instant opened_at;
    core::Instant closes_at;
};
BOOST_DESCRIBE_STRUCT(ClassWindow, (), (class_id, opened_by, opened_at, closes_at))

void put_window(sql::Tx& tx, ClassWindow const& window);
std::vector<ClassWindow> open_windows(sql::Tx& tx, core::Instant now);
std::optional<ClassWindow> find_window(sql::Tx& tx, core::OrgId const& class_id, core::Instant now);
void close_window(sql::Tx& tx, core::OrgId const& class_id);
void sweep_windows(sql::Tx& tx, core::Instant now);

/// A screen that waits for its teacher.
struct Pairing {
    std::string code;
    std::string secret_hash;
    std::string client;
    core::Instant made_at;
    core::Instant expires_at;
    std::optional<core::DistrictId> district_id;
    std::optional<core::AccountId> account_id;
};
BOOST_DESCRIBE_STRUCT(Pairing, (), (code, secret_hash, client, made_at, expires_at, district_id, account_id))

/// False if the code waits for somebody else already.
bool insert_pairing(sql::Tx& tx, Pairing const& pairing);
std::optional<Pairing> find_pairing(sql::Tx& tx, std::string const& secret_hash, core::Instant now);
/// False if there is no such code, it is too old, or somebody approved it before.
bool approve_pairing(sql::Tx& tx, std::string const& code, core::AccountId const& account, core::Instant now);
/// Takes an approved pairing away; false if another poll was faster.
bool take_pairing(sql::Tx& tx, std::string const& code);
int pairings_from(sql::Tx& tx, std::string const& client, core::Instant now);
void sweep_pairings(sql::Tx& tx, core::Instant now);

}  // namespace santong::auth::store
