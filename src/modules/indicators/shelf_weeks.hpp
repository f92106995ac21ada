#pragma once
// What the library holds week by week (I29, I30): counted from what stands on the shelf and what was put to use.
#include <memory>

#include "modules/indicators/store_shelf.hpp"
#include "platform/feed/feed.hpp"
#include "platform/sql/database.hpp"

namespace santong::indicators {

/// Lines of a week, kept or counted now: at its Sunday's end, of what stands on the shelf now. A use counts from the
/// first day of the term that the week lies in.
std::vector<ShelfLine> shelf_week(sql::Tx& tx, core::LocalDate monday, core::LocalDate today);
/// As above for each week from..to.
std::vector<ShelfLine> shelf_weeks(sql::Tx& tx, core::LocalDate from, core::LocalDate to, core::LocalDate today);
/// Keeps every week that is over; a week whose seven days are over is frozen and never computed again, whatever is
/// taken away from the shelf later. Weeks that were missed are kept as they are known now. False, and nothing is kept,
/// while the reader of uses is behind.
bool keep_shelf_weeks(sql::Tx& tx, core::LocalDate today);

/// What a week's lines make: reused of all resources (I29), complete of all chapters (I30).
struct ShelfFigure {
    std::int64_t numerator = 0;
    std::int64_t denominator = 0;
};
ShelfFigure shelf_figure(std::vector<ShelfLine> const& lines, std::string_view indicator, core::LocalDate monday);

inline constexpr char reuse_reader_name[] = "indicators.reuse";
/// Types of entries that tell of uses.
std::vector<std::string> const& reuse_types();
/// Reads where resources are put to use from class sessions, plans and what teachers saved.
std::unique_ptr<feed::Consumer> reuse_reader();

}  // namespace santong::indicators
