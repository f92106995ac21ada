#pragma once
// Tables around a running class: cards, ink, joined classes, assistants, unplanned lessons. Part of the store.
#include "modules/teaching/domain_class.hpp"
#include "modules/teaching/store.hpp"

namespace santong::teaching::store {

struct Reading {
    SessionId session_id;
    QuestionId question_id;
    std::vector<std::int32_t> seen;
    core::Instant read_at;
};
std::optional<Reading> reading(sql::Tx& tx, SessionId const& id);
void put_reading(sql::Tx& tx, Reading const& row);
void delete_reading(sql::Tx& tx, SessionId const& id);

/// In the order in which they were drawn.
std::vector<InkStroke> ink(sql::Tx& tx, SessionId const& id);
std::size_t count_ink(sql::Tx& tx, SessionId const& id);
/// Sent twice it stands once.
void add_ink(sql::Tx& tx, SessionId const& id, InkStroke const& stroke);
void remove_ink(sql::Tx& tx, SessionId const& id, std::vector<StrokeId> const& strokes);

/// A class that takes part in another one's session (合班).
struct Joined {
    SessionId session_id;  ///< of the joined class
    SessionId main_id;
    core::OrgId class_id;
};
BOOST_DESCRIBE_STRUCT(Joined, (), (session_id, main_id, class_id))
std::vector<Joined> joined(sql::Tx& tx, std::vector<SessionId> const& mains);
std::vector<Joined> joined_to(sql::Tx& tx, std::vector<SessionId> const& sessions);
/// A lesson whose class is in a colleague's room (合班).
struct TakenAlong {
    LessonId lesson_id;
    core::PersonId teacher_id;  ///< who teaches it
};
BOOST_DESCRIBE_STRUCT(TakenAlong, (), (lesson_id, teacher_id))
/// Those of a teacher's lessons of a day at a school that others have taken along.
std::vector<TakenAlong> taken_along(sql::Tx& tx, core::OrgId const& school, core::LocalDate date,
                                    core::PersonId const& teacher, std::vector<LessonId> const& lessons);
void put_joined(sql::Tx& tx, Joined const& row);
void delete_joined(sql::Tx& tx, SessionId const& session);

struct Assistant {
    SessionId session_id;
    core::PersonId person_id;
    core::Instant asked_at;
};
BOOST_DESCRIBE_STRUCT(Assistant, (), (session_id, person_id, asked_at))
/// Those who are in it now.
std::vector<Assistant> assistants(sql::Tx& tx, std::vector<SessionId> const& sessions);
/// Those who were in it at some time, too.
std::vector<Assistant> all_assistants(sql::Tx& tx, std::vector<SessionId> const& sessions);
/// Whose lesson it is, of sessions that an assistant has of his own.
struct Assisted {
    SessionId session_id;
    core::PersonId teacher_id;
};
BOOST_DESCRIBE_STRUCT(Assisted, (), (session_id, teacher_id))
std::vector<Assisted> assisted(sql::Tx& tx, std::vector<SessionId> const& sessions);
/// Running sessions that somebody was asked into.
std::vector<ClassSession> assisted_sessions(sql::Tx& tx, core::PersonId const& person);
void put_assistant(sql::Tx& tx, Assistant const& row);
void end_assistant(sql::Tx& tx, SessionId const& session, core::PersonId const& person, core::Instant at);

struct Unplanned {
    LessonId lesson_id;
    std::string reason;
    core::Instant taken_at;
};
BOOST_DESCRIBE_STRUCT(Unplanned, (), (lesson_id, reason, taken_at))
std::vector<Unplanned> unplanned(sql::Tx& tx, std::vector<LessonId> const& lessons);
void put_unplanned(sql::Tx& tx, Unplanned const& row);

std::optional<Calling> calling(sql::Tx& tx, core::OrgId const& school);
void put_calling(sql::Tx& tx, core::OrgId const& school, Calling calling);

}  // namespace santong::teaching::store
