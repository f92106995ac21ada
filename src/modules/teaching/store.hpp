#pragma once
// May include: domain.hpp, platform/{sql,feed}. Every SQL text of the module is in store*.cpp.
#include "modules/teaching/domain.hpp"
#include "platform/sql/database.hpp"

namespace santong::teaching::store {

// ---- plans

std::optional<LessonPlan> plan(sql::Tx& tx, PlanId const& id);
std::vector<LessonPlan> plans(sql::Tx& tx, std::vector<PlanId> const& ids);
/// Filters of a list; empty = any.
struct PlanFilter {
    core::PersonId owner;  ///< whose own plans, whatever their sharing
    core::PersonId but;    ///< and, if set, none of this person
    core::OrgId school;    ///< and, if set, the shared ones of this school
    std::string subject;
    std::string chapter;
    std::string text;                     ///< part of the title
    std::optional<core::Instant> before;  ///< updated earlier, or at that moment and with a smaller id
    PlanId before_id;
    int limit = 20;
};
/// Newest first.
std::vector<LessonPlan> list_plans(sql::Tx& tx, PlanFilter const& filter);
std::vector<LessonPlan> plans_of_textbook(sql::Tx& tx, core::PersonId const& owner, TextbookId const& textbook);
/// Shared plans of a school's other teachers by subject and grade.
struct SharedCount {
    std::string subject;
    std::int32_t grade = 0;
    std::int64_t plans = 0;
};
BOOST_DESCRIBE_STRUCT(SharedCount, (), (subject, grade, plans))
std::vector<SharedCount> shared_counts(sql::Tx& tx, core::OrgId const& school, core::PersonId const& but);
void insert_plans(sql::Tx& tx, std::vector<LessonPlan> const& plans);
/// One conditional UPDATE from version `plan.version - 1`; false if somebody saved meanwhile.
bool save_plan(sql::Tx& tx, LessonPlan const& plan);
void remove_plan(sql::Tx& tx, PlanId const& id, core::Instant at);

std::vector<PlanVersion> versions(sql::Tx& tx, PlanId const& plan);
std::optional<PlanVersion> version(sql::Tx& tx, PlanId const& plan, PlanVersionId const& id);
std::optional<PlanVersion> last_saved(sql::Tx& tx, PlanId const& plan);
/// Whether a save has been refused since then, because it met what stood there.
bool refused_since(sql::Tx& tx, PlanId const& plan, core::Instant since);
void put_version(sql::Tx& tx, PlanVersion const& version);
void name_version(sql::Tx& tx, PlanVersionId const& id, std::string const& name);
std::size_t named_versions(sql::Tx& tx, PlanId const& plan);

std::vector<PlanLesson> plan_lessons(sql::Tx& tx, PlanId const& plan);
std::vector<PlanLesson> plans_of_lessons(sql::Tx& tx, std::vector<LessonId> const& lessons);
std::vector<PlanLesson> lessons_of_plans(sql::Tx& tx, std::vector<PlanId> const& plans);
void put_plan_lessons(sql::Tx& tx, std::vector<PlanLesson> const& rows);
void clear_plan_lessons(sql::Tx& tx, PlanId const& plan);
void clear_lessons(sql::Tx& tx, std::vector<LessonId> const& lessons);

/// Those of the district and of one school that fit a subject.
std::vector<LessonTemplate> templates(sql::Tx& tx, core::OrgId const& school, std::string const& subject);
std::optional<LessonTemplate> find_template(sql::Tx& tx, TemplateId const& id);
void insert_templates(sql::Tx& tx, std::vector<LessonTemplate> const& rows);
void delete_template(sql::Tx& tx, TemplateId const& id, core::OrgId const& school);

// ---- sessions

std::optional<ClassSession> session(sql::Tx& tx, SessionId const& id);
/// All sessions of a lesson, the first one first: a substitute's stands beside that of whom she stands in for.
std::vector<ClassSession> sessions_of_lesson(sql::Tx& tx, core::OrgId const& class_id, core::LocalDate date,
                                             int period);
/// A teacher's own session of a lesson.
std::optional<ClassSession> own_session(sql::Tx& tx, timetable::Lesson const& lesson, core::PersonId const& teacher);
std::vector<ClassSession> sessions_of_teacher(sql::Tx& tx, core::PersonId const& teacher, core::LocalDate from,
                                              core::LocalDate to);
std::vector<ClassSession> sessions_of_school(sql::Tx& tx, core::OrgId const& school, core::LocalDate from,
                                             core::LocalDate to);
std::vector<ClassSession> sessions_of_class(sql::Tx& tx, core::OrgId const& class_id, core::LocalDate from,
                                            core::LocalDate to);
std::vector<ClassSession> sessions_after(sql::Tx& tx, SessionId const& after, int limit);
std::vector<ClassSession> running_sessions(sql::Tx& tx, core::PersonId const& teacher);
/// What running sessions of anybody have shown, or show now.
std::vector<ResourceId> resources_running(sql::Tx& tx);
std::vector<PlanId> plans_running(sql::Tx& tx);
/// Records whose seven days are over but which are not fixed yet.
std::vector<ClassSession> due_sessions(sql::Tx& tx, core::Instant now, int limit);
void insert_sessions(sql::Tx& tx, std::vector<ClassSession> const& rows);
/// False if there is one with its id, or of its teacher for that class, day and period already.
bool insert_session(sql::Tx& tx, ClassSession const& row);
void update_session(sql::Tx& tx, ClassSession const& row);

std::vector<SessionTotal> totals(sql::Tx& tx, core::OrgId const& school, core::LocalDate from, core::LocalDate to);

std::vector<SessionResource> resources_of(sql::Tx& tx, std::vector<SessionId> const& ids);
void insert_resources(sql::Tx& tx, std::vector<SessionResource> const& rows);
bool insert_resource(sql::Tx& tx, SessionResource const& row);
void set_resource_band(sql::Tx& tx, SessionId const& session, ResourceId const& resource, MinutesBand band);
void set_resource_removed(sql::Tx& tx, SessionId const& session, ResourceId const& resource, bool removed);

// ---- what runs

/// Where a running session goes on (class_session_live).
struct Live {
    SessionId session_id;
    core::Instant seen_at;
    core::Instant bell_at;
    std::optional<ResourceId> resource_id;
    std::int32_t page = 1;
    std::optional<QuestionId> question_id;
    std::int32_t board = 0;               ///< number of the blank board in front; 0 = none
    std::optional<core::OrgId> taught{};  ///< the class that works with the teacher, where several are in the room
    core::RawJson work{"[]"};             ///< at which part of its plan each class is: `std::vector<GradeWork>`
    std::optional<core::PersonId> handed_to{};  ///< whose the lesson is by now, if the office gave it away
    bool cancelled = false;                     ///< by the office
};
BOOST_DESCRIBE_STRUCT(Live, (),
                      (session_id, seen_at, bell_at, resource_id, page, question_id, board, taught, work, handed_to,
                       cancelled))
std::optional<Live> live(sql::Tx& tx, SessionId const& id);
std::vector<Live> live_after_bell(sql::Tx& tx, core::Instant now, int limit);
/// Writes where the screen stands; of one that is known, what the office did stays as it is.
void put_live(sql::Tx& tx, Live const& row);
/// A running session and the lesson it is of.
struct LiveLesson {
    SessionId session_id;
    LessonId lesson_id;
    core::PersonId teacher_id;
};
BOOST_DESCRIBE_STRUCT(LiveLesson, (), (session_id, lesson_id, teacher_id))
std::vector<LiveLesson> live_lessons(sql::Tx& tx, core::OrgId const& school);
/// What the office did about the lesson of a running session.
void set_standing(sql::Tx& tx, SessionId const& id, std::optional<core::PersonId> const& handed_to, bool cancelled);
void delete_live(sql::Tx& tx, SessionId const& id);

using EventId = core::Id<struct SessionEventTag>;
enum class EventKind : int { open, resume, show, question, end, close };
BOOST_DESCRIBE_ENUM(EventKind, open, resume, show, question, end, close)
struct Event {
    EventId id;
    SessionId session_id;
    EventKind kind = EventKind::open;
    std::optional<ResourceId> resource_id;
    std::int32_t page = 0;
    core::Instant at;
};
BOOST_DESCRIBE_STRUCT(Event, (), (id, session_id, kind, resource_id, page, at))
void append_event(sql::Tx& tx, Event const& event);
std::vector<Event> events(sql::Tx& tx, SessionId const& id);

/// Adds time to the session's raw trace (`resource` absent = the whole) and returns the sum so far.
std::int64_t add_shown(sql::Tx& tx, SessionId const& session, std::optional<ResourceId> const& resource,
                       std::int64_t ms);
/// Raw traces of lessons before a day; rows erased.
long erase_traces(sql::Tx& tx, core::LocalDate before);

std::vector<ClassQuestion> questions(sql::Tx& tx, std::vector<SessionId> const& ids);
std::optional<ClassQuestion> question(sql::Tx& tx, SessionId const& session, QuestionId const& id);
/// Whether a question of any session has this identifier.
bool question_known(sql::Tx& tx, QuestionId const& id);
void insert_questions(sql::Tx& tx, std::vector<ClassQuestion> const& rows);
void set_counts(sql::Tx& tx, ClassQuestion const& question);

// ---- history of records

std::vector<Correction> corrections(sql::Tx& tx, std::vector<SessionId> const& ids);
void append_correction(sql::Tx& tx, Correction const& row);
std::vector<LessonLook> looks(sql::Tx& tx, std::vector<SessionId> const& ids);
void append_look(sql::Tx& tx, LessonLook const& row);

}  // namespace santong::teaching::store
