#pragma once
// Use cases of the day: a teacher's home, what there is to prepare, a pupil's home.
#include "modules/teaching/service_records.hpp"

namespace santong::teaching {

/// A lesson of today with how far it is.
struct TodayLesson {
    PlannedLesson lesson;
    std::optional<PlanBrief> plan;
    std::int32_t missing_resources = 0;  ///< of the plan: recalled, or not shared any more
    std::int32_t references = 0;         ///< shared plans of colleagues for this grade and subject
    std::optional<ClassSession> session;
    std::string
        taken_along_by;  ///< the colleague in whose room the class is (合班), unless the caller teaches it again
};
BOOST_DESCRIBE_STRUCT(TodayLesson, (), (lesson, plan, missing_resources, references, session, taken_along_by))

/// What waits for the teacher.
/// `resource_lost`: in the plan of a lesson to come, recalled or not shared any more.
enum class TaskKind : int { resource_returned, resource_lost, plan_missing, plan_half, records_due };
BOOST_DESCRIBE_ENUM(TaskKind, resource_returned, resource_lost, plan_missing, plan_half, records_due)
struct Task {
    TaskKind kind = TaskKind::plan_missing;
    std::string title;   ///< of the resource; the class of the lesson
    std::string detail;  ///< the reviewer's reason; the plan's title
    std::string id;      ///< of the resource, the plan, the lesson; of a lost resource its plan
    std::int32_t count = 1;
    std::optional<core::Instant> at;
    std::int32_t week = 0;  ///< of the records; 0 otherwise
};
BOOST_DESCRIBE_STRUCT(Task, (), (kind, title, detail, id, count, at, week))

/// A colleague's lesson that runs now, into which the caller was asked (助教).
struct AssistedLesson {
    SessionId session_id;
    std::string teacher_name;
    std::string class_name;
    std::string subject;
    std::string room;
    std::int32_t period = 0;
};
BOOST_DESCRIBE_STRUCT(AssistedLesson, (), (session_id, teacher_name, class_name, subject, room, period))

/// A teacher's home.
struct TeacherToday {
    core::LocalDate date;
    std::int32_t week = 0;
    core::Instant now;
    std::vector<timetable::BellPeriod> bell;  ///< periods between his first and last lesson, for the free ones
    std::vector<TodayLesson> lessons;
    std::optional<LessonId> next;  ///< that runs, or the next one to come
    std::optional<SessionId> running;
    std::vector<Task> tasks;
    std::optional<WeekRecords> records;  ///< absent outside a term
    std::vector<AssistedLesson> assisting;
};
BOOST_DESCRIBE_STRUCT(TeacherToday, (), (date, week, now, bell, lessons, next, running, tasks, records, assisting))
core::Result<TeacherToday> teacher_today(sql::Database& db, auth::Caller const& caller, core::Clock const& clock);

// ---- preparing

/// 已上, 备好, 备了一半, 未备.
enum class ChapterState : int { taught, ready, half, none };
BOOST_DESCRIBE_ENUM(ChapterState, taught, ready, half, none)
struct ChapterNode {
    ChapterId id;
    std::optional<ChapterId> parent_id;
    std::string title;
    std::int32_t hours = 1;
    bool leaf = true;
    ChapterState state = ChapterState::none;
    std::int32_t done = 0;   ///< of a unit: leaves prepared or taught
    std::int32_t total = 0;  ///< of a unit: leaves
    bool missing_resources = false;
    std::optional<PlanId> plan_id;
};
BOOST_DESCRIBE_STRUCT(ChapterNode, (),
                      (id, parent_id, title, hours, leaf, state, done, total, missing_resources, plan_id))

/// A textbook with how far the caller is in it.
struct PrepareTree {
    std::vector<resources::Textbook> textbooks;  ///< of the subjects and grades he teaches
    std::optional<TextbookId> textbook_id;
    std::vector<ChapterNode> chapters;
    std::int32_t hours = 0;
    std::int32_t prepared_hours = 0;
    std::int32_t missing = 0;
};
BOOST_DESCRIBE_STRUCT(PrepareTree, (), (textbooks, textbook_id, chapters, hours, prepared_hours, missing))
core::Result<PrepareTree> prepare_tree(sql::Database& db, auth::Caller const& caller, core::Clock const& clock,
                                       std::optional<TextbookId> const& textbook);

/// A lesson to come, and by which plan.
struct LessonToPrepare {
    PlannedLesson lesson;
    std::optional<PlanId> plan_id;
};
BOOST_DESCRIBE_STRUCT(LessonToPrepare, (), (lesson, plan_id))
/// The caller's lessons of today and the coming 13 days.
core::Result<std::vector<LessonToPrepare>> lessons_to_prepare(sql::Database& db, auth::Caller const& caller,
                                                              core::Clock const& clock);

// ---- a pupil's home

/// A resource that a teacher gave to the class.
struct GivenResource {
    ResourceBrief resource;
    std::string subject;
    std::string lesson_title;
    core::LocalDate date;
};
BOOST_DESCRIBE_STRUCT(GivenResource, (), (resource, subject, lesson_title, date))
struct PupilLesson {
    std::int32_t period = 0;
    std::string subject;
    std::string teacher_name;
    std::string room;
    timetable::LessonState state = timetable::LessonState::planned;
    timetable::LessonSource source = timetable::LessonSource::timetable;  ///< otherwise than planned: say so
    core::Instant start_at;
    core::Instant end_at;
};
BOOST_DESCRIBE_STRUCT(PupilLesson, (), (period, subject, teacher_name, room, state, source, start_at, end_at))
struct PupilToday {
    core::LocalDate date;
    std::int32_t week = 0;
    core::Instant now;
    std::string class_name;
    std::vector<PupilLesson> lessons;
    std::vector<GivenResource> resources;  ///< of lessons of the last 14 days that have begun
    /// What else the class saw on its screen in that time, as far as it is reviewed and the pupil may open it himself.
    std::vector<GivenResource> shown;
};
BOOST_DESCRIBE_STRUCT(PupilToday, (), (date, week, now, class_name, lessons, resources, shown))
core::Result<PupilToday> pupil_today(sql::Database& db, auth::Caller const& caller, core::Clock const& clock);

}  // namespace santong::teaching
