#pragma once
// Neighbours (邻近的校园盒子): which box asks which other one for contents, and who may ask here.
#include "modules/nodes/neighbour.hpp"
#include "modules/nodes/service.hpp"

namespace santong::nodes {

/// A box that another one asks, as it is shown.
struct NeighbourView {
    core::OrgId org_id;  ///< whose box it is
    std::string name;
    std::string address;
    NodeState state = NodeState::active;
};
BOOST_DESCRIBE_STRUCT(NeighbourView, (), (org_id, name, address, state))

/// A box that could be one.
struct NeighbourChoice {
    core::OrgId org_id;
    std::string name;
};
BOOST_DESCRIBE_STRUCT(NeighbourChoice, (), (org_id, name))

struct NeighbourList {
    std::vector<NeighbourView> items;      ///< in the order in which they are asked
    std::vector<std::string> asked_by;     ///< names of the schools whose boxes ask this one
    std::vector<NeighbourChoice> choices;  ///< only for who may change them
    bool editable = false;
};
BOOST_DESCRIBE_STRUCT(NeighbourList, (), (items, asked_by, choices, editable))
/// The neighbours of a school's box. Refuses "roster.org_not_found".
core::Result<NeighbourList> list_neighbours(Site const& site, auth::Caller const& caller, core::OrgId const& org);

struct NeighbourEntry {
    core::OrgId org_id;
    std::string address;
};
BOOST_DESCRIBE_STRUCT(NeighbourEntry, (), (org_id, address))
struct NeighbourEdits {
    std::vector<NeighbourEntry> items;
};
BOOST_DESCRIBE_STRUCT(NeighbourEdits, (), (items))
/// Writes them, at most `most_neighbours`, in the order in which they are asked. Refuses "nodes.below" where this place
/// has a parent, "nodes.neighbour.no_box" for a school without a box, and each entry at "/items/<n>/<field>": the box
/// itself, one that is named twice, one without a box, an address that is none of a local network. Whose boxes they are
/// must be in the caller's area. Audited.
core::Result<NeighbourList> set_neighbours(Site const& site, auth::Caller const& caller, core::OrgId const& org,
                                           NeighbourEdits const& edits);

/// A school has another box now, or none: whoever asks it, and whom it asks, is told so.
void renew_neighbours(sql::Tx& tx, core::OrgId const& org, core::Instant now);

/// At a box: those that it asks, each as a parent is asked; none that was shut out.
std::vector<Parent> neighbours_here(sql::Database& db, Parent const& above);

/// A box whose neighbour this one is. Refuses as `child`.
core::Result<Child> asking_neighbour(Site const& site, core::DistrictId district, NodeId const& id);

}  // namespace santong::nodes
