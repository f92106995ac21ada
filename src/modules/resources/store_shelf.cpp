#include "modules/resources/store_shelf.hpp"

#define FOR_DISTRICT "r.district_id = $1 AND r.state = 'published' AND r.scope IN ('district', 'public')"
#define ON_SHELF FOR_DISTRICT " AND r.licence <> 'none' AND r.published_at < $2"

namespace santong::resources::store {

std::vector<Shelved> on_shelf(sql::Tx& tx, core::Instant before) {
    return tx.rows<Shelved>("SELECT r.id, r.kind FROM resource AS r WHERE " ON_SHELF, tx.district(), before);
}

std::vector<ResourceId> opened_elsewhere(sql::Tx& tx, core::LocalDate from, core::LocalDate to) {
    return tx.column<ResourceId>(
        "SELECT DISTINCT o.id FROM resource_use AS e JOIN resource AS o ON o.district_id = e.district_id"
        " AND o.id = e.resource_id AND o.school_id <> e.school_id WHERE e.district_id = $1 AND e.date >= $2"
        " AND e.date <= $3",
        tx.district(), from, to);
}

GiverCount givers(sql::Tx& tx, core::Instant before) {
    return tx
        .optional_row<GiverCount>(
            "SELECT COUNT(DISTINCT r.school_id) AS schools,"
            " COUNT(DISTINCT r.owner_person) AS people FROM resource AS r WHERE " ON_SHELF,
            tx.district(), before)
        .value_or(GiverCount{});
}

std::vector<FiledKind> filed_kinds(sql::Tx& tx, core::Instant before) {
    return tx.rows<FiledKind>("SELECT DISTINCT r.chapter_id, r.kind FROM resource AS r WHERE " FOR_DISTRICT
                              " AND r.chapter_id IS NOT NULL AND r.textbook_id IS NOT NULL AND r.published_at < $2",
                              tx.district(), before);
}

}  // namespace santong::resources::store
