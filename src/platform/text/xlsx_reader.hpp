#pragma once
#include "platform/text/table.hpp"

namespace santong::text {

/// Opens an .xlsx; see `open_table`.
core::Result<std::unique_ptr<TableReader>> open_xlsx(std::filesystem::path const& path, TableLimits const& limits);

}  // namespace santong::text
