#include "modules/teaching/http_class.hpp"

#include "modules/teaching/permissions.hpp"
#include "modules/teaching/service_joint.hpp"
#include "modules/teaching/service_room.hpp"
#include "modules/teaching/service_wish.hpp"

namespace santong::teaching {

namespace {

using http::Access;
using http::Call;

struct UnplannedQuery {
    core::OrgId school;
    std::optional<std::int32_t> week;
};
BOOST_DESCRIBE_STRUCT(UnplannedQuery, (), (school, week))

std::string of_session(char const* rest) {
    return std::string("/api/v1/class-sessions/{session_id}") + rest;
}

SessionId session_of(Call const& call) {
    return call.id<SessionId>("session_id");
}

void lesson_routes(http::Router& router, sql::Database& db, core::Clock const& clock) {
    auto const access = Access::with(permissions::teach);
    std::string const base = "/api/v1/class-sessions";
    auto const session = [](Call const& call) { return call.id<SessionId>("session_id"); };
    router
        .get<CurrentClass>(base + "/current", access,
                           [&db, &clock](Call const& call) { return current_class(db, call.caller, clock); })
        .says("The class session to go on with, or the lesson that runs or is about to begin.");
    router
        .act<OpenRequest, ClassView>(base, access,
                                     [&db, &clock](Call const& call, OpenRequest const& request) {
                                         return open_class(db, call.caller, clock, request);
                                     })
        .says("Opens the class view of a lesson or goes on with it.");
    router
        .act<ShowRequest, ScreenPlace>(base + "/{session_id}/show", access,
                                       [&db, &clock, session](Call const& call, ShowRequest const& request) {
                                           return show(db, call.caller, clock, session(call), request);
                                       })
        .says("What is put on the screen now: evidence at once.");
    router
        .act<core::Nothing, ScreenPlace>(base + "/{session_id}/heartbeat", access,
                                         [&db, &clock, session](Call const& call, core::Nothing const&) {
                                             return heartbeat(db, call.caller, clock, session(call));
                                         })
        .says("Sign of life, every 15 seconds.");
    router
        .act<core::Nothing, ClassSession>(base + "/{session_id}/end", access,
                                          [&db, &clock, session](Call const& call, core::Nothing const&) {
                                              return end_class(db, call.caller, clock, session(call));
                                          })
        .says("Ends the lesson; asks nothing.");
    router
        .post<NewQuestion, ClassQuestion>(base + "/{session_id}/questions", access,
                                          [&db, &clock, session](Call const& call, NewQuestion const& question) {
                                              return ask(db, call.caller, clock, session(call), question);
                                          })
        .says("A question to be answered by raised hands.");
    router
        .patch<HandCount, ClassQuestion>(base + "/{session_id}/questions/{question_id}", access,
                                         [&db, &clock, session](Call const& call, HandCount const& hands) {
                                             return count_hands(db, call.caller, clock, session(call),
                                                                call.id<QuestionId>("question_id"), hands);
                                         })
        .says("Counted hands: numbers of the class, never who.");
}

/// Tools around the material: cards, ink, calling.
void room_routes(http::Router& router, sql::Database& db, core::Clock const& clock) {
    auto const access = Access::with(permissions::teach);
    router
        .get<CardBoard>(of_session("/cards"), access,
                        [&db](Call const& call) { return card_board(db, call.caller, session_of(call)); })
        .says("The question in front of the class and which code cards have been read, never what they showed.");
    router
        .put<CardReading, CardBoard>(of_session("/questions/{question_id}/cards"), access,
                                     [&db, &clock](Call const& call, CardReading const& reading) {
                                         return read_cards(db, call.caller, clock, session_of(call),
                                                           call.id<QuestionId>("question_id"), reading);
                                     })
        .says("What a camera has read of the code cards: numbers of the class.");
    router
        .get<std::vector<CardClass>>("/api/v1/code-cards/classes", access,
                                     [&db, &clock](Call const& call) { return card_classes(db, call.caller, clock); })
        .says("Classes of the caller's school, to print code cards for.");
    router
        .get<std::vector<CardHolder>>("/api/v1/code-cards/classes/{class_id}", access,
                                      [&db, &clock](Call const& call) {
                                          return card_holders(db, call.caller, clock, call.id<core::OrgId>("class_id"));
                                      })
        .says("Who has which code card, for whoever teaches the class; every look is recorded.");
    router
        .get<std::vector<InkStroke>>(of_session("/ink"), access,
                                     [&db](Call const& call) { return ink(db, call.caller, session_of(call)); })
        .says("Ink over everything that was shown in a lesson.");
    router
        .act<InkChange, InkKept>(of_session("/ink"), access,
                                 [&db, &clock](Call const& call, InkChange const& change) {
                                     return draw(db, call.caller, clock, session_of(call), change);
                                 })
        .says("Strokes drawn and taken away; sent twice they are done once.");
    router
        .get<CallList>(of_session("/call-list"), access,
                       [&db](Call const& call) { return call_list(db, call.caller, session_of(call)); })
        .says("Numbers and, by the school's rule, surnames of the class; who is drawn is kept nowhere.");
}

/// Several classes and teachers in one lesson.
void joint_routes(http::Router& router, sql::Database& db, core::Clock const& clock) {
    auto const access = Access::with(permissions::teach);
    router
        .act<ClassWish, ClassView>(of_session("/classes"), access,
                                   [&db, &clock](Call const& call, ClassWish const& wish) {
                                       return join_class(db, call.caller, clock, session_of(call), wish);
                                   })
        .says("Takes another class into the running lesson.");
    router
        .del<ClassView>(of_session("/classes/{class_id}"), access,
                        [&db, &clock](Call const& call) {
                            return leave_class(db, call.caller, clock, session_of(call),
                                               call.id<core::OrgId>("class_id"));
                        })
        .says("Takes a class out of the lesson again.");
    router
        .get<std::vector<AssistantBrief>>(
            of_session("/colleagues"), access,
            [&db](Call const& call) { return colleagues(db, call.caller, session_of(call)); })
        .says("Colleagues who may be asked to assist.");
    router
        .act<AssistantWish, ClassView>(of_session("/assistants"), access,
                                       [&db, &clock](Call const& call, AssistantWish const& wish) {
                                           return ask_assistant(db, call.caller, clock, session_of(call), wish);
                                       })
        .says("Asks a colleague in: he may act on this screen from his own device.");
    router
        .del<ClassView>(of_session("/assistants/{person_id}"), access,
                        [&db, &clock](Call const& call) {
                            return release_assistant(db, call.caller, clock, session_of(call),
                                                     call.id<core::PersonId>("person_id"));
                        })
        .says("Ends a colleague's part in the lesson; his record stays his.");
    router
        .act<core::Nothing, core::Nothing>(of_session("/leave"), access,
                                           [&db, &clock](Call const& call, core::Nothing const&) {
                                               return leave_lesson(db, call.caller, clock, session_of(call));
                                           })
        .says("An assistant leaves the lesson; his record stays his.");
    router
        .act<GradesWish, ScreenPlace>(of_session("/grades"), access,
                                      [&db, &clock](Call const& call, GradesWish const& wish) {
                                          return set_grades(db, call.caller, clock, session_of(call), wish);
                                      })
        .says("Which class works with the teacher, and at which part of its plan a class is.");
}

/// A colleague's class is taken along with his leave.
void leave_routes(http::Router& router, sql::Database& db, core::Clock const& clock) {
    auto const access = Access::with(permissions::teach);
    using Rows = std::vector<ClassAskRow>;
    router
        .get<Rows>(of_session("/class-asks"), access,
                   [&db](Call const& call) { return asked_for(db, call.caller, session_of(call)); })
        .says("Colleagues' classes that were asked for in a running lesson.");
    router
        .act<ClassWish, Rows>(of_session("/class-asks"), access,
                              [&db, &clock](Call const& call, ClassWish const& wish) {
                                  return ask_for_class(db, call.caller, clock, session_of(call), wish);
                              })
        .says("Asks a colleague whether his class may come along.");
    router
        .del<Rows>(of_session("/class-asks/{ask_id}"), access,
                   [&db](Call const& call) {
                       return take_back_ask(db, call.caller, session_of(call), call.id<WishId>("ask_id"));
                   })
        .says("Takes such a question back.");
    router.get<Rows>("/api/v1/my/class-asks", access, [&db](Call const& call) { return asked_of_me(db, call.caller); })
        .says("What colleagues ask of the caller now.");
    router
        .act<AskAnswer, Rows>("/api/v1/my/class-asks/{ask_id}", access,
                              [&db, &clock](Call const& call, AskAnswer const& answer) {
                                  return answer_ask(db, call.caller, clock, call.id<WishId>("ask_id"), answer);
                              })
        .says("Yes or no; with a yes the class is in the colleague's lesson at once.");
}

/// What the school's office looks after.
void office_routes(http::Router& router, sql::Database& db, core::Clock const& clock) {
    auto const rule = Access::with(permissions::set_classroom_rule);
    std::string const place = "/api/v1/classroom-rules/{school_id}";
    auto const school = [](Call const& call) { return call.id<core::OrgId>("school_id"); };
    router
        .get<ClassroomRule>(place, rule,
                            [&db, school](Call const& call) { return classroom_rule(db, call.caller, school(call)); })
        .says("How the classroom screens of a school may call a pupil.");
    router
        .put<ClassroomRule, ClassroomRule>(place, rule,
                                           [&db, school](Call const& call, ClassroomRule const& wish) {
                                               return set_classroom_rule(db, call.caller, school(call), wish);
                                           })
        .says("Sets how the classroom screens of a school may call a pupil.");
    router
        .list<UnplannedQuery, std::vector<UnplannedLesson>>(
            "/api/v1/unplanned-lessons", Access::with(permissions::view_school_records),
            [&db, &clock](Call const& call, UnplannedQuery const& query) {
                return unplanned_lessons(db, call.caller, clock, query.school, query.week.value_or(0));
            })
        .says("Lessons of a week that were taken beside the timetable and are not confirmed.");
}

}  // namespace

void class_routes(http::Router& router, sql::Database& db, core::Clock const& clock) {
    lesson_routes(router, db, clock);
    room_routes(router, db, clock);
    joint_routes(router, db, clock);
    leave_routes(router, db, clock);
    office_routes(router, db, clock);
}

}  // namespace santong::teaching
