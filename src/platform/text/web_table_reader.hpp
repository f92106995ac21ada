#pragma once
#include "platform/text/table.hpp"

namespace santong::text {

/// Opens a web page whose rows are taken from its tables: what many older school systems export as ".xls".
core::Result<std::unique_ptr<TableReader>> open_web_table(std::filesystem::path const& path, TableLimits const& limits);

}  // namespace santong::text
