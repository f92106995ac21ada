#include "modules/push/needs.hpp"

#include <algorithm>
#include <set>

#include "modules/roster/service.hpp"
#include "modules/teaching/service.hpp"
#include "modules/timetable/service.hpp"

namespace santong::push {

namespace {

/// Coming lessons of a school that a wish is about, in order.
std::vector<timetable::Lesson> coming(sql::Tx& tx, core::Instant now, core::OrgId const& school, NeedWish const& wish) {
    auto const today = roster::district(tx).zone().date_of(now);
    std::set<core::OrgId> classes;
    for (auto const& one : roster::classes(tx, school, today)) {
        if (one.grade >= wish.grade_from && one.grade <= wish.grade_to) classes.insert(one.id);
    }
    std::vector<timetable::Lesson> found;
    for (auto& lesson : timetable::lessons_of_school(tx, school, today, today.plus_days(wish.days))) {
        if (lesson.state == timetable::LessonState::planned && lesson.subject == wish.subject &&
            lesson.start_at > now && classes.contains(lesson.class_id))
            found.push_back(std::move(lesson));
    }
    std::ranges::sort(found, {}, [](timetable::Lesson const& one) { return std::pair(one.start_at, one.class_id); });
    return found;
}

/// Chapters that the plans of these lessons name.
std::map<timetable::LessonId, ChapterId> chapters_of(sql::Tx& tx, std::vector<timetable::Lesson> const& lessons) {
    std::vector<timetable::LessonId> ids;
    for (auto const& one : lessons) ids.push_back(one.id);
    std::map<timetable::LessonId, ChapterId> found;
    for (auto const& planned : teaching::plans_of_lessons(tx, ids)) {
        auto const plan = teaching::plan(tx, planned.plan_id);
        if (plan && plan->chapter_id) found[planned.lesson_id] = *plan->chapter_id;
    }
    return found;
}

}  // namespace

std::vector<roster::School> schools_for(sql::Tx& tx, core::LocalDate on, PushAudience const& audience) {
    std::vector<roster::School> found;
    for (auto const& school : roster::schools(tx)) {
        auto const& kinds = audience.school_kinds;
        if (!kinds.empty() && std::ranges::find(kinds, school.kind) == kinds.end()) continue;
        auto const classes = roster::classes(tx, school.id, on);
        if (std::ranges::any_of(classes, [&](roster::ClassGroup const& one) {
                return one.grade >= audience.grade_from && one.grade <= audience.grade_to;
            }))
            found.push_back(school);
    }
    return found;
}

std::map<core::OrgId, Need> needs(sql::Tx& tx, core::Instant now, NeedWish const& wish) {
    std::map<core::OrgId, Need> found;
    for (auto const& school : wish.schools) {
        auto const lessons = coming(tx, now, school, wish);
        auto const chapters =
            wish.chapters.empty() ? std::map<timetable::LessonId, ChapterId>{} : chapters_of(tx, lessons);
        timetable::Lesson const* open = nullptr;
        timetable::Lesson const* planned = nullptr;
        for (auto const& lesson : lessons) {
            auto const chapter = chapters.find(lesson.id);
            if (chapter == chapters.end()) {
                if (open == nullptr) open = &lesson;
            } else if (planned == nullptr && std::ranges::find(wish.chapters, chapter->second) != wish.chapters.end()) {
                planned = &lesson;
            }
        }
        if (auto const* first = planned != nullptr ? planned : open)
            found[school] = {first->start_at, first->period, first->class_id};
    }
    return found;
}

std::vector<ChapterId> planned_chapters(sql::Tx& tx, core::Instant now, NeedWish const& wish) {
    std::vector<ChapterId> found;
    for (auto const& school : wish.schools) {
        for (auto const& [lesson, chapter] : chapters_of(tx, coming(tx, now, school, wish))) {
            if (std::ranges::find(found, chapter) == found.end()) found.push_back(chapter);
        }
    }
    std::ranges::sort(found);
    return found;
}

core::Instant next_weekday(core::Zone const& zone, core::Instant now, int weekday, int minute) {
    auto const today = zone.date_of(now);
    for (int ahead = 0; ahead < 8; ++ahead) {
        auto const day = today.plus_days(ahead);
        auto const at = zone.at(day, minute);
        if (day.weekday() == weekday && at > now) return at;
    }
    return now;
}

}  // namespace santong::push
