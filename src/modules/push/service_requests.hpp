#pragma once
// What a teacher sees of pushing: whether a thing is at his school, and asking for it (索取).
#include "modules/push/service_orders.hpp"

namespace santong::push {

/// `hosted`: the school works on the hub itself. `coming`: it was asked for or is in an order. `away`: described, but
/// its bytes are not here; only the school's own box knows that. `unknown`: seen from above, nothing of it was ordered.
enum class Whereabouts : int { here, hosted, coming, away, unknown };
BOOST_DESCRIBE_ENUM(Whereabouts, here, hosted, coming, away, unknown)

/// Where a resource is, seen from the caller's school (已到本校).
struct AtSchool {
    ResourceId resource_id;
    Whereabouts where = Whereabouts::hosted;
    std::int64_t size = 0;
    RequestSpeed speed = RequestSpeed::now;    ///< how it would come
    std::optional<core::Instant> expected_at;  ///< if it was asked for now, or when it will come
    std::optional<RequestId> request_id;       ///< the caller's own, that waits
};
BOOST_DESCRIBE_STRUCT(AtSchool, (), (resource_id, where, size, speed, expected_at, request_id))
struct AtSchoolQuery {
    std::string resources;  ///< ids, separated by commas; at most 60
};
BOOST_DESCRIBE_STRUCT(AtSchoolQuery, (), (resources))
struct AtSchoolList {
    std::string school;  ///< name; empty = the caller has none
    std::vector<AtSchool> items;
};
BOOST_DESCRIBE_STRUCT(AtSchoolList, (), (school, items))
/// Of what the caller may not see there is nothing in it.
core::Result<AtSchoolList> at_school(Desk const& desk, auth::Caller const& caller, AtSchoolQuery const& query);

struct PushRequestWish {
    ResourceId resource_id;
};
BOOST_DESCRIBE_STRUCT(PushRequestWish, (), (resource_id))
struct PushRequestView {
    PushRequest request;
    std::string title;  ///< empty = gone
};
BOOST_DESCRIBE_STRUCT(PushRequestView, (), (request, title))
struct PushRequestList {
    std::vector<PushRequestView> items;
};
BOOST_DESCRIBE_STRUCT(PushRequestList, (), (items))
/// Small things come at once, large ones in the next window. Refuses what the caller may not use,
/// "push.ask_at_school", "push.hosted_school", "push.already_here", "push.already_asked", "push.nothing_to_send".
core::Result<PushRequestView> ask_for(Desk const& desk, auth::Caller const& caller, PushRequestWish const& wish);
/// The caller's own of the last 30 days, and what still waits.
core::Result<PushRequestList> my_requests(Desk const& desk, auth::Caller const& caller);
/// Refuses "push.request_not_found", also for another's.
core::Result<core::Nothing> take_request_back(Desk const& desk, auth::Caller const& caller, RequestId const& id);

/// A box that has been told to take something away, or has not been heard of since.
struct RecallBox {
    core::OrgId school_id;
    std::string school;
    std::optional<core::Instant> removed_at;
    bool was_here = false;
    bool in_class = false;
    std::optional<core::Instant> last_contact;
};
BOOST_DESCRIBE_STRUCT(RecallBox, (), (school_id, school, removed_at, was_here, in_class, last_contact))
/// How a recall has reached the boxes (撤回回执): those that have not answered first.
struct RecallStatus {
    std::int32_t boxes = 0;
    std::int32_t done = 0;
    std::vector<RecallBox> items;
};
BOOST_DESCRIBE_STRUCT(RecallStatus, (), (boxes, done, items))
/// not_found where the resource is not gone.
core::Result<RecallStatus> recall_status(Desk const& desk, auth::Caller const& caller, ResourceId const& id);

}  // namespace santong::push
