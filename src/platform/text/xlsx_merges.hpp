#pragma once
// Merged areas of a sheet. They stand behind its cells, so they are looked for before. For xlsx_reader only.
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "platform/text/table.hpp"

namespace santong::text {

/// Rows and columns counted from 0, both ends inside.
struct MergedArea {
    std::size_t first_row = 0, last_row = 0, first_column = 0, last_column = 0;
};

/// "B2" as row 1, column 1; false if it is no cell.
bool parse_cell_reference(std::string_view text, std::size_t& row, std::size_t& column);

/// Finds `<mergeCell ref="A1:D1"/>` in the bytes of a sheet, given piece by piece.
class MergeScan {
public:
    explicit MergeScan(std::size_t columns) : columns_(columns) {}
    void feed(std::string_view piece);
    std::vector<MergedArea> areas;

private:
    void take(std::string_view reference);

    std::string tail_;
    std::size_t columns_;
    std::size_t covered_ = 0;
};

/// Copies the text of each area's first cell into its other cells, row after row.
class MergeFill {
public:
    MergeFill() = default;
    explicit MergeFill(std::vector<MergedArea> areas);
    void apply(TableRow& row);

private:
    struct Open {
        MergedArea area;
        Cell cell;
    };
    std::vector<MergedArea> areas_;  // by first row
    std::size_t next_ = 0;
    std::vector<Open> open_;
};

}  // namespace santong::text
