#include "modules/indicators/suppress.hpp"

#include <algorithm>
#include <limits>

#include "core/assert.hpp"

namespace santong::indicators {

namespace {

/// What a figure is, and where it stands.
enum class Part { cell, row, group_cell, group, column, all };
struct Place {
    Part part = Part::cell;
    std::size_t row = 0;  ///< or group
    std::size_t column = 0;
};

/// Column of the only unknown of a row without cells: part of its totals, of no column.
constexpr std::size_t no_column = std::numeric_limits<std::size_t>::max();

using Equation = std::vector<int>;  ///< coefficients of the hidden cells

/// A system of equations in echelon form. The sets of cells that totals are made of form two nested families (by row
/// and by column), so that the matrix is totally unimodular: whole numbers from −1 to 1 are exact all the way.
class System {
public:
    /// What is left of a vector when everything that follows from the system is taken out; all nought = it follows.
    Equation reduce(Equation vector) const {
        for (auto const& [pivot, row] : rows_) {
            if (vector[pivot] == 0) continue;
            int const factor = vector[pivot] * row[pivot];
            for (std::size_t i = 0; i < vector.size(); ++i) vector[i] -= factor * row[i];
        }
        return vector;
    }
    void add(Equation const& vector) {
        auto rest = reduce(vector);
        auto const at = std::ranges::find_if(rest, [](int value) { return value != 0; });
        if (at == rest.end()) return;
        auto const pivot = static_cast<std::size_t>(at - rest.begin());
        SANTONG_ASSERT(rest[pivot] == 1 || rest[pivot] == -1);
        for (auto& [other, row] : rows_) {
            if (row[pivot] == 0) continue;
            int const factor = row[pivot] * rest[pivot];
            for (std::size_t i = 0; i < row.size(); ++i) row[i] -= factor * rest[i];
        }
        rows_.emplace_back(pivot, std::move(rest));
    }
    bool determines(Equation const& vector) const {
        auto const rest = reduce(vector);
        return std::ranges::all_of(rest, [](int value) { return value == 0; });
    }

private:
    std::vector<std::pair<std::size_t, Equation>> rows_;
};

class Suppression {
public:
    Suppression(Matrix& matrix, std::int64_t least) : m_(matrix) {
        list_places();
        for (auto const& place : places_) {
            auto& figure = at(place);
            figure.shown = figure.empty() || figure.heads >= least;
        }
    }

    void run() {
        while (hide_beside_single() || hide_against_sums() || hide_against_extremes()) {}
    }

private:
    void list_places() {
        for (std::size_t r = 0; r < m_.rows(); ++r) {
            for (std::size_t c = 0; c < m_.columns; ++c) places_.push_back({Part::cell, r, c});
            places_.push_back({Part::row, r, 0});
        }
        for (std::size_t g = 0; g < m_.groups; ++g) {
            for (std::size_t c = 0; c < m_.columns; ++c) places_.push_back({Part::group_cell, g, c});
            places_.push_back({Part::group, g, 0});
        }
        for (std::size_t c = 0; c < m_.columns; ++c) places_.push_back({Part::column, 0, c});
        places_.push_back({Part::all, 0, 0});
    }

    Figure& at(Place const& place) {
        switch (place.part) {
            case Part::cell: return m_.cell(place.row, place.column);
            case Part::row: return m_.row_totals[place.row];
            case Part::group_cell: return m_.group_cell(place.row, place.column);
            case Part::group: return m_.group_totals[place.row];
            case Part::column: return m_.column_totals[place.column];
            case Part::all: break;
        }
        return m_.total;
    }

    /// Whether a cell is one of those that a figure adds up.
    bool covers(Place const& place, std::size_t row, std::size_t column) const {
        switch (place.part) {
            case Part::cell: return place.row == row && place.column == column;
            case Part::row: return place.row == row;
            case Part::group_cell: return m_.group_of[row] == place.row && place.column == column;
            case Part::group: return m_.group_of[row] == place.row;
            case Part::column: return place.column == column;
            case Part::all: break;
        }
        return true;
    }

    /// Whether a figure is the sum of others one of which stands there. Totals of classes are no sums of cells: they
    /// add up among themselves, by schools, and the cells of a subject by schools as well.
    bool adds(Place const& place, std::size_t row, std::size_t column) const {
        return (made_of_cells(place) || column == no_column) && covers(place, row, column);
    }
    bool made_of_cells(Place const& place) const {
        bool const total = place.part == Part::row || place.part == Part::group || place.part == Part::all;
        return m_.counts != Counts::classes || !total;
    }

