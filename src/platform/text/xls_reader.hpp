#pragma once
#include "platform/text/table.hpp"

namespace santong::text {

/// Opens an old .xls (BIFF 2–8); see `open_table`. The file is read into memory, so its size is limited.
core::Result<std::unique_ptr<TableReader>> open_xls(std::filesystem::path const& path, TableLimits const& limits);

}  // namespace santong::text
