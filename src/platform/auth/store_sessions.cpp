#include "platform/auth/store.hpp"

#define GRANT_COLUMNS "id, person_id, role, org_id, subject, from_date, to_date, granted_by, made_at"

namespace santong::auth::store {

std::vector<GrantRow> grants_of(sql::Tx& tx, core::PersonId const& person, core::LocalDate on) {
    return tx.rows<GrantRow>("SELECT " GRANT_COLUMNS
                             " FROM auth_grant WHERE district_id = $1 AND person_id = $2"
                             " AND from_date <= $3 AND (to_date IS NULL OR to_date >= $3) ORDER BY id",
                             tx.district(), person, on);
}

std::vector<GrantRow> open_grants_of(sql::Tx& tx, core::PersonId const& person, core::LocalDate on) {
    return tx.rows<GrantRow>("SELECT " GRANT_COLUMNS
                             " FROM auth_grant WHERE district_id = $1 AND person_id = $2"
                             " AND (to_date IS NULL OR to_date >= $3) ORDER BY id",
                             tx.district(), person, on);
}

std::vector<GrantRow> all_grants_of(sql::Tx& tx, core::PersonId const& person) {
    return tx.rows<GrantRow>("SELECT " GRANT_COLUMNS
                             " FROM auth_grant WHERE district_id = $1 AND person_id = $2 ORDER BY id",
                             tx.district(), person);
}

void erase_grants(sql::Tx& tx, core::PersonId const& person) {
    tx.execute("DELETE FROM auth_grant WHERE district_id = $1 AND person_id = $2", tx.district(), person);
}

std::vector<GrantRow> list_grants(sql::Tx& tx, GrantFilter const& filter, core::LocalDate on) {
    std::string text = "SELECT " GRANT_COLUMNS
                       " FROM auth_grant WHERE district_id = $1"
                       " AND (to_date IS NULL OR to_date >= $2)";
    std::vector<sql::Param> params{sql::to_param(tx.district()), sql::to_param(on)};
    auto add = [&](char const* condition, sql::Param param) {
        params.push_back(std::move(param));
        text += condition + std::to_string(params.size());
    };
    if (!filter.person.is_nil()) add(" AND person_id = $", sql::to_param(filter.person));
    if (!filter.org.is_nil()) add(" AND org_id = $", sql::to_param(filter.org));
    if (!filter.role.empty()) add(" AND role = $", filter.role);
    if (!filter.people.empty()) {
        params.push_back(sql::to_param(filter.people));
        text += " AND person_id {in $" + std::to_string(params.size()) + "}";
    }
    if (!filter.after.empty()) add(" AND id > $", filter.after);
    add(" ORDER BY id LIMIT $", sql::to_param(filter.limit));
    return tx.rows_text<GrantRow>(text, params);
}

std::optional<GrantRow> find_grant(sql::Tx& tx, GrantId const& id) {
    return tx.optional_row<GrantRow>("SELECT " GRANT_COLUMNS " FROM auth_grant WHERE district_id = $1 AND id = $2",
                                     tx.district(), id);
}

void insert_grants(sql::Tx& tx, std::vector<GrantRow> const& rows) {
    tx.insert("auth_grant", rows);
}

void end_grant(sql::Tx& tx, GrantRow const& grant, core::LocalDate last_day) {
    if (last_day < grant.from_date) {
        tx.execute("DELETE FROM auth_grant WHERE district_id = $1 AND id = $2", tx.district(), grant.id);
        return;
    }
    tx.execute("UPDATE auth_grant SET to_date = $3 WHERE district_id = $1 AND id = $2", tx.district(), grant.id,
               last_day);
}

void insert_session(sql::Tx& tx, SessionRow const& row) {
    tx.insert_one("auth_session", row);
}

std::optional<LiveSession> find_session(sql::Tx& tx, std::string const& token_hash) {
    return tx.optional_row<LiveSession>(
        "SELECT s.id, s.account_id, a.person_id, a.status, a.must_change, COALESCE(t.confirmed, FALSE) AS "
        "totp_enrolled,"
        " s.kind, s.csrf, a.language, s.last_seen_at, s.expires_at FROM auth_session s"
        " JOIN auth_account a ON a.district_id = s.district_id AND a.id = s.account_id"
        " LEFT JOIN auth_totp t ON t.district_id = s.district_id AND t.account_id = s.account_id"
        " WHERE s.district_id = $1 AND s.token_hash = $2",
        tx.district(), token_hash);
}

void touch_session(sql::Tx& tx, std::string const& token_hash, core::Instant at) {
    tx.execute("UPDATE auth_session SET last_seen_at = $3 WHERE district_id = $1 AND token_hash = $2", tx.district(),
               token_hash, at);
}

std::vector<SessionRow> sessions_of(sql::Tx& tx, core::AccountId const& account, core::Instant now) {
    return tx.rows<SessionRow>(
        "SELECT token_hash, id, account_id, kind, csrf, client, agent, made_at, last_seen_at,"
        " expires_at FROM auth_session"
        " WHERE district_id = $1 AND account_id = $2 AND expires_at > $3 ORDER BY made_at DESC",
        tx.district(), account, now);
}

void end_session(sql::Tx& tx, std::string const& token_hash) {
    tx.execute("DELETE FROM auth_session WHERE district_id = $1 AND token_hash = $2", tx.district(), token_hash);
}

bool end_session_of(sql::Tx& tx, core::AccountId const& account, SessionId const& id) {
    return tx.execute("DELETE FROM auth_session WHERE district_id = $1 AND account_id = $2 AND id = $3", tx.district(),
                      account, id) == 1;
}

void end_sessions_of(sql::Tx& tx, core::AccountId const& account) {
    tx.execute("DELETE FROM auth_session WHERE district_id = $1 AND account_id = $2", tx.district(), account);
}

void note_client(sql::Tx& tx, core::AccountId const& account, std::string const& client, core::Instant at) {
    tx.execute(
        "INSERT INTO auth_known_client (district_id, account_id, client, last_at) VALUES ($1, $2, $3, $4)"
        " ON CONFLICT (district_id, account_id, client) DO UPDATE SET last_at = $4",
        tx.district(), account, client, at);
}

int accounts_from(sql::Tx& tx, std::string const& client, core::Instant since) {
    return tx
        .value<int>(
            "SELECT COUNT(*) FROM auth_known_client"
            " WHERE district_id = $1 AND client = $2 AND last_at >= $3",
            tx.district(), client, since)
        .value_or(0);
}

bool known_at(sql::Tx& tx, core::AccountId const& account, std::string const& client, core::Instant since) {
    return tx
        .value<int>(
            "SELECT 1 FROM auth_known_client"
            " WHERE district_id = $1 AND account_id = $2 AND client = $3 AND last_at >= $4",
            tx.district(), account, client, since)
        .has_value();
}

void sweep_clients(sql::Tx& tx, core::Instant before) {
    tx.execute("DELETE FROM auth_known_client WHERE district_id = $1 AND last_at < $2", tx.district(), before);
}

void sweep_sessions(sql::Tx& tx, core::Instant now, core::Instant idle_since) {
    tx.execute(
        "DELETE FROM auth_session WHERE district_id = $1 AND (expires_at <= $2"
        " OR (kind <> 'classroom' AND last_seen_at <= $3))",
        tx.district(), now, idle_since);
}

}  // namespace santong::auth::store
