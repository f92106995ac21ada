#include "modules/push/http_requests.hpp"

#include "modules/push/permissions.hpp"
#include "modules/push/service_display.hpp"
#include "modules/push/service_requests.hpp"

namespace santong::push {

void register_request_routes(http::Router& router, Desk const& desk) {
    using http::Access;
    using http::Call;
    auto const request = Access::with(permissions::request);
    router
        .list<AtSchoolQuery, AtSchoolList>(
            "/api/v1/push/at-school", request,
            [desk](Call const& call, AtSchoolQuery const& query) { return at_school(desk, call.caller, query); })
        .says("Where resources are, seen from the caller's school, and when they would come.");
    router
        .post<PushRequestWish, PushRequestView>(
            "/api/v1/push/requests", request,
            [desk](Call const& call, PushRequestWish const& wish) { return ask_for(desk, call.caller, wish); })
        .says("Asks for a resource to come to the caller's school.");
    router
        .get<PushRequestList>("/api/v1/my/push/requests", request,
                              [desk](Call const& call) { return my_requests(desk, call.caller); })
        .says("What the caller has asked for.");
    router
        .del<core::Nothing>(
            "/api/v1/push/requests/{request_id}", request,
            [desk](Call const& call) { return take_request_back(desk, call.caller, call.id<RequestId>("request_id")); })
        .says("Takes a request back.");
    router
        .get<PushArrivalList>("/api/v1/my/push/arrivals", request,
                              [desk](Call const& call) { return my_arrivals(desk, call.caller); })
        .says("What is new at the caller's school.");
    router
        .get<PushArrivalList>("/api/v1/pupil/push/arrivals", Access::with(permissions::receive),
                              [desk](Call const& call) { return pupil_arrivals(desk, call.caller); })
        .says("What was pushed for a pupil's class lately.");
    router
        .get<PushArrivalList>("/api/v1/children/{person_id}/push/arrivals", Access::with(permissions::receive_child),
                              [desk](Call const& call) {
                                  return child_arrivals(desk, call.caller, call.id<core::PersonId>("person_id"));
                              })
        .says("What was pushed for a child's class lately, for the child's guardian.");
    router
        .list<ClassPushQuery, ClassPushList>(
            "/api/v1/my/push/class", request,
            [desk](Call const& call, ClassPushQuery const& query) { return class_things(desk, call.caller, query); })
        .says("What was pushed for a class in a subject, to be put on its screen.");
    router
        .get<RecallStatus>(
            "/api/v1/push/recalls/{resource_id}", Access::with(permissions::view),
            [desk](Call const& call) { return recall_status(desk, call.caller, call.id<ResourceId>("resource_id")); })
        .says("Which boxes have taken a recalled resource away, and which have not been heard of.");
}

}  // namespace santong::push
