// Use by day, school and class.
#include "modules/resources/store.hpp"

namespace santong::resources::store {

std::vector<UseTotal> uses_since(sql::Tx& tx, std::vector<ResourceId> const& ids, core::LocalDate since) {
    return tx.rows<UseTotal>(
        "SELECT resource_id, CAST(SUM(uses) AS BIGINT) AS uses, COUNT(DISTINCT school_id) AS schools FROM resource_use"
        " WHERE district_id = $1 AND resource_id {in $2} AND date >= $3 GROUP BY resource_id",
        tx.district(), ids, since);
}

void add_use(sql::Tx& tx, UseCount const& use) {
    tx.execute(
        "INSERT INTO resource_use (district_id, resource_id, date, school_id, class_id, role, uses)"
        " VALUES ($1, $2, $3, $4, $5, $6, $7)"
        " ON CONFLICT (district_id, resource_id, date, school_id, class_id, role)"
        " DO UPDATE SET uses = resource_use.uses + excluded.uses",
        tx.district(), use.resource_id, use.date, use.school_id, use.class_id, use.role, use.uses);
}

std::vector<SchoolUse> use_by_school(sql::Tx& tx, ResourceId const& id, core::LocalDate since) {
    return tx.rows<SchoolUse>(
        "SELECT school_id, CAST(SUM(uses) AS BIGINT) AS uses, COUNT(DISTINCT NULLIF(class_id, '')) AS classes"
        " FROM resource_use WHERE district_id = $1 AND resource_id = $2 AND date >= $3 GROUP BY school_id"
        " ORDER BY school_id",
        tx.district(), id, since);
}

}  // namespace santong::resources::store
