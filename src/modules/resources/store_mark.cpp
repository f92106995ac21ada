#include "modules/resources/service_mark.hpp"
#include "modules/resources/store.hpp"

namespace santong::resources::store {

void insert_mark(sql::Tx& tx, Mark const& mark) {
    tx.insert_one("resource_mark", mark);
}

std::vector<Mark> marks(sql::Tx& tx, ResourceId const& id) {
    return tx.rows<Mark>(
        "SELECT id, resource_id, fine, reason, by_person, at FROM resource_mark"
        " WHERE district_id = $1 AND resource_id = $2 ORDER BY at, id",
        tx.district(), id);
}

}  // namespace santong::resources::store
