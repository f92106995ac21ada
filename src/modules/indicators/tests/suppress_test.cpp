#include <doctest/doctest.h>

#include <numeric>
#include <random>

#include "modules/indicators/suppress.hpp"

using santong::indicators::add_up;
using santong::indicators::Counts;
using santong::indicators::Figure;
using santong::indicators::Matrix;
using santong::indicators::matrix_of;
using santong::indicators::suppress;

namespace {

__extension__ using Wide = __int128;

/// Exact fractions, for a check that shares nothing with the code under test.
struct Fraction {
    Wide up = 0;
    Wide down = 1;

    static Fraction of(Wide up, Wide down) {
        auto a = up < 0 ? -up : up;
        auto b = down < 0 ? -down : down;
        while (b != 0) std::swap(a %= b, b);
        if (a == 0) a = 1;
        if (down < 0) a = -a;
        return {up / a, down / a};
    }
    Fraction operator-(Fraction const& other) const { return of(up * other.down - other.up * down, down * other.down); }
    Fraction operator*(Fraction const& other) const { return of(up * other.up, down * other.down); }
    Fraction operator/(Fraction const& other) const { return of(up * other.down, down * other.up); }
};
using Rows = std::vector<std::vector<Fraction>>;

std::size_t rank(Rows rows) {
    std::size_t found = 0;
    std::size_t const width = rows.empty() ? 0 : rows[0].size();
    for (std::size_t column = 0; column < width && found < rows.size(); ++column) {
        std::size_t pivot = found;
        while (pivot < rows.size() && rows[pivot][column].up == 0) ++pivot;
        if (pivot == rows.size()) continue;
        std::swap(rows[pivot], rows[found]);
        for (std::size_t r = found + 1; r < rows.size(); ++r) {
            auto const factor = rows[r][column] / rows[found][column];
            for (std::size_t c = column; c < width; ++c) rows[r][c] = rows[r][c] - factor * rows[found][c];
        }
        ++found;
    }
    return found;
}

/// Every figure as a sum of cells, or of schools' totals where these are no sums. Empty cells are known to everybody:
/// they are left out.
struct Named {
    Figure const* figure;
    std::vector<Fraction> sum;
};
std::vector<Named> figures(Matrix const& m) {
    std::vector<Named> all;
    auto const add = [&](Figure const& figure, auto const& covers, bool of_rows = false) {
        std::vector<Fraction> sum;
        for (std::size_t r = 0; r < m.rows(); ++r) {
            for (std::size_t c = 0; c < m.columns; ++c) {
                sum.push_back({covers(r, c) && !m.cell(r, c).empty() ? 1 : 0, 1});
            }
        }
        if (m.counts == Counts::classes && of_rows) std::fill(sum.begin(), sum.end(), Fraction{0, 1});
        for (std::size_t r = 0; r < m.rows(); ++r) {
            bool const stands = m.counts == Counts::classes && of_rows && !m.row_totals[r].empty();
            sum.push_back({stands && covers(r, 0) ? 1 : 0, 1});
        }
        all.push_back({&figure, sum});
    };
    for (std::size_t i = 0; i < m.rows(); ++i) {
        for (std::size_t j = 0; j < m.columns; ++j) {
            add(m.cell(i, j), [=](std::size_t r, std::size_t c) { return r == i && c == j; });
        }
        add(m.row_totals[i], [=](std::size_t r, std::size_t) { return r == i; }, true);
    }
    for (std::size_t g = 0; g < m.groups; ++g) {
        for (std::size_t j = 0; j < m.columns; ++j) {
            add(m.group_cell(g, j), [&m, g, j](std::size_t r, std::size_t c) { return m.group_of[r] == g && c == j; });
        }
        add(m.group_totals[g], [&m, g](std::size_t r, std::size_t) { return m.group_of[r] == g; }, true);
    }
    for (std::size_t j = 0; j < m.columns; ++j) {
        add(m.column_totals[j], [=](std::size_t, std::size_t c) { return c == j; });
    }
    add(m.total, [](std::size_t, std::size_t) { return true; }, true);
    return all;
}

/// Hidden figures that somebody with pencil and paper could work out.
int leaks(Matrix const& m) {
    auto const all = figures(m);
    Rows known;
    for (auto const& one : all) {
        if (one.figure->shown) known.push_back(one.sum);
    }
    auto const before = rank(known);
    int found = 0;
    for (auto const& one : all) {
        if (one.figure->shown) continue;
        auto with = known;
        with.push_back(one.sum);
        if (rank(with) == before) ++found;
    }
    return found;
}

Matrix random_matrix(std::mt19937& random) {
    auto const upto = [&](int most) {
        return static_cast<std::size_t>(std::uniform_int_distribution<int>(0, most)(random));
    };
    std::vector<std::size_t> groups;
    for (std::size_t r = 0, rows = 2 + upto(5); r < rows; ++r) groups.push_back(upto(1));
    auto m = matrix_of(1 + upto(5), 2, groups);
    for (std::size_t r = 0; r < m.rows(); ++r) {
        for (std::size_t c = 0; c < m.columns; ++c) {
            auto const heads = static_cast<std::int64_t>(upto(3) == 0 ? 0 : upto(14));
            auto const lessons = heads * static_cast<std::int64_t>(1 + upto(8));
            auto const used = lessons == 0 ? 0 : static_cast<std::int64_t>(upto(static_cast<int>(lessons)));
            m.cell(r, c) = {used, lessons, heads, true};
            auto& total = m.row_totals[r];
            total = {total.numerator + used, total.denominator + lessons, total.heads + heads, true};
        }
    }
    add_up(m);
    return m;
}

Matrix table(std::vector<std::vector<int>> const& heads, std::vector<std::size_t> groups = {}) {
    if (groups.empty()) groups.assign(heads.size(), 0);
    auto m = matrix_of(heads[0].size(), 2, groups);
    for (std::size_t r = 0; r < m.rows(); ++r) {
        for (std::size_t c = 0; c < m.columns; ++c) {
            std::int64_t const n = heads[r][c];
            m.cell(r, c) = {n * 2, n * 5, n, true};
            auto& total = m.row_totals[r];
            total = {total.numerator + n * 2, total.denominator + n * 5, total.heads + n, true};
        }
    }
    add_up(m);
    return m;
}

/// Classes of schools, taught in every subject by few or many teachers; each cell counts the classes reached in it.
Matrix classes(std::mt19937& random, std::size_t schools, std::size_t subjects, int most_classes) {
    auto const upto = [&](int most) { return std::uniform_int_distribution<int>(0, most)(random); };
    std::vector<std::size_t> groups;
    for (std::size_t r = 0; r < schools; ++r) groups.push_back(r % 2);
    auto m = matrix_of(subjects, 2, groups);
    m.counts = Counts::classes;
    for (std::size_t r = 0; r < schools; ++r) {
        int const count = 4 + upto(most_classes - 4);
        int const often = upto(10);
        auto& total = m.row_totals[r];
        for (int i = 0; i < count; ++i) {
            bool any = false;
            for (std::size_t c = 0; c < subjects; ++c) {
                bool const reached = upto(10) < often;
                m.cell(r, c).numerator += reached ? 1 : 0;
                ++m.cell(r, c).denominator;
                any = any || reached;
            }
            total.numerator += any ? 1 : 0;
            ++total.denominator;
        }
        for (std::size_t c = 0; c < subjects; ++c) {
            m.cell(r, c).heads = 1 + upto(8);
            total.heads += m.cell(r, c).heads;
        }
    }
    add_up(m);
    return m;
}

/// Whether the hidden cells of a school are known to be all unreached, or all reached, from its shown total and cells.
bool tells(Matrix const& m, std::size_t row) {
    auto const& total = m.row_totals[row];
    std::int64_t shown = 0;
    std::int64_t of_hidden = 0;
    for (std::size_t c = 0; c < m.columns; ++c) {
        auto const& cell = m.cell(row, c);
        if (cell.shown)
            shown += cell.numerator;
        else
            of_hidden += cell.denominator;
    }
    if (!total.shown || of_hidden == 0) return false;
    return total.numerator == 0 || total.numerator - shown >= of_hidden;
}

int hidden(Matrix const& m) {
    auto const all = figures(m);
    return static_cast<int>(std::count_if(all.begin(), all.end(), [](Named const& one) { return !one.figure->shown; }));
}

}  // namespace

