#pragma once
// What of the roster travels between nodes (DESIGN 4).
#include <string>

#include "platform/sync/change.hpp"
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

/// Whether a place lies in the subtree of a node.
bool in_subtree(sql::Tx& tx, sync::Peer const& peer, std::string const& org);

/// Files that a module's things use: the rows of the files (`<module>.File`), and who uses them and what was made from
/// them
/// (`<module>.FileLinks`). Both go both ways; a child brings its own people's only.
struct FilesHeld {
    std::string module;       ///< "homework"
    std::string held;         ///< SELECT of file ids (as `id`) of the things of a subtree
    std::string writes;       ///< the same of those that a child may write; empty = all
    std::string nearby = {};  ///< the same of those that a neighbour may have; empty = none
};
void add_file_shapes(sync::Shapes& shapes, FilesHeld const& files);
/// SELECT of the files that things of one holder type use; `which` compares the holder's id.
std::string files_of_holders(std::string const& holder_type, std::string const& which);

/// The tree, terms, the district's own codes and people go down; a school receives its own people only.
void add_shapes(sync::Shapes& shapes);

}  // namespace santong::roster
