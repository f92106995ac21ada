#include "modules/reports/content.hpp"

#include <algorithm>
#include <cmath>
#include <set>

#include "modules/indicators/service_month.hpp"
#include "modules/roster/service.hpp"
#include "modules/teaching/service.hpp"
#include "modules/timetable/service.hpp"
#include "modules/timetable/service_office.hpp"

namespace santong::reports {

namespace {

using timetable::Lesson;
using timetable::LessonState;

/// One school's month while it is counted.
class Month {
public:
    Month(sql::Tx& tx, core::OrgId const& school, core::LocalDate from, core::LocalDate to)
        : tx_(tx), school_(school), to_(to) {
        content.from = from;
        content.to = to;
        for (auto& one : roster::classes(tx, school, to)) classes_[one.id] = std::move(one);
        lessons_ = timetable::lessons_of_school(tx, school, from, to);
        for (auto const& lesson : lessons_) by_id_[lesson.id] = &lesson;
        for (auto const& one : teaching::sessions_of_school(tx, school, from, to)) {
            if (one.counts() && one.used()) take_use(one);
        }
    }

    void fill() {
        content.classes = static_cast<std::int32_t>(classes_.size());
        content.teachers = roster::teacher_count(tx_, school_, to_);
        content.pupils = roster::pupil_counts(tx_, to_)[school_];
        count_lessons();
        fill_rooms();
        find_short_hours();
        find_not_taught();
        find_cancelled();
    }

    ReportContent content;

private:
    void take_use(teaching::ClassSession const& one) {
        auto const at = by_id_.find(one.lesson_id);
        if (at == by_id_.end() || at->second->state != LessonState::held) return;
        bool const first = used_.insert(one.lesson_id).second;
        if (one.resource_count > 0) with_resources_.insert(one.lesson_id);
        if (one.reviewed_resource) with_reviewed_.insert(one.lesson_id);
        auto const& room = one.room.empty() ? classes_[one.class_id].room : one.room;
        auto& use = rooms_[room];
        use.lessons += first ? 1 : 0;
        if (!use.last || *use.last < one.date) use.last = one.date;
    }

    void count_lessons() {
        std::map<int, ReportPart> grades;
        for (auto const& lesson : lessons_) {
            if (lesson.state != LessonState::held) continue;
            ++content.lessons_held;
            days_.insert(lesson.date);
            auto& grade = grades[classes_[lesson.class_id].grade];
            ++grade.denominator;
            if (used_.contains(lesson.id)) ++grade.numerator;
        }
        content.lessons_used = static_cast<std::int64_t>(used_.size());
        content.lessons_with_resources = static_cast<std::int64_t>(with_resources_.size());
        content.lessons_with_reviewed = static_cast<std::int64_t>(with_reviewed_.size());
        for (auto& [grade, part] : grades) {
            part.key = std::to_string(grade);
            content.grades.push_back(std::move(part));
        }
    }

    void fill_rooms() {
        auto const idle_since = to_.plus_days(1 - idle_days);
        for (auto const& room : roster::rooms(tx_, school_)) {
            auto const& use = rooms_[room.name];
            bool const classroom = room.kind == roster::RoomKind::classroom;
            content.rooms.push_back(
                {room.name, std::string(core::enum_text(room.kind)), room.equipped, use.lessons, use.last});
            if (!classroom) continue;
            ++content.classrooms;
            content.equipped += room.equipped ? 1 : 0;
            if (!room.equipped || content.lessons_held == 0 || (use.last && *use.last >= idle_since)) continue;
            ReportLine line;
            line.line = "room_idle/" + room.name;
            line.kind = LineKind::room_idle;
            line.place = room.name;
            line.date = use.last;
            content.lines.push_back(std::move(line));
        }
    }

    /// A short week asks for as many periods as it has days; one that still goes on is not judged.
    void find_short_hours() {
        std::map<core::LocalDate, std::set<core::LocalDate>> week_days;
        for (auto const& day : days_) {
            auto const monday = indicators::monday_of(day);
            if (monday.plus_days(6) <= to_) week_days[monday].insert(day);
        }
        std::map<std::pair<core::OrgId, std::string>, std::int64_t> given;
        for (auto const& lesson : lessons_) {
            bool const over = week_days.contains(indicators::monday_of(lesson.date));
            if (over && lesson.state == LessonState::held) ++given[{lesson.class_id, lesson.subject}];
        }
        auto const plan = timetable::course_plan(tx_, roster::school_year_of(content.from));
        for (auto const& [id, group] : classes_) {
            ReportLine line;
            for (auto const& row : plan) {
                if (row.grade != group.grade || row.weekly_periods <= 0) continue;
                std::int64_t due = 0;
                for (auto const& [monday, days] : week_days)
                    due += indicators::periods_due(row.weekly_periods, static_cast<int>(days.size()));
                auto const taught = given[{id, row.subject}];
                if (due - taught >= periods_missed) line.courses.push_back({row.subject, taught, due});
            }
            if (line.courses.empty()) continue;
            line.line = "hours_short/" + id.text();
            line.kind = LineKind::hours_short;
            line.place = group.name;
            line.class_id = id;
            content.lines.push_back(std::move(line));
        }
    }

