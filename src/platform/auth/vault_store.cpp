#include "platform/auth/vault_store.hpp"

namespace santong::auth::store {

std::vector<PersonKeyRow> find_person_keys(sql::Tx& tx, std::vector<core::PersonId> const& persons) {
    return tx.rows<PersonKeyRow>(
        "SELECT person_id, key_id, wrapped, made_at FROM person_key"
        " WHERE district_id = $1 AND person_id {in $2}",
        tx.district(), persons);
}

void insert_person_keys(sql::Tx& tx, std::vector<PersonKeyRow> const& rows) {
    tx.insert("person_key", rows, "ON CONFLICT DO NOTHING");
}

void destroy_person_key(sql::Tx& tx, core::PersonId const& person, core::Instant at) {
    // A person without a key gets an empty row, so that no later field can be sealed either.
    tx.execute(
        "INSERT INTO person_key (district_id, person_id, key_id, wrapped, made_at, erased_at)"
        " VALUES ($1, $2, '', NULL, $3, $3)"
        " ON CONFLICT (district_id, person_id) DO UPDATE SET wrapped = NULL, key_id = '', erased_at = $3",
        tx.district(), person, at);
}

std::vector<PersonKeyRow> keys_not_under(sql::Tx& tx, std::string const& key_id, int limit) {
    return tx.rows<PersonKeyRow>(
        "SELECT person_id, key_id, wrapped, made_at FROM person_key"
        " WHERE district_id = $1 AND key_id <> $2 AND wrapped IS NOT NULL"
        " ORDER BY person_id LIMIT $3",
        tx.district(), key_id, limit);
}

std::vector<std::string> master_keys_in_use(sql::Tx& tx) {
    return tx.column<std::string>(
        "SELECT key_id FROM person_key WHERE wrapped IS NOT NULL"
        " UNION SELECT key_id FROM auth_totp");
}

std::optional<PersonKeyRow> any_person_key_under(sql::Tx& tx, std::string const& key_id) {
    return tx.optional_row<PersonKeyRow>(
        "SELECT person_id, key_id, wrapped, made_at FROM person_key"
        " WHERE district_id = $1 AND key_id = $2 AND wrapped IS NOT NULL LIMIT 1",
        tx.district(), key_id);
}

std::optional<SealedFactorRow> any_second_factor_under(sql::Tx& tx, std::string const& key_id) {
    return tx.optional_row<SealedFactorRow>(
        "SELECT account_id, sealed FROM auth_totp WHERE district_id = $1 AND key_id = $2 LIMIT 1", tx.district(),
        key_id);
}

void replace_wrapping(sql::Tx& tx, PersonKeyRow const& row) {
    tx.execute(
        "UPDATE person_key SET key_id = $3, wrapped = $4"
        " WHERE district_id = $1 AND person_id = $2 AND wrapped IS NOT NULL",
        tx.district(), row.person_id, row.key_id, row.wrapped);
}

}  // namespace santong::auth::store
