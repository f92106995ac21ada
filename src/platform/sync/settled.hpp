#pragma once
// Other versions (versions.hpp) that their owner is done with: both places hear of it, so that he sees one world.
#include "platform/sync/change.hpp"

namespace santong::sync {

/// An other version that its owner took over or let go. Its id follows from what it names: whoever settles it, and at
/// whichever place, says the same.
struct SettledVersion {
    core::Uuid id;
    core::OrgId school_id;  ///< whose places hear of it
    std::string type;
    std::string entity_id;
    std::string origin;  ///< node at which the version was made
    std::int64_t version = 0;
};
BOOST_DESCRIBE_STRUCT(SettledVersion, (), (id, school_id, type, entity_id, origin, version))

/// Says so, and lets the version go here.
void settle(sql::Tx& tx, SettledVersion settled);
/// Whether this version of an entity is settled: it is not shown again, however often it is told.
bool is_settled(sql::Tx& tx, Change const& change);

/// They go both ways, within the school; `orgs` is the SELECT of the organisations of a subtree, as in `Shape::held`.
/// To be added behind all types that somebody compares.
void add_settled(Shapes& shapes, std::string const& orgs);

}  // namespace santong::sync
