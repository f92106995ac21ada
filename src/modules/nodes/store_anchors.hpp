#pragma once
// SQL texts of the anchors of audit logs.
#include "modules/nodes/audit_anchors.hpp"
#include "modules/nodes/store.hpp"

namespace santong::nodes::store {

/// A row of a box's log as it said it.
struct AnchorRow {
    NodeId node_id;
    std::int64_t number = 0;
    std::string hash;
    core::Instant at;
};
BOOST_DESCRIBE_STRUCT(AnchorRow, (), (node_id, number, hash, at))

/// Of the machine that stands for the place now (a replacement begins a new log), newest first.
std::vector<AnchorRow> anchors(sql::Tx& tx, NodeId const& node);
void put_anchor(sql::Tx& tx, AnchorRow const& row);
void remove_anchor(sql::Tx& tx, NodeId const& node, std::int64_t number);
/// False if it was found before.
bool put_fault(sql::Tx& tx, AnchorFinding const& finding);
std::optional<AnchorFinding> first_fault(sql::Tx& tx, NodeId const& node);

}  // namespace santong::nodes::store
