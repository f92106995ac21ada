#include "modules/nodes/store_anchors.hpp"

namespace santong::nodes::store {

std::vector<AnchorRow> anchors(sql::Tx& tx, NodeId const& node) {
    return tx.rows<AnchorRow>(
        "SELECT a.node_id, a.number, a.hash, a.at FROM node_audit_anchor a JOIN node n ON n.district_id = a.district_id"
        " AND n.id = a.node_id WHERE a.district_id = $1 AND a.node_id = $2 AND a.at >= n.joined_at"
        " ORDER BY a.number DESC",
        tx.district(), node);
}

void put_anchor(sql::Tx& tx, AnchorRow const& row) {
    tx.insert_one("node_audit_anchor", row,
                  "ON CONFLICT (district_id, node_id, number) DO UPDATE SET hash = excluded.hash, at = excluded.at");
}

void remove_anchor(sql::Tx& tx, NodeId const& node, std::int64_t number) {
    tx.execute("DELETE FROM node_audit_anchor WHERE district_id = $1 AND node_id = $2 AND number = $3", tx.district(),
               node, number);
}

bool put_fault(sql::Tx& tx, AnchorFinding const& finding) {
    return tx.insert_one("node_audit_fault", finding, "ON CONFLICT DO NOTHING") == 1;
}

std::optional<AnchorFinding> first_fault(sql::Tx& tx, NodeId const& node) {
    return tx.optional_row<AnchorFinding>(
        "SELECT f.node_id, f.number, f.fault, f.seen_at FROM node_audit_fault f JOIN node n ON n.district_id ="
        " f.district_id AND n.id = f.node_id WHERE f.district_id = $1 AND f.node_id = $2 AND f.seen_at >= n.joined_at"
        " ORDER BY f.number LIMIT 1",
        tx.district(), node);
}

}  // namespace santong::nodes::store
