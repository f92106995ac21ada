#pragma once
// Where an order shows what it sends (一站式推送): the public page, the pages of teachers and pupils, the screen in
// class. All of it is asked of the orders each time, so that what ends, is cancelled or recalled is gone everywhere at
// once.
#include "modules/push/service_orders.hpp"
#include "modules/resources/service_open.hpp"

namespace santong::push {

/// What stands on the public page (门户页): things of running orders that want it and may be public, the newest first;
/// at a box those that have come. Parts of a pack that stands there itself are left to it.
std::vector<resources::Recommended> portal_things(Desk const& desk, core::DistrictId district);

/// Something that is new at the caller's school.
struct PushArrivalRow {
    ResourceId resource_id;
    std::string title;
    resources::Kind kind = resources::Kind::document;
    std::string subject;
    core::Instant at;
};
BOOST_DESCRIBE_STRUCT(PushArrivalRow, (), (resource_id, title, kind, subject, at))
struct PushArrivalList {
    std::vector<PushArrivalRow> items;  ///< the newest first
};
BOOST_DESCRIBE_STRUCT(PushArrivalList, (), (items))
/// What came whole to a teacher's school in the last 14 days, of the subjects that he teaches (all of them where he
/// teaches none); packs without what is in them.
core::Result<PushArrivalList> my_arrivals(Desk const& desk, auth::Caller const& caller);
/// The same for a pupil: what is for his class's grade and fit for pupils; of packs what is in them.
core::Result<PushArrivalList> pupil_arrivals(Desk const& desk, auth::Caller const& caller);
/// What a child finds there, for who answers for it; not_found for somebody else's child.
core::Result<PushArrivalList> child_arrivals(Desk const& desk, auth::Caller const& caller, core::PersonId const& child);

struct ClassPushQuery {
    std::string class_id;
    std::string subject;
    std::string plan;  ///< by which it is taught: things of its chapter stand first
};
BOOST_DESCRIBE_STRUCT(ClassPushQuery, (), (class_id, subject, plan))
/// Something pushed for a class that can be put on its screen.
struct ClassPushRow {
    ResourceId id;
    std::string title;
    resources::Kind kind = resources::Kind::document;
    resources::Scope scope = resources::Scope::district;
    std::int32_t pages = 0;
    std::int32_t duration_seconds = 0;
    bool has_thumbnail = false;
    bool here = true;                          ///< its bytes lay at this place
    std::optional<core::Instant> expected_at;  ///< of what is not here
};
BOOST_DESCRIBE_STRUCT(ClassPushRow, (),
                      (id, title, kind, scope, pages, duration_seconds, has_thumbnail, here, expected_at))
struct ClassPushList {
    std::vector<ClassPushRow> items;
};
BOOST_DESCRIBE_STRUCT(ClassPushList, (), (items))
/// What running orders bring for a class in a subject (推送来的), for who may ask for things at its school. Refuses
/// "roster.class_not_found" and a class of another school.
core::Result<ClassPushList> class_things(Desk const& desk, auth::Caller const& caller, ClassPushQuery const& query);

}  // namespace santong::push