    /// The hidden cells are the unknowns of this round; a hidden total of a row without cells counts as one, and so
    /// does one that is no sum of its cells.
    void number_unknowns() {
        unknowns_.clear();
        for (std::size_t r = 0; r < m_.rows(); ++r) {
            bool bare = !m_.row_totals[r].empty();
            for (std::size_t c = 0; c < m_.columns; ++c) {
                auto const& cell = m_.cell(r, c);
                bare = bare && (m_.counts == Counts::classes || cell.empty());
                if (!cell.shown) unknowns_.push_back({Part::cell, r, c});
            }
            if (bare && !m_.row_totals[r].shown) unknowns_.push_back({Part::row, r, no_column});
        }
    }
    Equation equation_of(Place const& place) const {
        Equation vector(unknowns_.size());
        for (std::size_t i = 0; i < unknowns_.size(); ++i) {
            vector[i] = adds(place, unknowns_[i].row, unknowns_[i].column) ? 1 : 0;
        }
        return vector;
    }

    /// A row or a column with one hole beside its total needs a second one; true if something was hidden.
    bool hide_beside_single() {
        number_unknowns();
        for (auto const& line : places_) {
            bool const straight = line.part == Part::row || line.part == Part::group_cell || line.part == Part::column;
            if (!straight || !at(line).shown || hidden_below(line) != 1) continue;
            if (!hide_cell(line, [](Figure const&) { return true; })) at(line).shown = false;
            return true;
        }
        return false;
    }

    /// Against adding and subtracting in general: solves the system of all shown figures; true if something was hidden.
    bool hide_against_sums() {
        number_unknowns();
        auto const system = system_without(nullptr);
        for (auto const& place : places_) {
            if (at(place).shown || !system.determines(equation_of(place))) continue;
            hide_beside(place);
            return true;
        }
        return false;
    }

    /// What is left of a shown total for its hidden cells, or of a group's total for its hidden schools, may say "none"
    /// or "all of them".
    bool hide_against_extremes() {
        for (auto const& place : places_) {
            if (place.part == Part::cell || !at(place).shown) continue;
            auto const of_cells = rest_of(place);
            if (of_cells.hidden && of_cells.tells()) {
                if (!hide_cell(place, [&](Figure const& cell) { return !of_cells.with(cell).tells(); })) {
                    at(place).shown = false;
                }
                return true;
            }
            if (place.part != Part::group && place.part != Part::all) continue;
            auto const of_rows = rest_of_rows(place);
            if (!of_rows.hidden || !of_rows.tells()) continue;
            if (!hide_row(place, of_rows)) at(place).shown = false;
            return true;
        }
        return false;
    }

    /// What the hidden parts of a total count together: from `least` to `most`, out of `of`.
    struct Rest {
        std::int64_t least = 0;
        std::int64_t most = 0;
        std::int64_t of = 0;
        bool hidden = false;  ///< some part is
        bool fixed = false;   ///< hiding more does not blur it

        bool tells() const { return fixed || most <= 0 || least >= of; }
        Rest with(Figure const& part) const {
            return {least + part.numerator, most + part.numerator, of + part.denominator, true, fixed};
        }
        void take(Figure const& part) {
            if (!part.shown) {
                hidden = true;
                of += part.denominator;
                return;
            }
            least -= part.numerator;
            most -= part.numerator;
        }
    };

    Rest rest_of(Place const& place) {
        auto const& total = at(place);
        Rest rest{total.numerator, total.numerator, 0, false, false};
        std::int64_t parts = 0;
        for (std::size_t r = 0; r < m_.rows(); ++r) {
            for (std::size_t c = 0; c < m_.columns; ++c) {
                if (!covers(place, r, c)) continue;
                rest.take(m_.cell(r, c));
                parts += m_.cell(r, c).denominator;
            }
        }
        bool const across = place.part == Part::row || place.part == Part::group || place.part == Part::all;
        if (m_.counts == Counts::lessons || !across) return rest;
        // Whoever stands in two cells was counted once: so much more may lie in the hidden ones.
        rest.most += std::max<std::int64_t>(0, parts - total.denominator);
        bool const everybody = m_.counts == Counts::people && total.numerator >= total.denominator;
        rest.fixed = total.numerator == 0 || everybody;
        return rest;
    }

    /// Totals of schools add up to those of groups whatever is counted.
    Rest rest_of_rows(Place const& place) {
        Rest rest{at(place).numerator, at(place).numerator, 0, false, false};
        for (std::size_t r = 0; r < m_.rows(); ++r) {
            if (place.part == Part::all || m_.group_of[r] == place.row) rest.take(m_.row_totals[r]);
        }
        return rest;
    }
    /// Hides the school's total that costs least and blurs what is left; false if none does.
    bool hide_row(Place const& below, Rest const& rest) {
        Figure* best = nullptr;
        for (std::size_t r = 0; r < m_.rows(); ++r) {
            auto& row = m_.row_totals[r];
            bool const inside = below.part == Part::all || m_.group_of[r] == below.row;
            if (!inside || !row.shown || row.empty() || rest.with(row).tells()) continue;
            if (best == nullptr || row.heads < best->heads) best = &row;
        }
        if (best != nullptr) best->shown = false;
        return best != nullptr;
    }

