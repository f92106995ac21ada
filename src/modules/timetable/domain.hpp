#pragma once
// May include: core/ and the domain of lower modules.
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "core/described.hpp"
#include "modules/roster/domain.hpp"

namespace santong::timetable {

using TimetableId = core::Id<struct TimetableTag>;
using EntryId = core::Id<struct TimetableEntryTag>;
using LessonId = core::Id<struct LessonTag>;
using BellScheduleId = core::Id<struct BellScheduleTag>;
using SubstitutionId = core::Id<struct SubstitutionTag>;
/// What is written and taken back in one act: one lesson, or all of a swap.
using ActId = core::Id<struct ChangeActTag>;
using PatrolExceptionId = core::Id<struct PatrolExceptionTag>;
using roster::TermId;

/// Course plan (课程计划): periods a week that a grade must have in a subject.
struct CoursePlanRow {
    std::int32_t school_year = 0;  ///< 2014 = 2014/15
    std::int32_t grade = 0;        ///< 1–12
    std::string subject;           ///< code of ZXXKC
    std::int32_t weekly_periods = 0;
};
BOOST_DESCRIBE_STRUCT(CoursePlanRow, (), (school_year, grade, subject, weekly_periods))

/// What a course plan says, in a word: another plan has another one, the order of the rows does not matter.
std::string version_of(std::vector<CoursePlanRow> rows);

/// One period of the bell (节次), in minutes after midnight.
struct BellPeriod {
    std::int32_t number = 0;
    std::string name;
    std::int32_t start_minute = 0;
    std::int32_t end_minute = 0;
};
BOOST_DESCRIBE_STRUCT(BellPeriod, (), (number, name, start_minute, end_minute))

enum class TimetableState : int { draft, published, replaced };
BOOST_DESCRIBE_ENUM(TimetableState, draft, published, replaced)

/// A school's week timetable (课表) for a term.
struct Timetable {
    TimetableId id;
    core::OrgId school_id;
    TermId term_id;
    std::int32_t version = 1;
    TimetableState state = TimetableState::draft;
    core::LocalDate from_date;
    std::optional<core::LocalDate> to_date;
    core::PersonId made_by;
    std::optional<core::Instant> published_at;
};
BOOST_DESCRIBE_STRUCT(Timetable, (),
                      (id, school_id, term_id, version, state, from_date, to_date, made_by, published_at))

enum class WeekParity : int { all, odd, even };
BOOST_DESCRIBE_ENUM(WeekParity, all, odd, even)

/// One class, one weekday, one period: what is planned (课表的一格).
struct Entry {
    EntryId id;
    TimetableId timetable_id;
    core::OrgId class_id;
    std::int32_t weekday = 1;  ///< Monday is 1
    std::int32_t period = 1;
    std::string subject;
    std::optional<core::PersonId> teacher_id;
    std::string room;
    WeekParity week_parity = WeekParity::all;
};
BOOST_DESCRIBE_STRUCT(Entry, (), (id, timetable_id, class_id, weekday, period, subject, teacher_id, room, week_parity))

enum class DayKind : int { holiday, exam, workday };
BOOST_DESCRIBE_ENUM(DayKind, holiday, exam, workday)

/// A day that differs from the week's pattern (校历). `as_weekday` of a workday says which weekday it follows.
struct CalendarDay {
    core::OrgId org_id;  ///< the whole subtree: a district or one school; the nearest wins
    core::LocalDate date;
    DayKind kind = DayKind::holiday;
    std::string name;
    std::optional<std::int32_t> as_weekday;
};
BOOST_DESCRIBE_STRUCT(CalendarDay, (), (org_id, date, kind, name, as_weekday))

/// Whether people are at school on a day (上课日): `day` is what the calendar says of it, if anything. An examination
/// day is one; Saturdays and Sundays are where the calendar makes them up.
bool is_school_day(core::LocalDate date, CalendarDay const* day);

/// `self_study` (自习): the class stays in its room, nothing of the subject is taught; somebody may look after it.
enum class SubstitutionKind : int { cancelled, substitute, swapped, added, self_study };
BOOST_DESCRIBE_ENUM(SubstitutionKind, cancelled, substitute, swapped, added, self_study)

/// Substitution (调代课): what is otherwise in one period of one class.
struct Substitution {
    SubstitutionId id;
    core::OrgId school_id;
    core::OrgId class_id;
    core::LocalDate date;
    std::int32_t period = 0;
    SubstitutionKind kind = SubstitutionKind::substitute;
    std::string subject;
    std::optional<core::PersonId> teacher_id;
    std::string reason;  ///< empty where a request keeps it
    core::PersonId created_by;
    core::Instant created_at;
    std::optional<std::string> room{};  ///< of a lesson that moved here; absent = as planned
    std::optional<ActId> act_id{};      ///< absent: an act of its own
};
BOOST_DESCRIBE_STRUCT(Substitution, (),
                      (id, school_id, class_id, date, period, kind, subject, teacher_id, reason, created_by, created_at,
                       room, act_id))

enum class PatrolFinding : int { not_taught, no_teacher, other_subject };
BOOST_DESCRIBE_ENUM(PatrolFinding, not_taught, no_teacher, other_subject)

/// Patrol exception (巡课例外): a lesson found otherwise than planned. `subject` only for `other_subject`.
struct PatrolException {
    PatrolExceptionId id;
    core::OrgId school_id;
    core::OrgId class_id;
    core::LocalDate date;
    std::int32_t period = 0;
    PatrolFinding kind = PatrolFinding::not_taught;
    std::string subject;
    std::string note;
    core::PersonId recorded_by;
    core::Instant recorded_at;
};
BOOST_DESCRIBE_STRUCT(PatrolException, (),
                      (id, school_id, class_id, date, period, kind, subject, note, recorded_by, recorded_at))

/// `held` once its end has passed and nothing speaks against it.
enum class LessonState : int { planned, held, cancelled, not_taught };
BOOST_DESCRIBE_ENUM(LessonState, planned, held, cancelled, not_taught)

enum class LessonSource : int { timetable, substitution, patrol, unplanned };
BOOST_DESCRIBE_ENUM(LessonSource, timetable, substitution, patrol, unplanned)

/// Taught lesson (已上): what the timetable said, corrected by substitutions and patrol exceptions.
/// 开课率 and 课时 come from it, so a chalk lesson counts.
struct Lesson {
    LessonId id;
    core::OrgId school_id;
    core::OrgId class_id;
    core::LocalDate date;
    std::int32_t week = 0;  ///< of the term, from 1
    std::int32_t period = 0;
    std::string subject;
    std::optional<core::PersonId> teacher_id;
    std::string room;
    LessonState state = LessonState::planned;
    LessonSource source = LessonSource::timetable;
    core::Instant start_at;
    core::Instant end_at;

