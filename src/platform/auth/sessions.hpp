#pragma once
// Sessions: a random token in a cookie, its hash in the table (QUALITY checks 9 to 12 and 24).
#include <string>
#include <string_view>
#include <vector>

#include "platform/auth/gate.hpp"

namespace santong::auth {

/// Where a request comes from.
struct ClientFacts {
    std::string address;
    std::string agent;  ///< User-Agent, shortened for the list of one's own sessions
    std::string trace_id;
};

/// A session that was just opened. The token goes into the cookie and is kept nowhere else.
struct OpenedSession {
    std::string token;
    SessionRow row;
};

/// One of a person's own sessions.
struct SessionItem {
    SessionId id;
    SessionKind kind = SessionKind::personal;
    std::string device;  ///< "Chrome · Windows", as far as the browser says
    std::string address;
    core::Instant started_at;
    core::Instant seen_at;
    core::Instant expires_at;
    bool current = false;
};
BOOST_DESCRIBE_STRUCT(SessionItem, (), (id, kind, device, address, started_at, seen_at, expires_at, current))

/// Opens a session under a new id: 12 hours at most, 30 minutes idle; 4 hours on a classroom screen.
OpenedSession open_session(sql::Tx& tx, Gate const& gate, core::AccountId const& account, SessionKind kind,
                           ClientFacts const& client);

/// Who a request's cookie stands for. Reads the row unless it was read within the last two seconds, so a session that
/// was ended anywhere is refused everywhere within that time. Refuses with "auth.session_ended".
core::Result<Caller> check_session(sql::Database& db, Gate& gate, std::string_view token, ClientFacts const& client);
/// The language that a checked caller keeps for his account; empty if his session is not known here any more.
std::string account_language(Gate const& gate, Caller const& caller);
/// The same from memory; nothing when the row was not read within the last two seconds.
std::optional<Caller> recall_session(Gate& gate, std::string_view token);

/// Whether a session (by the hash that `Caller::session_key` carries) still stands: for streams and signed addresses.
bool session_open(sql::Database& db, core::DistrictId district, std::string const& token_hash);
/// Whether a caller who has something to do first may call this path at all (see `Restriction`).
core::Result<void> admit(Caller const& caller, std::string_view path);
/// Whether an unsafe request carried the session's CSRF token; compares in constant time.
bool csrf_matches(Caller const& caller, std::string_view sent);

/// Ends the caller's own session.
void sign_out(sql::Database& db, Caller const& caller);
std::vector<SessionItem> own_sessions(sql::Database& db, Gate& gate, Caller const& caller);
core::Result<void> end_own_session(sql::Database& db, Caller const& caller, SessionId const& id);
/// Ends all sessions of an account.
void end_sessions(sql::Tx& tx, core::AccountId const& account);

/// Roles that an account's person holds today.
std::vector<Grant> current_grants(sql::Tx& tx, core::PersonId const& person, core::LocalDate today);

/// Deletes what is over: sessions, codes, class windows, tries, pairings. For the housekeeping job, hourly.
void sweep(sql::Database& db, Gate& gate, core::DistrictId district);

}  // namespace santong::auth
