#include "platform/sync/newest.hpp"

#include "platform/feed/feed.hpp"

namespace santong::sync {

std::map<std::string, Newest> newest_of(sql::Tx& tx, std::string const& type, std::vector<std::string> const& ids) {
    std::map<std::string, Newest> found;
    for (auto& one : tx.rows<Newest>(
             "SELECT f.entity_id, f.seq, f.version, f.origin, f.origin_seq, f.at, f.via FROM feed_entry f JOIN "
             "(SELECT entity_id, MAX(seq) AS seq"
             " FROM feed_entry WHERE district_id = $1 AND type = $2 AND entity_id {in $3} AND kind <> 'event'"
             " GROUP BY entity_id) newest ON newest.seq = f.seq WHERE f.district_id = $1",
             tx.district(), type, ids)) {
        auto const id = one.entity_id;
        found.emplace(id, std::move(one));
    }
    return found;
}

Newest last_made(sql::Tx& tx, std::string const& type, Newest const& newest) {
    if (!only_follows(newest.version)) return newest;
    auto const found = tx.optional_row<Newest>(
        "SELECT entity_id, seq, version, origin, origin_seq, at, via FROM feed_entry WHERE district_id = $1"
        " AND type = $2 AND entity_id = $3 AND kind <> 'event' AND version % 2 = 0 ORDER BY seq DESC LIMIT 1",
        tx.district(), type, newest.entity_id);
    return found.value_or(newest);
}

}  // namespace santong::sync
