#include "modules/timetable/service_office.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

#include "modules/roster/service.hpp"
#include "modules/timetable/permissions.hpp"
#include "modules/timetable/store.hpp"

namespace santong::timetable {

namespace {

/// What the timetable says for a class in a period of a day, whatever was changed later.
class Planned {
public:
    Planned(sql::Tx& tx, core::OrgId const& school) : tx_(tx), school_(school), ancestors_(roster::self_and_ancestors(tx, school)) {}

    std::optional<Entry> at(core::OrgId const& class_id, core::LocalDate date, int period) {
        auto const term = roster::term_at(tx_, date);
        if (!term) return {};
        int const weekday = weekday_on(date);
        for (auto const& entry : entries_on(date)) {
            if (entry.class_id != class_id || entry.period != period || entry.weekday != weekday) continue;
            if (taught_in_week(entry.week_parity, term->week_of(date))) return entry;
        }
        return {};
    }

private:
    int weekday_on(core::LocalDate date) {
        for (auto const& day : store::calendar(tx_, ancestors_, date, date)) {
            if (day.as_weekday) return *day.as_weekday;
        }
        return date.weekday();
    }
    std::vector<Entry> const& entries_on(core::LocalDate date) {
        auto const table = store::timetable_on(tx_, school_, date);
        auto const id = table ? table->id : TimetableId{};
        auto found = known_.find(id);
        if (found == known_.end()) found = known_.emplace(id, table ? store::entries(tx_, id) : std::vector<Entry>{}).first;
        return found->second;
    }

    sql::Tx& tx_;
    core::OrgId school_;
    std::vector<core::OrgId> ancestors_;
    std::map<TimetableId, std::vector<Entry>> known_;
};

/// Names of classes and persons for a list of recorded changes.
struct Names {
    std::map<core::OrgId, std::string> classes;
    std::map<core::PersonId, std::string> persons;

