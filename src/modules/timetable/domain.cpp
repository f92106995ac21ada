#include "modules/timetable/domain.hpp"

#include <algorithm>
#include <set>
#include <tuple>

namespace santong::timetable {

namespace {

BellPeriod const* bell_of(std::span<BellPeriod const> bell, int period) {
    for (auto const& candidate : bell) {
        if (candidate.number == period) return &candidate;
    }
    return nullptr;
}

/// The weekday whose timetable is followed; empty on a day without lessons.
std::optional<int> followed_weekday(DayPlan const& plan) {
    if (!plan.calendar) return plan.date.weekday();
    if (plan.calendar->kind != DayKind::workday) return std::nullopt;
    return plan.calendar->as_weekday.value_or(plan.date.weekday());
}

Lesson lesson_at(DayPlan const& plan, core::OrgId const& class_id, int period) {
    Lesson lesson;
    lesson.id = lesson_id(class_id, plan.date, period);
    lesson.school_id = plan.school_id;
    lesson.class_id = class_id;
    lesson.date = plan.date;
    lesson.week = plan.week;
    lesson.period = period;
    return lesson;
}

void apply(Lesson& lesson, Substitution const& change) {
    lesson.source = LessonSource::substitution;
    if (change.kind == SubstitutionKind::cancelled) {
        lesson.state = LessonState::cancelled;
        return;
    }
    if (change.kind == SubstitutionKind::self_study) {
        lesson.state = LessonState::not_taught;
        lesson.teacher_id = change.teacher_id;
        return;
    }
    lesson.state = LessonState::planned;
    if (!change.subject.empty()) lesson.subject = change.subject;
    if (change.teacher_id) lesson.teacher_id = change.teacher_id;
    if (change.room) lesson.room = *change.room;
}

void apply(Lesson& lesson, PatrolException const& found) {
    lesson.source = LessonSource::patrol;
    if (found.kind == PatrolFinding::other_subject)
        lesson.subject = found.subject;
    else
        lesson.state = LessonState::not_taught;
}

Lesson* lesson_of(std::vector<Lesson>& lessons, core::OrgId const& class_id, int period) {
    for (auto& lesson : lessons) {
        if (lesson.class_id == class_id && lesson.period == period) return &lesson;
    }
    return nullptr;
}

bool same_time(Entry const& a, Entry const& b) {
    bool const weeks_meet =
        a.week_parity == WeekParity::all || b.week_parity == WeekParity::all || a.week_parity == b.week_parity;
    return a.weekday == b.weekday && a.period == b.period && weeks_meet;
}

}  // namespace

bool is_school_day(core::LocalDate date, CalendarDay const* day) {
    constexpr int friday = 5;
    return day != nullptr ? day->kind != DayKind::holiday : date.weekday() <= friday;
}

std::string version_of(std::vector<CoursePlanRow> rows) {
    std::ranges::sort(rows, {}, [](CoursePlanRow const& one) { return std::tie(one.grade, one.subject); });
    std::string text = "course-plan";
    for (auto const& one : rows) {
        text += '/' + std::to_string(one.school_year) + ' ' + std::to_string(one.grade) + ' ' + one.subject + ' ' +
                std::to_string(one.weekly_periods);
    }
    return core::Uuid::named(text).text();
}

LessonId lesson_id(core::OrgId const& class_id, core::LocalDate date, int period) {
    return LessonId{core::Uuid::named("lesson/" + class_id.text() + '/' + date.text() + '/' + std::to_string(period))};
}

bool taught_in_week(WeekParity parity, int week) {
    return parity == WeekParity::all || (parity == WeekParity::odd) == (week % 2 == 1);
}

std::vector<Lesson> lessons_of_day(DayPlan const& plan, core::Zone zone, core::Instant now) {
    std::vector<Lesson> lessons;
    if (auto const weekday = followed_weekday(plan)) {
        for (auto const& entry : plan.entries) {
            if (entry.weekday != *weekday || !taught_in_week(entry.week_parity, plan.week)) continue;
            auto& lesson = lessons.emplace_back(lesson_at(plan, entry.class_id, entry.period));
            lesson.subject = entry.subject;
            lesson.teacher_id = entry.teacher_id;
            lesson.room = entry.room;
        }
    }
    for (auto const& change : plan.substitutions) {
        // A change of a lesson falls with it: a holiday may have come onto the day.
        bool const adds = change.kind == SubstitutionKind::added;
        auto* const known = lesson_of(lessons, change.class_id, change.period);
        if (known || adds)
            apply(known ? *known : lessons.emplace_back(lesson_at(plan, change.class_id, change.period)), change);
    }
    for (auto const& found : plan.patrol) {
        auto* const known = lesson_of(lessons, found.class_id, found.period);
        apply(known ? *known : lessons.emplace_back(lesson_at(plan, found.class_id, found.period)), found);
    }
    std::erase_if(lessons,
                  [&](Lesson const& lesson) { return lesson.subject.empty() || !bell_of(plan.bell, lesson.period); });
    for (auto& lesson : lessons) {
        auto const& times = *bell_of(plan.bell, lesson.period);
        lesson.start_at = zone.at(plan.date, times.start_minute);
        lesson.end_at = zone.at(plan.date, times.end_minute);
        if (lesson.state == LessonState::planned && lesson.end_at <= now) lesson.state = LessonState::held;
    }
    std::sort(lessons.begin(), lessons.end(), [](Lesson const& a, Lesson const& b) {
        return std::tie(a.period, a.class_id) < std::tie(b.period, b.class_id);
    });
    return lessons;
}

std::vector<Clash> clashes(std::span<Entry const> entries) {
    std::vector<Entry> sorted(entries.begin(), entries.end());
    std::sort(sorted.begin(), sorted.end(), [](Entry const& a, Entry const& b) {
        return std::tie(a.weekday, a.period) < std::tie(b.weekday, b.period);
    });
    std::vector<Clash> found;
    for (std::size_t i = 0; i < sorted.size(); ++i) {
        for (std::size_t k = i + 1; k < sorted.size(); ++k) {
            auto const &a = sorted[i], &b = sorted[k];
            if (a.weekday != b.weekday || a.period != b.period) break;
            if (!same_time(a, b)) continue;
            if (a.class_id == b.class_id) found.push_back({a, b, "timetable.class_twice"});
            // One teacher with several classes in one room is a joint class (合班), not a clash.
            else if (a.teacher_id && a.teacher_id == b.teacher_id && (a.room != b.room || a.room.empty())) {
                found.push_back({a, b, "timetable.teacher_twice"});
            }
        }
    }
    return found;
}

std::vector<std::string> bell_problems(std::span<BellPeriod const> bell) {
    std::vector<std::string> problems;
    std::set<int> numbers;
    for (std::size_t i = 0; i < bell.size(); ++i) {
        auto const& period = bell[i];
        if (period.start_minute < 0 || period.end_minute > 1440 || period.start_minute >= period.end_minute) {
            problems.emplace_back("timetable.bell_backwards");
        }
        if (!numbers.insert(period.number).second || period.number < 1) problems.emplace_back("timetable.bell_number");
        if (i > 0 && period.start_minute < bell[i - 1].end_minute) problems.emplace_back("timetable.bell_overlap");
    }
    return problems;
}

}  // namespace santong::timetable
