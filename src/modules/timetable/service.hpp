#pragma once
// The door of the timetable: what should be taught, and what was.
#include <functional>

#include "core/time.hpp"
#include "modules/timetable/domain.hpp"
#include "platform/auth/caller.hpp"

namespace santong::timetable {

// ---- for other modules -------------------------------------------------------------------------------------------

/// One lesson; empty if there is none (any more).
std::optional<Lesson> lesson(sql::Tx& tx, LessonId const& id);
std::vector<Lesson> lessons_of_teacher(sql::Tx& tx, core::PersonId const& teacher, core::LocalDate from,
                                       core::LocalDate to);
std::vector<Lesson> lessons_of_class(sql::Tx& tx, core::OrgId const& class_id, core::LocalDate from,
                                     core::LocalDate to);
std::vector<Lesson> lessons_of_school(sql::Tx& tx, core::OrgId const& school, core::LocalDate from, core::LocalDate to);
/// The teacher's lesson that runs at `at`, or begins within `ahead_minutes`.
std::optional<Lesson> lesson_now(sql::Tx& tx, core::PersonId const& teacher, core::Instant at, int ahead_minutes = 10);
/// The bell of a school on a day; empty where none is set.
std::vector<BellPeriod> bell(sql::Tx& tx, core::OrgId const& school, core::LocalDate date);
std::vector<CoursePlanRow> course_plan(sql::Tx& tx, int school_year);

/// The days of [from, to] on which a school, or an office above schools, is at work by terms and calendar, in order:
/// none in the vacations.
std::vector<core::LocalDate> school_days(sql::Tx& tx, core::OrgId const& org, core::LocalDate from, core::LocalDate to);

/// Writes a lesson that stands in no timetable (an unplanned lesson that a teacher opens). Refused if the place is
/// taken.
core::Result<Lesson> add_unplanned(sql::Tx& tx, Lesson lesson);

/// Says in the feed that the days of a place are other ones now.
void say_calendar(sql::Tx& tx, core::OrgId const& org);
/// Sets the bells of a school from a day on, and says it in the feed.
void set_bells(sql::Tx& tx, core::OrgId const& school, core::LocalDate from, std::vector<BellPeriod> const& periods);
/// Computes the lessons of a school again for [from, to]: idempotent. Changes of lessons that are over go to the feed.
void materialise(sql::Tx& tx, core::OrgId const& school, core::LocalDate from, core::LocalDate to, core::Instant now);
/// Turns planned lessons whose end has passed into held ones; returns how many (at most `limit`).
int close_lessons(sql::Tx& tx, core::Instant now, int limit = 2000);
/// Makes lessons of the coming days for every school: run by a job once a day, and at start.
void roll_forward(sql::Database& db, core::DistrictId district, core::Clock const& clock);

/// Bulk writing for the demo district: no feed entries for planned lessons.
void write_timetable(sql::Tx& tx, Timetable const& timetable, std::vector<Entry> const& entries);
void write_bell(sql::Tx& tx, core::OrgId const& school, core::LocalDate from, std::vector<BellPeriod> const& periods);
void write_course_plan(sql::Tx& tx, int school_year, std::vector<CoursePlanRow> const& rows);
void write_calendar(sql::Tx& tx, std::vector<CalendarDay> const& days);
void write_substitutions(sql::Tx& tx, std::vector<Substitution> const& changes);
void write_patrol(sql::Tx& tx, std::vector<PatrolException> const& found);

// ---- use cases ---------------------------------------------------------------------------------------------------

/// A week as a grid: whose it is, the bell, and its lessons with names.
struct WeekLesson {
    Lesson lesson;
    std::string class_name;
    std::string teacher_name;
};
BOOST_DESCRIBE_STRUCT(WeekLesson, (), (lesson, class_name, teacher_name))
struct TimetableWeek {
    std::string title;
    std::int32_t week = 0;
    std::int32_t weeks = 0;
    core::LocalDate monday;
    std::vector<BellPeriod> bell;
    std::vector<WeekLesson> lessons;
    std::vector<CalendarDay> days;
    bool published = false;  ///< the school has a timetable for this week
};
BOOST_DESCRIBE_STRUCT(TimetableWeek, (), (title, week, weeks, monday, bell, lessons, days, published))

enum class WeekOf : int { class_group, teacher, school };
BOOST_DESCRIBE_ENUM(WeekOf, class_group, teacher, school)

/// The week of a class, a teacher or a school; `week` 0 = the current one. A pupil sees his class, a guardian his
/// children's, a teacher himself and his school.
core::Result<TimetableWeek> week(sql::Database& db, auth::Caller const& caller, core::Clock const& clock, WeekOf of,
                                 core::Uuid const& id, int week);
/// The caller's lessons of one day (today if empty).
core::Result<std::vector<WeekLesson>> my_lessons(sql::Database& db, auth::Caller const& caller,
                                                 core::Clock const& clock, std::optional<core::LocalDate> date);

/// A bell that begins on a later day.
struct LaterBell {
    core::LocalDate from;
    std::vector<BellPeriod> periods;
};
BOOST_DESCRIBE_STRUCT(LaterBell, (), (from, periods))
/// The bell of a school as it rings today, and the next one if it has other times.
struct SchoolBell {
    std::vector<BellPeriod> periods;
    std::optional<LaterBell> later;
};
BOOST_DESCRIBE_STRUCT(SchoolBell, (), (periods, later))
/// not_found for a school that the caller may not see.
core::Result<SchoolBell> school_bell(sql::Database& db, auth::Caller const& caller, core::Clock const& clock,
                                     core::OrgId const& school);
/// The course plan of the running school year.
core::Result<std::vector<CoursePlanRow>> course_plan_now(sql::Database& db, auth::Caller const& caller,
                                                         core::Clock const& clock);

/// What another module has on record of a lesson (使用证据): whose it is, and whether it runs.
struct LessonRecord {
    core::PersonId teacher_id;
    bool running = false;
};
/// At start only: who knows of such records. The office is told before it gives such a lesson to somebody else.
void register_lesson_records(std::function<std::optional<LessonRecord>(sql::Tx&, LessonId const&)> known);
/// At start only: who wants to know that lessons of a school are other ones now, given to somebody else or cancelled,
/// as they are written.
void register_lesson_watch(std::function<void(sql::Tx&, core::OrgId const&, std::vector<Lesson> const&)> changed);
/// At start only: whose things of two lessons of a class change places with them (调课), and again when that is taken
/// back.
void register_lesson_exchange(std::function<void(sql::Tx&, LessonId const&, LessonId const&)> exchange);

/// What a caller says of a substitution; the school follows from the class.
struct NewSubstitution {
    core::OrgId class_id;
    core::LocalDate date;
    std::int32_t period = 0;
    SubstitutionKind kind = SubstitutionKind::substitute;
    std::optional<std::string> subject;
    std::optional<core::PersonId> teacher_id;
    std::string reason;
    std::optional<bool> anyway{};  ///< also where the lesson has a record already
};
BOOST_DESCRIBE_STRUCT(NewSubstitution, (), (class_id, date, period, kind, subject, teacher_id, reason, anyway))
/// Refuses "timetable.lesson_runs" {name} and "timetable.lesson_on_record" {name} unless `anyway`: the record stays its
/// teacher's; a substitute's own one is made beside it.
core::Result<Substitution> add_substitution(sql::Database& db, auth::Caller const& caller, core::Clock const& clock,
                                            NewSubstitution const& change);
core::Result<core::Nothing> remove_substitution(sql::Database& db, auth::Caller const& caller, core::Clock const& clock,
                                                SubstitutionId const& id);

struct NewPatrolException {
    core::OrgId class_id;
    core::LocalDate date;
    std::int32_t period = 0;
    PatrolFinding kind = PatrolFinding::not_taught;
    std::optional<std::string> subject;
    std::string note;
};
BOOST_DESCRIBE_STRUCT(NewPatrolException, (), (class_id, date, period, kind, subject, note))
core::Result<PatrolException> add_patrol_exception(sql::Database& db, auth::Caller const& caller,
                                                   core::Clock const& clock, NewPatrolException const& found);
core::Result<core::Nothing> remove_patrol_exception(sql::Database& db, auth::Caller const& caller,
                                                    core::Clock const& clock, PatrolExceptionId const& id);

/// Sets the bell of a school from a day on; lessons from that day are computed again.
core::Result<std::vector<BellPeriod>> set_bell(sql::Database& db, auth::Caller const& caller, core::Clock const& clock,
                                               core::OrgId const& school, core::LocalDate from,
                                               std::vector<BellPeriod> const& periods);
/// `seen`: version of the plan that the caller changed. Refuses "timetable.plan_changed" if it is no longer that one.
core::Result<std::vector<CoursePlanRow>> set_course_plan(sql::Database& db, auth::Caller const& caller, int school_year,
                                                         std::vector<CoursePlanRow> const& rows,
                                                         std::optional<std::string> const& seen = {});
core::Result<CalendarDay> set_calendar_day(sql::Database& db, auth::Caller const& caller, core::Clock const& clock,
                                           CalendarDay const& day);
core::Result<core::Nothing> clear_calendar_day(sql::Database& db, auth::Caller const& caller, core::Clock const& clock,
                                               core::OrgId const& org, core::LocalDate date);
/// Publishes a draft from a day on: what stood before ends the day before.
core::Result<Timetable> publish(sql::Database& db, auth::Caller const& caller, core::Clock const& clock,
                                TimetableId const& id, core::LocalDate from);

/// Required, scheduled and taught periods of one class and subject over the weeks so far (开齐开足, I34/I35).
struct CourseCheckRow {
    core::OrgId class_id;
    std::string class_name;
    std::string subject;
    std::int32_t required = 0;   ///< periods a week by the course plan
    std::int32_t scheduled = 0;  ///< periods a week in the timetable
    double taught = 0;           ///< periods a week really held, mean of the weeks that are over
};
BOOST_DESCRIBE_STRUCT(CourseCheckRow, (), (class_id, class_name, subject, required, scheduled, taught))
core::Result<std::vector<CourseCheckRow>> course_check(sql::Database& db, auth::Caller const& caller,
                                                       core::Clock const& clock, core::OrgId const& school);

}  // namespace santong::timetable
