#pragma once
// Every SQL text of the vault.
#include <optional>
#include <vector>

#include "platform/sql/database.hpp"

namespace santong::auth::store {

/// A person's data key as it lies in the database.
struct PersonKeyRow {
    core::PersonId person_id;
    std::string key_id;
    std::optional<core::Bytes> wrapped;  ///< absent after erasure
    core::Instant made_at;
};
BOOST_DESCRIBE_STRUCT(PersonKeyRow, (), (person_id, key_id, wrapped, made_at))

/// A second factor's secret as it lies in the database.
struct SealedFactorRow {
    core::AccountId account_id;
    core::Bytes sealed;
};
BOOST_DESCRIBE_STRUCT(SealedFactorRow, (), (account_id, sealed))

std::vector<PersonKeyRow> find_person_keys(sql::Tx& tx, std::vector<core::PersonId> const& persons);
/// Keys that somebody else made meanwhile stay as they are.
void insert_person_keys(sql::Tx& tx, std::vector<PersonKeyRow> const& rows);
void destroy_person_key(sql::Tx& tx, core::PersonId const& person, core::Instant at);
std::vector<PersonKeyRow> keys_not_under(sql::Tx& tx, std::string const& key_id, int limit);
/// Ids of the master keys that something of any district is sealed with.
std::vector<std::string> master_keys_in_use(sql::Tx& tx);
/// Something that is sealed with one master key in this district, to try it on; nothing: it sealed none.
std::optional<PersonKeyRow> any_person_key_under(sql::Tx& tx, std::string const& key_id);
std::optional<SealedFactorRow> any_second_factor_under(sql::Tx& tx, std::string const& key_id);
void replace_wrapping(sql::Tx& tx, PersonKeyRow const& row);

}  // namespace santong::auth::store
