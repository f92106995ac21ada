#include "modules/push/store_packs.hpp"

namespace santong::push::store {

namespace {

#define PACK_COLUMNS                                                                                                 \
    "id, way, state, school_id, what, job_id, name, contents, bytes, size, came, here_already, not_for_here, lost, " \
    "cut, for_other, made_for, missing, missing_count, problem, made_at, ended_at, expires_at, orders, file_id, "    \
    "made_by"

}  // namespace

std::optional<PushPack> pack(sql::Tx& tx, PackId const& id) {
    return tx.optional_row<PushPack>("SELECT " PACK_COLUMNS " FROM push_pack WHERE district_id = $1 AND id = $2",
                                     tx.district(), id);
}

std::vector<PushPack> packs(sql::Tx& tx) {
    return tx.rows<PushPack>(
        "SELECT " PACK_COLUMNS " FROM push_pack WHERE district_id = $1 ORDER BY made_at DESC, id DESC", tx.district());
}

void insert_pack(sql::Tx& tx, PushPack const& pack) {
    tx.insert_one("push_pack", pack);
}

bool update_pack(sql::Tx& tx, PushPack const& pack) {
    if (tx.execute("DELETE FROM push_pack WHERE district_id = $1 AND id = $2", tx.district(), pack.id) == 0)
        return false;
    tx.insert_one("push_pack", pack);
    return true;
}

void delete_pack(sql::Tx& tx, PackId const& id) {
    tx.execute("DELETE FROM push_pack WHERE district_id = $1 AND id = $2", tx.district(), id);
}

std::vector<OrderId> orders_for(sql::Tx& tx, core::OrgId const& school) {
    return tx.column<OrderId>(
        "SELECT o.id FROM push_order o JOIN push_target t ON t.district_id = o.district_id AND t.order_id = o.id"
        " WHERE o.district_id = $1 AND t.school_id = $2 AND o.state IN ('open', 'paused')"
        " ORDER BY o.created_at, o.id",
        tx.district(), school);
}

}  // namespace santong::push::store
