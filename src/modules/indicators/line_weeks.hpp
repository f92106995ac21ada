#pragma once
// Indicators of lines and boxes by week (I01–I06, I09, I65), each opened to the schools it is made of.
#include <span>
#include <vector>

#include "modules/indicators/domain.hpp"
#include "modules/indicators/suppress.hpp"
#include "platform/sql/database.hpp"

namespace santong::indicators {

namespace code {
inline constexpr char joined[] = "I01";        ///< 学校接入率
inline constexpr char hundred_mbit[] = "I02";  ///< 百兆以上接入率
inline constexpr char ten_mbit[] = "I03";      ///< 出口带宽达标率
inline constexpr char fibre[] = "I04";         ///< 光纤到校率
inline constexpr char gigabit[] = "I05";       ///< 千兆到校数
inline constexpr char counties[] = "I06";      ///< 城域网县区覆盖
inline constexpr char administered[] = "I09";  ///< 县区管理平台
}  // namespace code

/// In the order of their codes; of the whole district, kept in no rollup.
std::span<Indicator const> line_indicators();
/// nullptr if there is none of that code.
Indicator const* find_line_indicator(std::string_view code);

/// What a school (or county) adds to an indicator in a week. Not `known`: nobody has measured or registered it, so it
/// cannot count. I65: minutes; `unseen` = school minutes without the line in which nobody asked for anything.
struct LineFact {
    std::string indicator;
    core::LocalDate monday;
    core::OrgId org_id;
    bool known = false;
    std::int64_t total = 0;
    std::int64_t counted = 0;
    std::int64_t unseen = 0;
    bool frozen = false;

    auto operator<=>(LineFact const&) const = default;
};
BOOST_DESCRIBE_STRUCT(LineFact, (), (indicator, monday, org_id, known, total, counted, unseen, frozen))

/// What was kept of the weeks, the running one counted now. The register has no past: of a week in which nobody looked
/// nothing is known but its outages.
std::vector<LineFact> line_weeks(sql::Tx& tx, core::LocalDate from, core::LocalDate to, core::LocalDate today);
/// Keeps the running week and the outages of the weeks whose seven days are not over; later ones are frozen.
void keep_line_weeks(sql::Tx& tx, core::LocalDate today);

/// Numerator and denominator of an indicator in a week. Nothing is shown where nothing at all is known.
Figure line_figure(std::vector<LineFact> const& facts, std::string_view indicator, core::LocalDate monday);

}  // namespace santong::indicators
