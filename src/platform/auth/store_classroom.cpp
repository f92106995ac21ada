#include "platform/auth/store.hpp"

#define PAIRING_COLUMNS "code, secret_hash, client, made_at, expires_at, district_id, account_id"

namespace santong::auth::store {

std::optional<Tries> find_tries(sql::Tx& tx, std::string const& key) {
    return tx.optional_row<Tries>("SELECT tries, window_ends_at, locked_until FROM auth_throttle WHERE key = $1", key);
}

int add_try(sql::Tx& tx, std::string const& key, core::Instant now, core::Instant window_ends_at) {
    return tx
        .value<int>(
            "INSERT INTO auth_throttle (key, tries, window_ends_at, locked_until) VALUES ($1, 1, $3, 0)"
            " ON CONFLICT (key) DO UPDATE SET"
            " tries = CASE WHEN auth_throttle.window_ends_at <= $2 THEN 1 ELSE auth_throttle.tries + 1 END,"
            " window_ends_at = CASE WHEN auth_throttle.window_ends_at <= $2 THEN $3"
            " ELSE auth_throttle.window_ends_at END RETURNING tries",
            key, now, window_ends_at)
        .value_or(1);
}

void lock_tries(sql::Tx& tx, std::string const& key, core::Instant until) {
    tx.execute("UPDATE auth_throttle SET locked_until = $2, window_ends_at = $2 WHERE key = $1", key, until);
}

void take_back_try(sql::Tx& tx, std::string const& key) {
    tx.execute("UPDATE auth_throttle SET tries = tries - 1, locked_until = 0 WHERE key = $1 AND tries > 0", key);
}

void forget_tries(sql::Tx& tx, std::string const& key) {
    tx.execute("DELETE FROM auth_throttle WHERE key = $1", key);
}

void sweep_tries(sql::Tx& tx, core::Instant now) {
    tx.execute("DELETE FROM auth_throttle WHERE window_ends_at <= $1", now);
}

void put_window(sql::Tx& tx, ClassWindow const& window) {
    tx.insert_one("auth_class_window", window,
                  "ON CONFLICT (district_id, class_id) DO UPDATE SET opened_by = excluded.opened_by,"
                  " opened_at = excluded.opened_at, closes_at = excluded.closes_at");
}

std::vector<ClassWindow> open_windows(sql::Tx& tx, core::Instant now) {
    return tx.rows<ClassWindow>(
        "SELECT class_id, opened_by, opened_at, closes_at FROM auth_class_window"
        " WHERE district_id = $1 AND closes_at > $2 ORDER BY opened_at DESC",
        tx.district(), now);
}

std::optional<ClassWindow> find_window(sql::Tx& tx, core::OrgId const& class_id, core::Instant now) {
    return tx.optional_row<ClassWindow>(
        "SELECT class_id, opened_by, opened_at, closes_at FROM auth_class_window"
        " WHERE district_id = $1 AND class_id = $2 AND closes_at > $3",
        tx.district(), class_id, now);
}

void close_window(sql::Tx& tx, core::OrgId const& class_id) {
    tx.execute("DELETE FROM auth_class_window WHERE district_id = $1 AND class_id = $2", tx.district(), class_id);
}

void sweep_windows(sql::Tx& tx, core::Instant now) {
    tx.execute("DELETE FROM auth_class_window WHERE district_id = $1 AND closes_at <= $2", tx.district(), now);
}

bool insert_pairing(sql::Tx& tx, Pairing const& pairing) {
    // A pairing belongs to no district until it is approved, so district_id stays empty.
    return tx.execute(
               "INSERT INTO auth_pairing (code, secret_hash, client, made_at, expires_at)"
               " VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING",
               pairing.code, pairing.secret_hash, pairing.client, pairing.made_at, pairing.expires_at) == 1;
}

std::optional<Pairing> find_pairing(sql::Tx& tx, std::string const& secret_hash, core::Instant now) {
    return tx.optional_row<Pairing>(
        "SELECT " PAIRING_COLUMNS " FROM auth_pairing WHERE secret_hash = $1 AND expires_at > $2", secret_hash, now);
}

bool approve_pairing(sql::Tx& tx, std::string const& code, core::AccountId const& account, core::Instant now) {
    return tx.execute(
               "UPDATE auth_pairing SET district_id = $2, account_id = $3"
               " WHERE code = $1 AND expires_at > $4 AND account_id IS NULL",
               code, tx.district(), account, now) == 1;
}

bool take_pairing(sql::Tx& tx, std::string const& code) {
    return tx.execute("DELETE FROM auth_pairing WHERE code = $1 AND account_id IS NOT NULL", code) == 1;
}

int pairings_from(sql::Tx& tx, std::string const& client, core::Instant now) {
    return tx.value<int>("SELECT COUNT(*) FROM auth_pairing WHERE client = $1 AND expires_at > $2", client, now)
        .value_or(0);
}

void sweep_pairings(sql::Tx& tx, core::Instant now) {
    tx.execute("DELETE FROM auth_pairing WHERE expires_at <= $1", now);
}

}  // namespace santong::auth::store
