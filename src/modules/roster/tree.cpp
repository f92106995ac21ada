#include "modules/roster/tree.hpp"

#include <algorithm>
#include <map>
#include <set>

#include "modules/roster/scopes.hpp"

namespace santong::roster {

namespace {

constexpr int deepest = 32;  // a chain longer than this is a ring

using Parents = std::map<OrgId, OrgId>;

Parents load_parents(sql::Tx& tx) {
    Parents parents;
    for (auto const& row : store::all_parents(tx)) parents.emplace(row.id, row.parent_id);
    return parents;
}

std::vector<OrgId> chain(Parents const& parents, OrgId const& id) {
    std::vector<OrgId> path;
    for (OrgId at = id; !at.is_nil();) {
        auto const found = parents.find(at);
        SANTONG_ASSERT(found != parents.end() && path.size() < deepest);
        path.push_back(at);
        at = found->second;
    }
    return path;
}

void renew_closure(sql::Tx& tx, std::set<OrgId> const& changed) {
    auto const parents = load_parents(tx);
    std::vector<OrgId> affected;
    std::vector<store::ClosureRow> rows;
    for (auto const& [id, parent] : parents) {
        auto const path = chain(parents, id);
        bool const below = std::any_of(path.begin(), path.end(), [&](OrgId const& at) { return changed.contains(at); });
        if (!below) continue;
        affected.push_back(id);
        for (std::size_t depth = 0; depth < path.size(); ++depth) {
            rows.push_back({id, path[depth], static_cast<std::int32_t>(depth)});
        }
    }
    store::replace_closure(tx, affected, rows);
}

void keep_history(sql::Tx& tx, std::vector<Org> const& rows, core::LocalDate on) {
    std::vector<OrgId> ids;
    for (auto const& row : rows) ids.push_back(row.id);
    std::map<OrgId, store::OrgPlace> open;
    for (auto const& place : store::open_places(tx, ids)) open.emplace(place.org_id, place);
    std::vector<store::OrgPlace> places;
    for (auto const& row : rows) {
        auto const before = open.find(row.id);
        if (before == open.end()) {
            places.push_back({core::Uuid::make(), row.id, row.parent_id, row.name, row.from_date, row.to_date});
            continue;
        }
        auto place = before->second;
        bool const same = place.parent_id == row.parent_id && place.name == row.name;
        if (same && !row.to_date) continue;
        place.to_date = same ? row.to_date : on.plus_days(-1);
        places.push_back(place);
        if (!same) places.push_back({core::Uuid::make(), row.id, row.parent_id, row.name, on, row.to_date});
    }
    store::put_places(tx, places);
}

}  // namespace

void write_orgs(sql::Tx& tx, std::vector<Org> const& rows, core::LocalDate on) {
    if (rows.empty()) return;
    scopes_change(tx);
    keep_history(tx, rows, on);
    store::put_orgs(tx, rows);
    std::set<OrgId> changed;
    for (auto const& row : rows) changed.insert(row.id);
    renew_closure(tx, changed);
}

}  // namespace santong::roster
