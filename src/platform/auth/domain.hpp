#pragma once
// Accounts, sessions and grants as auth keeps them.
#include <optional>
#include <string>
#include <vector>

#include "platform/auth/caller.hpp"

namespace santong::auth {

using SessionId = core::Id<struct SessionTag>;
using GrantId = core::Id<struct GrantTag>;

/// Whether somebody may sign in. `dormant`: a pupil under 14 whose guardian has not consented yet.
enum class AccountStatus : int { active, dormant, disabled };
BOOST_DESCRIBE_ENUM(AccountStatus, active, dormant, disabled)

/// One account of one person.
struct Account {
    core::AccountId id;
    core::PersonId person_id;
    std::string login;
    AccountStatus status = AccountStatus::active;
    std::optional<std::string> password_hash;
    bool must_change = false;  ///< the password was issued by somebody else (check 6)
    std::string language = "zh-CN";
    core::Instant made_at;
    std::optional<core::Instant> password_changed_at;
    std::optional<core::Instant> last_sign_in_at;
};
BOOST_DESCRIBE_STRUCT(Account, (),
                      (id, person_id, login, status, password_hash, must_change, language, made_at, password_changed_at,
                       last_sign_in_at))

/// A grant as it is kept: with its dates and who gave it.
struct GrantRow {
    GrantId id;
    core::PersonId person_id;
    Role role = Role::teacher;
    core::OrgId org_id;
    std::string subject;
    core::LocalDate from_date;
    std::optional<core::LocalDate> to_date;    ///< last day; absent = open
    std::optional<core::PersonId> granted_by;  ///< absent = the roster or the installation
    core::Instant made_at;
};
BOOST_DESCRIBE_STRUCT(GrantRow, (), (id, person_id, role, org_id, subject, from_date, to_date, granted_by, made_at))

/// A session as it is kept; the token itself is known only to the browser.
struct SessionRow {
    std::string token_hash;
    SessionId id;
    core::AccountId account_id;
    SessionKind kind = SessionKind::personal;
    std::string csrf;
    std::string client;
    std::string agent;
    core::Instant made_at;
    core::Instant last_seen_at;
    core::Instant expires_at;
};
BOOST_DESCRIBE_STRUCT(SessionRow, (),
                      (token_hash, id, account_id, kind, csrf, client, agent, made_at, last_seen_at, expires_at))

/// A second factor as it is kept (RFC 6238), its secret under a master key.
struct TotpRow {
    core::AccountId account_id;
    std::string key_id;
    core::Bytes sealed;
    bool confirmed = false;
    std::int64_t last_step = 0;
    core::Instant made_at;
};
BOOST_DESCRIBE_STRUCT(TotpRow, (), (account_id, key_id, sealed, confirmed, last_step, made_at))

/// The keyed hash of a code on a printed slip.
struct CodeRow {
    core::AccountId account_id;
    std::string mac;
    core::Instant made_at;
    core::Instant expires_at;
};
BOOST_DESCRIBE_STRUCT(CodeRow, (), (account_id, mac, made_at, expires_at))

/// Logins are compared in lower case without spaces around.
std::string normalized_login(std::string_view login);

/// "Chrome · Windows" from a User-Agent; what it does not say is left out.
std::string device_name(std::string_view agent);

/// Roles that must use a second factor and a longer password (checks 4 and 7).
bool is_administrator(Role role);
/// Whether gaining or losing the role is a change of privilege that ends open sessions (check 9).
bool is_privileged(Role role);
/// System, security and audit administrators: one person holds one of them at most (check 19).
bool is_separated(Role role);
/// Roles of a school's staff: held at a school or within one, never above.
bool is_of_school(Role role);
/// Whether somebody in `giver` may grant `role` to others at or below his own place (check 18).
bool may_give(Role giver, Role role);
/// The role whose home page somebody sees first.
std::optional<Role> home_role(std::vector<Grant> const& grants);

}  // namespace santong::auth
