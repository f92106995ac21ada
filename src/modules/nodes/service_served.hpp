#pragma once
// Which schools work on a box of their own (校园盒子), and whether this place is one, for modules that tell them apart.
#include <map>
#include <optional>

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

/// Where browsers find the place above this one; empty where this is the highest.
std::string address_above(sql::Database& db);

}  // namespace santong::nodes
