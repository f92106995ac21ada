#pragma once
// The parent's side of nodes: who may join, what children are told and what is taken from them.
#include <memory>

#include "modules/nodes/domain.hpp"
#include "platform/auth/caller.hpp"

namespace santong::nodes {

/// What a node's services need of the program around them.
struct Site {
    sql::Database& db;
    core::Clock const& machine;  ///< the machine's clock: keys, codes, versions
    core::Clock const& teaching;
    sync::Shapes const& shapes;
    std::string keys_folder;
    std::string version;
    bool demo = false;
};

/// A box joins. Refuses "nodes.code_unknown" (not there, used or too old), "nodes.code_withdrawn", "nodes.bad_key".
core::Result<JoinAnswer> join(Site const& site, JoinWish const& wish);

/// Who signs a request.
struct Child {
    NodeId id;
    core::DistrictId district = 0;
    sync::Peer peer;
    std::string open_key;
    bool nearby = false;  ///< no child: a box of the same local network, which may have what is published
};
/// The child of this name, if it may still speak. Refuses "nodes.unknown" and "nodes.revoked".
core::Result<Child> child(Site const& site, core::DistrictId district, NodeId const& id);

/// What the child does not know yet.
core::Result<PullAnswer> pull(Site const& site, Child const& child, PullRequest const& request);
/// Takes what it has to tell. What it may not change is refused one by one, parked and audited (check 41).
core::Result<PushAnswer> push(Site const& site, Child const& child, PushRequest const& request);

/// All children, as they join.
std::vector<NodeStatus> status(Site const& site, core::DistrictId district);

struct NodeList {
    std::vector<NodeStatus> items;
    std::optional<std::string> parent;  ///< URL of this place's own parent
};
BOOST_DESCRIBE_STRUCT(NodeList, (), (items, parent))
core::Result<NodeList> list_nodes(Site const& site, auth::Caller const& caller);
/// From now on its key opens nothing. Refuses "nodes.unknown". Audited.
core::Result<core::Nothing> revoke(Site const& site, auth::Caller const& caller, NodeId const& id);

/// Changes that were set aside, oldest first.
struct ParkedList {
    std::vector<sync::Parked> items;
};
BOOST_DESCRIBE_STRUCT(ParkedList, (), (items))
core::Result<ParkedList> list_parked(Site const& site, auth::Caller const& caller);
/// Applies a parked change again. Refuses "nodes.still_parked" with the reason.
core::Result<core::Nothing> retry_parked(Site const& site, auth::Caller const& caller, core::Uuid const& id);
core::Result<core::Nothing> discard_parked(Site const& site, auth::Caller const& caller, core::Uuid const& id);

}  // namespace santong::nodes
