#include "platform/text/csv.hpp"

#include <algorithm>
#include <array>
#include <map>

#include "platform/text/utf8.hpp"

namespace santong::text {

namespace {

constexpr std::array delimiters{',', ';', '\t'};
constexpr std::size_t low_water = 8 * 1024;

/// How many of each delimiter stand outside quotes, row by row, for the first rows.
std::vector<std::array<std::size_t, 3>> count_delimiters(std::string_view start) {
    std::vector<std::array<std::size_t, 3>> rows(1);
    bool quoted = false;
    for (char c : start) {
        if (c == '"') quoted = !quoted;
        if (quoted) continue;
        for (std::size_t i = 0; i < delimiters.size(); ++i) rows.back()[i] += c == delimiters[i] ? 1 : 0;
        if (c == '\n') rows.emplace_back();
        if (rows.size() > 20) break;
    }
    if (rows.size() > 1) rows.pop_back();  // the last one may be cut
    return rows;
}

bool looks_like_number(std::string_view text) {
    if (text.starts_with('+') || text.starts_with('-')) text.remove_prefix(1);
    bool digits = false, point = false;
    for (char c : text) {
        if (c >= '0' && c <= '9')
            digits = true;
        else if (c == '.' && !point)
            point = true;
        else if (c != ',' || !digits || point)
            return false;
    }
    return digits;
}

bool begins_formula(std::string_view cell) {
    if (cell.empty()) return false;
    constexpr std::u32string_view signs = U"=+-@\t\r\n＝＋－＠";
    std::size_t at = 0;
    return signs.find(next_character(cell, at)) != signs.npos;
}

bool blank(CsvRow const& row) {
    return std::all_of(row.cells.begin(), row.cells.end(), [](std::string const& c) { return trim(c).empty(); });
}

}  // namespace

char detect_delimiter(std::string_view start) {
    auto rows = count_delimiters(start);
    std::size_t best = 0, best_score = 0;
    for (std::size_t i = 0; i < delimiters.size(); ++i) {
        std::map<std::size_t, std::size_t> rows_by_count;
        for (auto const& row : rows) {
            if (row[i] > 0) ++rows_by_count[row[i]];
        }
        std::size_t score = 0;
        for (auto const& [count, number] : rows_by_count)
            score = std::max(score, number * 100 + std::min<std::size_t>(count, 50));
        if (score > best_score) {
            best_score = score;
            best = i;
        }
    }
    return delimiters[best];
}

CsvReader::CsvReader(Utf8Source source, std::optional<char> delimiter, CsvLimits limits)
    : source_(std::move(source)),
      limits_(limits),
      delimiter_(delimiter.value_or(',')),
      delimiter_known_(delimiter.has_value()) {}

bool CsvReader::at_end() {
    if (buffer_.size() - at_ < low_water) {
        buffer_.erase(0, at_);
        at_ = 0;
        while (buffer_.size() < low_water && source_.read(buffer_)) {}
    }
    return at_ >= buffer_.size();
}

char CsvReader::peek_second() {
    return at_ + 1 < buffer_.size() ? buffer_[at_ + 1] : '\0';
}

void CsvReader::take_line_break() {
    at_ += buffer_[at_] == '\r' && peek_second() == '\n' ? 2 : 1;
    ++line_;
}

void CsvReader::begin() {
    begun_ = true;
    if (at_end()) return;
    std::string_view start = buffer_;
    bool own =
        !delimiter_known_ && start.starts_with("sep=") && start.size() > 5 && start[4] != '\r' && start[4] != '\n';
    if (own && (start[5] == '\r' || start[5] == '\n')) {
        delimiter_ = start[4];
        at_ = 5;
        take_line_break();
    } else if (!delimiter_known_) {
        delimiter_ = detect_delimiter(start.substr(0, 64 * 1024));
    }
}

core::Result<bool> CsvReader::next(CsvRow& row) {
    if (!begun_) begin();
    do {
        bool more = TRY(read_record(row));
        if (!more) return false;
    } while (blank(row));
    return true;
}

core::Result<bool> CsvReader::read_record(CsvRow& row) {
    if (at_end()) return false;
    row.record = ++record_;
    row.line = line_;
    std::size_t columns = 0, bytes = 0;
    for (bool more = true; more; ++columns) {
        if (columns == limits_.columns) return core::invalid("text.table_too_wide", {{"row", std::to_string(record_)}});
        if (columns == row.cells.size()) row.cells.emplace_back();
        row.cells[columns].clear();
        TRY_VOID(read_cell(row.cells[columns]));
        bytes += row.cells[columns].size();
        if (bytes > limits_.row_bytes)
            return core::invalid("text.csv_cell_too_long", {{"line", std::to_string(row.line)}});
        more = !at_end() && buffer_[at_] == delimiter_;
        if (more) ++at_;
    }
    row.cells.resize(columns);
    if (!at_end()) take_line_break();
    return true;
}

core::Result<void> CsvReader::read_cell(std::string& cell) {
    if (!at_end() && buffer_[at_] == '"') TRY_VOID(read_quoted(cell));
    while (!at_end()) {
        char c = buffer_[at_];
        if (c == delimiter_ || c == '\n' || c == '\r') return {};
        if (c == '\0') return core::invalid("text.table_not_text");
        if (cell.size() >= limits_.cell_bytes) {
            return core::invalid("text.csv_cell_too_long", {{"line", std::to_string(line_)}});
        }
        cell += c;
        ++at_;
    }
    return {};
}

core::Result<void> CsvReader::read_quoted(std::string& cell) {
    auto first_line = std::to_string(line_);
    ++at_;
    while (!at_end()) {
        char c = buffer_[at_];
        if (c == '\0') return core::invalid("text.table_not_text");
        if (cell.size() >= limits_.cell_bytes) return core::invalid("text.csv_cell_too_long", {{"line", first_line}});
        if (c == '"') {
            at_ += 1;
            if (at_end() || buffer_[at_] != '"') return {};
        }
        if (c == '\n' || c == '\r') {
            take_line_break();
            cell += '\n';
            continue;
        }
        cell += c;
        ++at_;
    }
    return core::invalid("text.csv_open_quote", {{"line", first_line}});
}

std::string neutralised(std::string_view cell) {
    if (!begins_formula(cell) || looks_like_number(cell)) return std::string(cell);
    return '\'' + std::string(cell);
}

std::string_view without_neutralising(std::string_view cell) {
    return cell.starts_with('\'') && begins_formula(cell.substr(1)) ? cell.substr(1) : cell;
}

CsvWriter::CsvWriter(std::function<void(std::string_view)> sink, ByteOrderMark mark, Formulas formulas)
    : sink_(std::move(sink)), formulas_(formulas) {
    if (mark == ByteOrderMark::utf8) sink_("\xEF\xBB\xBF");
}

void CsvWriter::row(std::vector<std::string> const& cells) {
    line_.clear();
    for (std::size_t i = 0; i < cells.size(); ++i) {
        if (i > 0) line_ += ',';
        auto cell = formulas_ == Formulas::neutralise ? neutralised(cells[i]) : cells[i];
        // A row of one empty cell would read as a blank line.
        bool quotes = cell.find_first_of(",\"\r\n\t;") != cell.npos || cell.starts_with(' ') || cell.ends_with(' ') ||
                      (cells.size() == 1 && cell.empty());
        if (quotes) line_ += '"';
        for (char c : cell) line_.append(c == '"' ? 2 : 1, c);
        if (quotes) line_ += '"';
    }
    line_ += "\r\n";
    sink_(line_);
}

}  // namespace santong::text
