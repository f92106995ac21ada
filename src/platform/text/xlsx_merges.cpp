#include "platform/text/xlsx_merges.hpp"

#include <algorithm>

namespace santong::text {

namespace {

constexpr std::size_t most_covered = 1'000'000;  // cells; beyond that the areas are somebody's joke
constexpr std::size_t longest_copied = 1'024;
constexpr std::size_t longest_tag = 128;

}  // namespace

bool parse_cell_reference(std::string_view text, std::size_t& row, std::size_t& column) {
    std::size_t at = 0;
    column = 0;
    for (; at < text.size() && at < 3 && text[at] >= 'A' && text[at] <= 'Z'; ++at) {
        column = column * 26 + static_cast<std::size_t>(text[at] - 'A' + 1);
    }
    if (at == 0 || at == text.size() || text.size() - at > 7) return false;
    row = 0;
    for (; at < text.size(); ++at) {
        if (text[at] < '0' || text[at] > '9') return false;
        row = row * 10 + static_cast<std::size_t>(text[at] - '0');
    }
    if (row == 0) return false;
    --row;
    --column;
    return true;
}

void MergeScan::feed(std::string_view piece) {
    std::string joined = tail_ + std::string(piece);
    std::size_t done = 0;
    for (auto at = joined.find("mergeCell "); at != joined.npos; at = joined.find("mergeCell ", at + 1)) {
        auto end = joined.find('>', at);
        if (end == joined.npos) break;
        done = end;
        // Text of a cell may say "mergeCell" too, but no raw < can stand before it there.
        bool tag = at > 0 && (joined[at - 1] == '<' || joined[at - 1] == ':');
        auto from = joined.find("ref=", at);
        if (!tag || from == joined.npos || from + 5 > end) continue;
        auto close = joined.find(joined[from + 4], from + 5);
        if (close < end) take(std::string_view(joined).substr(from + 5, close - from - 5));
    }
    auto keep = std::min(joined.size() - done, longest_tag);
    tail_ = joined.substr(joined.size() - keep);
}

void MergeScan::take(std::string_view reference) {
    auto colon = reference.find(':');
    if (colon == reference.npos) return;
    MergedArea area;
    bool good = parse_cell_reference(reference.substr(0, colon), area.first_row, area.first_column) &&
                parse_cell_reference(reference.substr(colon + 1), area.last_row, area.last_column);
    if (!good || area.last_row < area.first_row || area.last_column < area.first_column) return;
    if (area.first_column >= columns_) return;
    area.last_column = std::min(area.last_column, columns_ - 1);
    auto cells = (area.last_row - area.first_row + 1) * (area.last_column - area.first_column + 1);
    if (cells > most_covered - covered_) return;
    covered_ += cells;
    areas.push_back(area);
}

MergeFill::MergeFill(std::vector<MergedArea> areas) : areas_(std::move(areas)) {
    std::stable_sort(areas_.begin(), areas_.end(),
                     [](MergedArea const& a, MergedArea const& b) { return a.first_row < b.first_row; });
}

void MergeFill::apply(TableRow& row) {
    std::size_t const index = row.number - 1;
    for (; next_ < areas_.size() && areas_[next_].first_row <= index; ++next_) {
        auto const& area = areas_[next_];
        if (area.first_row != index || area.first_column >= row.cells.size()) continue;
        auto cell = row.cells[area.first_column];
        cell.merged = true;
        if (cell.kind != CellKind::empty && cell.text.size() <= longest_copied)
            open_.push_back({area, std::move(cell)});
    }
    std::erase_if(open_, [index](Open const& open) { return open.area.last_row < index; });
    for (auto const& open : open_) {
        if (row.cells.size() <= open.area.last_column) row.cells.resize(open.area.last_column + 1);
        for (auto column = open.area.first_column; column <= open.area.last_column; ++column) {
            bool first = index == open.area.first_row && column == open.area.first_column;
            if (!first) row.cells[column] = open.cell;
        }
    }
}

}  // namespace santong::text
