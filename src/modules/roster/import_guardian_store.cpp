#include "modules/roster/import_guardians.hpp"

namespace santong::roster::store {

#define UNTOLD_COLUMNS "session_id, guardianship_id, pupil_id, guardian_id, school_id, row_number, chosen, ended_at"

std::vector<ToldGuardian> told_guardians(sql::Tx& tx) {
    return tx.rows<ToldGuardian>(
        "SELECT guardianship_id, school_id, session_id, told_at FROM guardianship_told WHERE district_id = $1",
        tx.district());
}

void put_told(sql::Tx& tx, std::vector<ToldGuardian> const& rows) {
    tx.insert("guardianship_told", rows, "ON CONFLICT DO NOTHING");
}

std::vector<UntoldGuardian> untold_of(sql::Tx& tx, ImportId const& session, int limit) {
    return tx.rows<UntoldGuardian>("SELECT " UNTOLD_COLUMNS
                                   " FROM import_guardian WHERE district_id = $1 AND session_id = $2"
                                   " ORDER BY row_number, guardianship_id LIMIT $3",
                                   tx.district(), session, limit);
}

std::optional<UntoldGuardian> find_untold(sql::Tx& tx, ImportId const& session, GuardianshipId const& id) {
    return tx.optional_row<UntoldGuardian>("SELECT " UNTOLD_COLUMNS
                                           " FROM import_guardian WHERE district_id = $1 AND session_id = $2"
                                           " AND guardianship_id = $3",
                                           tx.district(), session, id);
}

std::int64_t count_untold(sql::Tx& tx, ImportId const& session) {
    return tx
        .value<std::int64_t>("SELECT COUNT(*) FROM import_guardian WHERE district_id = $1 AND session_id = $2",
                             tx.district(), session)
        .value_or(0);
}

void put_untold(sql::Tx& tx, std::vector<UntoldGuardian> const& rows) {
    tx.insert("import_guardian", rows,
              "ON CONFLICT (district_id, session_id, guardianship_id) DO UPDATE SET chosen = excluded.chosen,"
              " ended_at = excluded.ended_at, row_number = excluded.row_number");
}

void remove_untold(sql::Tx& tx, ImportId const& session) {
    tx.execute("DELETE FROM import_guardian WHERE district_id = $1 AND session_id = $2", tx.district(), session);
}

}  // namespace santong::roster::store
