#pragma once
// The sheet itself: what it is, which column holds what, its rows.
#include <filesystem>
#include <functional>

#include "modules/roster/import_domain.hpp"

namespace santong::roster {

/// What the first look at a file says.
struct SheetLook {
    std::string format;
    std::string encoding;
    std::string sheet;
    std::int32_t header_row = 0;
    std::int32_t first_data_row = 1;
    std::string header_key;  ///< the same for the same headings
    rules::SheetKind kind = rules::SheetKind::unknown;
    std::vector<ImportColumn> columns;
    bool has_rows = false;  ///< something stands below the headings
};

/// Refuses as `text::open_table` does, and "roster.import_no_rows".
core::Result<SheetLook> look_at_sheet(std::filesystem::path const& path, ImportKind kind);

struct SheetRow {
    std::int32_t number = 0;
    ImportCells cells;
};

/// All rows from `first_row` on. Refuses "roster.import_too_many_rows" {limit}.
core::Result<std::vector<SheetRow>> read_sheet(std::filesystem::path const& path, std::int32_t first_row);

/// The heading of the column that a refused row's reasons stand in; such a column is never imported.
std::string reason_heading(std::string_view language);

}  // namespace santong::roster
