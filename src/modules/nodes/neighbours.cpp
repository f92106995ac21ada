#include "modules/nodes/neighbours.hpp"

#include <algorithm>
#include <set>

#include "core/base64.hpp"
#include "core/json.hpp"
#include "modules/nodes/parent.hpp"
#include "modules/nodes/permissions.hpp"
#include "modules/nodes/store.hpp"
#include "modules/nodes/store_neighbours.hpp"
#include "modules/roster/service.hpp"
#include "platform/auth/audit.hpp"
#include "platform/feed/feed.hpp"

namespace santong::nodes {

namespace {

std::string name_of_org(sql::Tx& tx, core::OrgId const& id) {
    auto const known = roster::org(tx, id);
    return known ? known->name : std::string();
}

core::Result<core::Nothing> may_see_neighbours(sql::Tx& tx, auth::Caller const& caller, core::OrgId const& org) {
    if (caller.may(tx, permissions::view, org)) return core::Nothing{};
    TRY_VOID(caller.require(tx, permissions::view_line, org));
    return core::Nothing{};
}

NeighbourList list_of(sql::Tx& tx, auth::Caller const& caller, core::OrgId const& org, bool below) {
    NeighbourList list;
    list.editable = !below && caller.may(tx, permissions::manage, org) && store::active_node_of(tx, org).has_value();
    for (auto const& one : store::neighbours_of(tx, org))
        list.items.push_back({one.giver_org_id, name_of_org(tx, one.giver_org_id), one.address, one.state});
    for (auto const& one : store::neighbours_with(tx, org)) {
        if (one.giver_org_id == org && one.state == NodeState::active)
            list.asked_by.push_back(name_of_org(tx, one.org_id));
    }
    if (!list.editable) return list;
    for (auto const& node : store::nodes(tx)) {
        if (node.state == NodeState::active && node.org_id != org && caller.may(tx, permissions::manage, node.org_id))
            list.choices.push_back({node.org_id, name_of_org(tx, node.org_id)});
    }
    std::ranges::sort(list.choices, {}, &NeighbourChoice::name);
    return list;
}

void write_neighbour(sql::Tx& tx, Neighbour const& row) {
    store::put_neighbour(tx, row);
    feed::put(tx, {"nodes.Neighbour", row.id.text(), {}}, row);
}

/// Both ends as they are now.
void take_keys(Neighbour& row, store::NodeRow const& asker, store::NodeRow const& giver) {
    row.state = NodeState::active;
    row.asker_node = asker.id;
    row.asker_key = asker.open_key;
    row.giver_node = giver.id;
    row.giver_key = giver.open_key;
}

bool same_neighbour(Neighbour const& a, Neighbour const& b) {
    return a.sort == b.sort && a.address == b.address && a.state == b.state && a.asker_node == b.asker_node &&
           a.asker_key == b.asker_key && a.giver_node == b.giver_node && a.giver_key == b.giver_key;
}

/// The rows that were asked for, or every fault of them.
core::Result<std::vector<Neighbour>> checked_rows(sql::Tx& tx, auth::Caller const& caller, store::NodeRow const& asker,
                                                  NeighbourEdits const& edits) {
    std::vector<core::Problem> problems;
    std::vector<Neighbour> rows;
    std::set<core::OrgId> named;
    for (std::size_t i = 0; i < edits.items.size(); ++i) {
        auto const& entry = edits.items[i];
        auto const at = "/items/" + std::to_string(i);
        auto const address = local_address(entry.address);
        if (!address) problems.push_back({at + "/address", "nodes.neighbour.address", {}});
        if (entry.org_id == asker.org_id) {
            problems.push_back({at + "/org_id", "nodes.neighbour.itself", {}});
            continue;
        }
        if (!named.insert(entry.org_id).second) problems.push_back({at + "/org_id", "nodes.neighbour.twice", {}});
        auto const giver = store::active_node_of(tx, entry.org_id);
        if (giver) TRY_VOID(caller.require(tx, permissions::manage, entry.org_id));
        if (!giver) problems.push_back({at + "/org_id", "nodes.neighbour.no_box", {}});
        if (!problems.empty()) continue;
        Neighbour row;
        row.id = neighbour_id(asker.org_id, entry.org_id);
        row.org_id = asker.org_id;
        row.giver_org_id = entry.org_id;
        row.sort = static_cast<std::int32_t>(i);
        row.address = *address;
        take_keys(row, asker, *giver);
        rows.push_back(std::move(row));
    }
    if (!problems.empty()) return core::invalid(std::move(problems));
    return rows;
}

}  // namespace

core::Result<NeighbourList> list_neighbours(Site const& site, auth::Caller const& caller, core::OrgId const& org) {
    bool const below = parent(site.db).has_value();
    return site.db.read(caller.district, [&](sql::Tx& tx) -> core::Result<NeighbourList> {
        if (!roster::org(tx, org)) return core::not_found("roster.org_not_found");
        TRY_VOID(may_see_neighbours(tx, caller, org));
        return list_of(tx, caller, org, below);
    });
}

core::Result<NeighbourList> set_neighbours(Site const& site, auth::Caller const& caller, core::OrgId const& org,
                                           NeighbourEdits const& edits) {
    if (parent(site.db)) return core::conflict("nodes.below");
    if (edits.items.size() > most_neighbours) return core::invalid_at("/items", "nodes.neighbour.too_many");
    auto const now = site.teaching.now();
    return site.db.transact(caller.district, [&](sql::Tx& tx) -> core::Result<NeighbourList> {
        if (!roster::org(tx, org)) return core::not_found("roster.org_not_found");
        TRY_VOID(caller.require(tx, permissions::manage, org));
        auto const asker = store::active_node_of(tx, org);
        if (!asker) return core::conflict("nodes.neighbour.no_box");
        auto const rows = TRY(checked_rows(tx, caller, *asker, edits));
        std::map<NeighbourId, Neighbour> before;
        for (auto& one : store::neighbours_of(tx, org)) before.emplace(one.id, std::move(one));
        bool changed = false;
        for (auto row : rows) {
            auto const known = before.extract(row.id);
            if (known && same_neighbour(known.mapped(), row)) continue;
            row.changed_at = now;
            write_neighbour(tx, row);
            changed = true;
        }
        for (auto const& [id, gone] : before) {
            store::remove_neighbour(tx, id);
            // Not as removed, which all boxes would hear: it is withdrawn from the two that hold it.
            feed::put(tx, {"nodes.Neighbour", id.text(), {}}, gone);
            changed = true;
        }
        if (changed) auth::audit(tx, caller, {"nodes.set_neighbours", org.text(), core::json::write(edits)});
        return list_of(tx, caller, org, false);
    });
}

void renew_neighbours(sql::Tx& tx, core::OrgId const& org, core::Instant now) {
    for (auto const& known : store::neighbours_with(tx, org)) {
        auto row = known;
        auto const asker = store::active_node_of(tx, row.org_id);
        auto const giver = store::active_node_of(tx, row.giver_org_id);
        if (asker && giver)
            take_keys(row, *asker, *giver);
        else
            row.state = NodeState::revoked;
        if (same_neighbour(row, known)) continue;
        row.changed_at = now;
        write_neighbour(tx, row);
    }
}

std::vector<Parent> neighbours_here(sql::Database& db, Parent const& above) {
    auto const rows = db.read(above.district, [&](sql::Tx& tx) { return store::neighbours_of(tx, above.org_id); });
    std::vector<Parent> all;
    for (auto const& one : rows) {
        if (one.state != NodeState::active || one.asker_node != above.node) continue;
        all.push_back(
            {one.address, above.node, one.giver_node.text(), one.giver_key, above.district, above.org_id, {}, {}});
    }
    return all;
}

core::Result<Child> asking_neighbour(Site const& site, core::DistrictId district, NodeId const& id) {
    auto const here = parent(site.db);
    if (!here) return core::unauthenticated("nodes.unknown");
    auto const row = site.db.read(district, [&](sql::Tx& tx) { return store::neighbour_asking(tx, id, here->node); });
    if (!row) return core::unauthenticated("nodes.unknown");
    if (row->state == NodeState::revoked) return core::forbidden("nodes.revoked");
    Child neighbour{id, district, {id.text(), row->org_id.text(), {}, false}, {}};
    neighbour.open_key = core::base64_decode(row->asker_key).value_or("");
    neighbour.nearby = true;
    return neighbour;
}

}  // namespace santong::nodes
