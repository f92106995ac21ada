#pragma once
// The child's side: joining, and what it knows of its parent.
#include <functional>
#include <optional>

#include "modules/nodes/domain.hpp"

namespace santong::nodes {

struct Site;

/// This place's parent; none where it is the highest.
std::optional<Parent> parent(sql::Database& db);
sync::Peer parent_peer(Parent const& parent);
/// Once, at start: this place's clock is off by what its parent last said.
void remember_clock(sql::Database& db);

/// Joins an empty place to a parent with a one-time code: makes the district here and writes down whom to ask.
/// Refuses "nodes.not_empty" (records lie here), "nodes.bad_url", "nodes.unreachable", and what the parent refuses.
core::Result<JoinAnswer> join_parent(Site const& site, std::string const& code, std::string const& url,
                                     std::string const& authority_file);

/// Whether the first snapshot is here: before that nothing is counted from what comes.
bool settled(sql::Database& db, core::DistrictId district);

/// Entries here that have not gone up yet; 0 at a place without a parent.
std::int64_t waiting_up(Site const& site);

/// How one round of talking went.
struct Round {
    bool reached = false;
    bool more = false;  ///< there was so much that another round follows at once
    std::string problem;
    std::string parent_schema;  ///< what the parent said that it can take; empty = it says nothing of it
};
/// Pulls and pushes once.
Round talk(Site const& site, Parent const& parent);

}  // namespace santong::nodes
