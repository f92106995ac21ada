#include "modules/indicators/rows.hpp"

#include <algorithm>
#include <cmath>

namespace santong::indicators {

namespace {

std::optional<double> step(std::optional<double> const& before, std::optional<double> const& now) {
    if (!before || !now) return std::nullopt;
    return std::round((*now - *before) * 10) / 10;
}

std::vector<CellView> cells_of(Guarded const& guarded, std::size_t row, bool group) {
    std::vector<CellView> cells;
    for (std::size_t c = 0; c < guarded.columns.size(); ++c) {
        cells.push_back(cell_view(group ? guarded.matrix.group_cell(row, c) : guarded.matrix.cell(row, c)));
    }
    return cells;
}

RowView group_row(Guarded const& now, Guarded const& before, std::size_t group) {
    bool const central = group == central_group;
    RowView row;
    row.group = central ? "central" : "village";
    row.schools = static_cast<std::int32_t>(std::ranges::count(now.matrix.group_of, group));
    row.total = cell_view(now.matrix.group_totals[group]);
    row.delta = step(percent(before.matrix.group_totals[group]), percent(now.matrix.group_totals[group]));
    row.cells = cells_of(now, group, true);
    return row;
}

RowView school_row(roster::School const& school, Guarded const& now, Guarded const& before, std::size_t at) {
    RowView row;
    row.org_id = school.id;
    row.name = school.name;
    row.total = cell_view(now.matrix.row_totals[at]);
    auto const* last = before.row(school.id);
    if (last != nullptr) row.delta = step(percent(*last), percent(now.matrix.row_totals[at]));
    row.cells = cells_of(now, at, false);
    return row;
}

/// The school's own row: whole, or guarded by itself while the week is provisional.
RowView own_row(Board const& board, Indicator const& indicator, roster::School const& school,
                std::vector<std::string>& columns) {
    std::map<std::string, Figure> by_subject;
    for (auto const& row : store::of_school(board.tx(), school.id, board.monday(), board.monday())) {
        if (row.indicator == indicator.figures())
            by_subject[row.subject] = {row.numerator, row.denominator, row.heads, true};
    }
    for (auto const& group : subject_groups()) {
        if (indicator.by_subject && by_subject.contains(group.key)) columns.emplace_back(group.key);
    }
    auto matrix = matrix_of(columns.size(), 1, {0});
    for (std::size_t c = 0; c < columns.size(); ++c) matrix.cell(0, c) = by_subject[columns[c]];
    matrix.row_totals[0] = by_subject[""];
    add_up(matrix);
    if (board.time().week.provisional) matrix = suppress(std::move(matrix));
    RowView row;
    row.org_id = school.id;
    row.name = school.name;
    row.total = cell_view({by_subject[""].numerator, by_subject[""].denominator, by_subject[""].heads, true});
    for (std::size_t c = 0; c < columns.size(); ++c) row.cells.push_back(cell_view(matrix.cell(0, c)));
    return row;
}

}  // namespace

ColumnView column_view(std::string const& key, std::string const& language) {
    ColumnView view{key, {}};
    for (auto const& group : subject_groups()) {
        if (key != group.key) continue;
        for (auto const* subject : group.subjects) view.titles.push_back(roster::subject_title(subject, language));
    }
    return view;
}

void fill_rows(Board const& board, RowsWanted const& wanted, Indicator const& indicator, std::string const& language,
               std::vector<ColumnView>& columns, std::vector<RowView>& rows) {
    std::vector<std::string> keys;
    if (wanted.school && !wanted.from_above) {
        auto const* school = board.school(*wanted.school);
        if (school != nullptr) rows.push_back(own_row(board, indicator, *school, keys));
    } else {
        auto const now = board.guarded(indicator.code, board.monday());
        auto const before = board.guarded(indicator.code, board.monday().plus_days(-7));
        keys = now->columns;
        if (!wanted.school) {
            for (auto const group : {central_group, village_group}) rows.push_back(group_row(*now, *before, group));
        }
        for (std::size_t at = 0; at < now->schools.size(); ++at) {
            auto const* school = board.school(now->schools[at]);
            if (school == nullptr || (wanted.school && school->id != *wanted.school)) continue;
            rows.push_back(school_row(*school, *now, *before, at));
        }
    }
    for (auto const& key : keys) columns.push_back(column_view(key, language));
}

}  // namespace santong::indicators
