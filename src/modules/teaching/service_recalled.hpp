#pragma once
// What stands in a teacher's plans and cannot be opened any more (教案里已收回的资源), and what may take its place.
#include "modules/teaching/service_plans.hpp"

namespace santong::teaching {

/// A resource of one's own plan that was recalled, or is not shared any more.
struct LostResource {
    PlanId plan_id;
    std::string plan_title;
    std::int64_t version = 1;            ///< of the plan, for `replace_resource`
    std::optional<PlannedLesson> next;   ///< the next lesson that is taught by it
    ResourceBrief resource;              ///< `recalled_reason` where the caller may know it
    std::int32_t places = 1;             ///< parts of the plan that show it
    std::vector<ResourceBrief> instead;  ///< of the same chapter and kind, most used first
};
BOOST_DESCRIBE_STRUCT(LostResource, (), (plan_id, plan_title, version, next, resource, places, instead))

/// Those whose lesson comes next first; plans without a lesson to come last.
core::Result<std::vector<LostResource>> lost_resources(sql::Database& db, auth::Caller const& caller,
                                                       core::Clock const& clock);

/// Puts another resource into every place of one. Its pages begin anew; whether pupils may open it stays.
struct ReplaceResource {
    std::int64_t version = 0;  ///< the newest one the caller knows
    ResourceId resource_id;
    ResourceId by;
};
BOOST_DESCRIBE_STRUCT(ReplaceResource, (), (version, resource_id, by))
/// Refuses another's plan, one changed meanwhile ("teaching.plan_changed"), a resource that is not in it
/// ("teaching.resource_not_in_plan"), and one that the caller cannot use in a lesson.
core::Result<PlanView> replace_resource(sql::Database& db, auth::Caller const& caller, core::Clock const& clock,
                                        PlanId const& id, ReplaceResource const& wish);

}  // namespace santong::teaching
