#include "modules/teaching/http.hpp"

#include "modules/teaching/http_class.hpp"
#include "modules/teaching/permissions.hpp"
#include "modules/teaching/screen_calls.hpp"
#include "modules/teaching/service_plans.hpp"
#include "modules/teaching/service_recalled.hpp"
#include "modules/teaching/service_today.hpp"

namespace santong::teaching {

namespace {

using http::Access;
using http::Call;
using http::Router;

struct WeekQuery {
    std::optional<std::int32_t> week;
};
BOOST_DESCRIBE_STRUCT(WeekQuery, (), (week))
struct SchoolWeekQuery {
    core::OrgId school;
    std::optional<std::int32_t> week;
};
BOOST_DESCRIBE_STRUCT(SchoolWeekQuery, (), (school, week))
struct TreeQuery {
    std::optional<TextbookId> textbook;
};
BOOST_DESCRIBE_STRUCT(TreeQuery, (), (textbook))
struct TemplateQuery {
    std::optional<std::string> subject;
};
BOOST_DESCRIBE_STRUCT(TemplateQuery, (), (subject))

/// 409 of a save: a problem that carries both versions.
struct PlanConflict {
    std::string title = "Conflict";
    std::int32_t status = 409;
    std::string code = "teaching.plan_changed";
    std::string trace_id;
    LessonPlan current;
    PlanVersion yours;
};
BOOST_DESCRIBE_STRUCT(PlanConflict, (), (title, status, code, trace_id, current, yours))

http::Response save(sql::Database& db, core::Clock const& clock, Call const& call) {
    auto const body = core::json::read<SavePlan>(call.body.empty() ? "{}" : call.body);
    if (!body) return http::Response::problem(body.error(), call.trace_id);
    auto outcome = save_plan(db, call.caller, clock, call.id<PlanId>("plan_id"), *body);
    if (!outcome) return http::Response::problem(outcome.error(), call.trace_id);
    if (!outcome->yours) return http::Response::json(core::json::write(outcome->plan));
    PlanConflict conflict;
    conflict.trace_id = call.trace_id;
    conflict.current = std::move(outcome->plan);
    conflict.yours = std::move(*outcome->yours);
    auto response = http::Response::json(core::json::write(conflict), conflict.status);
    response.content_type = "application/problem+json; charset=utf-8";
    return response;
}

void plan_routes(Router& router, sql::Database& db, core::Clock const& clock) {
    auto const access = Access::with(permissions::prepare);
    std::string const base = "/api/v1/lesson-plans";
    router
        .list<PlanQuery, core::Page<PlanBrief>>(
            base, access, [&db](Call const& call, PlanQuery const& query) { return plans(db, call.caller, query); })
        .says(
            "Own lesson plans; shared=true adds what colleagues of the school share, colleagues=true lists that "
            "alone.");
    router
        .post<NewPlan, PlanView>(
            base, access,
            [&db, &clock](Call const& call, NewPlan const& wish) { return create_plan(db, call.caller, clock, wish); })
        .says("Makes a lesson plan from a template.");
    router
        .post<PlanFromPack, PlanView>(base + "/from-pack", access,
                                      [&db, &clock](Call const& call, PlanFromPack const& wish) {
                                          return plan_from_pack(db, call.caller, clock, wish);
                                      })
        .says("A new lesson plan that holds a whole pack of a chapter.");
    router
        .get<PlanView>(
            base + "/{plan_id}", access,
            [&db, &clock](Call const& call) { return plan_view(db, call.caller, clock, call.id<PlanId>("plan_id")); })
        .says("A lesson plan with its lessons and resources.");
    auto& put = router.raw(http::Method::put, base + "/{plan_id}", access, "application/json",
                           [&db, &clock](Call& call) { return save(db, clock, call); });
    put.says("Saves what was made from `version`. 409 carries `current` and `yours`; yours stays in the history.");
    put.body = &core::type_of<SavePlan>();
    put.answer = &core::type_of<LessonPlan>();
    router
        .del<core::Nothing>(
            base + "/{plan_id}", access,
            [&db, &clock](Call const& call) { return remove_plan(db, call.caller, clock, call.id<PlanId>("plan_id")); })
        .says("Removes an own lesson plan.");
    router
        .post<CopyPlan, PlanView>(base + "/{plan_id}/copy", access,
                                  [&db, &clock](Call const& call, CopyPlan const& wish) {
                                      return copy_plan(db, call.caller, clock, call.id<PlanId>("plan_id"), wish);
                                  })
        .says("Copies an own or shared plan.");
    router
        .put<CopyPlan, PlanView>(base + "/{plan_id}/lessons", access,
                                 [&db, &clock](Call const& call, CopyPlan const& wish) {
                                     return link_lessons(db, call.caller, clock, call.id<PlanId>("plan_id"), wish);
                                 })
        .says("Sets the lessons a plan is for.");
    router
        .get<std::vector<PlanVersion>>(
            base + "/{plan_id}/versions", access,
            [&db](Call const& call) { return plan_versions(db, call.caller, call.id<PlanId>("plan_id")); })
        .says("History of an own plan, newest first.");
    router
        .act<RestoreVersion, PlanView>(base + "/{plan_id}/versions/{version_id}/restore", access,
                                       [&db, &clock](Call const& call, RestoreVersion const& known) {
                                           return restore_version(db, call.caller, clock, call.id<PlanId>("plan_id"),
                                                                  call.id<PlanVersionId>("version_id"), known);
                                       })
        .says("Makes an old version the newest.");
    router
        .act<ReplaceResource, PlanView>(base + "/{plan_id}/replace", access,
                                        [&db, &clock](Call const& call, ReplaceResource const& wish) {
                                            return replace_resource(db, call.caller, clock, call.id<PlanId>("plan_id"),
                                                                    wish);
                                        })
        .says("Puts another resource into every place of one that was recalled.");
    router
        .post<NameVersion, PlanVersion>(base + "/{plan_id}/versions", access,
                                        [&db, &clock](Call const& call, NameVersion const& wish) {
                                            return name_version(db, call.caller, clock, call.id<PlanId>("plan_id"),
                                                                wish);
                                        })
        .says("Keeps the plan as it stands under a name.");
    router
        .patch<RenameVersion, PlanVersion>(base + "/{plan_id}/versions/{version_id}", access,
                                           [&db](Call const& call, RenameVersion const& wish) {
                                               return rename_version(db, call.caller, call.id<PlanId>("plan_id"),
                                                                     call.id<PlanVersionId>("version_id"), wish);
                                           })
        .says("Gives an entry of a plan's history a name, another one or none.");
}

void prepare_routes(Router& router, sql::Database& db, core::Clock const& clock) {
    auto const access = Access::with(permissions::prepare);
    router
        .list<TreeQuery, PrepareTree>("/api/v1/prepare/tree", access,
                                      [&db, &clock](Call const& call, TreeQuery const& query) {
                                          return prepare_tree(db, call.caller, clock, query.textbook);
                                      })
        .says("Chapters of a textbook and how far the caller has prepared them.");
    router
        .get<std::vector<LessonToPrepare>>(
            "/api/v1/prepare/lessons", access,
            [&db, &clock](Call const& call) { return lessons_to_prepare(db, call.caller, clock); })
        .says("The caller's lessons of the coming two weeks with their plans.");
    router
        .get<std::vector<LostResource>>(
            "/api/v1/prepare/lost-resources", access,
            [&db, &clock](Call const& call) { return lost_resources(db, call.caller, clock); })
        .says("What stands in the caller's plans and cannot be opened any more, with what may take its place.");
    router
        .list<TemplateQuery, TemplateList>("/api/v1/lesson-templates", access,
                                           [&db](Call const& call, TemplateQuery const& query) {
                                               return templates(db, call.caller, query.subject.value_or(""));
                                           })
        .says("Templates of lesson plans.");
    auto const manage = Access::with(permissions::manage_templates);
    router
        .post<NewTemplate, LessonTemplate>("/api/v1/lesson-templates", manage,
                                           [&db, &clock](Call const& call, NewTemplate const& wish) {
                                               return add_template(db, call.caller, clock, wish);
                                           })
        .says("Makes the outline of a plan a template of the school.");
    router
        .del<core::Nothing>(
            "/api/v1/lesson-templates/{template_id}", manage,
            [&db](Call const& call) { return remove_template(db, call.caller, call.id<TemplateId>("template_id")); })
        .says("Removes a template of the school.");
}

void record_routes(Router& router, sql::Database& db, core::Clock const& clock) {
    auto const own = Access::with(permissions::view_own_records);
    std::string const base = "/api/v1/my/records";
    auto const session = [](Call const& call) { return call.id<SessionId>("session_id"); };
    router
        .list<WeekQuery, WeekRecords>(base, own,
                                      [&db, &clock](Call const& call, WeekQuery const& query) {
                                          return my_records(db, call.caller, clock, query.week.value_or(0));
                                      })
        .says("The caller's own week: what was used, what can still be corrected, who looked.");
    router
        .act<CorrectRequest, RecordView>(base + "/{session_id}/correct", own,
                                         [&db, &clock, session](Call const& call, CorrectRequest const& request) {
                                             return correct(db, call.caller, clock, session(call), request);
                                         })
        .says("Takes minutes or resources back within seven days.");
    router
        .act<RecordReason, RecordView>(base + "/{session_id}/discard", own,
                                       [&db, &clock, session](Call const& call, RecordReason const& request) {
                                           return discard(db, call.caller, clock, session(call), request);
                                       })
        .says("The record counts nowhere any more.");
    router
        .act<core::Nothing, RecordView>(base + "/{session_id}/restore", own,
                                        [&db, &clock, session](Call const& call, core::Nothing const&) {
                                            return restore(db, call.caller, clock, session(call));
                                        })
        .says("Undoes a discard within seven days.");
    router
        .act<core::Nothing, RecordView>(base + "/{session_id}/release", own,
                                        [&db, &clock, session](Call const& call, core::Nothing const&) {
                                            return release(db, call.caller, clock, session(call));
                                        })
        .says("Opens the single lesson to the school now.");
    router
        .post<DeclareRequest, RecordView>(base + "/declare", own,
                                          [&db, &clock](Call const& call, DeclareRequest const& request) {
                                              return declare(db, call.caller, clock, request);
                                          })
        .says("What a teacher says he used; kept apart from what was measured.");
    router
        .list<SchoolWeekQuery, SchoolRecords>("/api/v1/school-records", Access::with(permissions::view_school_records),
                                              [&db, &clock](Call const& call, SchoolWeekQuery const& query) {
                                                  return school_records(db, call.caller, clock, query.school,
                                                                        query.week.value_or(0));
                                              })
        .says("A school's week: totals, and single lessons once they are open to it.");
    router
        .act<LookRequest, OpenRecord>("/api/v1/supervision/looks", Access::with(permissions::supervise),
                                      [&db, &clock](Call const& call, LookRequest const& request) {
                                          return look(db, call.caller, clock, request);
                                      })
        .says("A named lesson, with a written reason that its teacher sees.");
}

}  // namespace

void allow_topics(notify::Hub& hub) {
    auto const own = classroom_topic({});
    hub.allow(own.substr(0, own.find(':') + 1), may_hear_classroom);
    on_screen_call([&hub](core::DistrictId district, core::PersonId const& person, ScreenCall const& what) {
        hub.publish(district, classroom_topic(person), core::json::write(what));
    });
}

void register_routes(http::Router& router, sql::Database& db, core::Clock const& clock) {
    router
        .get<TeacherToday>("/api/v1/today", Access::with(permissions::teach),
                           [&db, &clock](Call const& call) { return teacher_today(db, call.caller, clock); })
        .says("A teacher's day: lessons with plans and records, what waits for him, his week.");
    router
        .get<PupilToday>("/api/v1/pupil/today", Access::with(permissions::view_class_resources),
                         [&db, &clock](Call const& call) { return pupil_today(db, call.caller, clock); })
        .says("A pupil's day: lessons and what his teachers gave him.");
    plan_routes(router, db, clock);
    prepare_routes(router, db, clock);
    class_routes(router, db, clock);
    record_routes(router, db, clock);
}

}  // namespace santong::teaching
