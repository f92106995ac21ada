#include "modules/reports/domain.hpp"

#include <algorithm>

namespace santong::reports {

namespace {

constexpr int single_fields = 9;  ///< of ReportContent
constexpr int room_fields = 3;

std::string fraction(ReportNumber const& one) {
    return std::to_string(one.numerator) + "/" + std::to_string(one.denominator);
}

void compare(std::vector<ReportChange>& found, std::string key, std::string before, std::string after) {
    if (before != after) found.push_back({std::move(key), std::move(before), std::move(after)});
}

}  // namespace

Effort effort(ReportContent const& content, std::size_t typed, ReportPolicy const& policy) {
    auto const filled = single_fields + content.rooms.size() * room_fields + content.numbers.size() +
                        content.grades.size() + content.subjects.size() + content.lines.size();
    Effort made{static_cast<std::int32_t>(filled), static_cast<std::int32_t>(typed), 0};
    constexpr int minute = 60;
    made.minutes = made.filled * policy.seconds_per_field / minute;
    return made;
}

std::vector<ReportChange> changes(SignedContent const& before, SignedContent const& after) {
    std::vector<ReportChange> found;
    auto const& a = before.content;
    auto const& b = after.content;
    compare(found, "equipped", std::to_string(a.equipped), std::to_string(b.equipped));
    compare(found, "classrooms", std::to_string(a.classrooms), std::to_string(b.classrooms));
    compare(found, "teachers", std::to_string(a.teachers), std::to_string(b.teachers));
    compare(found, "lessons_held", std::to_string(a.lessons_held), std::to_string(b.lessons_held));
    for (auto const& one : b.numbers) {
        auto const old = std::ranges::find(a.numbers, one.indicator, &ReportNumber::indicator);
        compare(found, one.indicator, old == a.numbers.end() ? "" : fraction(*old), fraction(one));
    }
    compare(found, "lines", std::to_string(a.lines.size()), std::to_string(b.lines.size()));
    compare(found, "reasons", std::to_string(before.reasons.size()), std::to_string(after.reasons.size()));
    return found;
}

SignedContent from_above(SignedContent content) {
    auto& inner = content.content;
    inner.rooms.clear();
    inner.grades.clear();
    inner.subjects.clear();
    for (auto& one : inner.numbers) {
        if (!one.above) one.numerator = one.denominator = 0;
    }
    bool const small = std::ranges::any_of(inner.numbers, [](ReportNumber const& one) { return !one.above; });
    if (small) inner.lessons_used = inner.lessons_with_resources = inner.lessons_with_reviewed = 0;
    for (auto& line : inner.lines) {
        if (small) line.measured = 0;
        if (line.kind != LineKind::not_taught && line.kind != LineKind::cancelled) continue;
        if (line.note) line.note = "";  // that there is a reason is enough to know; it may be somebody's own
        line.place.clear();
        line.class_id.reset();
        line.date.reset();
        line.period = 0;
    }
    return content;
}

std::int64_t unexplained(SignedContent const& all) {
    return std::ranges::count_if(all.content.lines, [&](ReportLine const& line) {
        return !line.note && std::ranges::find(all.reasons, line.line, &SignedReason::line) == all.reasons.end();
    });
}

std::string month_before(core::LocalDate day) {
    return core::LocalDate{day.year, day.month, 1}.plus_days(-1).text().substr(0, 7);
}

core::LocalDate due_of(std::string const& month, int due_day) {
    auto const first = core::LocalDate::parse(month + "-01").value_or(core::LocalDate{});
    constexpr int longest_month = 31;
    auto next = first.plus_days(longest_month);
    next.day = static_cast<std::int8_t>(due_day);
    return next;
}

}  // namespace santong::reports
