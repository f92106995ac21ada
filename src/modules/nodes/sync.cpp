#include "modules/nodes/sync.hpp"

#include "modules/nodes/probes.hpp"
#include "modules/roster/sync.hpp"

namespace santong::nodes {

namespace {

/// A school's own lines, and those of the places above it: there the district's usual plan stands.
std::string links_held() {
    return roster::held_in("link", "org_id") +
           " UNION SELECT id FROM link WHERE district_id = $1 AND org_id IN"
           " (SELECT ancestor_id FROM org_closure WHERE district_id = $1 AND org_id = $2)";
}

}  // namespace

void add_shapes(sync::Shapes& shapes) {
    using sync::Direction;
    shapes.add({.type = "nodes.Link", .tables = {{.name = "link"}}, .held = links_held()});
    // Both ends of it know of it; who is told no more that it may ask is told so also behind a new snapshot.
    shapes.add({.type = "nodes.Neighbour",
                .tables = {{.name = "node_neighbour"}},
                .held = roster::held_in("node_neighbour", "org_id") + " UNION " +
                        roster::held_in("node_neighbour", "giver_org_id"),
                .moves = true});
    shapes.add({.type = "nodes.Probe",
                .direction = Direction::up,
                .tables = {{.name = "link_probe"}},
                .held = roster::held_in("link_probe", "org_id"),
                .applied = count_days});
    shapes.add({.type = "nodes.Outage",
                .direction = Direction::up,
                .tables = {{.name = "link_outage"}, {.name = "link_outage_hour", .key = "outage_id"}},
                .held = roster::held_in("link_outage", "org_id")});
}

}  // namespace santong::nodes
