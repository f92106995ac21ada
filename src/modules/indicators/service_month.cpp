#include "modules/indicators/service_month.hpp"

#include <algorithm>

#include "modules/indicators/board.hpp"

namespace santong::indicators {

namespace {

constexpr char const* reported[] = {code::coverage,    code::participation, code::two_lessons, code::subjects,
                                    code::class_reach, code::courses,       code::periods,     code::spaces_used};

/// Whether every week may be seen above the school.
bool above(Board const& board, std::string const& indicator, core::OrgId const& school,
           std::vector<core::LocalDate> const& mondays) {
    return std::ranges::all_of(mondays, [&](core::LocalDate monday) {
        auto const guarded = board.guarded(indicator, monday);
        auto const* row = guarded->row(school);
        return row == nullptr || row->empty() || row->shown;
    });
}

}  // namespace

std::vector<core::LocalDate> weeks_of(std::string const& month) {
    std::vector<core::LocalDate> weeks;
    auto const first = core::LocalDate::parse(month + "-01");
    if (!first) return weeks;
    for (auto monday = monday_of(*first); month_of(monday) <= month; monday = monday.plus_days(7)) {
        if (month_of(monday) == month) weeks.push_back(monday);
    }
    return weeks;
}

core::Result<MonthFigures> month_figures(sql::Tx& tx, core::Clock const& clock, core::OrgId const& school,
                                         std::string const& month) {
    auto const board = TRY(Board::open(tx, clock, 0));
    MonthFigures figures;
    figures.mondays = weeks_of(month);
    if (figures.mondays.empty()) return core::invalid("indicators.no_such_month");
    std::map<std::string, MonthNumber> numbers;
    std::map<std::string, MonthPart> subjects;
    for (auto const& row : store::of_school(tx, school, figures.mondays.front(), figures.mondays.back())) {
        if (row.subject.empty()) {
            auto& sum = numbers[row.indicator];
            sum.numerator += row.numerator;
            sum.denominator += row.denominator;
        } else if (row.indicator == code::coverage) {  // of groups and lone subjects; others find no place below
            auto& part = subjects[row.subject];
            part.numerator += row.numerator;
            part.denominator += row.denominator;
        }
    }
    for (auto const* wanted : reported) {
        auto sum = numbers[wanted];
        sum.indicator = wanted;
        sum.above = above(board, wanted, school, figures.mondays);
        figures.numbers.push_back(std::move(sum));
    }
    for (auto const& group : subject_groups()) {
        auto const at = subjects.find(group.key);
        if (at == subjects.end()) continue;
        at->second.key = group.key;
        figures.subjects.push_back(at->second);
    }
    for (auto const& one : store::declarations(tx, month, month)) {
        if (one.org_id == school && one.indicator == code::coverage) figures.declared = one.value;
    }
    return figures;
}

}  // namespace santong::indicators
