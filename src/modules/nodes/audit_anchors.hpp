#pragma once
// Anchors of a box's audit log: from time to time it says to its parent where the log stands, and says again what it
// said before. A log that was cut or changed meanwhile cannot.
#include "modules/nodes/service.hpp"

namespace santong::nodes {

/// A row of the log by number and hash.
struct Anchor {
    std::int64_t number = 0;
    std::string hash;
};
BOOST_DESCRIBE_STRUCT(Anchor, (), (number, hash))

/// What a child says: the newest row, and those that it was asked for.
struct AnchorsTold {
    Anchor head;
    std::vector<Anchor> earlier;
};
BOOST_DESCRIBE_STRUCT(AnchorsTold, (), (head, earlier))
struct AnchorsAsked {
    std::vector<std::int64_t> numbers;  ///< rows to say again; none: the head is written down
    bool broken = false;                ///< the log is not what it was
};
BOOST_DESCRIBE_STRUCT(AnchorsAsked, (), (numbers, broken))

/// `changed`: a row has another hash, or is not there; `cut`: the log ends before a row that was said.
enum class AnchorFault : int { changed, cut };
BOOST_DESCRIBE_ENUM(AnchorFault, changed, cut)

/// Where the log of a box was found to be another one.
struct AnchorFinding {
    NodeId node_id;
    std::int64_t number = 0;
    AnchorFault fault = AnchorFault::changed;
    core::Instant seen_at;
};
BOOST_DESCRIBE_STRUCT(AnchorFinding, (), (node_id, number, fault, seen_at))

/// The parent: asks for rows that it was told of, or compares them and writes the head down. What differs is kept and
/// audited ("nodes.audit_broken").
core::Result<AnchorsAsked> take_anchors(Site const& site, Child const& child, AnchorsTold const& told);
/// How a box's log stands, as its anchors say.
struct AnchorState {
    NodeId node_id;
    std::int64_t anchors = 0;
    std::int64_t last_number = 0;
    std::optional<AnchorFinding> fault;
};
std::vector<AnchorState> anchor_states(sql::Tx& tx);

/// The child: says where its log stands, if it has grown since `last`; answers the number that is written down now.
std::int64_t tell_anchor(Site const& site, Parent const& above, std::int64_t last);

}  // namespace santong::nodes
