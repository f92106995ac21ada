#include "modules/indicators/store_lines.hpp"

namespace santong::indicators::store {

std::vector<LineFact> line_facts(sql::Tx& tx, core::LocalDate from, core::LocalDate to) {
    return tx.rows<LineFact>(
        "SELECT indicator, monday, org_id, known, total, counted, unseen, frozen FROM line_week WHERE district_id = $1"
        " AND monday >= $2 AND monday <= $3 ORDER BY indicator, monday, org_id",
        tx.district(), from, to);
}

void freeze_lines(sql::Tx& tx, core::LocalDate before) {
    tx.execute("UPDATE line_week SET frozen = $3 WHERE district_id = $1 AND monday < $2 AND NOT frozen", tx.district(),
               before, true);
}

void replace_lines(sql::Tx& tx, core::LocalDate monday, std::vector<LineFact> const& facts) {
    tx.execute("DELETE FROM line_week WHERE district_id = $1 AND monday = $2 AND NOT frozen", tx.district(), monday);
    tx.insert("line_week", facts, "ON CONFLICT DO NOTHING");
}

}  // namespace santong::indicators::store
