#include "modules/teaching/plan_access.hpp"

#include <algorithm>

#include "modules/teaching/permissions.hpp"
#include "modules/teaching/store.hpp"
#include "platform/feed/feed.hpp"

namespace santong::teaching::plan_access {

core::Result<LessonPlan> own(sql::Tx& tx, auth::Caller const& caller, PlanId const& id) {
    auto plan = store::plan(tx, id);
    if (!plan || plan->owner_person != caller.person) return core::not_found("teaching.plan_not_found");
    return std::move(*plan);
}

core::Result<LessonPlan> readable(sql::Tx& tx, auth::Caller const& caller, PlanId const& id) {
    auto plan = store::plan(tx, id);
    if (!plan) return core::not_found("teaching.plan_not_found");
    bool const shared = plan->sharing == Sharing::school && caller.may(tx, permissions::prepare, plan->school_id);
    if (plan->owner_person != caller.person && !shared) return core::not_found("teaching.plan_not_found");
    return std::move(*plan);
}

PlanView view(sql::Tx& tx, auth::Caller const& caller, LessonPlan const& plan, core::LocalDate today) {
    PlanView view;
    view.plan = plan;
    view.mine = plan.owner_person == caller.person;
    view.owner_name = roster::names(tx, {plan.owner_person})[plan.owner_person];
    view.resources = resource_briefs(tx, caller, resources_of(plan.content));
    if (plan.chapter_id) {
        if (auto const chapter = resources::chapter(tx, *plan.chapter_id)) view.chapter_title = chapter->title;
    }
    if (plan.textbook_id) {
        if (auto const book = resources::textbook(tx, *plan.textbook_id)) view.textbook_title = book->title;
    }
    if (!view.mine) return view;
    std::vector<timetable::Lesson> lessons;
    for (auto const& link : store::plan_lessons(tx, plan.id)) {
        if (auto lesson = timetable::lesson(tx, link.lesson_id)) lessons.push_back(std::move(*lesson));
    }
    std::ranges::sort(lessons, {}, [](timetable::Lesson const& one) { return one.start_at; });
    view.lessons = lesson_rows(tx, lessons, today);
    return view;
}

void remember(sql::Tx& tx, LessonPlan const& plan, HistoryEntry entry) {
    PlanVersion version{PlanVersionId::make(),  plan.id,      plan.version,
                        PlanVersionKind::saved, plan.content, plan.updated_at};
    auto const last = store::last_saved(tx, plan.id);
    bool const same_span = last && last->saved_at.ms / history_span_ms == plan.updated_at.ms / history_span_ms;
    // What a refused save has met stays in the history, whichever of the two is gone on with.
    bool const met = last && store::refused_since(tx, plan.id, last->saved_at);
    if (same_span && !met && last->name.empty() && entry == HistoryEntry::same_span) version.id = last->id;
    store::put_version(tx, version);
    feed::put(tx, {"teaching.LessonPlan", plan.id.text(), plan.school_id}, plan);
}

core::Result<void> link(sql::Tx& tx, auth::Caller const& caller, PlanId const& id,
                        std::vector<LessonId> const& lessons) {
    std::vector<PlanLesson> rows;
    for (auto const& lesson_id : lessons) {
        auto const lesson = timetable::lesson(tx, lesson_id);
        if (!lesson || lesson->teacher_id != caller.person) return core::not_found("teaching.lesson_not_found");
        rows.push_back({lesson_id, id});
    }
    store::put_plan_lessons(tx, rows);
    return {};
}

core::Result<void> check_new_resources(sql::Tx& tx, auth::Caller const& caller, PlanContent const& content,
                                       PlanContent const& before) {
    auto const known = resources_of(before);
    std::vector<core::Problem> problems;
    for (std::size_t i = 0; i < content.sections.size(); ++i) {
        auto const& attached = content.sections[i].resources;
        for (std::size_t k = 0; k < attached.size(); ++k) {
            if (std::ranges::find(known, attached[k].resource_id) != known.end()) continue;
            auto const found = resources::usable(tx, caller, attached[k].resource_id);
            if (found && found->kind != resources::Kind::pack) continue;  // a pack is taken in thing by thing
            problems.push_back({"/content/sections/" + std::to_string(i) + "/resources/" + std::to_string(k),
                                "resources.not_found",
                                {}});
        }
    }
    if (!problems.empty()) return core::invalid(std::move(problems));
    return {};
}

}  // namespace santong::teaching::plan_access
