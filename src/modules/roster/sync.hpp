#pragma once
// What of the roster travels between nodes (DESIGN 4).
#include <string>

#include "platform/sync/shape.hpp"

namespace santong::roster {

/// SELECT of the organisations of a subtree; $1 = district, $2 = org at its root.
std::string subtree_held();
/// SELECT of the ids of a table's rows that lie in the subtree by a column with an org.
std::string held_in(std::string const& table, std::string const& column = "school_id");
/// SELECT of the organisations of the area: what lies under the nearest place above the subtree's root.
std::string area_held();
/// SELECT of the people whom a subtree knows: its staff, its pupils and their guardians.
std::string persons_held();

/// The tree, terms and people go down; a school receives its own people only.
void add_shapes(sync::Shapes& shapes);

}  // namespace santong::roster
