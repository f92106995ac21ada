#pragma once
// Neighbours (邻近的校园盒子): boxes on one local network, of which one gives the other what it has already. No I/O.
#include "modules/nodes/domain.hpp"

namespace santong::nodes {

using NeighbourId = core::Id<struct NeighbourTag>;

/// One box may ask another one, as the hub says to both of them.
struct Neighbour {
    NeighbourId id;
    core::OrgId org_id;                   ///< whose box asks
    core::OrgId giver_org_id;             ///< whose box is asked
    std::int32_t sort = 0;                ///< which is asked first
    std::string address;                  ///< of the asked one on the local network: "https://192.168.3.10:8443"
    NodeState state = NodeState::active;  ///< revoked: one of the two was shut out
    NodeId asker_node;
    std::string asker_key;  ///< base64
    NodeId giver_node;
    std::string giver_key;
    core::Instant changed_at;
};
BOOST_DESCRIBE_STRUCT(Neighbour, (),
                      (id, org_id, giver_org_id, sort, address, state, asker_node, asker_key, giver_node, giver_key,
                       changed_at))

/// More are never faster than one of them.
inline constexpr std::size_t most_neighbours = 3;

/// The name that two schools' pair has for ever.
NeighbourId neighbour_id(core::OrgId const& org, core::OrgId const& giver);

/// Scheme, host and port in one form. Nothing for what is no address, and for one that is not of a local network: what
/// is asked there is outside the windows and the cap of the school's line. A host's name may be any.
std::optional<std::string> local_address(std::string_view typed);

}  // namespace santong::nodes
