#pragma once
// What a node takes from its neighbour.
#include "platform/sync/change.hpp"

namespace santong::sync {

/// How a batch went.
struct Taken {
    int applied = 0;
    int parked = 0;
    int refused = 0;  ///< of a child that overstepped; parked too
};
BOOST_DESCRIBE_STRUCT(Taken, (), (applied, parked, refused))

/// How changes are taken.
struct Taking {
    core::Instant now;  ///< the clock that bounds versions: the parent's
    /// The neighbour's cursor in this place's feed: what was made here behind it, the neighbour did not know of when it
    /// made its changes. Empty: nobody can say.
    std::string told = {};
    /// Runs in the transaction that ends the batch: the cursor moves there.
    std::function<void(sql::Tx& tx)> done = {};
    /// Told of each change that the other end may not make, in a transaction of its own.
    std::function<void(sql::Tx& tx, Change const& change, std::string const& why)> refused = {};
};

/// Takes a batch. All in one transaction; if that fails, one by one, and what cannot be applied is parked with its
/// reason. Told again, it changes nothing. A change made in the future counts as made now.
Taken take(sql::Database& db, core::DistrictId district, Shapes const& shapes, Peer const& peer,
           std::vector<Change> changes, Taking const& taking);

/// A change that was set aside.
struct Parked {
    core::Uuid id;
    std::string node;
    std::string type;
    std::string entity_id;
    std::string reason;
    core::Instant at;
};
BOOST_DESCRIBE_STRUCT(Parked, (), (id, node, type, entity_id, reason, at))

/// Oldest first.
std::vector<Parked> parked(sql::Tx& tx, int limit);
/// The same of one neighbour.
std::vector<Parked> parked_from(sql::Tx& tx, std::string const& node, int limit);
std::int64_t parked_of(sql::Tx& tx, std::string const& node);
/// Applies it again; answers the reason if it still cannot be, nothing if it stands now, is not there, or something
/// newer of the same entity has come since.
std::optional<std::string> retry(sql::Database& db, core::DistrictId district, Shapes const& shapes,
                                 std::function<Peer(std::string const& node)> const& peer_of, core::Uuid const& id);
/// The same for all, oldest first: after an upgrade. Answers how many stand now.
int retry_all(sql::Database& db, core::DistrictId district, Shapes const& shapes,
              std::function<Peer(std::string const& node)> const& peer_of);
void discard(sql::Tx& tx, core::Uuid const& id);

}  // namespace santong::sync
