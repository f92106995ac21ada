#include "modules/push/store.hpp"

namespace santong::push::store {

namespace {

#define RECEIPT_COLUMNS                                                                                           \
    "id, order_id, school_id, contents, contents_here, bytes, bytes_here, line_bytes, near_bytes, way, first_at," \
    " whole_at, checked_at, uses, used_at, last_used_at, updated_at"

struct UnusedTold {
    OrderId order_id;
    core::OrgId school_id;
    core::Instant told_at;
};
BOOST_DESCRIBE_STRUCT(UnusedTold, (), (order_id, school_id, told_at))

}  // namespace

std::optional<PushReceipt> receipt(sql::Tx& tx, ReceiptId const& id) {
    return tx.optional_row<PushReceipt>(
        "SELECT " RECEIPT_COLUMNS " FROM push_receipt WHERE district_id = $1 AND id = $2", tx.district(), id);
}

std::vector<PushReceipt> receipts(sql::Tx& tx, std::vector<OrderId> const& orders) {
    return tx.rows<PushReceipt>("SELECT " RECEIPT_COLUMNS
                                " FROM push_receipt WHERE district_id = $1 AND order_id {in $2}"
                                " ORDER BY order_id, school_id",
                                tx.district(), orders);
}

std::vector<PushReceipt> receipts_of_school(sql::Tx& tx, core::OrgId const& school, core::Instant since) {
    return tx.rows<PushReceipt>("SELECT " RECEIPT_COLUMNS
                                " FROM push_receipt WHERE district_id = $1 AND school_id = $2 AND whole_at >= $3"
                                " ORDER BY whole_at DESC, id",
                                tx.district(), school, since);
}

void put_receipt(sql::Tx& tx, PushReceipt const& receipt) {
    tx.execute("DELETE FROM push_receipt WHERE district_id = $1 AND id = $2", tx.district(), receipt.id);
    tx.insert_one("push_receipt", receipt);
}

ToldSchools unused_told(sql::Tx& tx, std::vector<OrderId> const& orders) {
    ToldSchools told;
    for (auto const& one : tx.rows<UnusedTold>(
             "SELECT order_id, school_id, told_at FROM push_unused_told WHERE district_id = $1 AND order_id {in $2}",
             tx.district(), orders))
        told.emplace(one.order_id, one.school_id);
    return told;
}

void note_unused_told(sql::Tx& tx, OrderId const& order, core::OrgId const& school, core::Instant now) {
    tx.insert_one("push_unused_told", UnusedTold{order, school, now}, "ON CONFLICT DO NOTHING");
}

std::set<std::string> whole_at(sql::Tx& tx, core::OrgId const& school) {
    auto const found = tx.column<std::string>(
        "SELECT DISTINCT c.sha256 FROM push_content c JOIN push_receipt r ON r.district_id = c.district_id"
        " AND r.order_id = c.order_id WHERE c.district_id = $1 AND r.school_id = $2 AND r.whole_at IS NOT NULL AND "
        "r.way <> 'hosted'",
        tx.district(), school);
    return {found.begin(), found.end()};
}

void put_arrival(sql::Tx& tx, PushArrival const& arrival) {
    tx.insert_one("push_arrival", arrival, "ON CONFLICT DO NOTHING");
}

std::map<std::string, PushArrival> arrivals(sql::Tx& tx, std::vector<std::string> const& digests) {
    std::map<std::string, PushArrival> found;
    for (auto& one : tx.rows<PushArrival>("SELECT sha256, way, line_bytes, near_bytes, arrived_at FROM push_arrival "
                                          "WHERE district_id = $1 AND sha256 {in $2}",
                                          tx.district(), digests)) {
        auto key = one.sha256;
        found.emplace(std::move(key), std::move(one));
    }
    return found;
}

}  // namespace santong::push::store
