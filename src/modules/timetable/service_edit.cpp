#include <algorithm>

#include "modules/roster/service.hpp"
#include "modules/timetable/permissions.hpp"
#include "modules/timetable/service.hpp"
#include "modules/timetable/store.hpp"
#include "platform/auth/audit.hpp"
#include "platform/feed/feed.hpp"

namespace santong::timetable {

namespace {

/// The school of a class that the caller may act at; 404 where he may not even know of it.
core::Result<core::OrgId> own_school(sql::Tx& tx, auth::Caller const& caller, auth::Permission permission,
                                     core::OrgId const& class_id) {
    core::OrgId const school = TRY(roster::school_of(tx, class_id));
    if (!caller.may(tx, permission, school)) {
        return caller.may(tx, permissions::view, school) ? core::forbidden() : core::not_found();
    }
    return school;
}

core::Result<void> check_reason(std::string const& text, char const* pointer) {
    if (text.size() < 2) return core::invalid_at(pointer, "core.required");
    if (text.size() > 600) return core::invalid_at(pointer, "core.too_long", {{"max", "200"}});
    return {};
}

/// A period that the bell of that day has, on a day inside a term.
core::Result<void> check_place(sql::Tx& tx, core::OrgId const& school, core::LocalDate date, int period) {
    auto const term = TRY(roster::term_at(tx, date));
    if (!term.contains(date)) return core::invalid_at("/date", "timetable.outside_term");
    auto const bell = store::bell(tx, school, date);
    bool const rings = std::any_of(bell.begin(), bell.end(), [&](BellPeriod const& p) { return p.number == period; });
    if (!rings) return core::invalid_at("/period", "timetable.no_such_period");
    return {};
}

/// A substitute must be free: no lesson of his own in that period.
core::Result<void> check_free(sql::Tx& tx, core::PersonId const& teacher, core::OrgId const& class_id, core::LocalDate date,
                              int period) {
    for (auto const& lesson : store::lessons_of_teacher(tx, teacher, date, date)) {
        bool const taken = lesson.period == period && lesson.class_id != class_id &&
                           lesson.state != LessonState::cancelled && lesson.state != LessonState::not_taught;
        if (taken) return core::conflict("timetable.teacher_not_free");
    }
    return {};
}

}  // namespace

core::Result<Substitution> add_substitution(sql::Database& db, auth::Caller const& caller, core::Clock const& clock,
                                            NewSubstitution const& change) {
    return db.transact(caller.district, [&](sql::Tx& tx) -> core::Result<Substitution> {
        auto const school = TRY(own_school(tx, caller, permissions::substitute, change.class_id));
        TRY_VOID(check_reason(change.reason, "/reason"));
        TRY_VOID(check_place(tx, school, change.date, change.period));
        bool const needs_teacher = change.kind != SubstitutionKind::cancelled;
        if (needs_teacher && !change.teacher_id) return core::invalid_at("/teacher_id", "core.required");
        if (change.kind == SubstitutionKind::added && !change.subject) return core::invalid_at("/subject", "core.required");
        if (needs_teacher) {
            TRY_VOID(roster::person(tx, *change.teacher_id));
            TRY_VOID(check_free(tx, *change.teacher_id, change.class_id, change.date, change.period));
        }
        Substitution const made{SubstitutionId::make(), school, change.class_id, change.date, change.period, change.kind,
                                change.subject.value_or(""), needs_teacher ? change.teacher_id : std::nullopt,
                                change.reason, caller.person, clock.now()};
        if (!store::insert_substitution(tx, made)) return core::conflict("timetable.already_substituted");
        feed::put(tx, {"timetable.Substitution", made.id.text(), school}, made);
        materialise(tx, school, change.date, change.date, clock.now());
        return made;
    });
}

core::Result<core::Nothing> remove_substitution(sql::Database& db, auth::Caller const& caller, core::Clock const& clock,
                                                SubstitutionId const& id) {
    return db.transact(caller.district, [&](sql::Tx& tx) -> core::Result<core::Nothing> {
        auto const known = store::substitution(tx, id);
        if (!known) return core::not_found();
        TRY_VOID(own_school(tx, caller, permissions::substitute, known->class_id));
        store::delete_substitution(tx, id);
        feed::remove(tx, {"timetable.Substitution", id.text(), known->school_id});
        materialise(tx, known->school_id, known->date, known->date, clock.now());
        return core::Nothing{};
    });
}

core::Result<PatrolException> add_patrol_exception(sql::Database& db, auth::Caller const& caller, core::Clock const& clock,
                                                   NewPatrolException const& found) {
    return db.transact(caller.district, [&](sql::Tx& tx) -> core::Result<PatrolException> {
        auto const school = TRY(own_school(tx, caller, permissions::patrol, found.class_id));
        TRY_VOID(check_place(tx, school, found.date, found.period));
        if (found.date > roster::today(tx, clock)) return core::invalid_at("/date", "timetable.patrol_in_future");
        bool const other = found.kind == PatrolFinding::other_subject;
        if (other && found.subject.value_or("").empty()) return core::invalid_at("/subject", "core.required");
        if (found.note.size() > 600) return core::invalid_at("/note", "core.too_long", {{"max", "200"}});
        PatrolException const made{PatrolExceptionId::make(), school, found.class_id, found.date, found.period, found.kind,
                                   other ? *found.subject : "", found.note, caller.person, clock.now()};
        if (!store::insert_patrol(tx, made)) return core::conflict("timetable.already_patrolled");
        feed::put(tx, {"timetable.PatrolException", made.id.text(), school}, made);
        materialise(tx, school, found.date, found.date, clock.now());
        return made;
    });
}

core::Result<core::Nothing> remove_patrol_exception(sql::Database& db, auth::Caller const& caller,
                                                    core::Clock const& clock, PatrolExceptionId const& id) {
    return db.transact(caller.district, [&](sql::Tx& tx) -> core::Result<core::Nothing> {
        auto const known = store::patrol_exception(tx, id);
        if (!known) return core::not_found();
        TRY_VOID(own_school(tx, caller, permissions::patrol, known->class_id));
        store::delete_patrol(tx, id);
        feed::remove(tx, {"timetable.PatrolException", id.text(), known->school_id});
        materialise(tx, known->school_id, known->date, known->date, clock.now());
        return core::Nothing{};
    });
}

core::Result<std::vector<BellPeriod>> set_bell(sql::Database& db, auth::Caller const& caller, core::Clock const& clock,
                                               core::OrgId const& school, core::LocalDate from,
                                               std::vector<BellPeriod> const& periods) {
    return db.transact(caller.district, [&](sql::Tx& tx) -> core::Result<std::vector<BellPeriod>> {
        TRY_VOID(own_school(tx, caller, permissions::edit, school));
        auto sorted = periods;
        std::sort(sorted.begin(), sorted.end(),
                  [](BellPeriod const& a, BellPeriod const& b) { return a.start_minute < b.start_minute; });
        if (sorted.empty() || sorted.size() > 20) return core::invalid_at("/periods", "timetable.bell_number");
        if (auto const problems = bell_problems(sorted); !problems.empty()) {
            return core::invalid_at("/periods", problems.front());
        }
        auto const today = roster::today(tx, clock);
        if (from < today) return core::invalid_at("/from", "timetable.in_the_past");
        store::replace_bell(tx, school, from, "", sorted);
        auth::audit(tx, caller, {"timetable.set_bell", school.text()});
        materialise(tx, school, from, from.plus_days(14), clock.now());
        return sorted;
    });
}

core::Result<std::vector<CoursePlanRow>> set_course_plan(sql::Database& db, auth::Caller const& caller,
                                                         core::Clock const&, int school_year,
                                                         std::vector<CoursePlanRow> const& rows) {
    return db.transact(caller.district, [&](sql::Tx& tx) -> core::Result<std::vector<CoursePlanRow>> {
        TRY_VOID(caller.require(tx, permissions::edit_plan, roster::district(tx).org_id));
        std::vector<core::Problem> problems;
        for (std::size_t i = 0; i < rows.size(); ++i) {
            auto const at = "/rows/" + std::to_string(i);
            if (rows[i].grade < 1 || rows[i].grade > 12) problems.push_back({at + "/grade", "core.number_out_of_range", {}});
            if (rows[i].weekly_periods < 0 || rows[i].weekly_periods > 20) {
                problems.push_back({at + "/weekly_periods", "core.number_out_of_range", {}});
            }
            if (rows[i].school_year != school_year) problems.push_back({at + "/school_year", "core.number_out_of_range", {}});
        }
        if (!problems.empty()) return core::invalid(std::move(problems));
        store::replace_course_plan(tx, school_year, rows);
        auth::audit(tx, caller, {"timetable.set_course_plan", std::to_string(school_year)});
        return rows;
    });
}

core::Result<CalendarDay> set_calendar_day(sql::Database& db, auth::Caller const& caller, core::Clock const& clock,
                                           CalendarDay const& day) {
    return db.transact(caller.district, [&](sql::Tx& tx) -> core::Result<CalendarDay> {
        bool const whole = day.org_id == roster::district(tx).org_id;
        if (whole) TRY_VOID(caller.require(tx, permissions::edit_plan, day.org_id));
        else TRY_VOID(own_school(tx, caller, permissions::edit, day.org_id));
        if (day.as_weekday && (*day.as_weekday < 1 || *day.as_weekday > 7)) {
            return core::invalid_at("/as_weekday", "core.number_out_of_range");
        }
        if (day.date < roster::today(tx, clock)) return core::invalid_at("/date", "timetable.in_the_past");
        store::put_calendar_day(tx, day);
        for (auto const& school : roster::subtree(tx, day.org_id)) {
            if (school.is_school()) materialise(tx, school.id, day.date, day.date, clock.now());
        }
        return day;
    });
}

core::Result<core::Nothing> clear_calendar_day(sql::Database& db, auth::Caller const& caller, core::Clock const& clock,
                                               core::OrgId const& org, core::LocalDate date) {
    return db.transact(caller.district, [&](sql::Tx& tx) -> core::Result<core::Nothing> {
        bool const whole = org == roster::district(tx).org_id;
        if (whole) TRY_VOID(caller.require(tx, permissions::edit_plan, org));
        else TRY_VOID(own_school(tx, caller, permissions::edit, org));
        if (date < roster::today(tx, clock)) return core::invalid_at("/date", "timetable.in_the_past");
        if (!store::delete_calendar_day(tx, org, date)) return core::not_found();
        for (auto const& school : roster::subtree(tx, org)) {
            if (school.is_school()) materialise(tx, school.id, date, date, clock.now());
        }
        return core::Nothing{};
    });
}

core::Result<Timetable> publish(sql::Database& db, auth::Caller const& caller, core::Clock const& clock,
                                TimetableId const& id, core::LocalDate from) {
    return db.transact(caller.district, [&](sql::Tx& tx) -> core::Result<Timetable> {
        auto const draft = store::timetable(tx, id);
        if (!draft) return core::not_found();
        TRY_VOID(own_school(tx, caller, permissions::edit, draft->school_id));
        if (draft->state != TimetableState::draft) return core::conflict("timetable.already_published");
        if (from < roster::today(tx, clock)) return core::invalid_at("/from", "timetable.in_the_past");
        auto const entries = store::entries(tx, id);
        if (auto const found = clashes(entries); !found.empty()) return core::conflict(found.front().key);
        store::publish(tx, *draft, from, clock.now());
        auto const published = *store::timetable(tx, id);
        feed::put(tx, {"timetable.Published", id.text(), draft->school_id}, published);
        auth::audit(tx, caller, {"timetable.publish", draft->school_id.text()});
        materialise(tx, draft->school_id, from, from.plus_days(14), clock.now());
        return published;
    });
}

}  // namespace santong::timetable
