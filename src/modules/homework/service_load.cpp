// The load of each class's days, by all its teachers; minutes, never pupils.
#include <algorithm>

#include "core/json.hpp"
#include "modules/homework/access.hpp"
#include "modules/homework/permissions.hpp"
#include "modules/homework/service_set.hpp"
#include "platform/feed/feed.hpp"

namespace santong::homework {

namespace {

constexpr int days_of_week = 7;

/// Classes whose load the caller sees: all of a school that he oversees; those he teaches or is homeroom teacher of.
std::vector<roster::ClassGroup> visible_classes(sql::Tx& tx, auth::Caller const& caller, core::LocalDate today) {
    std::map<core::OrgId, roster::ClassGroup> found;
    for (auto const& org : caller.scope(permissions::oversee_load)) {
        auto const school = roster::school_of(tx, org);
        if (!school) continue;
        for (auto& group : roster::classes(tx, *school, today)) found.emplace(group.id, std::move(group));
    }
    std::set<core::OrgId> ids;
    for (auto const& [class_id, subject] : access::taught_places(tx, caller.person, today)) ids.insert(class_id);
    for (auto const& grant : caller.grants) {
        if (grant.role == auth::Role::homeroom) ids.insert(grant.org_id);
    }
    std::erase_if(ids, [&](core::OrgId const& id) { return found.contains(id); });
    for (auto& group : roster::class_groups(tx, {ids.begin(), ids.end()}, today)) {
        if (caller.may(tx, permissions::view_load, group.id)) found.emplace(group.id, std::move(group));
    }
    std::vector<roster::ClassGroup> classes;
    for (auto& [id, group] : found) classes.push_back(std::move(group));
    std::ranges::sort(classes, {}, [](roster::ClassGroup const& one) { return std::pair(one.grade, one.number); });
    return classes;
}

ClassLoad empty_week(roster::ClassGroup const& group, core::LocalDate monday) {
    ClassLoad load{group.id, group.name, group.grade, std::nullopt, {}};
    for (int day = 0; day < days_of_week; ++day) load.days.push_back({monday.plus_days(day), 0, 0, {}});
    return load;
}

void add(ClassLoad& load, store::DueRow const& row, core::LocalDate monday, LoadItem item) {
    auto& day = load.days.at(static_cast<std::size_t>(row.due_on.day_number() - monday.day_number()));
    (row.written ? day.written : day.other) += row.minutes;
    day.items.push_back(std::move(item));
}

/// The node whose limits a person manages: his school, or the county.
core::Result<core::OrgId> manageable(sql::Tx& tx, auth::Caller const& caller, core::OrgId const& org) {
    auto const known = TRY(roster::org(tx, org));
    bool const node = known.is_school() || known.id == roster::district(tx).org_id;
    if (!node || !caller.may(tx, permissions::manage_limits, org)) return core::not_found("roster.org_not_found");
    return org;
}

/// Name of the node whose limits hold at another; empty = the usual ones.
std::string limits_of(sql::Tx& tx, core::OrgId const& org) {
    auto const from = access::limits_from(tx, org);
    auto const found = from ? roster::orgs(tx, {*from}) : std::vector<roster::Org>();
    return found.empty() ? "" : found.front().name;
}

LimitsView limits_view(sql::Tx& tx, core::OrgId const& org) {
    return {org, !store::limits(tx, {org}).empty(), access::limits_at(tx, org), limits_of(tx, org)};
}

}  // namespace

core::Result<WeekLoad> week_load(sql::Database& db, auth::Caller const& caller, core::Clock const& clock,
                                 LoadQuery const& query) {
    return db.read(caller.district, [&](sql::Tx& tx) -> core::Result<WeekLoad> {
        WeekLoad view;
        view.today = roster::today(tx, clock);
        auto const day = query.day.value_or(view.today);
        view.monday = day.plus_days(1 - day.weekday());
        auto const term = TRY(roster::term_at(tx, view.today));
        view.term_from = term.from_date;
        view.term_to = term.to_date;
        auto const classes = visible_classes(tx, caller, view.today);
        if (classes.empty()) return view;
        view.school_id = classes.front().school_id;
        view.limits = access::limits_at(tx, view.school_id);
        view.limits_of = limits_of(tx, view.school_id);
        view.may_change_limits = caller.may(tx, permissions::manage_limits, view.school_id);
        std::map<core::OrgId, std::size_t> place;
        std::vector<core::OrgId> ids;
        for (auto const& group : classes) {
            place[group.id] = view.classes.size();
            ids.push_back(group.id);
            auto load = empty_week(group, view.monday);
            load.limit = limit_of(
                group.school_id == view.school_id ? view.limits : access::limits_at(tx, group.school_id), group.grade);
            view.classes.push_back(std::move(load));
        }
        auto const due = store::due(tx, ids, view.monday, view.monday.plus_days(days_of_week - 1));
        std::set<core::PersonId> teachers;
        for (auto const& row : due) teachers.insert(row.teacher_id);
        auto const names = roster::names(tx, {teachers.begin(), teachers.end()});
        for (auto const& row : due) {
            auto const name = names.find(row.teacher_id);
            add(view.classes[place.at(row.class_id)], row, view.monday,
                {row.id, row.subject, row.title, name == names.end() ? "" : name->second, row.minutes, row.written,
                 row.teacher_id == caller.person});
        }
        return view;
    });
}

core::Result<LimitsView> homework_limits(sql::Database& db, auth::Caller const& caller, core::OrgId const& org) {
    return db.read(caller.district, [&](sql::Tx& tx) -> core::Result<LimitsView> {
        TRY(manageable(tx, caller, org));
        return limits_view(tx, org);
    });
}

core::Result<CountyLimits> county_limits(sql::Database& db, auth::Caller const& caller) {
    return db.read(caller.district, [&](sql::Tx& tx) -> core::Result<CountyLimits> {
        auto const root = roster::district(tx).org_id;
        TRY(manageable(tx, caller, root));
        CountyLimits all{limits_view(tx, root), {}, 0};
        for (auto const& school : roster::schools(tx)) {
            ++all.schools;
            auto limits = limits_view(tx, school.id);
            if (limits.own) all.own.push_back({school.id, school.name, std::move(limits)});
        }
        return all;
    });
}

core::Result<LimitsView> put_homework_limits(sql::Database& db, auth::Caller const& caller, core::Clock const& clock,
                                             core::OrgId const& org, PutLimits const& wish) {
    return db.transact(caller.district, [&](sql::Tx& tx) -> core::Result<LimitsView> {
        TRY(manageable(tx, caller, org));
        TRY_VOID(check_limits(wish.limits));
        // The county's concern every school, and every school's box.
        feed::Address const address{"homework.Limits", org.text(),
                                    org == roster::district(tx).org_id ? core::OrgId{} : org};
        store::LimitsRow const row{org, {core::json::write(wish.limits)}, caller.person, clock.now()};
        if (wish.limits.empty()) {
            store::remove_limits(tx, org);
            feed::remove(tx, address);
        } else {
            store::put_limits(tx, row);
            feed::put(tx, address, row);
        }
        return limits_view(tx, org);
    });
}

}  // namespace santong::homework
