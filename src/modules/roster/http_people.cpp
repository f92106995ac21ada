#include "modules/roster/http.hpp"
#include "modules/roster/permissions.hpp"
#include "modules/roster/service_people.hpp"
#include "modules/roster/service_write.hpp"
#include "platform/http/workbook.hpp"

namespace santong::roster {

namespace {

using http::Access;
using http::Call;
using http::Response;

PersonId person_id(Call const& call) {
    return call.id<PersonId>("person_id");
}

Response exported(sql::Database& db, core::Clock const& clock, Call const& call) {
    ExportQuery query;
    if (auto const read = http::read_query(call, core::type_of<ExportQuery>(), &query); !read) {
        return Response::problem(read.error(), call.trace_id);
    }
    http::WorkbookFile const file;
    auto const written = export_people(db, clock, call.caller, query, call.language, file.path());
    if (!written) return Response::problem(written.error(), call.trace_id);
    return file.answer("attachment; filename=\"people.xlsx\"");
}

void register_reading(http::Router& router, sql::Database& db, core::Clock const& clock) {
    auto const view = Access::with(permissions::view_people);
    auto const counts = std::make_shared<HeadCounts>();
    router
        .list<PeopleQuery, PeoplePage>("/api/v1/people", view,
                                       [&db, &clock, counts](Call const& call, PeopleQuery const& query) {
                                           return list_people(db, clock, call.caller, query, counts.get());
                                       })
        .kept_until_changed(listed_types())
        .says("People of the caller's scope by name, pinyin, first letters or number, with counts by kind.");
    auto& route = router.raw(http::Method::get, "/api/v1/people/export", Access::with(permissions::export_people),
                             http::workbook_type, [&db, &clock](Call& call) { return exported(db, clock, call); });
    route.query = &core::type_of<ExportQuery>();
    route.slowly().says("The same list as a workbook, without guarded fields; needs a reason and is logged.");
    router
        .get<PersonDetail>(
            "/api/v1/people/{person_id}", Access::signed_in(),
            [&db, &clock](Call const& call) { return person_detail(db, clock, call.caller, person_id(call)); })
        .says("One person; oneself and one's children are always visible.");
    router
        .act<ReasonRequest, PersonalView>("/api/v1/people/{person_id}/personal",
                                          Access::with(permissions::view_personal_fields),
                                          [&db, &clock](Call const& call, ReasonRequest const& body) {
                                              return look_at_personal(db, clock, call.caller, person_id(call), body);
                                          })
        .not_remembered()
        .says("Guarded fields in clear; needs a reason and is logged.");
    router
        .act<NumberSearch, PeoplePage>("/api/v1/people/find-by-number", Access::with(permissions::view_personal_fields),
                                       [&db, &clock](Call const& call, NumberSearch const& body) {
                                           return find_by_number(db, clock, call.caller, body);
                                       })
        .not_remembered()
        .says("Somebody by identity number, student number or phone number; logged.");
}

void register_places(http::Router& router, sql::Database& db, core::Clock const& clock) {
    auto const edit = Access::with(permissions::edit_people);
    router
        .post<NewPost, PersonDetail>("/api/v1/people/{person_id}/posts", edit,
                                     [&db, &clock](Call const& call, NewPost const& body) {
                                         return start_post(db, clock, call.caller, person_id(call), body);
                                     })
        .says("Appoints somebody; the rights follow.");
    router
        .act<EndRequest, PersonDetail>("/api/v1/people/{person_id}/posts/{post_id}/end", edit,
                                       [&db, &clock](Call const& call, EndRequest const& body) {
                                           return end_post(db, clock, call.caller, person_id(call),
                                                           call.id<PostId>("post_id"), body);
                                       })
        .says("Ends a post.");
    router
        .post<NewEnrolment, PersonDetail>("/api/v1/people/{person_id}/enrolments", edit,
                                          [&db, &clock](Call const& call, NewEnrolment const& body) {
                                              return enrol(db, clock, call.caller, person_id(call), body);
                                          })
        .says("Places a pupil in a class; his place before ends.");
    router
        .act<LeaveRequest, PersonDetail>("/api/v1/people/{person_id}/leave", edit,
                                         [&db, &clock](Call const& call, LeaveRequest const& body) {
                                             return leave(db, clock, call.caller, person_id(call), body);
                                         })
        .says("A pupil leaves or graduates.");
    router
        .post<NewGuardian, PersonDetail>("/api/v1/people/{person_id}/guardians", edit,
                                         [&db, &clock](Call const& call, NewGuardian const& body) {
                                             return add_guardian(db, clock, call.caller, person_id(call), body);
                                         })
        .says("Adds a guardian to a pupil.");
    router
        .del<PersonDetail>("/api/v1/people/{person_id}/guardians/{guardianship_id}", edit,
                           [&db, &clock](Call const& call) {
                               return end_guardianship(db, clock, call.caller, person_id(call),
                                                       call.id<GuardianshipId>("guardianship_id"));
                           })
        .says("Ends a guardianship.");
}

}  // namespace

void register_people_routes(http::Router& router, sql::Database& db, core::Clock const& clock) {
    auto const edit = Access::with(permissions::edit_people);
    register_reading(router, db, clock);
    router
        .post<NewPerson, PersonDetail>("/api/v1/people", edit,
                                       [&db, &clock](Call const& call, NewPerson const& body) {
                                           return create_person(db, clock, call.caller, body);
                                       })
        .says("Adds somebody with a first post or class.");
    router
        .patch<PersonEdit, PersonDetail>("/api/v1/people/{person_id}", edit,
                                         [&db, &clock](Call const& call, PersonEdit const& body) {
                                             return change_person(db, clock, call.caller, person_id(call), body);
                                         })
        .says("Changes fields of somebody; 409 if somebody else was faster.");
    router
        .act<ReasonRequest, core::Nothing>(
            "/api/v1/people/{person_id}/erase", edit,
            [&db, &clock](Call const& call, ReasonRequest const& body) -> core::Result<core::Nothing> {
                TRY_VOID(erase_person(db, clock, call.caller, person_id(call), body));
                return core::Nothing{};
            })
        .says("Erases somebody who has left: his key is destroyed.");
    register_places(router, db, clock);
}

}  // namespace santong::roster
