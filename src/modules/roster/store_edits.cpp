#include "modules/roster/store.hpp"

namespace santong::roster::store {

std::int64_t version_of(sql::Tx& tx, Edited what, core::Uuid const& id) {
    auto const found =
        what == Edited::person
            ? tx.column<std::int64_t>("SELECT version FROM person WHERE district_id = $1 AND id = $2", tx.district(),
                                      id)
            : tx.column<std::int64_t>("SELECT version FROM org WHERE district_id = $1 AND id = $2", tx.district(), id);
    return found.empty() ? 0 : found.front();
}

std::int64_t hold_version(sql::Tx& tx, Edited what, core::Uuid const& id) {
    // Writing a row as it is locks it on PostgreSQL; on SQLite there is one writer anyway.
    if (what == Edited::person)
        tx.execute("UPDATE person SET version = version WHERE district_id = $1 AND id = $2", tx.district(), id);
    else
        tx.execute("UPDATE org SET version = version WHERE district_id = $1 AND id = $2", tx.district(), id);
    return version_of(tx, what, id);
}

void put_edit(sql::Tx& tx, Edit const& edit) {
    tx.insert_one("roster_edit", edit,
                  "ON CONFLICT (district_id, entity_id, version) DO UPDATE SET at = excluded.at,"
                  " person_id = excluded.person_id, fields = excluded.fields");
}

std::vector<Edit> edits_after(sql::Tx& tx, core::Uuid const& id, std::int64_t version) {
    return tx.rows<Edit>(
        "SELECT entity_id, version, at, person_id, fields FROM roster_edit WHERE district_id = $1"
        " AND entity_id = $2 AND version > $3 ORDER BY version",
        tx.district(), id, version);
}

}  // namespace santong::roster::store
