#pragma once
// Use cases of the class view (上课): every call is evidence at once; nothing is kept only in the browser.
#include "modules/teaching/service.hpp"
#include "modules/teaching/views.hpp"

namespace santong::teaching {

/// Which lesson to open: by id; or the one that runs now; or, with a class, the current period of that class, planned or not.
struct OpenRequest {
    std::optional<LessonId> lesson_id;
    std::optional<core::OrgId> class_id;
    std::optional<std::string> subject;  ///< of an unplanned lesson; absent = the teacher's own
    std::optional<PlanId> plan_id;       ///< to teach by another plan than the linked one
};
BOOST_DESCRIBE_STRUCT(OpenRequest, (), (lesson_id, class_id, subject, plan_id))

/// What stands on the screen, and what the screen has to know for its next sign of life.
struct ScreenPlace {
    std::optional<ResourceId> resource_id;
    std::int32_t page = 1;
    std::optional<QuestionId> question_id;
    core::Instant seen_at;
    core::Instant bell_at;
    std::int32_t heartbeat_seconds = 15;
};
BOOST_DESCRIBE_STRUCT(ScreenPlace, (), (resource_id, page, question_id, seen_at, bell_at, heartbeat_seconds))

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
};
BOOST_DESCRIBE_STRUCT(ClassView, (), (session, lesson, plan_id, title, sections, resources, opened, questions, place))

/// A class of the teacher's school for an unplanned lesson.
struct ClassChoice {
    core::OrgId id;
    std::string name;
};
BOOST_DESCRIBE_STRUCT(ClassChoice, (), (id, name))

/// What the classroom screen finds when it starts.
struct CurrentClass {
    std::optional<ClassView> running;  ///< to be gone on with, without a question
    std::optional<PlannedLesson> lesson;   ///< that runs now or begins within ten minutes
    std::vector<PlannedLesson> today;      ///< the rest of the day
    std::vector<ClassChoice> classes;  ///< for an unplanned lesson
    core::Instant now;
};
BOOST_DESCRIBE_STRUCT(CurrentClass, (), (running, lesson, today, classes, now))
core::Result<CurrentClass> current_class(sql::Database& db, auth::Caller const& caller, core::Clock const& clock);

/// Opens the class view of a lesson or goes on with it. Refuses "teaching.no_lesson_now", "teaching.too_early",
/// "teaching.lesson_over", "teaching.lesson_cancelled", "teaching.lesson_of_colleague", "teaching.lesson_not_found".
core::Result<ClassView> open_class(sql::Database& db, auth::Caller const& caller, core::Clock const& clock,
                                   OpenRequest const& request);

/// What is put on the screen: a page of a resource, a question, or neither (the plan).
struct ShowRequest {
    std::optional<ResourceId> resource_id;
    std::optional<std::int32_t> page;
    std::optional<QuestionId> question_id;
};
BOOST_DESCRIBE_STRUCT(ShowRequest, (), (resource_id, page, question_id))
core::Result<ScreenPlace> show(sql::Database& db, auth::Caller const& caller, core::Clock const& clock, SessionId const& id,
                               ShowRequest const& request);
/// Sign of life, every 15 s.
core::Result<ScreenPlace> heartbeat(sql::Database& db, auth::Caller const& caller, core::Clock const& clock, SessionId const& id);
/// Ends the lesson; asks nothing; ending twice is no error.
core::Result<ClassSession> end_class(sql::Database& db, auth::Caller const& caller, core::Clock const& clock, SessionId const& id);

/// A question to be answered by raised hands.
struct NewQuestion {
    std::string text;
    std::vector<std::string> options;
    std::optional<std::int32_t> answer;
    std::optional<std::int32_t> present;  ///< absent = as in the last question, or the pupils of the class
};
BOOST_DESCRIBE_STRUCT(NewQuestion, (), (text, options, answer, present))
core::Result<ClassQuestion> ask(sql::Database& db, auth::Caller const& caller, core::Clock const& clock, SessionId const& id,
                                NewQuestion const& question);

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
