#include "modules/teaching/views.hpp"

#include <set>

namespace santong::teaching {

std::vector<PlannedLesson> lesson_rows(sql::Tx& tx, std::vector<timetable::Lesson> const& lessons,
                                       core::LocalDate today) {
    std::set<core::OrgId> classes;
    for (auto const& lesson : lessons) classes.insert(lesson.class_id);
    std::map<core::OrgId, roster::ClassGroup> groups;
    for (auto& group : roster::class_groups(tx, {classes.begin(), classes.end()}, today))
        groups.emplace(group.id, group);
    std::vector<PlannedLesson> rows;
    for (auto const& lesson : lessons) {
        auto const& group = groups[lesson.class_id];
        rows.push_back({lesson.id, lesson.school_id, lesson.class_id, group.name, group.grade, group.pupils,
                        lesson.date, lesson.week, lesson.period, lesson.subject,
                        lesson.room.empty() ? group.room : lesson.room, lesson.state,
                        lesson.source == timetable::LessonSource::unplanned, lesson.start_at, lesson.end_at});
    }
    return rows;
}

/// The reason of a recall, for its owner and for whom it was published; empty for everybody else.
static std::string why_recalled(sql::Tx& tx, auth::Caller const& caller, resources::Resource const& resource) {
    if (!resources::is_gone(resource)) return {};
    auto const asked = resources::readable(tx, caller, resource.id);
    return asked || asked.error().code == core::ErrorCode::gone ? resource.recalled_reason : std::string();
}

std::vector<ResourceBrief> resource_briefs(sql::Tx& tx, auth::Caller const& caller,
                                           std::vector<ResourceId> const& ids) {
    std::map<ResourceId, resources::Resource> known;
    if (!ids.empty()) {
        for (auto& one : resources::resources(tx, ids)) known.emplace(one.id, std::move(one));
    }
    std::vector<ResourceBrief> briefs;
    for (auto const& id : ids) {
        auto const found = known.find(id);
        if (found == known.end()) continue;
        auto const& one = found->second;
        bool const readable = !resources::is_gone(one) && resources::can_read(tx, caller, one);
        bool const mine = one.owner_person == caller.person;
        ResourceBrief brief{id,
                            readable ? one.title : "",
                            one.kind,
                            one.scope,
                            resources::is_reviewed(one),
                            readable,
                            mine,
                            one.current_version > 0 ? one.current_version : one.latest_version,
                            "",
                            0,
                            0,
                            false,
                            why_recalled(tx, caller, one)};
        if (!brief.recalled_reason.empty()) brief.title = one.title;
        if (auto const version = resources::version(tx, id, brief.version); version && readable) {
            brief.media_type = version->media_type;
            brief.pages = version->pages;
            brief.duration_seconds = version->duration_seconds;
            brief.has_thumbnail = version->thumbnail_file_id.has_value();
        }
        briefs.push_back(std::move(brief));
    }
    return briefs;
}

std::vector<PlanBrief> plan_briefs(sql::Tx& tx, auth::Caller const& caller, std::vector<LessonPlan> const& plans) {
    std::set<core::PersonId> owners;
    for (auto const& plan : plans) owners.insert(plan.owner_person);
    auto const names = roster::names(tx, {owners.begin(), owners.end()});
    std::vector<PlanBrief> briefs;
    for (auto const& plan : plans) {
        auto const name = names.find(plan.owner_person);
        briefs.push_back({plan.id, plan.content.title, plan.subject, plan.grade, plan.content.hours,
                          minutes_of(plan.content), static_cast<std::int32_t>(resources_of(plan.content).size()),
                          plan.chapter_id, plan.readiness, plan.sharing, plan.owner_person == caller.person,
                          name == names.end() ? "" : name->second, plan.updated_at});
    }
    return briefs;
}

core::Result<core::OrgId> own_school(sql::Tx& tx, auth::Caller const& caller, auth::Permission permission) {
    for (auto const& org : caller.scope(permission)) {
        auto const school = roster::school_of(tx, org);
        if (school) return *school;
    }
    return core::forbidden("teaching.no_school");
}

}  // namespace santong::teaching
