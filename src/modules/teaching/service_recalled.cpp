#include "modules/teaching/service_recalled.hpp"

#include <algorithm>
#include <limits>
#include <map>
#include <set>

#include "modules/teaching/permissions.hpp"
#include "modules/teaching/plan_access.hpp"
#include "modules/teaching/store.hpp"

namespace santong::teaching {

namespace {

constexpr int most_plans = 500;
constexpr int most_suggested = 3;
constexpr int weeks_ahead_days = 27;

using NextLessons = std::map<PlanId, timetable::Lesson>;

/// The next lesson of each plan that has one to come.
NextLessons next_lessons(sql::Tx& tx, auth::Caller const& caller, core::Clock const& clock, core::LocalDate today) {
    auto lessons = timetable::lessons_of_teacher(tx, caller.person, today, today.plus_days(weeks_ahead_days));
    std::erase_if(lessons, [&](timetable::Lesson const& one) {
        return one.end_at <= clock.now() || one.state == timetable::LessonState::cancelled;
    });
    std::ranges::sort(lessons, {}, [](timetable::Lesson const& one) { return one.start_at; });
    std::vector<LessonId> ids;
    for (auto const& lesson : lessons) ids.push_back(lesson.id);
    std::map<LessonId, PlanId> plan_of;
    for (auto const& link : store::plans_of_lessons(tx, ids)) plan_of.emplace(link.lesson_id, link.plan_id);
    NextLessons next;
    for (auto const& lesson : lessons) {
        auto const plan = plan_of.find(lesson.id);
        if (plan != plan_of.end()) next.emplace(plan->second, lesson);
    }
    return next;
}

/// What may take its place: something of its chapter (or else the plan's) and kind that the caller can use.
core::Result<std::vector<ResourceBrief>> instead_of(sql::Tx& tx, core::Clock const& clock, auth::Caller const& caller,
                                                    ResourceBrief const& lost, LessonPlan const& plan) {
    auto const resource = resources::resource(tx, lost.id);
    auto const chapter = resource && resource->chapter_id ? resource->chapter_id : plan.chapter_id;
    if (!chapter) return std::vector<ResourceBrief>();
    auto const here = resources_of(plan.content);
    resources::Search wish;
    wish.chapter = chapter->text();
    wish.kind = std::string(core::enum_text(lost.kind));
    wish.sort = "used";
    wish.limit = most_suggested + static_cast<int>(here.size());
    std::vector<ResourceId> ids;
    for (auto const& one : TRY(resources::search(tx, clock, caller, wish)).items) {
        bool const fits = one.id != lost.id && one.state == resources::State::published &&
                          std::ranges::find(here, one.id) == here.end();
        if (fits && ids.size() < most_suggested) ids.push_back(one.id);
    }
    return resource_briefs(tx, caller, ids);
}

std::int32_t places_of_resource(PlanContent const& content, ResourceId const& id) {
    std::int32_t places = 0;
    for (auto const& section : content.sections)
        places += std::ranges::find(section.resources, id, &PlanResource::resource_id) != section.resources.end();
    return places;
}

/// False if the part does not show it.
bool replace_in(Section& section, ResourceId const& lost, ResourceId const& by) {
    auto& shown = section.resources;
    auto const at = std::ranges::find(shown, lost, &PlanResource::resource_id);
    if (at == shown.end()) return false;
    auto const same = std::ranges::find(shown, by, &PlanResource::resource_id);
    if (same != shown.end()) {
        same->for_pupils = same->for_pupils || at->for_pupils;
    } else {
        *at = {by, {}, {}, at->for_pupils};
    }
    std::erase_if(shown, [&](PlanResource const& one) { return one.resource_id == lost; });
    return true;
}

/// Those that stand in the plans and the caller cannot open. Each is asked for once, however many plans show it.
std::set<ResourceId> lost_in(sql::Tx& tx, auth::Caller const& caller, std::vector<LessonPlan> const& plans) {
    std::set<ResourceId> ids;
    for (auto const& plan : plans) {
        for (auto const& id : resources_of(plan.content)) ids.insert(id);
    }
    std::set<ResourceId> lost;
    if (ids.empty()) return lost;
    for (auto const& one : resources::resources(tx, {ids.begin(), ids.end()})) {
        if (resources::is_gone(one) || !resources::can_read(tx, caller, one)) lost.insert(one.id);
    }
    return lost;
}

core::Result<void> add_lost(sql::Tx& tx, core::Clock const& clock, auth::Caller const& caller, LessonPlan const& plan,
                            std::set<ResourceId> const& lost_ids, std::vector<LostResource>& found) {
    auto ids = resources_of(plan.content);
    std::erase_if(ids, [&](ResourceId const& id) { return !lost_ids.contains(id); });
    for (auto const& brief : resource_briefs(tx, caller, ids)) {
        LostResource lost;
        lost.plan_id = plan.id;
        lost.plan_title = plan.content.title;
        lost.version = plan.version;
        lost.resource = brief;
        lost.places = places_of_resource(plan.content, brief.id);
        lost.instead = TRY(instead_of(tx, clock, caller, brief, plan));
        found.push_back(std::move(lost));
    }
    return {};
}

}  // namespace

core::Result<std::vector<LostResource>> lost_resources(sql::Database& db, auth::Caller const& caller,
                                                       core::Clock const& clock) {
    return db.read(caller.district, [&](sql::Tx& tx) -> core::Result<std::vector<LostResource>> {
        auto const today = roster::today(tx, clock);
        auto const next = next_lessons(tx, caller, clock, today);
        store::PlanFilter own;
        own.owner = caller.person;
        own.limit = most_plans;
        std::vector<LostResource> found;
        auto const plans = store::list_plans(tx, own);
        auto const lost = lost_in(tx, caller, plans);
        for (auto const& plan : plans) TRY_VOID(add_lost(tx, clock, caller, plan, lost, found));
        for (auto& one : found) {
            auto const lesson = next.find(one.plan_id);
            if (lesson != next.end()) one.next = lesson_rows(tx, {lesson->second}, today).front();
        }
        std::ranges::stable_sort(found, {}, [](LostResource const& one) {
            return one.next ? one.next->start_at.ms : std::numeric_limits<std::int64_t>::max();
        });
        return found;
    });
}

core::Result<PlanView> replace_resource(sql::Database& db, auth::Caller const& caller, core::Clock const& clock,
                                        PlanId const& id, ReplaceResource const& wish) {
    return db.transact(caller.district, [&](sql::Tx& tx) -> core::Result<PlanView> {
        auto plan = TRY(plan_access::own(tx, caller, id));
        if (plan.version != wish.version) return core::conflict("teaching.plan_changed");
        auto const before = plan.content;
        bool any = false;
        for (auto& section : plan.content.sections) any = replace_in(section, wish.resource_id, wish.by) || any;
        if (!any || wish.resource_id == wish.by) return core::conflict("teaching.resource_not_in_plan");
        TRY_VOID(plan_access::check_new_resources(tx, caller, plan.content, before));
        plan.readiness = readiness_of(plan.content);
        ++plan.version;
        plan.updated_at = clock.now();
        if (!store::save_plan(tx, plan)) return core::conflict("teaching.plan_changed");
        plan_access::remember(tx, plan, plan_access::HistoryEntry::fresh);
        return plan_access::view(tx, caller, plan, roster::today(tx, clock));
    });
}

}  // namespace santong::teaching
