#include "modules/nodes/service_lines.hpp"

#include <algorithm>
#include <map>
#include <set>

#include "modules/nodes/store.hpp"
#include "modules/nodes/store_links.hpp"
#include "modules/roster/service.hpp"

namespace santong::nodes {

namespace {

constexpr int fact_days = 30;

/// Places whose own box spoke lately.
std::set<core::OrgId> speaking(sql::Tx& tx, core::Instant now) {
    std::set<core::OrgId> all;
    for (auto const& node : store::nodes(tx)) {
        bool const lately = node.last_contact_at && now.ms - node.last_contact_at->ms < fact_days * 86'400'000LL;
        if (node.state == NodeState::active && lately) all.insert(node.org_id);
    }
    return all;
}

}  // namespace

std::vector<SchoolLine> school_lines(sql::Tx& tx, core::LocalDate day, core::Instant now) {
    std::map<LinkId, Link> links;
    for (auto& one : store::links(tx)) links.emplace(one.id, std::move(one));
    std::map<core::OrgId, std::vector<ProbeDay>> days;
    for (auto& one : store::all_days(tx, day.plus_days(1 - fact_days), day)) days[one.org_id].push_back(one);
    auto const boxes = speaking(tx, now);
    std::vector<SchoolLine> all;
    for (auto const& school : roster::schools(tx)) {
        SchoolLine line;
        line.school = school.id;
        if (auto const known = links.find(link_id(school.id, LinkTier::access)); known != links.end()) {
            line.registered = true;
            line.fibre = known->second.medium == Medium::fibre;
            line.nominal_kbit = known->second.down_kbit;
        }
        if (auto const known = days.find(school.id); known != days.end()) {
            auto seen = known->second;
            line.measured = true;
            // A browser's figures count where no box has measured.
            if (std::ranges::any_of(seen, [](ProbeDay const& one) { return one.kind == ProbeKind::line; }))
                std::erase_if(seen, [](ProbeDay const& one) { return one.kind == ProbeKind::browser; });
            line.p50 = usual_rate(seen);
            line.daytime_p50 = usual_rate(seen, true);
        }
        auto const above = roster::self_and_ancestors(tx, school.id);
        line.heard = std::ranges::any_of(above, [&](core::OrgId const& one) { return boxes.contains(one); });
        all.push_back(line);
    }
    return all;
}

std::vector<CountyHub> county_hubs(sql::Tx& tx, core::Instant now) {
    auto const root = roster::district(tx).org_id;
    auto const boxes = speaking(tx, now);
    std::vector<CountyHub> all;
    for (auto const& org : roster::subtree(tx, root, roster::OrgKind::county))
        all.push_back({org.id, org.name, org.id == root || boxes.contains(org.id)});
    return all;
}

}  // namespace santong::nodes
