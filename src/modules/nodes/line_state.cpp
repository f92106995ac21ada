#include "modules/nodes/line_state.hpp"

#include <algorithm>
#include <map>
#include <set>

#include "core/json.hpp"
#include "modules/nodes/line_watch.hpp"
#include "modules/nodes/parent.hpp"
#include "modules/nodes/parent_ask.hpp"
#include "modules/nodes/permissions.hpp"
#include "modules/nodes/service_served.hpp"
#include "modules/nodes/store.hpp"
#include "modules/nodes/store_links.hpp"
#include "modules/roster/service.hpp"
#include "platform/auth/audit.hpp"

namespace santong::nodes {

namespace {

constexpr std::int64_t silent_s = 120;
/// Behind so much, a box says that it is late.
constexpr std::int64_t late_entries = 500;

NodeHealth health_of(store::HealthRow const& row) {
    return {row.uptime_s, row.disk_total, row.data_bytes, row.backup_at, row.backup_bytes, row.backup_fault};
}

core::Result<core::Nothing> district_view(sql::Tx& tx, auth::Caller const& caller) {
    TRY_VOID(caller.require(tx, permissions::view, roster::district(tx).org_id));
    return core::Nothing{};
}

/// Names of the schools and points below a place that work on its box: none of them has a box of its own or a nearer
/// one above.
std::vector<std::string> names_served(sql::Tx& tx, core::OrgId const& place,
                                      std::map<core::OrgId, ServedBy> const& boxes) {
    std::vector<std::string> names;
    std::set<core::OrgId> others;  // places with another box, and what lies below them
    for (auto const& org : roster::subtree(tx, place)) {
        if (org.id == place) continue;
        if (boxes.contains(org.id) || others.contains(org.parent_id))
            others.insert(org.id);
        else if (org.is_school())
            names.push_back(org.name);
    }
    return names;
}

NodeDetail detail_of(sql::Tx& tx, NodeStatus status, std::optional<store::HealthRow> const& row,
                     std::map<core::OrgId, ServedBy> const& boxes) {
    NodeDetail detail;
    detail.status = std::move(status);
    if (row) {
        detail.health = health_of(*row);
        detail.said_at = row->said_at;
        detail.probe_wanted = row->probe_wanted;
    }
    detail.serves = names_served(tx, detail.status.org_id, boxes);
    return detail;
}

bool on_map(roster::OrgKind kind) {
    using enum roster::OrgKind;
    return kind == province || kind == city || kind == county || kind == township || kind == school ||
           kind == teaching_point || kind == alliance;
}

}  // namespace

core::Result<SyncStatus> sync_status(Site const& site, auth::Caller const& caller, LineWatch const* watch) {
    SyncStatus status;
    if (watch != nullptr) {
        auto const line = watch->state();
        status.last_at = line.last_heard;
        status.waiting_up = waiting_up(site);
        bool const heard =
            line.last_contact && site.machine.now().ms - line.last_contact->ms < silent_s * 1000 && line.online;
        status.state = !heard ? "offline" : status.waiting_up > late_entries ? "late" : "ok";
        return status;
    }
    return site.db.read(caller.district, [&](sql::Tx& tx) -> core::Result<SyncStatus> {
        if (!district_view(tx, caller)) return status;
        auto const now = site.machine.now();
        for (auto const& row : store::nodes(tx)) {
            if (row.state != NodeState::active || !row.last_contact_at) continue;
            status.state = "above";
            ++status.boxes;
            if (now.ms - row.last_contact_at->ms < silent_s * 1000) ++status.online;
        }
        return status;
    });
}

core::Result<NodeHealthAnswer> take_health(Site const& site, Child const& child, NodeHealth const& health) {
    return site.db.transact(child.district, [&](sql::Tx& tx) -> core::Result<NodeHealthAnswer> {
        auto const before = store::health(tx, child.id);
        store::HealthRow row;
        row.node_id = child.id;
        row.said_at = site.machine.now();
        row.uptime_s = health.uptime_s;
        row.disk_total = health.disk_total;
        row.data_bytes = health.data_bytes;
        row.backup_at = health.backup_at;
        row.backup_bytes = health.backup_bytes;
        row.backup_fault = health.backup_fault.substr(0, 500);
        store::put_health(tx, row);
        return NodeHealthAnswer{before && before->probe_wanted};
    });
}

std::optional<NodeHealthAnswer> tell_health(Site const& site, Parent const& above, NodeHealth const& health) {
    auto const answer = ask(site, above, "/api/v1/node/health", core::json::write(health));
    if (answer.status != 200) return std::nullopt;
    auto const said = core::json::read<NodeHealthAnswer>(answer.body, core::json::UnknownFields::ignore);
    if (!said) return std::nullopt;
    return *said;
}

core::Result<core::Nothing> ask_probe(Site const& site, auth::Caller const& caller, core::OrgId const& org) {
    return site.db.transact(caller.district, [&](sql::Tx& tx) -> core::Result<core::Nothing> {
        TRY_VOID(roster::org(tx, org));
        TRY_VOID(caller.require(tx, permissions::probe, org));
        auto const node = store::active_node_of(tx, org);
        if (!node || !store::want_probe(tx, node->id)) return core::conflict("nodes.no_box");
        auth::audit(tx, caller, {"nodes.ask_probe", org.text()});
        return core::Nothing{};
    });
}

core::Result<NodeDetail> node_detail(Site const& site, auth::Caller const& caller, NodeId const& id) {
    auto const allowed = site.db.read(caller.district, [&](sql::Tx& tx) { return district_view(tx, caller); });
    if (!allowed) return allowed.error();
    auto const all = status(site, caller.district);
    auto const found = std::ranges::find(all, id, &NodeStatus::id);
    if (found == all.end()) return core::not_found("nodes.unknown");
    return site.db.read(caller.district, [&](sql::Tx& tx) -> core::Result<NodeDetail> {
        return detail_of(tx, *found, store::health(tx, id), boxes_below(tx));
    });
}

core::Result<NodeMap> node_map(Site const& site, auth::Caller const& caller) {
    auto const allowed = site.db.read(caller.district, [&](sql::Tx& tx) { return district_view(tx, caller); });
    if (!allowed) return allowed.error();
    auto const all = status(site, caller.district);
    auto const above = parent(site.db);
    return site.db.read(caller.district, [&](sql::Tx& tx) -> core::Result<NodeMap> {
        NodeMap map;
        map.box = above.has_value();
        map.version = site.version;
        std::map<NodeId, store::HealthRow> health;
        for (auto& one : store::all_health(tx)) health.emplace(one.node_id, std::move(one));
        auto const below = boxes_below(tx);
        std::map<core::OrgId, NodeId> boxes;
        for (auto const& one : all) {
            auto const known = health.find(one.id);
            map.nodes.push_back(
                detail_of(tx, one, known == health.end() ? std::nullopt : std::optional(known->second), below));
            if (one.state == NodeState::active) boxes.emplace(one.org_id, one.id);
        }
        auto const root = roster::district(tx).org_id;
        auto const here = above ? above->org_id : root;
        std::map<core::OrgId, core::OrgId> served;  // place → the one whose box serves it
        for (auto const& org : roster::subtree(tx, root)) {
            if (!on_map(org.kind)) continue;
            MapPlace place{org.id, org.parent_id, org.kind, org.name, std::nullopt, std::nullopt, org.id == here};
            if (auto const box = boxes.find(org.id); box != boxes.end()) {
                place.node = box->second;
                served[org.id] = org.id;
            } else if (auto const by = served.find(org.parent_id); by != served.end()) {
                place.served_by = by->second;
                served[org.id] = by->second;
            }
            map.places.push_back(std::move(place));
        }
        return map;
    });
}

}  // namespace santong::nodes
