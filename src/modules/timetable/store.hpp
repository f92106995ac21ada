#pragma once
// May include: domain.hpp, platform/{sql,feed}. Every SQL text of the module is in store*.cpp.
#include "modules/timetable/domain.hpp"
#include "platform/sql/database.hpp"

namespace santong::timetable::store {

std::vector<CoursePlanRow> course_plan(sql::Tx& tx, int school_year);
void replace_course_plan(sql::Tx& tx, int school_year, std::vector<CoursePlanRow> const& rows);

/// The bell of a school on a day, in order of time; empty if none is set.
std::vector<BellPeriod> bell(sql::Tx& tx, core::OrgId const& school, core::LocalDate date);
/// The first day after `date` on which another bell begins; nothing if none does.
std::optional<core::LocalDate> next_bell_day(sql::Tx& tx, core::OrgId const& school, core::LocalDate date);
/// Ends the bell in force the day before `from` and begins a new one.
/// All of a school's bell schedules, the earliest first.
std::vector<core::Uuid> bell_schedules(sql::Tx& tx, core::OrgId const& school);
void replace_bell(sql::Tx& tx, core::OrgId const& school, core::LocalDate from, std::string const& name,
                  std::vector<BellPeriod> const& periods);

std::optional<Timetable> timetable(sql::Tx& tx, TimetableId const& id);
bool has_timetable(sql::Tx& tx, roster::TermId const& term);
/// The published timetable of a school on a day.
std::optional<Timetable> timetable_on(sql::Tx& tx, core::OrgId const& school, core::LocalDate date);
std::vector<Timetable> timetables(sql::Tx& tx, core::OrgId const& school, TermId const& term);
void insert_timetable(sql::Tx& tx, Timetable const& timetable);
/// Ends what was published before and publishes this one from `from` on.
void publish(sql::Tx& tx, Timetable const& timetable, core::LocalDate from, core::Instant at);
std::vector<Entry> entries(sql::Tx& tx, TimetableId const& id);
struct Place {
    int weekday = 1;
    int period = 1;
};
/// What stands in one place of the week: at most one entry a parity of weeks.
std::vector<Entry> entries_at(sql::Tx& tx, TimetableId const& id, core::OrgId const& class_id, Place const& place);
void insert_entries(sql::Tx& tx, std::vector<Entry> const& entries);
void delete_draft(sql::Tx& tx, TimetableId const& id);

/// Calendar days in [from, to] of the given nodes: a school and all above it.
std::vector<CalendarDay> calendar(sql::Tx& tx, std::vector<core::OrgId> const& orgs, core::LocalDate from,
                                  core::LocalDate to);
void put_calendar_day(sql::Tx& tx, CalendarDay const& day);
bool delete_calendar_day(sql::Tx& tx, core::OrgId const& org, core::LocalDate date);

std::vector<Substitution> substitutions(sql::Tx& tx, core::OrgId const& school, core::LocalDate from,
                                        core::LocalDate to);
std::optional<Substitution> substitution(sql::Tx& tx, SubstitutionId const& id);
std::vector<Substitution> substitutions_of_act(sql::Tx& tx, ActId const& act);
bool insert_substitution(sql::Tx& tx, Substitution const& change);
void delete_substitution(sql::Tx& tx, SubstitutionId const& id);

std::vector<PatrolException> patrol(sql::Tx& tx, core::OrgId const& school, core::LocalDate from, core::LocalDate to);
std::optional<PatrolException> patrol_exception(sql::Tx& tx, PatrolExceptionId const& id);
bool insert_patrol(sql::Tx& tx, PatrolException const& found);
void delete_patrol(sql::Tx& tx, PatrolExceptionId const& id);

std::optional<Lesson> lesson(sql::Tx& tx, LessonId const& id);
std::vector<Lesson> lessons_of_school(sql::Tx& tx, core::OrgId const& school, core::LocalDate from, core::LocalDate to);
std::vector<Lesson> lessons_of_teacher(sql::Tx& tx, core::PersonId const& teacher, core::LocalDate from,
                                       core::LocalDate to);
std::vector<Lesson> lessons_of_class(sql::Tx& tx, core::OrgId const& class_id, core::LocalDate from,
                                     core::LocalDate to);
/// Planned lessons of the district whose end has passed.
std::vector<Lesson> ended_lessons(sql::Tx& tx, core::Instant now, int limit);
void put_lessons(sql::Tx& tx, std::vector<Lesson> const& lessons);
void delete_lessons(sql::Tx& tx, std::vector<LessonId> const& ids);

/// Lessons taught a week of one class and subject.
struct SubjectCount {
    core::OrgId class_id;
    std::string subject;
    std::int32_t week = 0;
    std::int32_t held = 0;
    std::int32_t planned = 0;  ///< of the timetable, held or not
};
BOOST_DESCRIBE_STRUCT(SubjectCount, (), (class_id, subject, week, held, planned))
std::vector<SubjectCount> subject_counts(sql::Tx& tx, core::OrgId const& school, core::LocalDate from,
                                         core::LocalDate to);

}  // namespace santong::timetable::store
