#include "modules/roster/service.hpp"

#include <algorithm>
#include <set>

#include "modules/roster/rules/class_name.hpp"
#include "modules/roster/rules/grade_name.hpp"
#include "modules/roster/store.hpp"

namespace santong::roster {

namespace {

std::string_view kind_text(std::optional<OrgKind> const& kind) {
    return kind ? core::enum_text(*kind) : std::string_view();
}

ClassGroup as_group(ClassProfile const& profile, int school_year) {
    ClassGroup group{
        profile.id,   profile.school_id,  profile.name,      profile.grade_in(school_year), profile.number, 0,
        profile.room, profile.multigrade, profile.entry_year};
    bool const in_a_grade = group.grade >= rules::first_grade && group.grade <= rules::last_grade;
    if (group.name.empty())
        group.name = in_a_grade ? rules::class_label(group.grade, group.number)
                                : rules::cohort_label(group.entry_year, group.number);
    return group;
}

std::vector<ClassGroup> as_groups(sql::Tx& tx, std::vector<ClassProfile> const& profiles, core::LocalDate on) {
    std::vector<OrgId> ids;
    for (auto const& profile : profiles) ids.push_back(profile.id);
    std::map<OrgId, int> pupils;
    for (auto const& row : store::pupils_by_class(tx, ids, on)) pupils[row.id] = row.count;
    std::vector<ClassGroup> groups;
    for (auto const& profile : profiles) {
        groups.push_back(as_group(profile, school_year_of(on)));
        groups.back().pupils = pupils[profile.id];
    }
    return groups;
}

std::map<OrgId, int> as_map(std::vector<store::OrgCount> const& rows) {
    std::map<OrgId, int> counts;
    for (auto const& row : rows) counts[row.id] = row.count;
    return counts;
}

bool runs(core::LocalDate from, std::optional<core::LocalDate> const& to, core::LocalDate on) {
    return from <= on && (!to || *to >= on);
}

}  // namespace

District district(sql::Tx& tx) {
    return store::find_district(tx).value_or(District{});
}

core::LocalDate today(sql::Tx& tx, core::Clock const& clock) {
    return district(tx).zone().date_of(clock.now());
}

std::vector<Term> terms(sql::Tx& tx) {
    return store::terms(tx);
}

core::Result<Term> term_at(sql::Tx& tx, core::LocalDate on) {
    auto const all = store::terms(tx);
    if (all.empty()) return core::not_found("roster.no_term");
    Term const* found = &all.front();
    for (auto const& term : all) {
        if (term.from_date <= on) found = &term;
    }
    return *found;
}

core::Result<Org> org(sql::Tx& tx, OrgId const& id) {
    auto found = store::orgs(tx, {id});
    if (found.empty()) return core::not_found("roster.org_not_found");
    return std::move(found.front());
}

std::vector<Org> orgs(sql::Tx& tx, std::vector<OrgId> const& ids) {
    return store::orgs(tx, ids);
}

std::vector<Org> children(sql::Tx& tx, OrgId const& id, std::optional<OrgKind> kind) {
    return store::children(tx, id, kind_text(kind));
}

std::vector<Org> subtree(sql::Tx& tx, OrgId const& id, std::optional<OrgKind> kind) {
    return store::subtree(tx, id, kind_text(kind));
}

std::vector<OrgId> self_and_ancestors(sql::Tx& tx, OrgId const& id) {
    return store::self_and_ancestors(tx, id);
}

core::Result<OrgId> school_of(sql::Tx& tx, OrgId const& any) {
    auto const path = store::self_and_ancestors(tx, any);
    auto const nodes = store::orgs(tx, path);
    for (auto const& id : path) {
        auto const node = std::find_if(nodes.begin(), nodes.end(), [&](Org const& o) { return o.id == id; });
        if (node != nodes.end() && node->is_school()) return id;
    }
    return core::not_found("roster.no_school");
}

std::vector<School> schools(sql::Tx& tx) {
    return store::schools(tx, {});
}

core::Result<School> school(sql::Tx& tx, OrgId const& id) {
    auto found = store::schools(tx, {id});
    if (found.empty()) return core::not_found("roster.org_not_found");
    return std::move(found.front());
}

std::vector<ClassGroup> classes(sql::Tx& tx, OrgId const& school_id, core::LocalDate on) {
    auto const profiles = store::school_profiles(tx, {school_id});
    int const last_grade = profiles.empty() ? 12 : profiles.front().last_grade;
    auto groups = as_groups(tx, store::classes_of_school(tx, school_id, on), on);
    std::erase_if(groups, [&](ClassGroup const& group) { return group.grade > last_grade; });
    return groups;
}

core::Result<ClassGroup> class_group(sql::Tx& tx, OrgId const& id, core::LocalDate on) {
    auto found = class_groups(tx, {id}, on);
    if (found.empty()) return core::not_found("roster.class_not_found");
    return std::move(found.front());
}

std::vector<ClassGroup> class_groups(sql::Tx& tx, std::vector<OrgId> const& ids, core::LocalDate on) {
    return as_groups(tx, store::class_profiles(tx, ids), on);
}

std::vector<Room> rooms(sql::Tx& tx, OrgId const& school_id) {
    return store::rooms(tx, school_id);
}

core::Result<Person> person(sql::Tx& tx, PersonId const& id) {
    auto found = store::people(tx, {id});
    if (found.empty()) return core::not_found("roster.person_not_found");
    return std::move(found.front());
}

std::vector<Person> people(sql::Tx& tx, std::vector<PersonId> const& ids) {
    return store::people(tx, ids);
}

std::map<PersonId, std::string> names(sql::Tx& tx, std::vector<PersonId> const& ids) {
    std::map<PersonId, std::string> found;
    for (auto& row : store::people(tx, ids)) found.emplace(row.id, std::move(row.name));
    return found;
}

std::vector<Teacher> teachers(sql::Tx& tx, OrgId const& school_id, core::LocalDate on) {
    return store::teachers(tx, school_id, on);
}

int teacher_count(sql::Tx& tx, OrgId const& school_id, core::LocalDate on) {
    return static_cast<int>(store::teachers(tx, school_id, on).size());
}

std::map<OrgId, int> teacher_counts(sql::Tx& tx, core::LocalDate on) {
    return as_map(store::teachers_by_school(tx, on));
}

std::vector<Teacher> teachers_of_class(sql::Tx& tx, OrgId const& class_id, core::LocalDate on) {
    return store::posts_at_class(tx, class_id, on);
}

std::vector<Pupil> pupils_of_class(sql::Tx& tx, OrgId const& class_id, core::LocalDate on) {
    return store::pupils_of_class(tx, class_id, on);
}

std::map<OrgId, int> pupil_counts(sql::Tx& tx, core::LocalDate on) {
    return as_map(store::pupils_by_school(tx, on));
}

std::optional<OrgId> pupil_class(sql::Tx& tx, PersonId const& pupil, core::LocalDate on) {
    for (auto const& row : store::enrolments_of(tx, pupil)) {
        if (runs(row.from_date, row.to_date, on)) return row.class_id;
    }
    return std::nullopt;
}

std::vector<PersonId> pupils_of_guardian(sql::Tx& tx, PersonId const& guardian, core::LocalDate on) {
    std::vector<PersonId> found;
    for (auto const& row : store::guardianships_by(tx, {guardian}, on)) {
        if (runs(row.from_date, row.to_date, on)) found.push_back(row.pupil_id);
    }
    return found;
}

std::vector<PersonId> guardians_of_pupil(sql::Tx& tx, PersonId const& pupil, core::LocalDate on) {
    std::vector<PersonId> found;
    for (auto const& row : store::guardianships_of(tx, {pupil}, on)) {
        if (runs(row.from_date, row.to_date, on)) found.push_back(row.guardian_id);
    }
    return found;
}

std::vector<Post> posts_of(sql::Tx& tx, PersonId const& person, core::LocalDate on) {
    return store::posts_of(tx, person, on);
}

std::vector<PersonId> holders(sql::Tx& tx, auth::Role kind, OrgId const& org_id, std::string_view subject,
                              core::LocalDate on) {
    return store::holders(tx, kind, org_id, subject, on);
}

}  // namespace santong::roster
