#include <algorithm>

#include "core/json.hpp"
#include "modules/roster/service.hpp"
#include "modules/timetable/permissions.hpp"
#include "modules/timetable/service.hpp"
#include "modules/timetable/store.hpp"
#include "modules/timetable/substituting.hpp"
#include "platform/auth/audit.hpp"
#include "platform/feed/feed.hpp"

namespace santong::timetable {

namespace {

/// What the log keeps of a patrol exception; not its note.
struct PatrolNote {
    core::LocalDate date;
    std::int32_t period = 0;
    std::string kind;
};
BOOST_DESCRIBE_STRUCT(PatrolNote, (), (date, period, kind))

struct BellNote {
    core::LocalDate from_date;
};
BOOST_DESCRIBE_STRUCT(BellNote, (), (from_date))

void note_patrol(sql::Tx& tx, auth::Caller const& caller, char const* action, PatrolException const& found) {
    PatrolNote const note{found.date, found.period, std::string(core::enum_text(found.kind))};
    auth::audit(tx, caller, {action, found.class_id.text(), core::json::write(note)});
}

}  // namespace

core::Result<PatrolException> add_patrol_exception(sql::Database& db, auth::Caller const& caller,
                                                   core::Clock const& clock, NewPatrolException const& found) {
    return db.transact(caller.district, [&](sql::Tx& tx) -> core::Result<PatrolException> {
        auto const school = TRY(own_school(tx, caller, permissions::patrol, found.class_id));
        TRY_VOID(check_place(tx, school, found.date, found.period));
        if (found.date > roster::today(tx, clock)) return core::invalid_at("/date", "timetable.patrol_in_future");
        bool const other = found.kind == PatrolFinding::other_subject;
        if (other && found.subject.value_or("").empty()) return core::invalid_at("/subject", "core.required");
        if (found.note.size() > 600) return core::invalid_at("/note", "core.too_long", {{"max", "200"}});
        PatrolException const made{
            PatrolExceptionId::make(),   school,     found.class_id, found.date, found.period, found.kind,
            other ? *found.subject : "", found.note, caller.person,  clock.now()};
        if (!store::insert_patrol(tx, made)) return core::conflict("timetable.already_patrolled");
        feed::put(tx, {"timetable.PatrolException", made.id.text(), school}, made);
        note_patrol(tx, caller, "timetable.patrol_recorded", made);
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
        note_patrol(tx, caller, "timetable.patrol_taken_back", *known);
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
        set_bells(tx, school, from, sorted);
        auth::audit(tx, caller, {"timetable.set_bell", school.text(), core::json::write(BellNote{from})});
        materialise(tx, school, from, from.plus_days(14), clock.now());
        return sorted;
    });
}

core::Result<std::vector<CoursePlanRow>> set_course_plan(sql::Database& db, auth::Caller const& caller, int school_year,
                                                         std::vector<CoursePlanRow> const& rows,
                                                         std::optional<std::string> const& seen) {
    return db.transact(caller.district, [&](sql::Tx& tx) -> core::Result<std::vector<CoursePlanRow>> {
        TRY_VOID(caller.require(tx, permissions::edit_plan, roster::district(tx).org_id));
        std::vector<core::Problem> problems;
        for (std::size_t i = 0; i < rows.size(); ++i) {
            auto const at = "/rows/" + std::to_string(i);
            if (rows[i].grade < 1 || rows[i].grade > 12)
                problems.push_back({at + "/grade", "core.number_out_of_range", {}});
            if (rows[i].weekly_periods < 0 || rows[i].weekly_periods > 20) {
                problems.push_back({at + "/weekly_periods", "core.number_out_of_range", {}});
            }
            if (rows[i].school_year != school_year)
                problems.push_back({at + "/school_year", "core.number_out_of_range", {}});
        }
        if (!problems.empty()) return core::invalid(std::move(problems));
        if (seen && *seen != version_of(store::course_plan(tx, school_year))) {
            return core::conflict("timetable.plan_changed");
        }
        write_course_plan(tx, school_year, rows);
        auth::audit(tx, caller, {"timetable.set_course_plan", std::to_string(school_year)});
        return rows;
    });
}

core::Result<CalendarDay> set_calendar_day(sql::Database& db, auth::Caller const& caller, core::Clock const& clock,
                                           CalendarDay const& day) {
    return db.transact(caller.district, [&](sql::Tx& tx) -> core::Result<CalendarDay> {
        bool const whole = day.org_id == roster::district(tx).org_id;
        if (whole)
            TRY_VOID(caller.require(tx, permissions::edit_plan, day.org_id));
        else
            TRY_VOID(own_school(tx, caller, permissions::edit, day.org_id));
        if (day.as_weekday && (*day.as_weekday < 1 || *day.as_weekday > 7)) {
            return core::invalid_at("/as_weekday", "core.number_out_of_range");
        }
        if (day.date < roster::today(tx, clock)) return core::invalid_at("/date", "timetable.in_the_past");
        store::put_calendar_day(tx, day);
        say_calendar(tx, day.org_id);
        auth::audit(tx, caller, {"timetable.set_calendar_day", day.org_id.text(), core::json::write(day)});
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
        if (whole)
            TRY_VOID(caller.require(tx, permissions::edit_plan, org));
        else
            TRY_VOID(own_school(tx, caller, permissions::edit, org));
        if (date < roster::today(tx, clock)) return core::invalid_at("/date", "timetable.in_the_past");
        if (!store::delete_calendar_day(tx, org, date)) return core::not_found();
        say_calendar(tx, org);
        auth::audit(tx, caller, {"timetable.clear_calendar_day", org.text(), core::json::write(date)});
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
