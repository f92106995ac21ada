#include <algorithm>

#include "core/json.hpp"
#include "modules/roster/editing.hpp"
#include "modules/roster/rules/class_name.hpp"
#include "modules/roster/rules/grade_name.hpp"
#include "modules/roster/rules/school_code.hpp"
#include "modules/roster/service.hpp"
#include "modules/roster/service_orgs.hpp"
#include "modules/roster/service_write.hpp"
#include "modules/roster/store.hpp"
#include "modules/roster/visibility.hpp"
#include "platform/auth/audit.hpp"
#include "platform/text/csv.hpp"
#include "platform/text/utf8.hpp"

namespace santong::roster {

namespace {

constexpr std::size_t longest_name = 60;

/// What one use case knows while it works.
struct Work {
    sql::Tx& tx;
    auth::Caller const& caller;
    core::LocalDate on;
};

/// Schools and what stands above them are the district's business; a school's office opens classes and departments.
bool is_inside_school(OrgKind kind) {
    return kind == OrgKind::grade || kind == OrgKind::class_group || kind == OrgKind::department;
}

core::Result<void> require_edit(Work const& work, OrgKind kind, OrgId const& at) {
    TRY_VOID(require_at(work.tx, work.caller, permissions::edit_orgs, at));
    if (is_inside_school(kind)) return {};
    return work.caller.require(work.tx, permissions::edit_orgs, district(work.tx).org_id);
}

core::Result<std::string> sound_name(std::string const& name, char const* pointer) {
    auto cleaned = text::clean(name);
    if (cleaned.empty()) return core::invalid_at(pointer, "core.required");
    if (text::count_characters(cleaned) > longest_name) {
        return core::invalid_at(pointer, "core.too_long", {{"max", std::to_string(longest_name)}});
    }
    // Names travel in CSV files that programs exchange as they are: a spreadsheet must not calculate them.
    if (text::neutralised(cleaned) != cleaned) return core::invalid_at(pointer, "roster.name_formula");
    return cleaned;
}

core::Result<std::string> sound_or_empty(std::optional<std::string> const& text, char const* pointer) {
    return text::clean(text.value_or("")).empty() ? std::string() : sound_name(*text, pointer);
}

core::Result<void> check_below(OrgKind kind, Org const& parent) {
    if (may_stand_under(kind, parent.kind)) return {};
    return core::invalid_at("/parent_id", "roster.kind_not_below",
                            {{"kind", std::string(core::enum_text(kind))}, {"parent", parent.name}});
}

core::Result<void> apply(SchoolProfile& profile, NewSchool const& facts) {
    if (facts.first_grade < rules::first_grade || facts.last_grade > rules::last_grade ||
        facts.first_grade > facts.last_grade) {
        return core::invalid_at("/school/first_grade", "roster.grade_span");
    }
    profile.school_code.clear();
    if (facts.school_code && !facts.school_code->empty()) {
        auto const code = rules::read_school_code(*facts.school_code);
        if (!code) return core::invalid_at("/school/school_code", code.error().key, code.error().params);
        profile.school_code = code->code;
    }
    profile.kind = facts.kind;
    profile.first_grade = facts.first_grade;
    profile.last_grade = facts.last_grade;
    profile.central = facts.central;
    profile.rural = facts.rural;
    return {};
}

core::Result<void> apply(Work const& work, ClassProfile& profile, NewClass const& facts) {
    auto const schools = store::school_profiles(work.tx, {profile.school_id});
    if (schools.empty()) return core::invalid_at("/parent_id", "roster.no_school");
    auto const& own = schools.front();
    if (facts.grade < own.first_grade || facts.grade > own.last_grade) {
        return core::invalid_at(
            "/class_group/grade", "roster.grade_not_taught",
            {{"first", rules::grade_name(own.first_grade)}, {"last", rules::grade_name(own.last_grade)}});
    }
    if (facts.number < 1 || facts.number > 99)
        return core::invalid_at("/class_group/number", "core.number_out_of_range");
    for (auto const& other : classes(work.tx, profile.school_id, work.on)) {
        if (other.id != profile.id && other.grade == facts.grade && other.number == facts.number) {
            return core::conflict("roster.class_exists", {{"name", other.name}});
        }
    }
    int const year = school_year_of(work.on);
    profile.entry_year = rules::entry_year_of(facts.grade, year);
    profile.entry_grade = facts.grade - (year - profile.entry_year);
    profile.number = facts.number;
    profile.name = TRY(sound_or_empty(facts.name, "/class_group/name"));
    profile.room = TRY(sound_or_empty(facts.room, "/class_group/room"));
    profile.multigrade = facts.multigrade.value_or(false);
    return {};
}

/// The name under which a class stands in the tree's rows; screens show the one of the grade.
std::string name_of_row(ClassProfile const& profile) {
    if (!profile.name.empty()) return profile.name;
    return rules::cohort_label(profile.entry_year, profile.number);
}

core::Result<Org> written(Work const& work, Org const& org, BulkRoster bulk, core::Clock const& clock) {
    bulk.orgs = {org};
    TRY_VOID(write_bulk(work.tx, bulk, clock));
    return org;
}

/// A new school stands behind the others wherever schools are listed.
std::int32_t sort_behind(sql::Tx& tx, OrgKind kind) {
    std::int32_t last = -1;
    bool const listed = kind == OrgKind::school || kind == OrgKind::teaching_point || kind == OrgKind::township;
    if (!listed) return 0;
    for (auto const& node : store::subtree(tx, district(tx).org_id, core::enum_text(kind))) {
        last = std::max(last, node.sort);
    }
    return last + 1;
}

/// No two schools of a district, and no two places side by side, have one name: lists could not tell them apart.
core::Result<void> expect_own_name(Work const& work, Org const& node) {
    std::vector<Org> beside;
    if (node.is_school()) {
        auto const top = district(work.tx).org_id;
        beside = store::subtree(work.tx, top, core::enum_text(OrgKind::school));
        auto const points = store::subtree(work.tx, top, core::enum_text(OrgKind::teaching_point));
        beside.insert(beside.end(), points.begin(), points.end());
    } else {
        beside = children(work.tx, node.parent_id);
    }
    for (auto const& other : beside) {
        bool const open = !other.to_date || *other.to_date >= work.on;
        if (open && other.id != node.id && other.name == node.name)
            return core::invalid_at("/name", "roster.org_name_taken", {{"name", node.name}});
    }
    return {};
}

core::Result<Org> opened(Work const& work, NewOrg const& body, core::Clock const& clock) {
    auto const parent = TRY(org(work.tx, body.parent_id));
    TRY_VOID(check_below(body.kind, parent));
    Org node;
    node.id = OrgId::make();
    node.kind = body.kind;
    node.parent_id = parent.id;
    node.code = text::clean(body.code.value_or(""));
    node.sort = body.sort.value_or(sort_behind(work.tx, body.kind));
    node.from_date = body.from_date.value_or(work.on);
    BulkRoster bulk;
    if (node.kind == OrgKind::class_group) {
        if (!body.class_group) return core::invalid_at("/class_group", "roster.class_facts_needed");
        ClassProfile profile;
        profile.id = node.id;
        profile.school_id = TRY(school_of(work.tx, parent.id));
        TRY_VOID(apply(work, profile, *body.class_group));
        node.name = node.short_name = name_of_row(profile);
        bulk.classes = {profile};
        return written(work, node, std::move(bulk), clock);
    }
    node.name = TRY(sound_name(body.name.value_or(""), "/name"));
    auto const short_name = body.short_name.value_or("");
    node.short_name = short_name.empty() ? node.name : TRY(sound_name(short_name, "/short_name"));
    if (node.is_school()) {
        if (!body.school) return core::invalid_at("/school", "roster.school_facts_needed");
        SchoolProfile profile;
        profile.id = node.id;
        TRY_VOID(apply(profile, *body.school));
        if (node.code.empty()) node.code = profile.school_code;
        bulk.schools = {profile};
    }
    TRY_VOID(expect_own_name(work, node));
    return written(work, node, std::move(bulk), clock);
}

/// Pupils of a class that moves to another school: their enrolment there begins today.
std::vector<Enrolment> moved_enrolments(Work const& work, OrgId const& class_id, OrgId const& school_id) {
    std::vector<Enrolment> rows;
    for (auto row : store::enrolments_in_class(work.tx, class_id, work.on)) {
        auto next = row;
        if (row.from_date >= work.on) {
            row.school_id = school_id;
            rows.push_back(row);
            continue;
        }
        row.to_date = work.on.plus_days(-1);
        row.status = EnrolmentStatus::transferred;
        next.id = EnrolmentId::make();
        next.school_id = school_id;
        next.from_date = work.on;
        rows.push_back(row);
        rows.push_back(next);
    }
    return rows;
}

core::Result<void> move(Work const& work, Org& node, OrgId const& parent_id, BulkRoster& bulk) {
    if (parent_id == node.parent_id) return {};
    TRY_VOID(require_edit(work, node.kind, parent_id));
    auto const path = self_and_ancestors(work.tx, parent_id);
    if (std::ranges::find(path, node.id) != path.end())
        return core::invalid_at("/parent_id", "roster.not_below_itself");
    auto const parent = TRY(org(work.tx, parent_id));
    TRY_VOID(check_below(node.kind, parent));
    node.parent_id = parent_id;
    if (node.kind != OrgKind::class_group) return {};
    auto profile = store::class_profiles(work.tx, {node.id}).at(0);
    auto const school = TRY(school_of(work.tx, parent_id));
    if (school != profile.school_id) bulk.enrolments = moved_enrolments(work, node.id, school);
    profile.school_id = school;
    bulk.classes = {profile};
    return {};
}

core::Result<void> close(Work const& work, Org& node, core::LocalDate last_day) {
    if (last_day < node.from_date) return core::invalid_at("/to_date", "roster.ends_before_it_begins");
    bool const used =
        !store::child_counts(work.tx, {node.id}).empty() || store::people_after(work.tx, node.id, last_day) > 0;
    if (used) return core::conflict("roster.org_in_use", {{"name", node.name}});
    node.to_date = last_day;
    return {};
}

core::Result<void> rename(Org& node, OrgChange const& change) {
    if (change.name) node.name = TRY(sound_name(*change.name, "/name"));
    if (change.short_name) node.short_name = TRY(sound_name(*change.short_name, "/short_name"));
    if (change.code) node.code = text::clean(*change.code);
    if (change.sort) node.sort = *change.sort;
    return {};
}

core::Result<Org> changed(Work const& work, Org node, OrgChange const& change, core::Clock const& clock) {
    BulkRoster bulk;
    TRY_VOID(rename(node, change));
    if (change.parent_id) TRY_VOID(move(work, node, *change.parent_id, bulk));
    bool const named_anew = (change.name || change.parent_id) && node.kind != OrgKind::class_group;
    if (named_anew) TRY_VOID(expect_own_name(work, node));
    if (change.to_date) TRY_VOID(close(work, node, *change.to_date));
    if (change.school && node.is_school()) {
        auto profile = store::school_profiles(work.tx, {node.id}).at(0);
        TRY_VOID(apply(profile, *change.school));
        bulk.schools = {profile};
    }
    if (change.class_group && node.kind == OrgKind::class_group) {
        auto profile = bulk.classes.empty() ? store::class_profiles(work.tx, {node.id}).at(0) : bulk.classes.front();
        TRY_VOID(apply(work, profile, *change.class_group));
        node.name = node.short_name = name_of_row(profile);
        bulk.classes = {profile};
    }
    return written(work, node, std::move(bulk), clock);
}

/// A place as the log keeps it before and after a change.
struct OrgState {
    Org org;
    std::optional<SchoolProfile> school;
    std::optional<ClassProfile> class_group;
};
BOOST_DESCRIBE_STRUCT(OrgState, (), (org, school, class_group))

struct ChangeDetail {
    OrgState before;
    OrgState after;
};
BOOST_DESCRIBE_STRUCT(ChangeDetail, (), (before, after))

OrgState state_of(sql::Tx& tx, Org const& node) {
    OrgState state{node, {}, {}};
    for (auto& one : store::school_profiles(tx, {node.id})) state.school = std::move(one);
    for (auto& one : store::class_profiles(tx, {node.id})) state.class_group = std::move(one);
    return state;
}

std::vector<std::string> changed_fields(OrgState const& before, OrgState const& after) {
    std::vector<std::string> fields;
    auto const add = [&](char const* name, bool changed) {
        if (changed) fields.emplace_back(name);
    };
    auto const differ = [](auto const& a, auto const& b) {
        return a && b && core::json::write(*a) != core::json::write(*b);
    };
    add("name", before.org.name != after.org.name);
    add("short_name", before.org.short_name != after.org.short_name);
    add("code", before.org.code != after.org.code);
    add("sort", before.org.sort != after.org.sort);
    add("parent_id", before.org.parent_id != after.org.parent_id);
    add("to_date", before.org.to_date != after.org.to_date);
    add("school", differ(before.school, after.school));
    add("class_group", differ(before.class_group, after.class_group));
    return fields;
}

}  // namespace

core::Result<Org> create_org(sql::Database& db, core::Clock const& clock, auth::Caller const& caller,
                             NewOrg const& body) {
    return db.transact(caller.district, [&](sql::Tx& tx) -> core::Result<Org> {
        Work const work{tx, caller, today(tx, clock)};
        TRY_VOID(require_edit(work, body.kind, body.parent_id));
        auto const node = TRY(opened(work, body, clock));
        auth::audit(tx, caller, {"roster.org_opened", node.id.text(), core::json::write(node)});
        return node;
    });
}

core::Result<Org> change_org(sql::Database& db, core::Clock const& clock, auth::Caller const& caller, OrgId const& id,
                             OrgEdit const& change) {
    return db.transact(caller.district, [&](sql::Tx& tx) -> core::Result<Org> {
        Work const work{tx, caller, today(tx, clock)};
        if (!caller.may(tx, permissions::view_orgs, id)) return core::not_found("roster.org_not_found");
        auto const before = TRY(org(tx, id));
        TRY_VOID(require_edit(work, before.kind, id));
        TRY_VOID(begin_edit(tx, store::Edited::org, id.value, change.version));
        auto const was = state_of(tx, before);
        auto const node = TRY(changed(work, before, change, clock));
        auto const is = state_of(tx, node);
        note_edit(tx, caller, store::Edited::org, id.value, changed_fields(was, is));
        auth::audit(tx, caller, {"roster.org_changed", id.text(), core::json::write(ChangeDetail{was, is})});
        return node;
    });
}

}  // namespace santong::roster
