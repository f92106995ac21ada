#pragma once
// Comma-separated text as RFC 4180 has it and as schools have it: ; or tab between cells, line breaks inside quotes.
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.hpp"
#include "platform/text/encoding.hpp"

namespace santong::text {

struct CsvLimits {
    std::size_t cell_bytes = 128 * 1024;
    std::size_t columns = 256;
    std::size_t row_bytes = 1024 * 1024;
};

struct CsvRow {
    std::vector<std::string> cells;
    std::size_t record = 0;  ///< counted from 1 with all records before it, blank ones too: the row a spreadsheet shows
    std::size_t line = 0;    ///< line of the file on which it begins, counted from 1
};

/// Reads a file row by row in bounded memory.
class CsvReader {
public:
    /// The delimiter is found from the first rows unless it is given; a first line "sep=;" then decides and is no row.
    explicit CsvReader(Utf8Source source, std::optional<char> delimiter = {}, CsvLimits limits = {});

    /// The next row that is not blank; false at the end. Refusals: "text.csv_open_quote" {line},
    /// "text.csv_cell_too_long" {line} (a row too), "text.table_too_wide" {row}, "text.table_not_text".
    core::Result<bool> next(CsvRow& row);
    char delimiter() const { return delimiter_; }
    Encoding encoding() const { return source_.encoding(); }

private:
    core::Result<bool> read_record(CsvRow& row);
    core::Result<void> read_cell(std::string& cell);
    core::Result<void> read_quoted(std::string& cell);
    bool at_end();
    char peek_second();
    void take_line_break();
    void begin();

    Utf8Source source_;
    CsvLimits limits_;
    std::string buffer_;
    std::size_t at_ = 0;
    std::size_t line_ = 1;
    std::size_t record_ = 0;
    char delimiter_ = ',';
    bool delimiter_known_;
    bool begun_ = false;
};

/// The delimiter that divides the first rows most evenly: one of , ; and tab.
char detect_delimiter(std::string_view start);

/// A cell that no spreadsheet takes for a formula: an apostrophe goes before = + - @, tab and return, in any width.
/// Numbers such as -3.5 and +8613800138000 stay.
std::string neutralised(std::string_view cell);
/// The cell as it was before `neutralised`.
std::string_view without_neutralising(std::string_view cell);

enum class ByteOrderMark { none, utf8 };
enum class Formulas {
    neutralise,  ///< for files that people open in a spreadsheet
    keep,        ///< for files that programs exchange, where each byte counts
};

/// Writes RFC 4180: commas, CRLF, quotes where needed.
class CsvWriter {
public:
    /// `sink` takes each finished row. Excel needs the mark to read Chinese.
    CsvWriter(std::function<void(std::string_view)> sink, ByteOrderMark mark, Formulas formulas);
    void row(std::vector<std::string> const& cells);

private:
    std::function<void(std::string_view)> sink_;
    std::string line_;
    Formulas formulas_;
};

}  // namespace santong::text
