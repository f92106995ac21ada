#pragma once
// Use cases of the records (使用证据): the teacher's own first, the school's after seven days, above it with a reason.
#include "modules/teaching/service.hpp"
#include "modules/teaching/views.hpp"

namespace santong::teaching {

/// A resource in a record.
struct UsedResource {
    ResourceId id;
    std::string title;
    bool reviewed = false;
    bool removed = false;
    MinutesBand minutes_band = MinutesBand::b0_10;
};
BOOST_DESCRIBE_STRUCT(UsedResource, (), (id, title, reviewed, removed, minutes_band))

/// A question of a record with the hands counted; numbers of the class, never who.
struct AskedQuestion {
    std::string text;
    std::vector<std::string> options;
    std::int32_t present = 0;
    std::vector<std::int32_t> counts;
};
BOOST_DESCRIBE_STRUCT(AskedQuestion, (), (text, options, present, counts))

/// A change of a record as its owner reads it.
struct RecordChange {
    ChangeKind kind = ChangeKind::correct;
    core::Instant at;
    std::string reason;
    core::RawJson before{"{}"};
    core::RawJson after{"{}"};
};
BOOST_DESCRIBE_STRUCT(RecordChange, (), (kind, at, reason, before, after))

/// Who above the school looked, and why.
struct RecordLook {
    std::string name;
    std::string reason;
    core::Instant at;
};
BOOST_DESCRIBE_STRUCT(RecordLook, (), (name, reason, at))

/// With whom a lesson was taught, and why it was, if it stood in no timetable.
struct RecordCompany {
    std::vector<std::string> classes;     ///< the others in the room (合班)
    std::vector<std::string> assistants;  ///< of the owner's lesson
    std::string assisted;                 ///< whose lesson it is, if the owner assisted
    std::string reason;
};
BOOST_DESCRIBE_STRUCT(RecordCompany, (), (classes, assistants, assisted, reason))

/// A session as its owner sees it.
struct RecordView {
    ClassSession session;
    std::int32_t days_left = 0;  ///< today counted; 0 = nothing can be changed any more
    bool can_change = false;
    bool open_to_school = false;
    std::vector<UsedResource> resources;
    std::vector<AskedQuestion> questions;
    std::vector<RecordChange> changes;
    std::vector<RecordLook> looks;
    RecordCompany company;
};
BOOST_DESCRIBE_STRUCT(RecordView, (),
                      (session, days_left, can_change, open_to_school, resources, questions, changes, looks, company))

/// What a lesson is in the week's picture. `chalk`: held without a screen, which is never red; `opened`: the class view
/// was opened and closed with nothing done in it, which counts as chalk.
enum class RecordMark : int { used, declared, chalk, ahead, discarded, cancelled, opened };
BOOST_DESCRIBE_ENUM(RecordMark, used, declared, chalk, ahead, discarded, cancelled, opened)

/// A lesson of the week with its record, if there is one.
struct RecordRow {
    PlannedLesson lesson;
    RecordMark mark = RecordMark::chalk;
    bool can_declare = false;
    std::optional<RecordView> record;
    std::string
        handed_to;  ///< who has the lesson by now (代课), where only the record is still the caller's; else empty
};
BOOST_DESCRIBE_STRUCT(RecordRow, (), (lesson, mark, can_declare, record, handed_to))

/// A teacher's own week.
struct WeekRecords {
    std::int32_t week = 0;
    std::int32_t weeks = 0;
    core::LocalDate monday;
    core::LocalDate today;
    std::int32_t used = 0;
    std::int32_t used_last_week = 0;
    std::int32_t declared = 0;
    std::int32_t chalk = 0;
    std::int32_t goal = weekly_goal;
    std::vector<RecordRow> rows;
};
BOOST_DESCRIBE_STRUCT(WeekRecords, (), (week, weeks, monday, today, used, used_last_week, declared, chalk, goal, rows))

/// `week` 0 = the current one.
core::Result<WeekRecords> my_records(sql::Database& db, auth::Caller const& caller, core::Clock const& clock, int week);
/// The same inside a transaction, for the day's page.
core::Result<WeekRecords> week_records(sql::Tx& tx, auth::Caller const& caller, core::Clock const& clock, int week);

/// Takes something back: fewer minutes, fewer resources. What was measured cannot be talked up; that is what declaring
/// is for.
struct CorrectRequest {
    std::optional<MinutesBand> minutes_band;
    std::optional<std::int32_t> present;
    std::optional<std::vector<ResourceId>> resources;  ///< those that stay
    std::string reason;
};
BOOST_DESCRIBE_STRUCT(CorrectRequest, (), (minutes_band, present, resources, reason))
core::Result<RecordView> correct(sql::Database& db, auth::Caller const& caller, core::Clock const& clock,
                                 SessionId const& id, CorrectRequest const& request);
struct RecordReason {
    std::string reason;
};
BOOST_DESCRIBE_STRUCT(RecordReason, (), (reason))
/// It counts nowhere any more; `restore` undoes it within the seven days.
core::Result<RecordView> discard(sql::Database& db, auth::Caller const& caller, core::Clock const& clock,
                                 SessionId const& id, RecordReason const& request);
core::Result<RecordView> restore(sql::Database& db, auth::Caller const& caller, core::Clock const& clock,
                                 SessionId const& id);
/// Opens the single lesson to the school before the seven days are over.
core::Result<RecordView> release(sql::Database& db, auth::Caller const& caller, core::Clock const& clock,
                                 SessionId const& id);

/// What a teacher says he used in a lesson of which nothing was measured (自报).
struct DeclareRequest {
    LessonId lesson_id;
    MinutesBand minutes_band = MinutesBand::b0_10;
    std::string note;
};
BOOST_DESCRIBE_STRUCT(DeclareRequest, (), (lesson_id, minutes_band, note))
core::Result<RecordView> declare(sql::Database& db, auth::Caller const& caller, core::Clock const& clock,
                                 DeclareRequest const& request);

// ---- others ------------------------------------------------------------------------------------------------------

/// A single lesson as the school sees it, or a supervisor who gave his reason.
struct OpenRecord {
    ClassSession session;
    std::string class_name;
    std::string teacher_name;
    std::vector<UsedResource> resources;
};
BOOST_DESCRIBE_STRUCT(OpenRecord, (), (session, class_name, teacher_name, resources))

/// A school's week: totals at once, single lessons only when they are open to it.
struct SchoolRecords {
    std::int32_t week = 0;
    std::int32_t weeks = 0;
    core::LocalDate monday;
    std::vector<SessionTotal> totals;
    std::int32_t not_yet_open = 0;           ///< lessons measured that count already but are still with their teachers
    std::int32_t declared_not_yet_open = 0;  ///< and declared ones
    std::vector<OpenRecord> lessons;
};
BOOST_DESCRIBE_STRUCT(SchoolRecords, (), (week, weeks, monday, totals, not_yet_open, declared_not_yet_open, lessons))
core::Result<SchoolRecords> school_records(sql::Database& db, auth::Caller const& caller, core::Clock const& clock,
                                           core::OrgId const& school, int week);

/// A named lesson and why somebody above the school wants to see it (8 characters at least). The teacher sees both.
struct LookRequest {
    core::OrgId class_id;
    core::LocalDate date;
    std::int32_t period = 0;
    std::string reason;
};
BOOST_DESCRIBE_STRUCT(LookRequest, (), (class_id, date, period, reason))
/// Refuses "teaching.reason_too_short", "teaching.still_with_teacher", "teaching.session_not_found".
core::Result<OpenRecord> look(sql::Database& db, auth::Caller const& caller, core::Clock const& clock,
                              LookRequest const& request);

}  // namespace santong::teaching
