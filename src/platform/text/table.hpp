#pragma once
// Tables as schools have them, whatever the file is called: CSV of any encoding, .xlsx, old .xls, and the web pages
// that older systems call .xls. One row at a time, in bounded memory.
#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.hpp"

namespace santong::text {

enum class CellKind : int { empty, text, number, date, time, boolean, error };

struct Cell {
    CellKind kind = CellKind::empty;
    /// What a person reads in the cell, cleaned (`text::clean`); a date as YYYY-MM-DD, with HH:MM if it has a time.
    std::string text;
    /// The digits on file are not those that were typed: a number beyond 15 digits, or in scientific notation.
    bool ruined = false;
    /// A copy: the cell belongs to a merged area whose text stands in the first cell.
    bool merged = false;
};

struct TableRow {
    std::vector<Cell> cells;  ///< from column A to the last cell that is not empty
    std::size_t number = 0;   ///< row of the sheet or record of the file, counted from 1
    std::size_t line = 0;     ///< line of a text file; 0 elsewhere
};

enum class FileFormat : int {
    delimited_text,
    xlsx,
    xls,
    encrypted_office,
    web_page,
    spreadsheet_xml,
    open_document,
    word,
    pdf,
    picture,
    archive,
    empty,
    unknown
};

/// What the first bytes say, whatever the name says. Zip and OLE containers are told apart by their content, so give as
/// much of the file as there is.
FileFormat detect_format(std::string_view bytes);

struct TableLimits {
    std::uint64_t unpacked_bytes = 256ull << 20;  ///< of an .xlsx
    std::uint64_t unpacked_ratio = 200;
    std::size_t archive_entries = 2'000;
    std::size_t columns = 256;
    std::size_t cell_bytes = 128 * 1024;
    std::size_t row_bytes = 1024 * 1024;
    std::size_t text_bytes = 32ull << 20;  ///< all shared texts of an .xlsx
    std::size_t texts = 2'000'000;
    std::uint64_t xls_bytes = 32ull << 20;
};

struct Sheet {
    std::string name;
    bool hidden = false;
};

/// Reads one sheet after the other. The first sheet that is not hidden is selected when it is opened.
class TableReader {
public:
    virtual ~TableReader() = default;
    virtual FileFormat format() const = 0;
    virtual std::vector<Sheet> const& sheets() const = 0;
    /// Begins again at the first row of the sheet with this index, which must exist.
    virtual core::Result<void> select(std::size_t sheet) = 0;
    /// The next row that is not blank; false at the end of the sheet.
    virtual core::Result<bool> next(TableRow& row) = 0;
    /// For messages: "GB18030", "UTF-8"; empty where the format has only one.
    virtual std::string_view encoding() const { return {}; }
};

/// Opens a table. Refusals: "text.file_missing", "text.table_empty", "text.table_encrypted", "text.table_broken",
/// "text.table_is_pdf", "…_is_picture", "…_is_word", "…_is_archive", "…_is_open_document", "…_is_spreadsheet_xml",
/// "…_not_text" (unsupported), "text.zip_bomb", "text.table_too_large" (too_large); rows may refuse as CsvReader does.
core::Result<std::unique_ptr<TableReader>> open_table(std::filesystem::path const& path, TableLimits limits = {});

/// The letters of a column: 0 is A, 27 is AB.
std::string column_letters(std::size_t column);

}  // namespace santong::text
