// Licences and their end.
#include "modules/resources/store_terms.hpp"

#include "modules/resources/resource_columns.hpp"

namespace santong::resources::store {

std::vector<Resource> ending(sql::Tx& tx, std::vector<core::OrgId> const& places, core::LocalDate by) {
    return tx.rows<Resource>("SELECT " RESOURCE_COLUMNS
                             " FROM resource WHERE district_id = $1 AND valid_until <= $2"
                             " AND state IN ('published', 'ended') AND school_id {in $3}"
                             " ORDER BY valid_until, title, id LIMIT 200",
                             tx.district(), by, places);
}

std::vector<Resource> out_of_step(sql::Tx& tx, core::LocalDate on) {
    return tx.rows<Resource>("SELECT " RESOURCE_COLUMNS
                             " FROM resource WHERE district_id = $1 AND ((state = 'published' AND (valid_until < $2"
                             " OR valid_from > $2)) OR (state = 'ended' AND (valid_until IS NULL OR valid_until >= $2)"
                             " AND (valid_from IS NULL OR valid_from <= $2))) ORDER BY id",
                             tx.district(), on);
}

}  // namespace santong::resources::store
