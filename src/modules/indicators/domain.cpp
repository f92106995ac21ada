#include "modules/indicators/domain.hpp"

#include <algorithm>
#include <cmath>

namespace santong::indicators {

namespace {

core::LocalDate const first_version{2014, 9, 1};

}  // namespace

std::span<Indicator const> indicators() {
    static Indicator const all[] = {
        {code::participation, 1, first_version, Reach::every_school, true, true},
        {code::coverage, 1, first_version, Reach::central_schools, true, true},
        {code::two_lessons, 1, first_version, Reach::every_school, true, true},
        {code::spaces, 1, first_version, Reach::every_school, false, true},
        {code::spaces_used, 1, first_version, Reach::every_school, false, true},
        {code::class_reach, 1, first_version, Reach::every_school, true, true},
    };
    return all;
}

Indicator const* find_indicator(std::string_view wanted) {
    auto const all = indicators();
    auto const found = std::ranges::find_if(all, [&](Indicator const& one) { return wanted == one.code; });
    return found == all.end() ? nullptr : &*found;
}

std::span<SubjectGroup const> subject_groups() {
    static std::vector<SubjectGroup> const groups{
        {"13", {"13"}},
        {"14", {"14"}},
        {"41", {"41"}},
        {"g.science", {"15", "16", "17", "18"}},
        {"g.society", {"11", "12", "19", "20", "21", "E1"}},
        {"g.art", {"22", "23", "24", "25"}},
        {"g.technology", {"26", "27", "61", "E2"}},
        {"g.other", {}},
    };
    return groups;
}

std::string group_of(std::string_view subject) {
    for (auto const& group : subject_groups()) {
        if (std::ranges::any_of(group.subjects, [&](char const* one) { return subject == one; })) return group.key;
    }
    return "g.other";
}

core::LocalDate monday_of(core::LocalDate date) {
    return date.plus_days(1 - date.weekday());
}
core::LocalDate fixed_after(core::LocalDate monday) {
    return monday.plus_days(13);
}
bool is_provisional(core::LocalDate monday, core::LocalDate today) {
    return today <= fixed_after(monday);
}
std::string month_of(core::LocalDate monday) {
    return monday.plus_days(3).text().substr(0, 7);
}

bool is_month(std::string_view text) {
    return text.size() == 7 && core::LocalDate::parse(std::string(text) + "-01").has_value();
}

std::optional<double> variation(std::vector<double> const& values) {
    if (values.size() < 2) return std::nullopt;
    double sum = 0;
    for (double const value : values) sum += value;
    double const mean = sum / static_cast<double>(values.size());
    if (mean <= 0) return std::nullopt;
    double squares = 0;
    for (double const value : values) squares += (value - mean) * (value - mean);
    return std::sqrt(squares / static_cast<double>(values.size())) / mean;
}

}  // namespace santong::indicators
