#pragma once
// Which schools work on a box of their own (校园盒子), and whether this place is one, for modules that tell them apart.
#include <map>
#include <optional>
#include <set>

#include "modules/nodes/domain.hpp"

namespace santong::nodes {

/// The box of a school, as its parent sees it.
struct ServedBy {
    NodeId node;
    core::OrgId org_id;  ///< for which it stands: its line is that school's
    std::optional<core::Instant> last_contact;
};

/// Schools and teaching points below this place that a box serves, each with its box: that of the nearest node above.
/// Boxes that were shut out serve nobody.
std::map<core::OrgId, ServedBy> served_below(sql::Tx& tx);
/// The boxes themselves, by the org for which each stands.
std::map<core::OrgId, ServedBy> boxes_below(sql::Tx& tx);

/// Places of a child's subtree that work on boxes of their own, each box with all that it serves; ordered.
std::vector<core::OrgId> boxed_within(sql::Tx& tx, sync::Peer const& child);
/// Keeps what the parent says of them.
void note_served_elsewhere(sql::Tx& tx, std::vector<core::OrgId> const& places);
/// Schools and points whose records lie here, too, but which another box serves: a central school's box writes no
/// receipts for them and fetches nothing for them.
std::set<core::OrgId> served_elsewhere(sql::Tx& tx);

/// Where browsers find the place above this one; empty where this is the highest.
std::string address_above(sql::Database& db);

}  // namespace santong::nodes
