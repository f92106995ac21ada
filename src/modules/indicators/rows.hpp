#pragma once
// Rows and columns of the matrix as the caller may see them.
#include "modules/indicators/board.hpp"

namespace santong::indicators {

/// Which rows: the whole district, or one school seen from above or from within.
struct RowsWanted {
    std::optional<core::OrgId> school;
    bool from_above = true;
};

/// From above every figure is guarded. From within, a school sees its totals at once, and by subject as soon as the
/// week is fixed; before that small cells stay hidden, because a lone music teacher's total is his lesson.
void fill_rows(Board const& board, RowsWanted const& wanted, Indicator const& indicator, std::string const& language,
               std::vector<ColumnView>& columns, std::vector<RowView>& rows);

/// Titles of a column's subjects that are taught at all.
ColumnView column_view(std::string const& key, std::string const& language);

}  // namespace santong::indicators
