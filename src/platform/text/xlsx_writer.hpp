#pragma once
// Workbooks for people: exports, rows to mend, templates. One row at a time, in constant memory.
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "core/time.hpp"

namespace santong::text {

enum class ColumnKind : int {
    text,    ///< never a formula, never a number: identity numbers and codes keep their digits
    number,  ///< written with at most 15 digits: 66.6 stands in the file as 66.6
    date,
    note,  ///< what is wrong with the row: wrapped, in red
};

struct XlsxColumn {
    std::string title;
    ColumnKind kind = ColumnKind::text;
    double width = 14;                 ///< in digits; an ideograph is two
    std::vector<std::string> choices;  ///< offered in a drop-down list; anything else is refused by the spreadsheet
    std::string hint;                  ///< shown when a cell of the column is entered
};

/// Writes one file. Throws if the disk fails. Without `finish` there is no file.
class XlsxWriter {
public:
    explicit XlsxWriter(std::filesystem::path const& path);
    XlsxWriter(XlsxWriter&&) noexcept;
    XlsxWriter& operator=(XlsxWriter&&) noexcept;
    ~XlsxWriter();

    /// Begins a sheet with a bold header row that stays in sight. Signs that a sheet's name may not have are left out.
    void sheet(std::string_view name, std::vector<XlsxColumn> columns);
    /// One row of texts, read by the kind of their columns: what is no number or date (YYYY-MM-DD) is written as text.
    void row(std::vector<std::string> const& cells);
    /// Closes the file.
    void finish();

private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace santong::text
