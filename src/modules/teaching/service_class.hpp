#pragma once
// Use cases of the class view (上课): every call is evidence at once; nothing is kept only in the browser.
#include "modules/teaching/service.hpp"
#include "modules/teaching/views.hpp"

namespace santong::teaching {

/// Which lesson to open: by id; or the one that runs now; or, with a class, the current period of that class, planned
/// or not.
struct OpenRequest {
    std::optional<LessonId> lesson_id;
    std::optional<core::OrgId> class_id;
    std::optional<std::string> subject;  ///< of an unplanned lesson; absent = the teacher's own
    std::optional<PlanId> plan_id;       ///< to teach by another plan than the linked one
    std::optional<std::string> reason;   ///< why a lesson is taken that stands in no timetable (临时课)
    std::optional<std::vector<core::OrgId>> with_classes;  ///< taught together with it (合班)
};
BOOST_DESCRIBE_STRUCT(OpenRequest, (), (lesson_id, class_id, subject, plan_id, reason, with_classes))

/// At which part of its own plan a class is, where several are in the room (复式).
struct GradeWork {
    core::OrgId class_id;
    std::int32_t part = 0;  ///< place in its plan, from nought
};
BOOST_DESCRIBE_STRUCT(GradeWork, (), (class_id, part))

/// What stands on the screen, and what the screen has to know for its next sign of life.
struct ScreenPlace {
    std::optional<ResourceId> resource_id;
    std::int32_t page = 1;
    std::optional<QuestionId> question_id;
    std::int32_t board = 0;  ///< number of the blank board (白板) in front; 0 = none
    core::Instant seen_at;
    core::Instant bell_at;
    std::int32_t heartbeat_seconds = 15;
    std::string handed_to;   ///< who has this lesson by now, where the office gave it to somebody else; else empty
    bool cancelled = false;  ///< the office has cancelled it
    std::optional<core::OrgId> taught;  ///< the class that works with the teacher (动); the others work alone (静)
    std::vector<GradeWork> work;
};
BOOST_DESCRIBE_STRUCT(ScreenPlace, (),
                      (resource_id, page, question_id, board, seen_at, bell_at, heartbeat_seconds, handed_to, cancelled,
                       taught, work))

/// A further class in the room (合班; 复式, when it has a lesson and a plan of its own).
struct JoinedClass {
    core::OrgId class_id;
    std::string class_name;
    std::int32_t grade = 0;
    std::int32_t pupils = 0;
    std::string subject;
    std::optional<PlanId> plan_id;
    std::string title;
    std::vector<Section> sections;
};
BOOST_DESCRIBE_STRUCT(JoinedClass, (), (class_id, class_name, grade, pupils, subject, plan_id, title, sections))

/// A teacher who helps in a lesson (助教).
struct AssistantBrief {
    core::PersonId person_id;
    std::string name;
};
BOOST_DESCRIBE_STRUCT(AssistantBrief, (), (person_id, name))

/// Everything the classroom screen needs.
struct ClassView {
    ClassSession session;
    PlannedLesson lesson;
    std::optional<PlanId> plan_id;
    std::string title;  ///< of the plan; empty without one
    std::vector<Section> sections;
    std::vector<ResourceBrief> resources;  ///< of the plan, then what else was opened
    std::vector<ResourceId> opened;
    std::vector<ClassQuestion> questions;
    ScreenPlace place;
    std::vector<JoinedClass> joined;
    std::vector<AssistantBrief> assistants;
    bool assisting = false;    ///< the caller helps in somebody else's lesson …
    std::string teacher_name;  ///< … of this teacher
    std::string reason;        ///< of a lesson that stands in no timetable
};
BOOST_DESCRIBE_STRUCT(ClassView, (),
                      (session, lesson, plan_id, title, sections, resources, opened, questions, place, joined,
                       assistants, assisting, teacher_name, reason))

/// A class of the teacher's school for an unplanned lesson; `taken`: the timetable has a colleague's lesson there now.
struct ClassChoice {
    core::OrgId id;
    std::string name;
    bool taken = false;
    std::string taken_by;  ///< whose lesson it is; may be empty
};
BOOST_DESCRIBE_STRUCT(ClassChoice, (), (id, name, taken, taken_by))

/// What the classroom screen finds when it starts.
struct CurrentClass {
    std::optional<ClassView> running;     ///< to be gone on with, without a question
    std::optional<PlannedLesson> lesson;  ///< that runs now or begins within ten minutes
    bool begun = false;                   ///< the caller has a session of `lesson` already: she would go on with it
    bool elsewhere = false;               ///< it runs at another place: on the screens of the school, or of the hub
    std::vector<PlannedLesson> together;  ///< the caller's lessons with other classes in the same period (复式)
    std::vector<PlannedLesson> today;     ///< the rest of the day
    std::vector<ClassChoice> classes;     ///< for an unplanned lesson; none while no period runs
    core::Instant now;
};
BOOST_DESCRIBE_STRUCT(CurrentClass, (), (running, lesson, begun, elsewhere, together, today, classes, now))
core::Result<CurrentClass> current_class(sql::Database& db, auth::Caller const& caller, core::Clock const& clock);

/// Opens the class view of a lesson or goes on with the caller's own session of it. What another teacher has running of
/// the same lesson ends at that moment and stays as it is. Refuses "teaching.no_lesson_now", "teaching.too_early",
/// "teaching.lesson_over", "teaching.lesson_cancelled", "teaching.lesson_of_colleague", "teaching.lesson_not_found".
core::Result<ClassView> open_class(sql::Database& db, auth::Caller const& caller, core::Clock const& clock,
                                   OpenRequest const& request);

/// What is put on the screen: a page of a resource, a question, or neither (the plan).
struct ShowRequest {
    std::optional<ResourceId> resource_id;
    std::optional<std::int32_t> page;
    std::optional<QuestionId> question_id;
    std::optional<std::int32_t> board;  ///< a blank board instead, by its number
};
BOOST_DESCRIBE_STRUCT(ShowRequest, (), (resource_id, page, question_id, board))
/// Taken also after the end of the lesson until the end of its day: what was shown while the line was cut. Screens of
/// the others in the lesson hear of it at once.
core::Result<ScreenPlace> show(sql::Database& db, auth::Caller const& caller, core::Clock const& clock,
                               SessionId const& id, ShowRequest const& request);
/// Which class works with the teacher, and at which part of its plan a class is (复式).
struct GradesWish {
    std::optional<core::OrgId> taught;
    std::optional<GradeWork> work;
};
BOOST_DESCRIBE_STRUCT(GradesWish, (), (taught, work))
/// Refuses "teaching.class_not_in_room", and a part that no plan has ("teaching.no_such_part").
core::Result<ScreenPlace> set_grades(sql::Database& db, auth::Caller const& caller, core::Clock const& clock,
                                     SessionId const& id, GradesWish const& wish);
/// Sign of life, every 15 s. Refuses "teaching.not_your_class", "teaching.session_ended", and
/// "teaching.session_handed_over" {name} where a substitute has the lesson by now.
core::Result<ScreenPlace> heartbeat(sql::Database& db, auth::Caller const& caller, core::Clock const& clock,
                                    SessionId const& id);
/// Ends the lesson; asks nothing; ending twice is no error.
core::Result<ClassSession> end_class(sql::Database& db, auth::Caller const& caller, core::Clock const& clock,
                                     SessionId const& id);

/// A question to be answered by raised hands.
struct NewQuestion {
    std::string text;
    std::vector<std::string> options;
    std::optional<std::int32_t> answer;
    std::optional<std::int32_t> present;  ///< absent = as in the last question, or the pupils of the class
    std::optional<QuestionId> id;         ///< made by a screen that asks without waiting; sent again it is the same one
    std::optional<core::OrgId> class_id{};  ///< asked of one class in the room alone; absent = of all
};
BOOST_DESCRIBE_STRUCT(NewQuestion, (), (text, options, answer, present, id, class_id))
/// What was asked, counted or shown while the server could not be reached is taken until the end of the lesson's day,
/// also when the session has ended meanwhile. Refuses "teaching.question_elsewhere".
core::Result<ClassQuestion> ask(sql::Database& db, auth::Caller const& caller, core::Clock const& clock,
                                SessionId const& id, NewQuestion const& question);

/// Counted hands; what is absent stays.
struct HandCount {
    std::optional<std::vector<std::int32_t>> counts;
    std::optional<std::int32_t> present;
    std::optional<bool> done;
};
BOOST_DESCRIBE_STRUCT(HandCount, (), (counts, present, done))
core::Result<ClassQuestion> count_hands(sql::Database& db, auth::Caller const& caller, core::Clock const& clock,
                                        SessionId const& id, QuestionId const& question_id, HandCount const& hands);

}  // namespace santong::teaching