    std::string of(std::optional<core::PersonId> const& id) const {
        auto const found = id ? persons.find(*id) : persons.end();
        return found == persons.end() ? "" : found->second;
    }
    std::string of(core::OrgId const& id) const {
        auto const found = classes.find(id);
        return found == classes.end() ? "" : found->second;
    }
};

Names names_for(sql::Tx& tx, core::OrgId const& school, core::LocalDate on, std::set<core::PersonId> const& persons) {
    Names names;
    for (auto const& one : roster::classes(tx, school, on)) names.classes[one.id] = one.name;
    names.persons = roster::names(tx, {persons.begin(), persons.end()});
    return names;
}

core::Result<void> check_span(core::LocalDate from, core::LocalDate to) {
    if (to < from || from.plus_days(62) < to) return core::invalid_at("to", "timetable.span_too_long");
    return {};
}

core::Result<void> may(sql::Tx& tx, auth::Caller const& caller, auth::Permission permission, core::OrgId const& school) {
    TRY_VOID(roster::school(tx, school));
    if (caller.may(tx, permission, school)) return {};
    if (caller.may(tx, permissions::view, school)) return core::forbidden();
    return core::not_found();
}

ClassOption choice_of(roster::ClassGroup const& group) { return {group.id, group.name, group.grade}; }

void add_own_classes(sql::Tx& tx, auth::Caller const& caller, Choices& out) {
    std::set<core::OrgId> own;
    if (auto const mine = roster::pupil_class(tx, caller.person, out.today)) own.insert(*mine);
    for (auto const& child : roster::pupils_of_guardian(tx, caller.person, out.today)) {
        if (auto const his = roster::pupil_class(tx, child, out.today)) own.insert(*his);
    }
    for (auto const& group : roster::class_groups(tx, {own.begin(), own.end()}, out.today)) {
        out.own_classes.push_back(choice_of(group));
    }
}

std::optional<core::OrgId> default_school(sql::Tx& tx, auth::Caller const& caller, Choices const& out) {
    for (auto const& post : roster::posts_of(tx, caller.person, out.today)) {
        auto const school = roster::school_of(tx, post.org_id);
        if (school && caller.may(tx, permissions::view, *school)) return *school;
    }
    if (out.schools.empty()) return {};
    return out.schools.front().id;
}

}  // namespace

core::Result<Choices> choices(sql::Database& db, auth::Caller const& caller, core::Clock const& clock,
                              std::optional<core::OrgId> school) {
    return db.read(caller.district, [&](sql::Tx& tx) -> core::Result<Choices> {
        Choices out;
        out.today = roster::today(tx, clock);
        auto const term = TRY(roster::term_at(tx, out.today));
        out.week_one_monday = term.week_one_monday;
        out.term_to = term.to_date;
        out.term_name = term.name;
        out.district_id = roster::district(tx).org_id;
        add_own_classes(tx, caller, out);
        for (auto const& one : roster::schools(tx)) {
            if (caller.may(tx, permissions::view, one.id)) out.schools.push_back({one.id, one.name});
        }
        if (school) TRY_VOID(may(tx, caller, permissions::view, *school));
        out.school_id = school ? school : default_school(tx, caller, out);
        if (!out.school_id) return out;
        for (auto const& group : roster::classes(tx, *out.school_id, out.today)) out.classes.push_back(choice_of(group));
        for (auto const& one : roster::teachers(tx, *out.school_id, out.today)) {
            out.teachers.push_back({one.person_id, one.name, one.subject});
            if (one.person_id == caller.person) out.teaches = true;
        }
        return out;
    });
}

core::Result<std::vector<SubstitutionView>> substitutions_of(sql::Database& db, auth::Caller const& caller,
                                                             core::OrgId const& school, core::LocalDate from,
                                                             core::LocalDate to) {
    return db.read(caller.district, [&](sql::Tx& tx) -> core::Result<std::vector<SubstitutionView>> {
        TRY_VOID(may(tx, caller, permissions::substitute, school));
        TRY_VOID(check_span(from, to));
        Planned planned(tx, school);
        std::vector<std::pair<Substitution, std::optional<Entry>>> found;
        std::set<core::PersonId> persons;
        for (auto& change : store::substitutions(tx, school, from, to)) {
            auto entry = planned.at(change.class_id, change.date, change.period);
            if (change.teacher_id) persons.insert(*change.teacher_id);
            if (entry && entry->teacher_id) persons.insert(*entry->teacher_id);
            found.emplace_back(std::move(change), std::move(entry));
        }
        auto const names = names_for(tx, school, from, persons);
        std::vector<SubstitutionView> out;
        for (auto& [change, entry] : found) {
            SubstitutionView view{change, names.of(change.class_id), names.of(change.teacher_id), "", ""};
            if (entry) view.planned_subject = entry->subject;
            if (entry) view.planned_teacher_name = names.of(entry->teacher_id);
            out.push_back(std::move(view));
        }
        return out;
    });
}

core::Result<std::vector<PatrolView>> patrol_of(sql::Database& db, auth::Caller const& caller, core::OrgId const& school,
                                                core::LocalDate from, core::LocalDate to) {
    return db.read(caller.district, [&](sql::Tx& tx) -> core::Result<std::vector<PatrolView>> {
        TRY_VOID(may(tx, caller, permissions::patrol, school));
        TRY_VOID(check_span(from, to));
        Planned planned(tx, school);
        std::vector<std::pair<PatrolException, std::optional<Entry>>> all;
        std::set<core::PersonId> persons;
        for (auto& one : store::patrol(tx, school, from, to)) {
            auto entry = planned.at(one.class_id, one.date, one.period);
            if (entry && entry->teacher_id) persons.insert(*entry->teacher_id);
            all.emplace_back(std::move(one), std::move(entry));
        }
        auto const names = names_for(tx, school, from, persons);
        std::vector<PatrolView> out;
        for (auto& [one, entry] : all) {
            PatrolView view{one, names.of(one.class_id), "", ""};
            if (entry) view.planned_subject = entry->subject;
            if (entry) view.planned_teacher_name = names.of(entry->teacher_id);
            out.push_back(std::move(view));
        }
        return out;
    });
}

core::Result<std::vector<CalendarDay>> calendar_of(sql::Database& db, auth::Caller const& caller,
                                                   core::Clock const& clock, core::OrgId const& org) {
    return db.read(caller.district, [&](sql::Tx& tx) -> core::Result<std::vector<CalendarDay>> {
        TRY_VOID(roster::org(tx, org));
        if (!caller.may(tx, permissions::view, org)) return core::not_found();
        auto const term = TRY(roster::term_at(tx, roster::today(tx, clock)));
        return store::calendar(tx, roster::self_and_ancestors(tx, org), term.from_date, term.to_date);
    });
}

core::Result<std::vector<Candidate>> candidates(sql::Database& db, auth::Caller const& caller, core::OrgId const& class_id,
                                                core::LocalDate date, int period) {
    return db.read(caller.district, [&](sql::Tx& tx) -> core::Result<std::vector<Candidate>> {
        auto const school = TRY(roster::school_of(tx, class_id));
        TRY_VOID(may(tx, caller, permissions::substitute, school));
        auto const lessons = store::lessons_of_school(tx, school, date, date);
        std::map<core::OrgId, std::string> classes;
        for (auto const& one : roster::classes(tx, school, date)) classes[one.id] = one.name;
        std::string subject;
        std::optional<core::PersonId> own;
        for (auto const& lesson : lessons) {
            if (lesson.class_id != class_id || lesson.period != period) continue;
            subject = lesson.subject;
            own = lesson.teacher_id;
        }
        std::vector<Candidate> out;
        for (auto const& teacher : roster::teachers(tx, school, date)) {
            if (teacher.person_id == own) continue;
            Candidate one{teacher.person_id, teacher.name, teacher.subject, !subject.empty() && teacher.subject == subject, 0, ""};
            for (auto const& lesson : lessons) {
                bool const off = lesson.state == LessonState::cancelled || lesson.state == LessonState::not_taught;
                if (lesson.teacher_id != teacher.person_id || off) continue;
                ++one.lessons_that_day;
                if (lesson.period == period) one.busy_with = classes[lesson.class_id];
            }
            out.push_back(std::move(one));
        }
        auto const order = [](Candidate const& a) { return std::tuple(!a.busy_with.empty(), !a.same_subject, a.lessons_that_day); };
        std::stable_sort(out.begin(), out.end(), [&](Candidate const& a, Candidate const& b) { return order(a) < order(b); });
        return out;
    });
}

core::Result<std::vector<Timetable>> versions(sql::Database& db, auth::Caller const& caller, core::Clock const& clock,
                                              core::OrgId const& school) {
    return db.read(caller.district, [&](sql::Tx& tx) -> core::Result<std::vector<Timetable>> {
        TRY_VOID(may(tx, caller, permissions::edit, school));
        auto const term = TRY(roster::term_at(tx, roster::today(tx, clock)));
        return store::timetables(tx, school, term.id);
    });
}

}  // namespace santong::timetable
