#include "modules/indicators/store_shelf.hpp"

namespace santong::indicators::store {

void put_reuses(sql::Tx& tx, std::vector<ReuseFact> const& facts) {
    tx.insert("facts_reuse", facts, "ON CONFLICT DO NOTHING");
}
std::vector<core::Uuid> reused_in_plan(sql::Tx& tx, core::Uuid const& plan) {
    return tx.column<core::Uuid>(
        "SELECT resource_id FROM facts_reuse WHERE district_id = $1 AND how = 'plan' AND source_id = $2", tx.district(),
        plan);
}
void remove_plan_reuses(sql::Tx& tx, core::Uuid const& plan, std::vector<core::Uuid> const& resources) {
    if (resources.empty()) return;
    tx.execute(
        "DELETE FROM facts_reuse WHERE district_id = $1 AND how = 'plan' AND source_id = $2 AND resource_id {in $3}",
        tx.district(), plan, resources);
}
std::vector<core::Uuid> reused(sql::Tx& tx, core::LocalDate from, core::LocalDate to) {
    return tx.column<core::Uuid>(
        "SELECT DISTINCT r.resource_id FROM facts_reuse AS r WHERE r.district_id = $1 AND r.monday >= $2"
        " AND r.monday <= $3 AND NOT EXISTS (SELECT 1 FROM facts_session AS s WHERE r.how = 'lesson'"
        " AND s.district_id = r.district_id AND s.session_id = r.source_id AND s.state = 'discarded')",
        tx.district(), from, to);
}

std::vector<ShelfLine> shelf_lines(sql::Tx& tx, core::LocalDate from, core::LocalDate to) {
    return tx.rows<ShelfLine>(
        "SELECT indicator, monday, version, part, total, counted, frozen FROM shelf_week WHERE district_id = $1"
        " AND monday >= $2 AND monday <= $3 ORDER BY monday, indicator, part",
        tx.district(), from, to);
}
void replace_shelf_lines(sql::Tx& tx, core::LocalDate monday, std::vector<ShelfLine> const& lines) {
    tx.execute("DELETE FROM shelf_week WHERE district_id = $1 AND monday = $2 AND NOT frozen", tx.district(), monday);
    tx.insert("shelf_week", lines, "ON CONFLICT DO NOTHING");
}

}  // namespace santong::indicators::store
