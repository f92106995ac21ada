// What schools have declared, beside what was measured in the same month.
#include "modules/indicators/board.hpp"

namespace santong::indicators {

std::map<core::OrgId, Declaration> Board::declarations(std::string_view indicator, std::string const& month) const {
    std::map<core::OrgId, Declaration> found;
    for (auto const& one : declarations_) {
        if (one.indicator == indicator && one.month == month) found.emplace(one.org_id, one);
    }
    return found;
}

std::optional<Declared> Board::declared(Indicator const& indicator, core::LocalDate week, bool this_month_only) const {
    for (int back = 0; back <= (this_month_only ? 0 : months_back); ++back) {
        auto const month = month_before(month_of(week), back);
        Declared declared{0, month, 0, count(indicator.reach), {}};
        double weight = 0;
        for (auto const& [org, one] : declarations(indicator.code, month)) {
            auto const* of = school(org);
            if (of == nullptr || !within(indicator.reach, *of)) continue;
            auto const own = static_cast<double>(figure_in_month(indicator.code, org, month).denominator);
            declared.value += one.value * own;
            weight += own;
            ++declared.schools;
        }
        if (weight <= 0) continue;
        declared.value = rounded(declared.value / weight, 10);
        return declared;
    }
    return std::nullopt;
}

std::optional<Declared> Board::declared(std::string_view indicator, core::OrgId const& of, core::LocalDate week,
                                        bool this_month_only) const {
    for (int back = 0; back <= (this_month_only ? 0 : months_back); ++back) {
        auto const month = month_before(month_of(week), back);
        auto const all = declarations(indicator, month);
        if (auto const one = all.find(of); one != all.end()) return Declared{one->second.value, month, 1, 1, {}};
    }
    return std::nullopt;
}

std::vector<core::LocalDate> Board::weeks_of_month(std::string const& month) const {
    std::vector<core::LocalDate> weeks;
    for (int number = 1; number <= term_.week_of(monday()); ++number) {
        auto const week = term_.monday_of_week(number);
        if (month_of(week) == month) weeks.push_back(week);
    }
    return weeks;
}

Figure Board::figure_in_month(std::string const& indicator, core::OrgId const& of, std::string const& month) const {
    Figure sum;
    for (auto const& week : weeks_of_month(month)) {
        auto const found = guarded(indicator, week);
        if (auto const* row = found->row(of)) add(sum, *row);
    }
    return sum;
}

std::optional<double> Board::measured_in_month(std::string const& indicator, core::OrgId const& of,
                                               std::string const& month, bool guarded_only) const {
    auto const sum = figure_in_month(indicator, of, month);
    return guarded_only ? percent(sum) : percent(sum.numerator, sum.denominator);
}

std::optional<double> Board::measured_in_month(Indicator const& indicator, std::string const& month) const {
    Figure sum;
    for (auto const& week : weeks_of_month(month)) {
        if (auto const figure = district_figure(indicator, week); !figure.empty()) add(sum, figure);
    }
    return percent(sum);
}

}  // namespace santong::indicators
