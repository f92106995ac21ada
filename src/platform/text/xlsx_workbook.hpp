#pragma once
// The parts of an .xlsx that its sheets refer to. For xlsx_reader only.
#include <cstdint>
#include <deque>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.hpp"
#include "platform/text/number_cell.hpp"
#include "platform/text/table.hpp"
#include "platform/text/zip.hpp"

namespace santong::text {

/// Texts that cells share, packed closely, within limits.
class SharedTexts {
public:
    bool append(std::string_view text, TableLimits const& limits);
    std::string_view operator[](std::size_t index) const;
    std::size_t size() const { return places_.size(); }

private:
    struct Place {
        std::uint32_t block;
        std::uint32_t at;
    };
    std::vector<std::string> blocks_;
    std::deque<Place> places_;  // grows without moving, so that its peak is its size
    std::size_t bytes_ = 0;
};

struct XlsxSheetPart {
    Sheet sheet;
    std::string path;  ///< in the archive, in lower case
};

struct XlsxWorkbook {
    std::vector<XlsxSheetPart> sheets;
    std::vector<NumberStyle> styles;  ///< by the style number of a cell
    DateSystem dates = DateSystem::from_1900;
    SharedTexts texts;
};

core::Result<XlsxWorkbook> read_xlsx_workbook(std::filesystem::path const& path, TableLimits const& limits);

ZipLimits zip_limits(TableLimits const& limits);
std::string lower_ascii(std::string_view text);

}  // namespace santong::text