TEST_CASE("a table without small cells is shown whole") {
    CHECK(hidden(suppress(table({{5, 6}, {7, 8}}))) == 0);
}

TEST_CASE("one small cell takes three others with it, so that no row and no column gives it away") {
    auto const m = suppress(table({{3, 9, 9}, {9, 9, 9}, {9, 9, 9}}));
    CHECK_FALSE(m.cell(0, 0).shown);
    CHECK(hidden(m) == 4);
    CHECK(m.row_totals[0].shown);
    CHECK(m.total.shown);
    CHECK(leaks(m) == 0);
}

TEST_CASE("two small cells in one row still need a partner in each column") {
    auto const m = suppress(table({{3, 3, 9}, {9, 9, 9}, {9, 9, 9}}));
    CHECK(hidden(m) == 4);
    CHECK(leaks(m) == 0);
}

TEST_CASE("a subject that a school does not teach is empty, not hidden") {
    auto const m = suppress(table({{0, 9}, {8, 9}}));
    CHECK(m.cell(0, 0).shown);
    CHECK(hidden(m) == 0);
}

TEST_CASE("the total of a school with four teachers is hidden together with that of another school") {
    auto const m = suppress(table({{2, 2}, {9, 9}, {9, 8}, {9, 9}}, {1, 1, 1, 0}));
    CHECK_FALSE(m.row_totals[0].shown);
    CHECK(std::count_if(m.row_totals.begin(), m.row_totals.end(), [](Figure const& one) { return !one.shown; }) >= 2);
    CHECK(leaks(m) == 0);
}