    void find_not_taught() {
        for (auto const& lesson : lessons_) {
            if (lesson.state != LessonState::not_taught) continue;
            ReportLine line;
            line.line = "not_taught/" + lesson.id.text();
            line.kind = LineKind::not_taught;
            line.place = classes_[lesson.class_id].name;
            line.class_id = lesson.class_id;
            line.date = lesson.date;
            line.period = lesson.period;
            content.lines.push_back(std::move(line));
        }
    }

    /// One line a day: a sports day is one thing, however many lessons it took.
    void find_cancelled() {
        std::map<timetable::LessonId, std::string> reasons;
        for (auto const& one : timetable::cancellations(tx_, school_, content.from, to_))
            reasons[timetable::lesson_id(one.class_id, one.date, one.period)] = one.reason;
        struct Day {
            std::set<std::string> classes, reasons;
            std::int32_t lessons = 0;
            bool explained = true;
        };
        std::map<core::LocalDate, Day> found;
        for (auto const& lesson : lessons_) {
            if (lesson.state != LessonState::cancelled) continue;
            auto& day = found[lesson.date];
            ++day.lessons;
            day.classes.insert(classes_[lesson.class_id].name);
            auto const& reason = reasons[lesson.id];
            day.explained = day.explained && !reason.empty();
            if (!reason.empty()) day.reasons.insert(reason);
        }
        for (auto const& [date, day] : found) {
            ReportLine line;
            line.line = "cancelled/" + date.text();
            line.kind = LineKind::cancelled;
            line.date = date;
            line.lessons = day.lessons;
            line.place = joined(day.classes, "、");
            if (day.explained) line.note = joined(day.reasons, "；");
            content.lines.push_back(std::move(line));
        }
    }
    static std::string joined(std::set<std::string> const& words, char const* between) {
        std::string text;
        for (auto const& word : words) text += (text.empty() ? "" : between) + word;
        return text;
    }

    struct RoomUse {
        std::int64_t lessons = 0;
        std::optional<core::LocalDate> last;
    };
    sql::Tx& tx_;
    core::OrgId school_;
    core::LocalDate to_;
    std::map<core::OrgId, roster::ClassGroup> classes_;
    std::vector<Lesson> lessons_;
    std::map<timetable::LessonId, Lesson const*> by_id_;
    std::set<timetable::LessonId> used_, with_resources_, with_reviewed_;
    std::set<core::LocalDate> days_;
    std::map<std::string, RoomUse> rooms_;
};

void take_figures(ReportContent& content, indicators::MonthFigures const& figures) {
    for (auto const& one : figures.numbers)
        content.numbers.push_back({one.indicator, one.numerator, one.denominator, one.above});
    for (auto const& one : figures.subjects) content.subjects.push_back({one.key, one.numerator, one.denominator});
    if (!figures.declared || content.numbers.empty() || content.numbers.front().denominator == 0) return;
    auto const& coverage = content.numbers.front();
    auto const measured =
        std::round(1000.0 * static_cast<double>(coverage.numerator) / static_cast<double>(coverage.denominator)) / 10;
    if (std::abs(*figures.declared - measured) <= far_points) return;
    ReportLine line;
    line.line = "declared/I21";
    line.kind = LineKind::declared;
    line.declared = *figures.declared;
    line.measured = measured;
    content.lines.push_back(std::move(line));
}

}  // namespace

core::Result<ReportContent> content_of(sql::Tx& tx, core::Clock const& clock, core::OrgId const& school,
                                       std::string const& month) {
    static_cast<void>(TRY(roster::school(tx, school)));
    auto const figures = TRY(indicators::month_figures(tx, clock, school, month));
    auto const from = figures.mondays.front();
    auto const to = std::min(figures.mondays.back().plus_days(6), roster::today(tx, clock));
    Month counted(tx, school, from, std::max(from, to));
    counted.fill();
    take_figures(counted.content, figures);
    return std::move(counted.content);
}

}  // namespace santong::reports