    bool operator==(Lesson const&) const = default;
};
BOOST_DESCRIBE_STRUCT(Lesson, (),
                      (id, school_id, class_id, date, week, period, subject, teacher_id, room, state, source, start_at,
                       end_at))

/// The identifier of the lesson of a class in a period of a day; the same on every node.
LessonId lesson_id(core::OrgId const& class_id, core::LocalDate date, int period);

/// Everything that decides what one school teaches on one day.
struct DayPlan {
    core::OrgId school_id;
    core::LocalDate date;
    int week = 0;
    std::span<Entry const> entries;  ///< of the timetable in force
    std::span<BellPeriod const> bell;
    std::optional<CalendarDay> calendar;
    std::span<Substitution const> substitutions;
    std::span<PatrolException const> patrol;
};

/// The lessons of one school on one day. A lesson whose end lies before `now` is held.
std::vector<Lesson> lessons_of_day(DayPlan const& plan, core::Zone zone, core::Instant now);

/// Whether an entry is taught in this week of the term (单双周).
bool taught_in_week(WeekParity parity, int week);

/// Two entries that cannot both be: the same teacher, or the same class, at the same time.
struct Clash {
    Entry first;
    Entry second;
    std::string key;  ///< "timetable.teacher_twice" or "timetable.class_twice"
};
std::vector<Clash> clashes(std::span<Entry const> entries);

/// What is wrong with a bell: periods overlap, run backwards, or repeat a number.
std::vector<std::string> bell_problems(std::span<BellPeriod const> bell);

}  // namespace santong::timetable
