#pragma once
// A school's month for the monthly report: sums over the weeks that count for it. Checks no permission.
#include "core/result.hpp"
#include "modules/indicators/domain.hpp"
#include "platform/sql/database.hpp"

namespace santong::indicators {

/// Sum of an indicator over a month's weeks; `above`: it may be seen above the school.
struct MonthNumber {
    std::string indicator;
    std::int64_t numerator = 0;
    std::int64_t denominator = 0;
    bool above = true;
};
BOOST_DESCRIBE_STRUCT(MonthNumber, (), (indicator, numerator, denominator, above))

struct MonthPart {
    std::string key;  ///< a subject's code or a group such as "g.science"; a grade
    std::int64_t numerator = 0;
    std::int64_t denominator = 0;
};
BOOST_DESCRIBE_STRUCT(MonthPart, (), (key, numerator, denominator))

struct MonthFigures {
    std::vector<core::LocalDate> mondays;  ///< weeks that count for the month, by their Thursdays
    std::vector<MonthNumber> numbers;
    std::vector<MonthPart> subjects;  ///< I21 by subject group
    std::optional<double> declared;   ///< what the school said of I21
};

/// Mondays of the weeks that count for "2014-10".
std::vector<core::LocalDate> weeks_of(std::string const& month);
core::Result<MonthFigures> month_figures(sql::Tx& tx, core::Clock const& clock, core::OrgId const& school,
                                         std::string const& month);

}  // namespace santong::indicators
