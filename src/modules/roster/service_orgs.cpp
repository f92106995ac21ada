#include "modules/roster/service_orgs.hpp"

#include <algorithm>
#include <map>
#include <set>

#include "modules/roster/service.hpp"
#include "modules/roster/service_session.hpp"
#include "modules/roster/store.hpp"
#include "modules/roster/visibility.hpp"
#include "platform/text/pinyin.hpp"
#include "platform/text/utf8.hpp"

namespace santong::roster {

namespace {

constexpr int deepest_tree = 6;
constexpr int most_matches = 50;

/// The topmost of the caller's own nodes.
std::vector<OrgId> own_roots(sql::Tx& tx, auth::Caller const& caller) {
    auto const scope = caller.scope(permissions::view_orgs);
    std::vector<OrgId> roots;
    for (auto const& id : scope) {
        auto const path = org_scopes().self_and_ancestors(tx, id);
        bool const covered = std::any_of(path.begin() + (path.empty() ? 0 : 1), path.end(), [&](OrgId const& above) {
            return std::ranges::find(scope, above) != scope.end();
        });
        if (!path.empty() && !covered) roots.push_back(id);
    }
    return roots;
}

/// Classes of the list under today's names; those that have left school are not among them.
std::map<OrgId, ClassGroup> current_classes(sql::Tx& tx, std::vector<OrgId> const& ids, core::LocalDate on) {
    auto const groups = class_groups(tx, ids, on);
    std::set<OrgId> school_ids;
    for (auto const& group : groups) school_ids.insert(group.school_id);
    std::map<OrgId, int> last_grades;
    for (auto const& profile : store::school_profiles(tx, {school_ids.begin(), school_ids.end()})) {
        last_grades[profile.id] = profile.last_grade;
    }
    std::map<OrgId, ClassGroup> current;
    for (auto const& group : groups) {
        auto const last = last_grades.find(group.school_id);
        if (last == last_grades.end() || group.grade <= last->second) current.emplace(group.id, group);
    }
    return current;
}

OrgNode node_of(Org const& org) {
    return {org.id, org.kind, org.name, org.short_name, 0, {}};
}

void hang_below(OrgNode& node, std::map<OrgId, std::vector<Org>> const& below, std::map<OrgId, int> const& counts,
                std::map<OrgId, ClassGroup> const& classes) {
    auto const count = counts.find(node.id);
    if (count != counts.end()) node.children = count->second;
    auto const found = below.find(node.id);
    if (found == below.end()) return;
    for (auto const& child : found->second) {
        auto shown = node_of(child);
        if (child.kind == OrgKind::class_group) {
            auto const group = classes.find(child.id);
            if (group == classes.end()) continue;
            shown.name = shown.short_name = group->second.name;
        }
        hang_below(shown, below, counts, classes);
        node.nodes.push_back(std::move(shown));
    }
}

/// A node with what hangs below it.
OrgNode grown(sql::Tx& tx, Org const& root, int depth, core::LocalDate on) {
    std::map<OrgId, std::vector<Org>> below;
    std::vector<OrgId> ids, class_ids;
    for (auto const& org : store::subtree_to(tx, root.id, depth)) {
        ids.push_back(org.id);
        if (org.kind == OrgKind::class_group) class_ids.push_back(org.id);
        if (org.id != root.id) below[org.parent_id].push_back(org);
    }
    std::map<OrgId, int> counts;
    for (auto const& row : store::child_counts(tx, ids)) counts[row.id] = row.count;
    auto const classes = current_classes(tx, class_ids, on);
    auto node = node_of(root);
    auto const own = classes.find(root.id);
    if (own != classes.end()) node.name = node.short_name = own->second.name;
    hang_below(node, below, counts, classes);
    return node;
}

std::vector<OrgStep> way_down(sql::Tx& tx, OrgId const& id, core::LocalDate on) {
    auto path = self_and_ancestors(tx, id);
    std::reverse(path.begin(), path.end());
    std::map<OrgId, Org> nodes;
    for (auto& node : orgs(tx, path)) nodes.emplace(node.id, std::move(node));
    std::vector<OrgStep> steps;
    for (auto const& step : path) {
        auto const& node = nodes.at(step);
        steps.push_back({step, node.kind, node.name});
        if (node.kind != OrgKind::class_group) continue;
        if (auto const group = class_group(tx, step, on)) steps.back().name = group->name;
    }
    return steps;
}

std::vector<OrgPast> past_of(sql::Tx& tx, OrgId const& id) {
    auto const places = store::places_over_time(tx, id);
    std::vector<OrgId> parents;
    for (auto const& place : places) parents.push_back(place.parent_id);
    std::map<OrgId, std::string> names;
    for (auto const& parent : orgs(tx, parents)) names[parent.id] = parent.name;
    std::vector<OrgPast> past;
    for (auto const& place : places)
        past.push_back({place.name, names[place.parent_id], place.from_date, place.to_date});
    return past;
}

std::vector<PostView> posts_here(sql::Tx& tx, OrgStep const& here, core::LocalDate on) {
    auto const posts = store::posts_at(tx, {here.id}, on);
    std::vector<PersonId> persons;
    for (auto const& post : posts) persons.push_back(post.person_id);
    auto const known = names(tx, persons);
    std::vector<PostView> views;
    for (auto const& post : posts) {
        auto const name = known.find(post.person_id);
        views.push_back({post.id, post.person_id, name == known.end() ? "" : name->second, here.id, here.name,
                         post.kind, post.subject, post.title, post.from_date, post.to_date});
    }
    return views;
}

OrgFigures figures_of(sql::Tx& tx, OrgId const& id, core::LocalDate on) {
    return {static_cast<std::int32_t>(store::schools_below(tx, {id}).size()), store::count_classes_below(tx, id, on),
            store::count_pupils_below(tx, id, on), store::count_staff_below(tx, id, on)};
}

OrgDetail described(sql::Tx& tx, auth::Caller const& caller, Org const& node, core::LocalDate on) {
    OrgDetail detail;
    detail.id = node.id;
    detail.kind = node.kind;
    detail.path = way_down(tx, node.id, on);
    detail.name = detail.path.back().name;
    detail.short_name = node.short_name;
    detail.code = node.code;
    detail.sort = node.sort;
    detail.to_date = node.to_date;
    detail.version = store::version_of(tx, store::Edited::org, node.id.value);
    detail.figures = figures_of(tx, node.id, on);
    for (auto const& profile : store::school_profiles(tx, {node.id})) {
        detail.school = SchoolFacts{profile.kind,    profile.first_grade, profile.last_grade,  profile.school_code,
                                    profile.central, profile.rural,       profile.login_prefix};
    }
    detail.children = grown(tx, node, 1, on).nodes;
    if (caller.may(tx, permissions::view_people, node.id)) detail.posts = posts_here(tx, detail.path.back(), on);
    detail.history = past_of(tx, node.id);
    detail.may = permissions_at(tx, caller, {node.id});
    return detail;
}

bool matches(Org const& org, std::string const& wanted) {
    return text::search_form(org.name).find(wanted) != std::string::npos ||
           text::search_form(org.short_name).find(wanted) != std::string::npos ||
           text::pinyin_of_text(org.name).initials.find(wanted) != std::string::npos ||
           text::pinyin_of_text(org.short_name).initials.starts_with(wanted);
}

std::string place_of(std::map<OrgId, Org> const& nodes, Org const& org) {
    std::string place;
    for (auto above = nodes.find(org.parent_id); above != nodes.end(); above = nodes.find(above->second.parent_id)) {
        place = place.empty() ? above->second.name : above->second.name + " / " + place;
    }
    return place;
}

std::map<OrgId, int> by_org(std::vector<store::OrgCount> const& rows) {
    std::map<OrgId, int> counts;
    for (auto const& row : rows) counts[row.id] = row.count;
    return counts;
}

std::vector<ClassItem> classes_shown(sql::Tx& tx, OrgId const& school, core::LocalDate on, bool with_names) {
    std::vector<ClassItem> items;
    std::vector<OrgId> ids;
    for (auto const& group : classes(tx, school, on)) {
        ids.push_back(group.id);
        items.push_back(
            {group.id, group.name, group.grade, group.number, group.pupils, group.room, group.multigrade, ""});
    }
    if (!with_names) return items;
    std::map<OrgId, PersonId> homerooms;
    std::vector<PersonId> persons;
    for (auto const& post : store::posts_at(tx, ids, on)) {
        if (post.kind != auth::Role::homeroom) continue;
        homerooms[post.org_id] = post.person_id;
        persons.push_back(post.person_id);
    }
    auto known = names(tx, persons);
    for (auto& item : items) {
        auto const who = homerooms.find(item.id);
        if (who != homerooms.end()) item.homeroom = known[who->second];
    }
    return items;
}

}  // namespace

core::Result<OrgTree> tree(sql::Database& db, core::Clock const& clock, auth::Caller const& caller,
                           TreeQuery const& query) {
    return db.read(caller.district, [&](sql::Tx& tx) -> core::Result<OrgTree> {
        auto roots = own_roots(tx, caller);
        if (!query.root.empty()) {
            auto const root = OrgId::parse(query.root);
            if (!root || !caller.may(tx, permissions::view_orgs, *root)) return core::not_found("roster.org_not_found");
            roots = {*root};
        }
        auto const on = today(tx, clock);
        OrgTree tree;
        for (auto const& node : orgs(tx, roots)) {
            tree.roots.push_back(grown(tx, node, std::clamp(query.depth, 0, deepest_tree), on));
        }
        return tree;
    });
}

core::Result<core::Page<OrgMatch>> search_orgs(sql::Database& db, auth::Caller const& caller,
                                               OrgSearchQuery const& query) {
    auto const wanted = text::search_form(query.q);
    auto const limit = static_cast<std::size_t>(std::clamp(query.limit, 1, most_matches));
    return db.read(caller.district, [&](sql::Tx& tx) -> core::Result<core::Page<OrgMatch>> {
        auto scope = caller.scope(permissions::view_orgs);
        if (!query.under.empty()) {
            auto const under = OrgId::parse(query.under);
            if (!under || !caller.may(tx, permissions::view_orgs, *under))
                return core::not_found("roster.org_not_found");
            scope = {*under};
        }
        std::map<OrgId, Org> nodes;
        auto const found = store::orgs_below(tx, scope);
        for (auto const& org : found) nodes.emplace(org.id, org);
        core::Page<OrgMatch> page;
        for (auto const& org : found) {
            if (page.items.size() == limit) break;
            if (wanted.empty() || matches(org, wanted))
                page.items.push_back({org.id, org.kind, org.name, place_of(nodes, org)});
        }
        return page;
    });
}

core::Result<OrgDetail> org_detail(sql::Database& db, core::Clock const& clock, auth::Caller const& caller,
                                   OrgId const& id) {
    return db.read(caller.district, [&](sql::Tx& tx) -> core::Result<OrgDetail> {
        if (!caller.may(tx, permissions::view_orgs, id)) return core::not_found("roster.org_not_found");
        return described(tx, caller, TRY(org(tx, id)), today(tx, clock));
    });
}

core::Result<core::Page<SchoolItem>> list_schools(sql::Database& db, core::Clock const& clock,
                                                  auth::Caller const& caller) {
    return db.read(caller.district, [&](sql::Tx& tx) -> core::Result<core::Page<SchoolItem>> {
        core::Page<SchoolItem> page;
        auto const ids = store::schools_below(tx, caller.scope(permissions::view_orgs));
        if (ids.empty()) return page;
        auto const on = today(tx, clock);
        auto pupils = pupil_counts(tx, on);
        auto teaching = teacher_counts(tx, on);
        auto own_classes = by_org(store::classes_by_school(tx, on));
        for (auto const& s : store::schools(tx, ids)) {
            page.items.push_back({s.id, s.name, s.short_name, s.kind, s.township_id, s.township_name, s.central,
                                  s.rural, s.first_grade, s.last_grade, own_classes[s.id], pupils[s.id],
                                  teaching[s.id]});
        }
        page.total = static_cast<std::int64_t>(page.items.size());
        return page;
    });
}

core::Result<SchoolDetail> school_detail(sql::Database& db, core::Clock const& clock, auth::Caller const& caller,
                                         OrgId const& id) {
    return db.read(caller.district, [&](sql::Tx& tx) -> core::Result<SchoolDetail> {
        if (!caller.may(tx, permissions::view_orgs, id)) return core::not_found("roster.org_not_found");
        auto const node = TRY(org(tx, id));
        if (!node.is_school()) return core::not_found("roster.org_not_found");
        auto const on = today(tx, clock);
        SchoolDetail detail;
        detail.org = described(tx, caller, node, on);
        detail.classes = classes_shown(tx, id, on, caller.may(tx, permissions::view_people, id));
        for (auto const& room : rooms(tx, id)) {
            ++detail.rooms;
            if (room.equipped) ++detail.equipped_rooms;
        }
        return detail;
    });
}

}  // namespace santong::roster
