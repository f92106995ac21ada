#include "modules/indicators/domain.hpp"

#include <algorithm>
#include <cmath>

namespace santong::indicators {

namespace {

/// As in the requirements; then, with the school year, that opening a class view is not yet using it.
std::vector<FormulaVersion> const use_versions{{1, {2014, 3, 1}}, {2, {2014, 9, 1}}};
std::vector<FormulaVersion> const first_version{{1, {2014, 3, 1}}};

}  // namespace

std::span<Indicator const> indicators() {
    static Indicator const all[] = {
        {code::participation, Counts::people, Reach::every_school, true, true, use_versions},
        {code::coverage, Counts::lessons, Reach::central_schools, true, true, use_versions},
        {code::subjects, Counts::lessons, Reach::central_schools, false, true, use_versions},
        {code::two_lessons, Counts::people, Reach::every_school, true, true, use_versions},
        {code::spaces, Counts::people, Reach::every_school, false, true, first_version},
        {code::spaces_used, Counts::people, Reach::every_school, false, true, first_version},
        {code::class_reach, Counts::classes, Reach::every_school, true, true, use_versions},
        {code::village_teachers, Counts::people, Reach::village_schools, true, true, use_versions, code::participation},
        {code::village_pupils, Counts::people, Reach::village_schools, false, true, first_version, code::spaces_used},
        {code::reviewed, Counts::items, Reach::every_school, false, true, first_version},
        {code::courses, Counts::lessons, Reach::every_school, false, true, first_version},
        {code::periods, Counts::lessons, Reach::every_school, false, true, first_version},
    };
    return all;
}

std::span<Indicator const> shelf_indicators() {
    static Indicator const all[] = {
        {code::shelf, Counts::items, Reach::every_school, false, true, use_versions},
        {code::chapters, Counts::items, Reach::every_school, false, true, first_version},
    };
    return all;
}

Indicator const* find_formula(std::string_view wanted) {
    for (auto const& one : shelf_indicators()) {
        if (wanted == one.code) return &one;
    }
    return find_indicator(wanted);
}

FormulaVersion const& Indicator::version_of(core::LocalDate monday) const {
    auto const* in_force = &versions.front();
    for (auto const& one : versions) {
        if (one.from_date <= monday) in_force = &one;
    }
    return *in_force;
}

Indicator const* find_indicator(std::string_view wanted) {
    auto const all = indicators();
    auto const found = std::ranges::find_if(all, [&](Indicator const& one) { return wanted == one.code; });
    return found == all.end() ? nullptr : &*found;
}

bool is_derived(std::string_view wanted) {
    auto const is_it = [&](char const* one) { return wanted == one; };
    return std::ranges::any_of(derived_codes, is_it) || std::ranges::any_of(line_codes, is_it);
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

std::string month_before(std::string const& month, int months) {
    int year = std::stoi(month.substr(0, 4));
    int number = std::stoi(month.substr(5, 2)) - months;
    while (number < 1) {
        number += 12;
        --year;
    }
    return std::to_string(year) + (number < 10 ? "-0" : "-") + std::to_string(number);
}

bool is_month(std::string_view text) {
    return text.size() == 7 && core::LocalDate::parse(std::string(text) + "-01").has_value();
}

std::int64_t periods_due(std::int32_t weekly, int school_days) {
    auto const days = std::min(school_days, usual_school_days);
    return (std::int64_t{weekly} * days + usual_school_days / 2) / usual_school_days;
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
