#pragma once
// The door of teaching for other modules; the screens' use cases stand in service_plans.hpp, service_class.hpp,
// service_records.hpp. Feed: teaching.LessonPlan (put), teaching.ClassSession (put), teaching.SessionUse (event).
#include "modules/teaching/domain.hpp"
#include "platform/auth/caller.hpp"
#include "platform/sql/database.hpp"

namespace santong::teaching {

/// Registers the permissions of teaching with their roles.
void register_permissions(auth::PermissionRegistry& registry);

/// At start only: the timetable asks whether a lesson has a record already, before it is given to somebody else.
void register_lesson_records();

// ---- reading -----------------------------------------------------------------------------------------------------

std::optional<ClassSession> session(sql::Tx& tx, SessionId const& id);
/// Sessions in [from, to], discarded ones included: who counts asks `counts()`.
std::vector<ClassSession> sessions_of_teacher(sql::Tx& tx, core::PersonId const& teacher, core::LocalDate from,
                                              core::LocalDate to);
std::vector<ClassSession> sessions_of_school(sql::Tx& tx, core::OrgId const& school, core::LocalDate from,
                                             core::LocalDate to);
std::vector<ClassSession> sessions_of_class(sql::Tx& tx, core::OrgId const& class_id, core::LocalDate from,
                                            core::LocalDate to);
/// All sessions of the district in the order of their id, for whoever builds itself from the tables.
std::vector<ClassSession> sessions_after(sql::Tx& tx, SessionId const& after, int limit);
/// What was opened in each of these sessions, without what its owner took out.
std::vector<SessionResource> session_resources(sql::Tx& tx, std::vector<SessionId> const& ids);
/// The plan by which each of these lessons is taught, where there is one.
std::vector<PlanLesson> plans_of_lessons(sql::Tx& tx, std::vector<LessonId> const& lessons);
std::optional<LessonPlan> plan(sql::Tx& tx, PlanId const& id);

std::vector<SessionTotal> session_totals(sql::Tx& tx, core::OrgId const& school, core::LocalDate from,
                                         core::LocalDate to);

// ---- evidence of other modules -----------------------------------------------------------------------------------

/// Something was seen in use in a lesson: by the classroom helper, a live lesson, a resource opened elsewhere.
struct Evidence {
    LessonId lesson_id;
    core::PersonId teacher_id;
    EvidenceKind kind = EvidenceKind::helper;
    std::optional<ResourceId> resource_id;
};
/// All evidence of one period and teacher makes one session; a declaration becomes measured by it. Refuses
/// "teaching.lesson_not_found".
core::Result<ClassSession> add_evidence(sql::Tx& tx, core::Clock const& clock, Evidence const& evidence);

// ---- periodic ----------------------------------------------------------------------------------------------------

/// Closes forgotten sessions at their bell and fixes records whose seven days are over; returns how many changed.
int close_sessions(sql::Tx& tx, core::Instant now, int limit = 1000);
/// Erases raw traces of lessons before a day; bands and counts stay. Returns rows erased.
long erase_traces(sql::Tx& tx, core::LocalDate before);
/// Both for one district: every minute by a timer of the server. Traces go when their term is over.
void keep_house(sql::Database& db, core::DistrictId district, core::Clock const& clock);

// ---- bulk writing for the demo district ----------------------------------------------------------------------------

/// Rows as they are (ids by `session_id`); each session and each use is said in the feed. Counts of resources are made
/// here.
struct BulkSessions {
    std::vector<ClassSession> sessions;
    std::vector<SessionResource> resources;
    std::vector<ClassQuestion> questions;
};
void write_sessions(sql::Tx& tx, BulkSessions const& bulk);

/// Rows as they are; readiness is made here. A first version of each plan goes to its history.
struct BulkPlans {
    std::vector<LessonPlan> plans;
    std::vector<PlanLesson> lessons;
    std::vector<LessonTemplate> templates;
};
void write_plans(sql::Tx& tx, BulkPlans const& bulk);

}  // namespace santong::teaching
