#include "modules/nodes/service_served.hpp"

#include "modules/nodes/store.hpp"
#include "modules/roster/service.hpp"

namespace santong::nodes {

std::map<core::OrgId, ServedBy> served_below(sql::Tx& tx) {
    std::map<core::OrgId, store::NodeRow> boxes;
    for (auto& row : store::nodes(tx)) {
        if (row.state == NodeState::active) boxes.emplace(row.org_id, std::move(row));
    }
    std::map<core::OrgId, ServedBy> served;
    if (boxes.empty()) return served;
    for (auto const& school : roster::schools(tx)) {
        for (auto const& above : roster::self_and_ancestors(tx, school.id)) {
            auto const box = boxes.find(above);
            if (box == boxes.end()) continue;
            served.emplace(school.id, ServedBy{box->second.id, box->second.last_contact_at});
            break;
        }
    }
    return served;
}

}  // namespace santong::nodes
