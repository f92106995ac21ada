#include "modules/nodes/store_neighbours.hpp"

#define NEIGHBOUR_COLUMNS \
    "id, org_id, giver_org_id, sort, address, state, asker_node, asker_key, giver_node, giver_key, changed_at"

namespace santong::nodes::store {

std::vector<Neighbour> neighbours_of(sql::Tx& tx, core::OrgId const& org) {
    return tx.rows<Neighbour>("SELECT " NEIGHBOUR_COLUMNS
                              " FROM node_neighbour WHERE district_id = $1 AND org_id = $2 ORDER BY sort, id",
                              tx.district(), org);
}

std::vector<Neighbour> neighbours_with(sql::Tx& tx, core::OrgId const& org) {
    return tx.rows<Neighbour>("SELECT " NEIGHBOUR_COLUMNS
                              " FROM node_neighbour WHERE district_id = $1 AND (org_id = $2 OR giver_org_id = $2)"
                              " ORDER BY org_id, sort, id",
                              tx.district(), org);
}

std::optional<Neighbour> neighbour_asking(sql::Tx& tx, NodeId const& asker, NodeId const& giver) {
    auto const found = tx.rows<Neighbour>("SELECT " NEIGHBOUR_COLUMNS
                                          " FROM node_neighbour WHERE district_id = $1 AND asker_node = $2"
                                          " AND giver_node = $3 ORDER BY changed_at DESC, id LIMIT 1",
                                          tx.district(), asker, giver);
    if (found.empty()) return std::nullopt;
    return found.front();
}

void put_neighbour(sql::Tx& tx, Neighbour const& row) {
    remove_neighbour(tx, row.id);
    tx.insert_one("node_neighbour", row);
}

void remove_neighbour(sql::Tx& tx, NeighbourId const& id) {
    tx.execute("DELETE FROM node_neighbour WHERE district_id = $1 AND id = $2", tx.district(), id);
}

}  // namespace santong::nodes::store
