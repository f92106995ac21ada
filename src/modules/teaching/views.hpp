#pragma once
// What several screens of teaching show: lessons with names, resources in brief. Inner header of the module.
#include <map>

#include "modules/resources/service.hpp"
#include "modules/roster/service.hpp"
#include "modules/teaching/domain.hpp"
#include "modules/timetable/service.hpp"

namespace santong::teaching {

/// A lesson as a teacher's lists show it.
struct PlannedLesson {
    LessonId id;
    core::OrgId school_id;
    core::OrgId class_id;
    std::string class_name;
    std::int32_t grade = 0;
    std::int32_t pupils = 0;
    core::LocalDate date;
    std::int32_t week = 0;
    std::int32_t period = 0;
    std::string subject;
    std::string room;
    timetable::LessonState state = timetable::LessonState::planned;
    bool unplanned = false;
    core::Instant start_at;
    core::Instant end_at;
};
BOOST_DESCRIBE_STRUCT(PlannedLesson, (),
                      (id, school_id, class_id, class_name, grade, pupils, date, week, period, subject, room, state,
                       unplanned, start_at, end_at))
std::vector<PlannedLesson> lesson_rows(sql::Tx& tx, std::vector<timetable::Lesson> const& lessons,
                                       core::LocalDate today);

/// A resource as plans and class views show it; `readable` is false for one that was recalled or is not shared any
/// more.
struct ResourceBrief {
    ResourceId id;
    std::string title;
    resources::Kind kind = resources::Kind::document;
    resources::Scope scope = resources::Scope::self;
    bool reviewed = false;
    bool readable = false;
    bool mine = false;
    std::int32_t version = 0;
    std::string media_type;
    std::int32_t pages = 0;
    std::int32_t duration_seconds = 0;
    bool has_thumbnail = false;
    std::string recalled_reason;  ///< for who could use it before; empty = it is there, or was never his to see
};
BOOST_DESCRIBE_STRUCT(ResourceBrief, (),
                      (id, title, kind, scope, reviewed, readable, mine, version, media_type, pages, duration_seconds,
                       has_thumbnail, recalled_reason))
/// In the order asked for; ids that are nothing are left out.
std::vector<ResourceBrief> resource_briefs(sql::Tx& tx, auth::Caller const& caller, std::vector<ResourceId> const& ids);

/// A plan in a list.
struct PlanBrief {
    PlanId id;
    std::string title;
    std::string subject;
    std::int32_t grade = 0;
    std::int32_t hours = 1;
    std::int32_t minutes = 0;
    std::int32_t resources = 0;
    std::optional<ChapterId> chapter_id;
    Readiness readiness = Readiness::empty;
    Sharing sharing = Sharing::own;
    bool mine = false;
    std::string owner_name;
    core::Instant updated_at;
};
BOOST_DESCRIBE_STRUCT(PlanBrief, (),
                      (id, title, subject, grade, hours, minutes, resources, chapter_id, readiness, sharing, mine,
                       owner_name, updated_at))
std::vector<PlanBrief> plan_briefs(sql::Tx& tx, auth::Caller const& caller, std::vector<LessonPlan> const& plans);

/// The school at which the caller has a permission by his first post; refuses "teaching.no_school".
core::Result<core::OrgId> own_school(sql::Tx& tx, auth::Caller const& caller, auth::Permission permission);

}  // namespace santong::teaching
