#include "modules/nodes/service_served.hpp"

#include "core/json.hpp"
#include "modules/nodes/parent.hpp"
#include "modules/nodes/store.hpp"
#include "modules/roster/service.hpp"
#include "platform/sql/installation.hpp"

namespace santong::nodes {

namespace {

constexpr char const* elsewhere_name = "served_elsewhere";

}  // namespace

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

std::vector<core::OrgId> boxed_within(sql::Tx& tx, sync::Peer const& child) {
    auto const boxes = boxes_below(tx);
    auto const root = core::OrgId::parse(child.root_org_id);
    if (!root || boxes.empty()) return {};
    std::set<core::OrgId> under;
    for (auto const& below : roster::subtree(tx, *root)) {
        auto const box = boxes.find(below.id);
        if (below.id == *root || box == boxes.end() || box->second.node.text() == child.node) continue;
        for (auto const& served : roster::subtree(tx, below.id)) under.insert(served.id);
    }
    if (under.empty()) return {};
    std::set<core::OrgId> found;
    for (auto const& school : roster::schools(tx)) {
        if (under.contains(school.id)) found.insert(school.id);
    }
    return {found.begin(), found.end()};
}

void note_served_elsewhere(sql::Tx& tx, std::vector<core::OrgId> const& places) {
    sql::set_installation_value(tx, elsewhere_name, core::json::write(places));
}

std::set<core::OrgId> served_elsewhere(sql::Tx& tx) {
    auto const text = sql::installation_value(tx, elsewhere_name);
    if (!text) return {};
    auto const places = core::json::read<std::vector<core::OrgId>>(*text);
    if (!places) return {};
    return {places->begin(), places->end()};
}

std::string address_above(sql::Database& db) {
    auto const above = parent(db);
    return above ? above->url : "";
}

}  // namespace santong::nodes
