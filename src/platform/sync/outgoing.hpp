#pragma once
// What a node has to tell its neighbour.
#include "platform/sync/change.hpp"

namespace santong::sync {

/// The next changes after `cursor`. An empty cursor begins with a snapshot of everything that the child holds, in
/// batches of about 2 MB, then the tail; towards the parent there is the tail only. Writes down what was sent of types
/// that move.
Batch outgoing(sql::Tx& tx, Shapes const& shapes, Peer const& peer, std::string const& cursor);

/// How many entries the neighbour has not asked for yet; within a snapshot how many entities are left of it, as they
/// were counted when it began.
std::int64_t waiting(sql::Tx& tx, Shapes const& shapes, Peer const& peer, std::string const& cursor);

/// Cursor of somebody who knows everything up to now.
std::string cursor_here(sql::Tx& tx);

/// Of two cursors of what the parent was told the one that is further.
std::string further(std::string const& one, std::string const& other);

/// Ids of the list that a node with this subtree holds.
std::vector<std::string> held_of(sql::Tx& tx, Shape const& shape, std::string const& root,
                                 std::vector<std::string> const& ids);

/// The same of what a child may write.
std::vector<std::string> written_of(sql::Tx& tx, Shape const& shape, std::string const& root,
                                    std::vector<std::string> const& ids);

/// The same of what a box may give to the neighbour that stands for an org.
std::vector<std::string> nearby_of(sql::Tx& tx, Shape const& shape, std::string const& org,
                                   std::vector<std::string> const& ids);

/// Whether what is said of this org concerns a node: the root of its subtree or a place in it; an empty one is for all.
bool covers(sql::Tx& tx, Shapes const& shapes, Peer const& peer, std::string const& org);

}  // namespace santong::sync
