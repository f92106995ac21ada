#pragma once
// What the bytes of files may take of a box's disk (容量配额): beyond it goes what the parent can give again, the least
// lately used first. Descriptions stay; opening one fetches its bytes again.
#include <functional>
#include <set>
#include <string>
#include <vector>

#include "modules/nodes/domain.hpp"
#include "platform/files/content_store.hpp"

namespace santong::nodes {

struct Site;

/// A content of the store.
struct Stored {
    std::string sha256;
    std::int64_t size = 0;
    core::Instant used_at;
};

/// Bytes of all contents, and those that may go, the least lately used first.
struct Stock {
    std::int64_t bytes = 0;
    std::vector<Stored> replaceable;
};
Stock take_stock(files::ContentStore& contents, std::set<std::string> const& replaceable);

/// What has to go so that the quota is kept with a twentieth to spare; nothing while it is kept.
std::vector<Stored> surplus(Stock const& stock, std::int64_t quota);

struct Evicted {
    std::int64_t contents = 0;
    std::int64_t bytes = 0;
    bool parent_away = false;  ///< without its word that it can give a content again, nothing goes
};
/// Asks the parent which of these it can give again, and removes those; never what only this place may have
/// (`not_to_forget`).
Evicted evict(Site const& site, Parent const& above, files::ContentStore& contents, std::vector<Stored> const& surplus);

}  // namespace santong::nodes
