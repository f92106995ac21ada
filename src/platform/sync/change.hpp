#pragma once
// What nodes say to each other (DESIGN 4).
#include <string>
#include <vector>

#include "platform/feed/feed.hpp"
#include "platform/sync/shape.hpp"

namespace santong::sync {

/// `put`: these rows now. `remove`: the entity is gone everywhere. `withdraw`: it goes on, but no longer here.
enum class Deed : int { put, remove, withdraw, event };
BOOST_DESCRIBE_ENUM(Deed, put, remove, withdraw, event)

/// One entity as it is now, or one event.
struct Change {
    Deed deed = Deed::put;
    std::string type;
    std::string id;
    std::string scope_org_id;
    std::string origin;           ///< node that made the newest entry; empty where the feed no longer knows
    std::int64_t origin_seq = 0;  ///< its number there
    std::int64_t version = 0;     ///< hybrid logical clock
    core::Instant at;
    core::RawJson body;  ///< of the entry, for this node's own readers of the feed
    std::vector<Rows> tables;
};
BOOST_DESCRIBE_STRUCT(Change, (), (deed, type, id, scope_org_id, origin, origin_seq, version, at, body, tables))

/// Some changes and the place from which to go on.
struct Batch {
    std::string cursor;
    bool more = false;
    std::vector<Change> changes;
};
BOOST_DESCRIBE_STRUCT(Batch, (), (cursor, more, changes))

/// The other end.
struct Peer {
    std::string node;                      ///< its name in the feed
    std::string root_org_id;               ///< org whose subtree it (or, seen from below, this node) holds
    std::string key;                       ///< 32 bytes that only the two ends know
    bool parent = false;                   ///< it is above
    std::vector<std::string> others = {};  ///< names of other places below, in which a child may not speak
};

/// A change that the other end may not make: not its direction, not its subtree, not a type at all.
struct Refused : std::runtime_error {
    using std::runtime_error::runtime_error;
};

}  // namespace santong::sync
