#pragma once
// Taking a class along whose lesson is a colleague's (合班): he is asked and says yes or no; nobody says it for him.
#include "modules/teaching/domain_wish.hpp"
#include "modules/teaching/service_joint.hpp"

namespace santong::teaching {

/// As both of them see it.
struct ClassAskRow {
    ClassAsk wish;
    std::string class_name;
    std::string name;     ///< of the other one: who is asked, or who asks
    std::string subject;  ///< of the lesson into which the class would come
    std::string room;
    std::int32_t period = 0;
};
BOOST_DESCRIBE_STRUCT(ClassAskRow, (), (wish, class_name, name, subject, room, period))

/// What was asked for a running lesson of the caller's.
core::Result<std::vector<ClassAskRow>> asked_for(sql::Database& db, auth::Caller const& caller, SessionId const& id);
/// Asks; asked again after a no it is asked once more. Refuses "teaching.lesson_not_of_colleague" where no leave is
/// needed, "teaching.class_in_room", "teaching.too_many_classes".
core::Result<std::vector<ClassAskRow>> ask_for_class(sql::Database& db, auth::Caller const& caller,
                                                     core::Clock const& clock, SessionId const& id,
                                                     ClassWish const& wish);
/// Takes a question back that was not answered.
core::Result<std::vector<ClassAskRow>> take_back_ask(sql::Database& db, auth::Caller const& caller, SessionId const& id,
                                                     WishId const& wish);
/// What colleagues ask of the caller now: of lessons that run.
core::Result<std::vector<ClassAskRow>> asked_of_me(sql::Database& db, auth::Caller const& caller);
struct AskAnswer {
    bool accept = false;
};
BOOST_DESCRIBE_STRUCT(AskAnswer, (), (accept))
/// With a yes the class is in the other lesson at once: the use stands in a record of the teacher who teaches, the
/// lesson stays the colleague's in the timetable, and a class view of his own ends. Refuses "teaching.ask_over".
core::Result<std::vector<ClassAskRow>> answer_ask(sql::Database& db, auth::Caller const& caller,
                                                  core::Clock const& clock, WishId const& id, AskAnswer const& answer);

}  // namespace santong::teaching
