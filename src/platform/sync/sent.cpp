#include "platform/sync/sent.hpp"

namespace santong::sync {

namespace {

struct SentRow {
    std::string node;
    std::string type;
    std::string entity_id;
};
BOOST_DESCRIBE_STRUCT(SentRow, (), (node, type, entity_id))

}  // namespace

void remember_sent(sql::Tx& tx, Peer const& child, Shape const& shape, std::vector<std::string> const& ids) {
    if (ids.empty()) return;
    std::vector<SentRow> rows;
    rows.reserve(ids.size());
    for (auto const& id : ids) rows.push_back({child.node, shape.type, id});
    tx.insert("sync_sent", rows, "ON CONFLICT DO NOTHING");
}

void forget_sent(sql::Tx& tx, Peer const& child, Shape const& shape, std::vector<std::string> const& ids) {
    if (ids.empty()) return;
    tx.execute("DELETE FROM sync_sent WHERE district_id = $1 AND node = $2 AND type = $3 AND entity_id {in $4}",
               tx.district(), child.node, shape.type, ids);
}

std::set<std::string> sent_of(sql::Tx& tx, Peer const& child, std::string const& type,
                              std::vector<std::string> const& ids) {
    auto const found = tx.column<std::string>(
        "SELECT entity_id FROM sync_sent WHERE district_id = $1 AND node = $2 AND type = $3 AND entity_id {in $4}",
        tx.district(), child.node, type, ids);
    return {found.begin(), found.end()};
}

}  // namespace santong::sync
