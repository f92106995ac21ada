#include "modules/resources/store_pack.hpp"

namespace santong::resources::store {

std::vector<PackItem> pack_items(sql::Tx& tx, ResourceId const& pack, int version) {
    return tx.rows<PackItem>(
        "SELECT pack_id, version, sort, role, resource_id, note FROM resource_pack_item WHERE district_id = $1"
        " AND pack_id = $2 AND version = $3 ORDER BY sort, resource_id",
        tx.district(), pack, version);
}

void replace_pack_items(sql::Tx& tx, ResourceId const& pack, int version, std::vector<PackItem> const& items) {
    tx.execute("DELETE FROM resource_pack_item WHERE district_id = $1 AND pack_id = $2 AND version = $3", tx.district(),
               pack, version);
    insert_pack_items(tx, items);
}

void insert_pack_items(sql::Tx& tx, std::vector<PackItem> const& items) {
    tx.insert("resource_pack_item", items);
}

void forget_in_packs(sql::Tx& tx, ResourceId const& id) {
    tx.execute("DELETE FROM resource_pack_item WHERE district_id = $1 AND (pack_id = $2 OR resource_id = $2)",
               tx.district(), id);
}

}  // namespace santong::resources::store
