#include "modules/nodes/backlog.hpp"

#include "modules/nodes/permissions.hpp"
#include "modules/nodes/store.hpp"
#include "modules/roster/service.hpp"

namespace santong::nodes {

namespace {

constexpr int most_shown = 5;

void add_contents(Backlog& waits, store::ContentsWaiting const& contents) {
    waits.contents_up = contents.number;
    waits.bytes_up = contents.bytes;
    waits.since = contents.since;
}

}  // namespace

std::optional<Backlog> backlog(sql::Tx& tx, auth::Caller const& caller, core::OrgId const& org,
                               std::optional<Parent> const& above) {
    Backlog waits;
    std::string neighbour;
    if (above && above->org_id == org) {
        neighbour = above->parent;
        add_contents(waits, store::contents_told(tx));
    } else {
        auto const node = store::active_node_of(tx, org);
        if (!node) return std::nullopt;
        neighbour = node->id.text();
        waits.parked_there = node->parked_below;
        add_contents(waits, store::contents_due_from(tx, node->id));
    }
    waits.parked_here = sync::parked_of(tx, neighbour);
    if (caller.may(tx, permissions::manage, roster::district(tx).org_id))
        waits.parked = sync::parked_from(tx, neighbour, most_shown);
    return waits;
}

}  // namespace santong::nodes
