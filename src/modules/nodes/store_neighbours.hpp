#pragma once
// SQL texts of neighbours.
#include "modules/nodes/neighbour.hpp"

namespace santong::nodes::store {

/// Those that a box asks, in the order in which it does.
std::vector<Neighbour> neighbours_of(sql::Tx& tx, core::OrgId const& org);
/// Those in which a box stands on either side.
std::vector<Neighbour> neighbours_with(sql::Tx& tx, core::OrgId const& org);
/// By which a box may ask the one of this name.
std::optional<Neighbour> neighbour_asking(sql::Tx& tx, NodeId const& asker, NodeId const& giver);
void put_neighbour(sql::Tx& tx, Neighbour const& row);
void remove_neighbour(sql::Tx& tx, NeighbourId const& id);

}  // namespace santong::nodes::store
