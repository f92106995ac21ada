#include "modules/resources/store_shelf.hpp"

#define ON_SHELF \
    "r.district_id = $1 AND r.state = 'published' AND r.scope IN ('district', 'public') AND r.licence <> 'none'"

namespace santong::resources::store {

std::vector<KindCount> kinds_on_shelf(sql::Tx& tx, core::LocalDate since) {
    return tx.rows<KindCount>(
        "SELECT r.kind, COUNT(*) AS count, COUNT(u.resource_id) AS reused FROM resource AS r LEFT JOIN"
        " (SELECT DISTINCT o.district_id, o.id AS resource_id FROM resource_use AS e JOIN resource AS o"
        " ON o.district_id = e.district_id AND o.id = e.resource_id AND o.school_id <> e.school_id"
        " WHERE e.district_id = $1 AND e.date >= $2) AS u ON u.district_id = r.district_id AND u.resource_id = r.id"
        " WHERE " ON_SHELF " GROUP BY r.kind ORDER BY r.kind",
        tx.district(), since);
}

GiverCount givers(sql::Tx& tx) {
    return tx
        .optional_row<GiverCount>(
            "SELECT COUNT(DISTINCT r.school_id) AS schools,"
            " COUNT(DISTINCT r.owner_person) AS people FROM resource AS r WHERE " ON_SHELF,
            tx.district())
        .value_or(GiverCount{});
}

}  // namespace santong::resources::store
