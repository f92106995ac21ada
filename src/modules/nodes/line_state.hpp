#pragma once
// How a place stands with its parent and its children, for the frame of every page; and how a child says it is.
#include "modules/nodes/probes.hpp"

namespace santong::nodes {

class LineWatch;

/// How current the data of this place are. "alone": no parent and no children; "ok", "late" or "offline": a box;
/// "above": a hub whose caller may see its boxes, once one of them has called.
struct SyncStatus {
    std::string state = "alone";
    std::optional<core::Instant> last_at;  ///< when it last heard of its parent, by the teaching clock
    std::int64_t waiting_up = 0;           ///< of a box: entries that have not gone up yet
    std::int32_t boxes = 0;                ///< of a hub: those that have called at least once
    std::int32_t online = 0;               ///< of these, heard of within two minutes
};
BOOST_DESCRIBE_STRUCT(SyncStatus, (), (state, last_at, waiting_up, boxes, online))
/// `watch` is null at a place without a parent.
core::Result<SyncStatus> sync_status(Site const& site, auth::Caller const& caller, LineWatch const* watch);

/// What a box says of itself now and then, beside the report of every contact.
struct NodeHealth {
    std::int64_t uptime_s = 0;
    std::int64_t disk_total = 0;  ///< bytes
    std::int64_t data_bytes = 0;  ///< that the files of this place take
    std::optional<core::Instant> backup_at;
    std::int64_t backup_bytes = 0;
    std::string backup_fault;  ///< why the last night's backup failed; empty if it did not
};
BOOST_DESCRIBE_STRUCT(NodeHealth, (), (uptime_s, disk_total, data_bytes, backup_at, backup_bytes, backup_fault))
/// What it is asked to do.
struct NodeHealthAnswer {
    bool probe_now = false;
};
BOOST_DESCRIBE_STRUCT(NodeHealthAnswer, (), (probe_now))
core::Result<NodeHealthAnswer> take_health(Site const& site, Child const& child, NodeHealth const& health);
/// Tells the parent; nothing where it does not listen (it is older, or away).
std::optional<NodeHealthAnswer> tell_health(Site const& site, Parent const& above, NodeHealth const& health);

/// The box of a school is to measure its line at its next word, within a minute. Refuses "nodes.no_box". Audited.
core::Result<core::Nothing> ask_probe(Site const& site, auth::Caller const& caller, core::OrgId const& org);

/// A child with all that is known of it: a page of its own.
struct NodeDetail {
    NodeStatus status;
    std::optional<NodeHealth> health;
    std::optional<core::Instant> said_at;
    bool probe_wanted = false;
    std::vector<std::string> serves;  ///< names of the schools and points below that have no box of their own
};
BOOST_DESCRIBE_STRUCT(NodeDetail, (), (status, health, said_at, probe_wanted, serves))
core::Result<NodeDetail> node_detail(Site const& site, auth::Caller const& caller, NodeId const& id);

/// A node of the map: a place of the org tree down to schools and points, with what serves it.
struct MapPlace {
    core::OrgId id;
    core::OrgId parent_id;
    roster::OrgKind kind = roster::OrgKind::school;
    std::string name;
    std::optional<NodeId> node;            ///< its own box
    std::optional<core::OrgId> served_by;  ///< the place above whose box serves it
    bool hub = false;                      ///< this very place
};
BOOST_DESCRIBE_STRUCT(MapPlace, (), (id, parent_id, kind, name, node, served_by, hub))
struct NodeMap {
    std::vector<MapPlace> places;  ///< parents before children
    std::vector<NodeDetail> nodes;
    bool box = false;     ///< this place has a parent
    std::string version;  ///< of this place
};
BOOST_DESCRIBE_STRUCT(NodeMap, (), (places, nodes, box, version))
core::Result<NodeMap> node_map(Site const& site, auth::Caller const& caller);

}  // namespace santong::nodes
