#pragma once
// Small cells and what could give them away (DESIGN 1). Pure: no database, no clock.
#include "modules/indicators/domain.hpp"

namespace santong::indicators {

/// Fewer people than this behind a figure: it is not shown above the school.
inline constexpr std::int64_t least_heads = 5;

/// One figure of a table: a cell or a total. Without heads it is empty, which everybody may know from the timetable.
struct Figure {
    std::int64_t numerator = 0;
    std::int64_t denominator = 0;
    std::int64_t heads = 0;
    bool shown = true;

    bool empty() const { return heads == 0 && denominator == 0; }
};

/// Schools × subjects with every total that is shown beside them. Rows belong to groups (中心校以上, 村小教学点).
/// For adding and subtracting, a row's total of people is treated as the sum of its cells, the worst case; one of
/// classes is not, since every class stands in several of them.
struct Matrix {
    Counts counts = Counts::lessons;
    std::size_t columns = 0;
    std::size_t groups = 0;
    std::vector<std::size_t> group_of;  ///< of each row
    std::vector<Figure> cells;          ///< rows × columns, row by row
    std::vector<Figure> row_totals;     ///< of each row
    std::vector<Figure> group_cells;    ///< groups × columns
    std::vector<Figure> group_totals;   ///< of each group
    std::vector<Figure> column_totals;  ///< of each column
    Figure total;
    std::optional<std::size_t> headline;  ///< group whose total is wanted most; absent = the total of all

    std::size_t rows() const { return group_of.size(); }
    Figure& cell(std::size_t row, std::size_t column) { return cells[row * columns + column]; }
    Figure const& cell(std::size_t row, std::size_t column) const { return cells[row * columns + column]; }
    Figure& group_cell(std::size_t group, std::size_t column) { return group_cells[group * columns + column]; }
    Figure const& group_cell(std::size_t group, std::size_t column) const {
        return group_cells[group * columns + column];
    }
};

/// An empty matrix of this shape.
Matrix matrix_of(std::size_t columns, std::size_t groups, std::vector<std::size_t> group_of);
/// Fills group cells, group totals, column totals and the total from cells and row totals.
void add_up(Matrix& matrix);

/// Hides every figure with fewer than `least` people behind it, then as many more as it takes until no hidden figure
/// follows from shown ones: neither by adding and subtracting (the linear system of all shown figures is solved), nor
/// because what is left of a total can only be nought or all. What is left is a range where things stand in several
/// cells: a class that is in the total once and in five cells five times leaves room for any hidden cell.
Matrix suppress(Matrix matrix, std::int64_t least = least_heads);

}  // namespace santong::indicators
