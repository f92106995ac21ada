#include "modules/nodes/service_served.hpp"

#include "modules/nodes/parent.hpp"
#include "modules/nodes/store.hpp"
#include "modules/roster/service.hpp"

namespace santong::nodes {

std::map<core::OrgId, ServedBy> boxes_below(sql::Tx& tx) {
    std::map<core::OrgId, ServedBy> boxes;
    for (auto const& row : store::nodes(tx)) {
        if (row.state == NodeState::active)
            boxes.emplace(row.org_id, ServedBy{row.id, row.org_id, row.last_contact_at});
    }
    return boxes;
}

std::map<core::OrgId, ServedBy> served_below(sql::Tx& tx) {
    auto const boxes = boxes_below(tx);
    std::map<core::OrgId, ServedBy> served;
    if (boxes.empty()) return served;
    for (auto const& school : roster::schools(tx)) {
        for (auto const& above : roster::self_and_ancestors(tx, school.id)) {
            auto const box = boxes.find(above);
            if (box == boxes.end()) continue;
            served.emplace(school.id, box->second);
            break;
        }
    }
    return served;
}

std::string address_above(sql::Database& db) {
    auto const above = parent(db);
    return above ? above->url : "";
}

}  // namespace santong::nodes
