#pragma once
// What this node knows of entities by its feed. Inner words of the sync.
#include <map>
#include <string>
#include <vector>

#include "platform/sql/database.hpp"

namespace santong::sync {

/// The newest entry of an entity.
struct Newest {
    std::string entity_id;
    std::int64_t seq = 0;
    std::int64_t version = 0;
    std::string origin;
    std::int64_t origin_seq = 0;
    core::Instant at;
    std::string via;  ///< the neighbour that told it; empty: made here
};
BOOST_DESCRIBE_STRUCT(Newest, (), (entity_id, seq, version, origin, origin_seq, at, via))

/// Whether a version says only what follows from the one before it (feed::append_following gives odd ones).
constexpr bool only_follows(std::int64_t version) {
    return version % 2 != 0;
}

/// By the ids of entities; of those that the feed knows.
std::map<std::string, Newest> newest_of(sql::Tx& tx, std::string const& type, std::vector<std::string> const& ids);

/// The newest that is somebody's will: not what only followed from it (feed::append_following).
Newest last_made(sql::Tx& tx, std::string const& type, Newest const& newest);

}  // namespace santong::sync
