#pragma once
#include <optional>
#include <string>
#include <string_view>

namespace santong::text {

/// The same old workbook in the plainest container there is: for files that are right but that the library does not
/// take, as some programs write them — a workbook of less than 4 KiB stands in the container's small stream, and a cell
/// may be an empty text. Nothing if `file` is no compound file with a workbook in it.
std::optional<std::string> plain_xls(std::string_view file);

}  // namespace santong::text
