#pragma once
// Several classes, several teachers (合班、复式、助教), and lessons beside the timetable (临时课).
#include "modules/teaching/domain_class.hpp"
#include "modules/teaching/service_class.hpp"

namespace santong::teaching {

namespace joint {

/// Takes another class of the school into a running lesson: its lesson of this period, or one written down as
/// unplanned. Refuses "teaching.lesson_of_colleague", "teaching.class_in_room", "teaching.too_many_classes".
core::Result<void> join(sql::Tx& tx, auth::Caller const& caller, ClassSession const& session,
                        core::OrgId const& class_id, core::Instant now);
/// Pupils of all classes in the room, or of one of them.
core::Result<int> pupils(sql::Tx& tx, ClassSession const& session, std::optional<core::OrgId> const& of = {});
/// Notes in an assistant's own record what he did in somebody else's lesson: showed a resource, or asked a question.
/// Nothing if the caller is its teacher.
void assist(sql::Tx& tx, auth::Caller const& caller, ClassSession const& session, resources::Resource const* shown);

}  // namespace joint

struct ClassWish {
    core::OrgId class_id;
};
BOOST_DESCRIBE_STRUCT(ClassWish, (), (class_id))
struct AssistantWish {
    core::PersonId person_id;
};
BOOST_DESCRIBE_STRUCT(AssistantWish, (), (person_id))

/// Only the lesson's own teacher may change who is in it.
core::Result<ClassView> join_class(sql::Database& db, auth::Caller const& caller, core::Clock const& clock,
                                   SessionId const& id, ClassWish const& wish);
/// Takes a class out again; its record of this lesson is discarded. Refuses "teaching.class_not_in_room".
core::Result<ClassView> leave_class(sql::Database& db, auth::Caller const& caller, core::Clock const& clock,
                                    SessionId const& id, core::OrgId const& class_id);

/// Colleagues of the lesson's school who may be asked in.
core::Result<std::vector<AssistantBrief>> colleagues(sql::Database& db, auth::Caller const& caller,
                                                     SessionId const& id);
/// Refuses "teaching.not_a_colleague", "teaching.too_many_assistants".
core::Result<ClassView> ask_assistant(sql::Database& db, auth::Caller const& caller, core::Clock const& clock,
                                      SessionId const& id, AssistantWish const& wish);
/// His record of what he did stays his.
core::Result<ClassView> release_assistant(sql::Database& db, auth::Caller const& caller, core::Clock const& clock,
                                          SessionId const& id, core::PersonId const& person);

/// An assistant goes of his own accord; his record stays his. Refuses "teaching.not_your_class" whoever does not
/// assist.
core::Result<core::Nothing> leave_lesson(sql::Database& db, auth::Caller const& caller, core::Clock const& clock,
                                         SessionId const& id);

/// A lesson beside the timetable as the school's office sees it.
struct UnplannedLesson {
    PlannedLesson lesson;
    std::string teacher_name;
    std::string reason;
    bool together = false;  ///< with another class
};
BOOST_DESCRIBE_STRUCT(UnplannedLesson, (), (lesson, teacher_name, reason, together))
/// Of one week that is not confirmed yet. not_found for a school that the caller may not see.
core::Result<std::vector<UnplannedLesson>> unplanned_lessons(sql::Database& db, auth::Caller const& caller,
                                                             core::Clock const& clock, core::OrgId const& school,
                                                             int week);

}  // namespace santong::teaching