TEST_CASE("a school without lessons but with teachers is guarded by its total alone") {
    auto m = matrix_of(0, 2, {1, 1, 1});
    m.row_totals = {{1, 3, 3, true}, {4, 9, 9, true}, {6, 20, 20, true}};
    add_up(m);
    m = suppress(m);
    CHECK_FALSE(m.row_totals[0].shown);
    CHECK_FALSE(m.row_totals[1].shown);
    CHECK(m.row_totals[2].shown);
    CHECK(m.total.shown);
}

TEST_CASE("hidden cells of which none can have been used are not left as the rest of a total") {
    auto m = table({{3, 3, 9}, {3, 3, 9}, {9, 9, 9}});
    for (std::size_t c = 0; c < 2; ++c) {
        m.row_totals[0].numerator -= m.cell(0, c).numerator;
        m.cell(0, c).numerator = 0;
    }
    m.group_cells.assign(m.group_cells.size(), {});
    m.group_totals.assign(2, {});
    m.column_totals.assign(3, {});
    m.total = {};
    add_up(m);
    m = suppress(m);
    auto const& row = m.row_totals[0];
    CHECK((!row.shown || !m.cell(0, 2).shown));
}

TEST_CASE("no hidden figure follows from the shown ones in any table") {
    std::mt19937 random(20141120);
    for (int round = 0; round < 400; ++round) {
        auto const before = random_matrix(random);
        auto const after = suppress(before);
        INFO("round ", round);
        REQUIRE(leaks(after) == 0);
        for (auto const& one : figures(after)) {
            if (one.figure->heads > 0 && one.figure->heads < 5) REQUIRE_FALSE(one.figure->shown);
            if (one.figure->empty()) REQUIRE(one.figure->shown);
        }
    }
}

TEST_CASE(
    "the district's classes stay shown: a class stands in the cell of every subject, so its total tells little of "
    "one") {
    std::mt19937 random(27);
    auto m = matrix_of(3, 2, {0, 0, 0, 1, 1});
    m.counts = Counts::classes;
    for (std::size_t r = 0; r < 5; ++r) {
        m.cell(r, 0) = {11, 12, 9, true};
        m.cell(r, 1) = {8, 12, 7, true};
        m.cell(r, 2) = {3, 12, 2, true};  // two teachers of music
        m.row_totals[r] = {12, 12, 18, true};
    }
    add_up(m);
    auto const guarded = suppress(m);
    CHECK(guarded.total.shown);
    CHECK(guarded.group_totals[0].shown);
    for (std::size_t r = 0; r < 5; ++r) {
        CHECK(guarded.row_totals[r].shown);
        CHECK_FALSE(guarded.cell(r, 2).shown);
    }
    CHECK(leaks(guarded) == 0);
}

TEST_CASE(
    "whoever is counted once in a total and twice in its cells: no hidden cell follows, and the district's total "
    "stays") {
    std::mt19937 random(20141117);
    int totals = 0;
    constexpr int rounds = 120;
    for (int round = 0; round < rounds; ++round) {
        auto const after = suppress(classes(random, 6, 4, 18));
        INFO("round ", round);
        REQUIRE(leaks(after) == 0);
        for (std::size_t r = 0; r < after.rows(); ++r) REQUIRE_FALSE(tells(after, r));
        for (auto const& one : figures(after)) {
            if (one.figure->heads > 0 && one.figure->heads < 5) REQUIRE_FALSE(one.figure->shown);
        }
        totals += after.total.shown ? 1 : 0;
    }
    CHECK(totals >= rounds * 9 / 10);
}

TEST_CASE("schools that are hidden together are not left as the rest of a total that says none of theirs") {
    auto m = matrix_of(0, 2, {1, 1, 1, 1});
    m.row_totals = {{0, 3, 3, true}, {0, 4, 4, true}, {6, 20, 20, true}, {7, 18, 18, true}};
    add_up(m);
    m = suppress(m);
    CHECK((!m.group_totals[1].shown || !m.row_totals[2].shown || !m.row_totals[3].shown));
    CHECK(m.total.shown);
}

TEST_CASE("where everybody took part, the few who are hidden are not told apart by the total") {
    auto m = matrix_of(2, 2, {0, 0});
    m.counts = Counts::people;
    for (std::size_t r = 0; r < 2; ++r) {
        m.cell(r, 0) = {8, 8, 8, true};
        m.cell(r, 1) = {3, 3, 3, true};
        m.row_totals[r] = {10, 10, 10, true};  // one teaches both
    }
    add_up(m);
    m = suppress(m);
    CHECK_FALSE(m.row_totals[0].shown);
}
