#include "platform/auth/sessions.hpp"

#include <algorithm>
#include <charconv>

#include "platform/auth/audit.hpp"
#include "platform/auth/crypto.hpp"
#include "platform/auth/store.hpp"

namespace santong::auth {

namespace {

constexpr std::int64_t idle_seconds = 30 * 60;
constexpr std::int64_t absolute_seconds = 12 * 3600;
constexpr std::int64_t classroom_seconds = 4 * 3600;
constexpr std::int64_t cache_ms = 2'000;
constexpr std::int64_t touch_ms = 60'000;  // last_seen_at is written once a minute at most
constexpr std::int64_t known_client_days = 30;

core::Error ended() {
    return core::unauthenticated("auth.session_ended");
}

/// The district stands in front of the token, so that the row is found in its shard.
std::optional<core::DistrictId> district_of(std::string_view token) {
    core::DistrictId district = 0;
    auto const dot = token.find('.');
    if (dot == std::string_view::npos || token.size() > 100) return std::nullopt;
    auto const [end, error] = std::from_chars(token.data(), token.data() + dot, district);
    if (error != std::errc() || end != token.data() + dot) return std::nullopt;
    return district;
}

bool is_over(store::LiveSession const& session, core::Instant now) {
    if (session.expires_at <= now) return true;
    // A classroom screen may stand still through a chalk lesson; its four hours are limit enough.
    return session.kind != SessionKind::classroom && session.last_seen_at.plus_seconds(idle_seconds) <= now;
}

bool holds_in(SessionKind kind, Role role) {
    switch (kind) {
        case SessionKind::personal: return true;
        case SessionKind::classroom:
            return role == Role::teacher || role == Role::homeroom || role == Role::research_head;
        case SessionKind::pupil_pin: return role == Role::pupil;
    }
    return false;
}

Restriction restriction_of(store::LiveSession const& session, std::vector<Grant> const& grants, bool demo) {
    if (session.kind == SessionKind::pupil_pin) return Restriction::none;
    if (session.must_change) return Restriction::change_password;
    bool const administrator =
        std::ranges::any_of(grants, [](Grant const& grant) { return is_administrator(grant.role); });
    if (administrator && !session.totp_enrolled && !demo) return Restriction::enrol_totp;
    return Restriction::none;
}

Caller make_caller(sql::Tx& tx, Gate& gate, store::LiveSession const& session) {
    Caller caller;
    caller.district = tx.district();
    caller.account = session.account_id;
    caller.person = session.person_id;
    caller.session_kind = session.kind;
    caller.csrf = session.csrf;
    auto grants = current_grants(tx, session.person_id, gate.today());
    std::erase_if(grants, [&](Grant const& grant) { return !holds_in(session.kind, grant.role); });
    caller.restriction = restriction_of(session, grants, gate.options().demo);
    if (caller.restriction == Restriction::none) caller.grants = std::move(grants);
    if (auto* details = gate.options().details) {
        auto names = details->person_names(tx, {session.person_id});
        if (auto found = names.find(session.person_id); found != names.end()) caller.name = found->second;
    }
    return caller;
}

std::optional<Caller> kept_caller(Gate const& gate, std::string const& hash, core::Instant now) {
    auto kept = gate.cache().find(hash);
    if (!kept || now.ms - kept->checked_at.ms >= cache_ms) return std::nullopt;
    return std::move(kept->caller);
}

}  // namespace

OpenedSession open_session(sql::Tx& tx, Gate const& gate, core::AccountId const& account, SessionKind kind,
                           ClientFacts const& client) {
    auto const now = gate.now();
    OpenedSession opened;
    opened.token = std::to_string(tx.district()) + "." + crypto::base64url(crypto::random_bytes(32));
    opened.row.token_hash = crypto::hex(crypto::sha256(opened.token));
    opened.row.id = SessionId::make();
    opened.row.account_id = account;
    opened.row.kind = kind;
    opened.row.csrf = crypto::base64url(crypto::random_bytes(24));
    opened.row.client = client.address;
    opened.row.agent = client.agent.substr(0, 200);
    opened.row.made_at = opened.row.last_seen_at = now;
    opened.row.expires_at = now.plus_seconds(kind == SessionKind::classroom ? classroom_seconds : absolute_seconds);
    store::insert_session(tx, opened.row);
    return opened;
}

std::optional<Caller> recall_session(Gate& gate, std::string_view token) {
    if (!district_of(token)) return std::nullopt;
    return kept_caller(gate, crypto::hex(crypto::sha256(token)), gate.now());
}

core::Result<Caller> check_session(sql::Database& db, Gate& gate, std::string_view token, ClientFacts const& client) {
    auto const district = district_of(token);
    if (!district) return ended();
    auto const now = gate.now();
    std::string const hash = crypto::hex(crypto::sha256(token));
    auto const with_request = [&](Caller caller) {
        caller.client = client.address;
        caller.trace_id = client.trace_id;
        return caller;
    };
    if (auto kept = kept_caller(gate, hash, now)) return with_request(std::move(*kept));
    bool stale = false;
    std::string language;
    auto caller = db.read(*district, [&](sql::Tx& tx) -> std::optional<Caller> {
        auto const session = store::find_session(tx, hash);
        if (!session || session->status != AccountStatus::active || is_over(*session, now)) return std::nullopt;
        stale = now.ms - session->last_seen_at.ms >= touch_ms;
        language = session->language;
        return make_caller(tx, gate, *session);
    });
    if (!caller) return ended();
    if (stale) db.transact(*district, [&](sql::Tx& tx) { store::touch_session(tx, hash, now); });
    caller->session_key = hash;
    gate.cache().put(hash, {*caller, now, std::move(language)});
    return with_request(std::move(*caller));
}

std::string account_language(Gate const& gate, Caller const& caller) {
    auto const kept = gate.cache().find(caller.session_key);
    return kept ? kept->language : std::string();
}

core::Result<void> admit(Caller const& caller, std::string_view path) {
    if (caller.restriction == Restriction::none) return {};
    if (path.starts_with("/api/v1/session") || path.starts_with("/api/v1/me/totp")) return {};
    return core::forbidden(caller.restriction == Restriction::change_password ? "auth.password_change_required"
                                                                              : "auth.totp_enrolment_required");
}

bool csrf_matches(Caller const& caller, std::string_view sent) {
    return !caller.csrf.empty() && crypto::equal(caller.csrf, sent);
}

void sign_out(sql::Database& db, Caller const& caller) {
    db.transact(caller.district, [&](sql::Tx& tx) {
        store::end_session(tx, caller.session_key);
        forget_after_commit(tx, caller.account);
        audit(tx, caller, {"session.sign_out", caller.account.text()});
    });
}

std::vector<SessionItem> own_sessions(sql::Database& db, Gate& gate, Caller const& caller) {
    std::vector<SessionItem> items;
    for (auto& row : db.read_one(caller.district,
                                 [&](sql::Tx& tx) { return store::sessions_of(tx, caller.account, gate.now()); })) {
        items.push_back({row.id, row.kind, device_name(row.agent), row.client, row.made_at, row.last_seen_at,
                         row.expires_at, row.token_hash == caller.session_key});
    }
    return items;
}

core::Result<void> end_own_session(sql::Database& db, Caller const& caller, SessionId const& id) {
    return db.transact(caller.district, [&](sql::Tx& tx) -> core::Result<void> {
        if (!store::end_session_of(tx, caller.account, id)) return core::not_found();
        forget_after_commit(tx, caller.account);
        audit(tx, caller, {"session.end", id.text()});
        return {};
    });
}

void end_sessions(sql::Tx& tx, core::AccountId const& account) {
    store::end_sessions_of(tx, account);
    forget_after_commit(tx, account);
}

std::vector<Grant> current_grants(sql::Tx& tx, core::PersonId const& person, core::LocalDate today) {
    std::vector<Grant> grants;
    for (auto& row : store::grants_of(tx, person, today)) grants.push_back({row.role, row.org_id, row.subject});
    return grants;
}

void sweep(sql::Database& db, Gate& gate, core::DistrictId district) {
    auto const now = gate.now();
    db.transact(district, [&](sql::Tx& tx) {
        store::sweep_sessions(tx, now, now.plus_seconds(-idle_seconds));
        store::sweep_clients(tx, now.plus_days(-known_client_days));
        store::sweep_codes(tx, now);
        store::sweep_windows(tx, now);
        store::sweep_tries(tx, now);
        store::sweep_pairings(tx, now);
    });
}

}  // namespace santong::auth