    /// Hides the shown cell below a figure that costs least; false if none fits.
    template <class F>
    bool hide_cell(Place const& below, F const& fits) {
        Figure* best = nullptr;
        std::int64_t cost = std::numeric_limits<std::int64_t>::max();
        for (std::size_t r = 0; r < m_.rows(); ++r) {
            for (std::size_t c = 0; c < m_.columns; ++c) {
                auto& cell = m_.cell(r, c);
                if (!cell.shown || cell.empty() || !covers(below, r, c) || !fits(cell)) continue;
                std::int64_t const own = cell.heads + (lonely(r, c) ? 1'000'000 : 0);
                if (own < cost) {
                    cost = own;
                    best = &cell;
                }
            }
        }
        if (best != nullptr) best->shown = false;
        return best != nullptr;
    }

    /// Whether hiding this cell would make the first hole in its row or column, which calls for another.
    bool lonely(std::size_t row, std::size_t column) const {
        bool in_row = false;
        bool in_column = false;
        for (std::size_t c = 0; c < m_.columns; ++c) in_row = in_row || !m_.cell(row, c).shown;
        for (std::size_t r = 0; r < m_.rows(); ++r) {
            in_column = in_column || (m_.group_of[r] == m_.group_of[row] && !m_.cell(r, column).shown);
        }
        return !in_row || !in_column;
    }

    /// Hides one more figure so that the given one no longer follows.
    void hide_beside(Place const& place) {
        auto const any = [](Figure const&) { return true; };
        if (place.part == Part::cell) {
            Place const row{Part::row, place.row, 0};
            Place const column{Part::group_cell, m_.group_of[place.row], place.column};
            bool const sums = m_.counts != Counts::classes;  // else another cell of the row would be of no use
            bool const by_row = sums && at(row).shown && hidden_below(row) == 1;
            if (hide_cell(by_row ? row : column, any) || (sums && hide_cell(by_row ? column : row, any))) return;
            if ((sums && hide_figure(row)) || hide_figure(column)) return;
        } else if (made_of_cells(place) && hide_cell(place, any)) {
            return;
        }
        hide_rival(place);
    }

    std::size_t hidden_below(Place const& place) const {
        return static_cast<std::size_t>(
            std::ranges::count_if(unknowns_, [&](Place const& one) { return adds(place, one.row, one.column); }));
    }
    bool hide_figure(Place const& place) {
        auto& figure = at(place);
        return std::exchange(figure.shown, false);
    }
    /// What it costs to hide a total: people behind it; the figure that everybody looks at goes last.
    std::int64_t cost_of(Place const& place) {
        bool const headline =
            m_.headline ? place.part == Part::group && place.row == *m_.headline : place.part == Part::all;
        return at(place).heads + (headline ? 1'000'000'000 : 0);
    }
    System system_without(Place const* left_out) {
        System system;
        for (auto const& place : places_) {
            if (&place != left_out && place.part != Part::cell && at(place).shown) system.add(equation_of(place));
        }
        return system;
    }
    /// A figure all of whose cells are hidden follows from totals: the cheapest total without which it does not follow
    /// goes; if no single one will do, the cheapest of all.
    void hide_rival(Place const& place) {
        std::vector<Place const*> shown;
        for (auto const& other : places_) {
            if (other.part != Part::cell && at(other).shown && !at(other).empty()) shown.push_back(&other);
        }
        SANTONG_ASSERT(!shown.empty());  // with no shown total nothing follows
        std::ranges::stable_sort(shown, {}, [&](Place const* one) { return cost_of(*one); });
        auto const wanted = equation_of(place);
        auto const enough =
            std::ranges::find_if(shown, [&](Place const* one) { return !system_without(one).determines(wanted); });
        at(enough == shown.end() ? *shown.front() : **enough).shown = false;
    }

    Matrix& m_;
    std::vector<Place> places_;
    std::vector<Place> unknowns_;
};

void add_to(Figure& sum, Figure const& part) {
    sum.numerator += part.numerator;
    sum.denominator += part.denominator;
    sum.heads += part.heads;
}

}  // namespace

Matrix matrix_of(std::size_t columns, std::size_t groups, std::vector<std::size_t> group_of) {
    Matrix matrix;
    matrix.columns = columns;
    matrix.groups = groups;
    matrix.cells.resize(group_of.size() * columns);
    matrix.row_totals.resize(group_of.size());
    matrix.group_cells.resize(groups * columns);
    matrix.group_totals.resize(groups);
    matrix.column_totals.resize(columns);
    matrix.group_of = std::move(group_of);
    return matrix;
}

void add_up(Matrix& matrix) {
    for (std::size_t r = 0; r < matrix.rows(); ++r) {
        auto const group = matrix.group_of[r];
        for (std::size_t c = 0; c < matrix.columns; ++c) {
            add_to(matrix.group_cell(group, c), matrix.cell(r, c));
            add_to(matrix.column_totals[c], matrix.cell(r, c));
        }
        add_to(matrix.group_totals[group], matrix.row_totals[r]);
        add_to(matrix.total, matrix.row_totals[r]);
    }
}

Matrix suppress(Matrix matrix, std::int64_t least) {
    Suppression(matrix, least).run();
    return matrix;
}

}  // namespace santong::indicators
