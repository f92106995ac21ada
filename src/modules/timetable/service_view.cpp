#include <algorithm>
#include <map>
#include <set>

#include "core/json.hpp"
#include "modules/roster/service.hpp"
#include "modules/timetable/permissions.hpp"
#include "modules/timetable/service.hpp"
#include "modules/timetable/store.hpp"

namespace santong::timetable {

namespace {

std::vector<WeekLesson> with_names(sql::Tx& tx, std::vector<Lesson> lessons, core::LocalDate on) {
    std::set<core::OrgId> classes;
    std::set<core::PersonId> teachers;
    for (auto const& lesson : lessons) {
        classes.insert(lesson.class_id);
        if (lesson.teacher_id) teachers.insert(*lesson.teacher_id);
    }
    std::map<core::OrgId, std::string> class_names;
    for (auto const& one : roster::class_groups(tx, {classes.begin(), classes.end()}, on))
        class_names[one.id] = one.name;
    auto const names = roster::names(tx, {teachers.begin(), teachers.end()});
    std::vector<WeekLesson> out;
    for (auto& lesson : lessons) {
        auto const name = lesson.teacher_id ? names.find(*lesson.teacher_id) : names.end();
        auto class_name = class_names[lesson.class_id];
        out.push_back({std::move(lesson), std::move(class_name), name == names.end() ? "" : name->second});
    }
    return out;
}

/// Pupils and guardians see the classes they belong to; staff what their posts cover.
core::Result<void> may_see_class(sql::Tx& tx, auth::Caller const& caller, core::OrgId const& class_id,
                                 core::LocalDate on) {
    auto const school = TRY(roster::school_of(tx, class_id));
    if (caller.may(tx, permissions::view, school)) return {};
    if (roster::pupil_class(tx, caller.person, on) == class_id) return {};
    for (auto const& child : roster::pupils_of_guardian(tx, caller.person, on)) {
        if (roster::pupil_class(tx, child, on) == class_id) return {};
    }
    return core::not_found();
}

/// Whose week it is, once it is clear that the caller may see it.
struct Subject {
    core::OrgId school;
    std::string title;
};

core::Result<Subject> subject_of(sql::Tx& tx, auth::Caller const& caller, WeekOf of, core::Uuid const& id,
                                 core::LocalDate on) {
    switch (of) {
        case WeekOf::class_group: {
            auto const group = TRY(roster::class_group(tx, core::OrgId{id}, on));
            TRY_VOID(may_see_class(tx, caller, group.id, on));
            return Subject{group.school_id, group.name};
        }
        case WeekOf::teacher: {
            auto const person = TRY(roster::person(tx, core::PersonId{id}));
            for (auto const& post : roster::posts_of(tx, person.id, on)) {
                auto const school = roster::school_of(tx, post.org_id);
                if (!school) continue;
                if (person.id == caller.person || caller.may(tx, permissions::view, *school))
                    return Subject{*school, person.name};
            }
            return core::not_found();
        }
        case WeekOf::school: {
            auto const school = TRY(roster::school(tx, core::OrgId{id}));
            if (!caller.may(tx, permissions::view, school.id)) return core::not_found();
            return Subject{school.id, school.name};
        }
    }
    return core::not_found();
}

std::vector<Lesson> lessons_for(sql::Tx& tx, WeekOf of, core::Uuid const& id, core::LocalDate from,
                                core::LocalDate to) {
    switch (of) {
        case WeekOf::class_group: return store::lessons_of_class(tx, core::OrgId{id}, from, to);
        case WeekOf::teacher: return store::lessons_of_teacher(tx, core::PersonId{id}, from, to);
        case WeekOf::school: break;
    }
    return store::lessons_of_school(tx, core::OrgId{id}, from, to);
}

}  // namespace

core::Result<TimetableWeek> week(sql::Database& db, auth::Caller const& caller, core::Clock const& clock, WeekOf of,
                                 core::Uuid const& id, int week) {
    return db.read(caller.district, [&](sql::Tx& tx) -> core::Result<TimetableWeek> {
        auto const today = roster::today(tx, clock);
        auto const subject = TRY(subject_of(tx, caller, of, id, today));
        auto const term = TRY(roster::term_at(tx, today));
        TimetableWeek view;
        view.title = subject.title;
        view.weeks = term.weeks();
        view.week = week > 0 ? week : std::clamp(term.week_of(today), 1, term.weeks());
        if (view.week > view.weeks) return core::invalid_at("week", "timetable.no_such_week");
        view.monday = term.monday_of_week(view.week);
        auto const sunday = view.monday.plus_days(6);
        view.bell = store::bell(tx, subject.school, view.monday);
        view.days = store::calendar(tx, roster::self_and_ancestors(tx, subject.school), view.monday, sunday);
        view.published = store::timetable_on(tx, subject.school, view.monday.plus_days(4)).has_value();
        view.lessons = with_names(tx, lessons_for(tx, of, id, view.monday, sunday), today);
        return view;
    });
}

core::Result<std::vector<WeekLesson>> my_lessons(sql::Database& db, auth::Caller const& caller,
                                                 core::Clock const& clock, std::optional<core::LocalDate> date) {
    return db.read(caller.district, [&](sql::Tx& tx) -> core::Result<std::vector<WeekLesson>> {
        auto const day = date.value_or(roster::today(tx, clock));
        return with_names(tx, store::lessons_of_teacher(tx, caller.person, day, day), day);
    });
}

core::Result<SchoolBell> school_bell(sql::Database& db, auth::Caller const& caller, core::Clock const& clock,
                                     core::OrgId const& school) {
    return db.read(caller.district, [&](sql::Tx& tx) -> core::Result<SchoolBell> {
        TRY_VOID(roster::school(tx, school));
        if (!caller.may(tx, permissions::view, school)) return core::not_found();
        SchoolBell found{store::bell(tx, school, roster::today(tx, clock)), {}};
        auto const told = [](std::vector<BellPeriod> const& periods) { return core::json::write(periods); };
        for (auto day = store::next_bell_day(tx, school, roster::today(tx, clock)); day && !found.later;
             day = store::next_bell_day(tx, school, *day)) {
            auto periods = store::bell(tx, school, *day);
            if (told(periods) != told(found.periods)) found.later = LaterBell{*day, std::move(periods)};
        }
        return found;
    });
}

core::Result<std::vector<CoursePlanRow>> course_plan_now(sql::Database& db, auth::Caller const& caller,
                                                         core::Clock const& clock) {
    return db.read(caller.district, [&](sql::Tx& tx) -> core::Result<std::vector<CoursePlanRow>> {
        auto const term = TRY(roster::term_at(tx, roster::today(tx, clock)));
        return store::course_plan(tx, term.school_year);
    });
}

core::Result<std::vector<CourseCheckRow>> course_check(sql::Database& db, auth::Caller const& caller,
                                                       core::Clock const& clock, core::OrgId const& school) {
    return db.read(caller.district, [&](sql::Tx& tx) -> core::Result<std::vector<CourseCheckRow>> {
        TRY_VOID(roster::school(tx, school));
        if (!caller.may(tx, permissions::view, school)) return core::not_found();
        auto const today = roster::today(tx, clock);
        auto const term = TRY(roster::term_at(tx, today));
        int const full_weeks = std::clamp(term.week_of(today) - 1, 0, term.weeks());
        std::map<std::pair<core::OrgId, std::string>, CourseCheckRow> rows;
        auto const plan = store::course_plan(tx, term.school_year);
        for (auto const& group : roster::classes(tx, school, today)) {
            for (auto const& wanted : plan) {
                if (wanted.grade != group.grade) continue;
                rows[{group.id, wanted.subject}] = {group.id, group.name, wanted.subject, wanted.weekly_periods, 0, 0};
            }
        }
        if (auto const timetable = store::timetable_on(tx, school, today)) {
            for (auto const& entry : store::entries(tx, timetable->id)) {
                if (auto found = rows.find({entry.class_id, entry.subject}); found != rows.end())
                    ++found->second.scheduled;
            }
        }
        auto const last_sunday = term.monday_of_week(full_weeks + 1).plus_days(-1);
        for (auto const& count : store::subject_counts(tx, school, term.from_date, last_sunday)) {
            auto found = rows.find({count.class_id, count.subject});
            if (found != rows.end() && full_weeks > 0)
                found->second.taught += static_cast<double>(count.held) / full_weeks;
        }
        std::vector<CourseCheckRow> out;
        for (auto& [key, row] : rows) out.push_back(std::move(row));
        return out;
    });
}

}  // namespace santong::timetable
