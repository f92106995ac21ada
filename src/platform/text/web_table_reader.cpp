#include "platform/text/web_table_reader.hpp"

#include <array>
#include <charconv>
#include <utility>

#include "platform/text/encoding.hpp"
#include "platform/text/number_cell.hpp"
#include "platform/text/utf8.hpp"
#include "platform/text/xlsx_merges.hpp"
#include "platform/text/xlsx_workbook.hpp"

namespace santong::text {

namespace {

constexpr std::size_t longest_tag = 64 * 1024;
constexpr std::size_t longest_entity = 10;
constexpr std::size_t longest_copied = 1'024;  // of a cell that spans others

/// Appends what `&name;` stands for; unknown names stay as they are.
void append_entity(std::string& out, std::string_view name) {
    static constexpr std::array<std::pair<std::string_view, std::string_view>, 6> named{
        {{"amp", "&"}, {"lt", "<"}, {"gt", ">"}, {"quot", "\""}, {"apos", "'"}, {"nbsp", " "}}};
    for (auto const& [key, text] : named) {
        if (key == name) {
            out += text;
            return;
        }
    }
    std::uint32_t code = 0;
    if (name.starts_with("#")) {
        bool hex = name.size() > 1 && (name[1] == 'x' || name[1] == 'X');
        auto digits = name.substr(hex ? 2 : 1);
        std::from_chars(digits.data(), digits.data() + digits.size(), code, hex ? 16 : 10);
    }
    bool character = code >= 0x20 && code < 0x110000 && (code < 0xD800 || code > 0xDFFF);
    if (character)
        append_character(out, code);
    else
        out += '&' + std::string(name) + ';';
}

std::string decoded(std::string_view text) {
    std::string out;
    for (std::size_t at = 0; at < text.size(); ++at) {
        auto end = text[at] == '&' ? text.find(';', at) : text.npos;
        if (end == text.npos || end - at > longest_entity) {
            out += text[at];
            continue;
        }
        append_entity(out, text.substr(at + 1, end - at - 1));
        at = end;
    }
    return out;
}

std::string tag_name(std::string_view tag) {
    auto end = tag.find_first_of(" \t\r\n/", 1);
    return lower_ascii(tag.substr(0, end));
}

/// The number of `name="3"` in a tag, 1 if it is not there.
std::size_t span_of(std::string_view tag, std::string_view name) {
    auto lower = lower_ascii(tag);
    auto at = lower.find(name);
    if (at == lower.npos) return 1;
    at = lower.find_first_of("0123456789", at);
    std::size_t span = 1;
    if (at != lower.npos) std::from_chars(lower.data() + at, lower.data() + lower.size(), span);
    return std::max<std::size_t>(span, 1);
}

class WebTableReader final : public TableReader {
public:
    WebTableReader(std::filesystem::path path, TableLimits const& limits, Utf8Source source)
        : path_(std::move(path)), limits_(limits), source_(std::move(source)) {}

    FileFormat format() const override { return FileFormat::web_page; }
    std::vector<Sheet> const& sheets() const override { return sheets_; }
    std::string_view encoding() const override { return encoding_name(source_.encoding()); }

    core::Result<void> select(std::size_t) override {
        auto fresh = TRY(Utf8Source::open(path_));
        auto own = std::exchange(*this, WebTableReader(path_, limits_, std::move(fresh)));
        return {};
    }

    core::Result<bool> next(TableRow& row) override {
        while (true) {
            if (!ready_) {
                bool more = TRY(step());
                if (more) continue;
                if (!in_row_) return false;
                finish_row();
            }
            ready_ = false;
            if (!done_.cells.empty()) {
                row = std::move(done_);
                return true;
            }
        }
    }

private:
    /// Takes the next tag or text; false at the end of the file.
    core::Result<bool> step() {
        if (!fill()) return false;
        auto open = buffer_.find('<', at_);
        if (open == at_) return tag();
        auto end = open == buffer_.npos ? buffer_.size() : open;
        if (in_cell_) {
            row_bytes_ += end - at_;
            bool too_much = text_.size() + end - at_ > limits_.cell_bytes || row_bytes_ > limits_.row_bytes;
            if (too_much) return core::too_large("text.table_too_large");
            text_.append(buffer_, at_, end - at_);
        }
        at_ = end;
        return true;
    }

    bool fill() {
        if (buffer_.size() - at_ < longest_tag) {
            buffer_.erase(0, at_);
            at_ = 0;
            while (buffer_.size() < longest_tag && source_.read(buffer_)) {}
        }
        return at_ < buffer_.size();
    }

    core::Result<bool> tag() {
        bool comment = buffer_.compare(at_, 4, "<!--") == 0;
        auto end = buffer_.find(comment ? "-->" : ">", at_);
        if (end == buffer_.npos || end - at_ > longest_tag) {
            at_ = end == buffer_.npos ? buffer_.size() : at_ + 1;
            return true;
        }
        auto content = buffer_.substr(at_ + 1, end - at_ - 1);
        at_ = end + (comment ? 3 : 1);
        if (!comment) return take(content);
        return true;
    }

    core::Result<bool> take(std::string_view content) {
        auto name = tag_name(content);
        bool ends = name == "/tr" || name == "/table" || name == "tr" || name == "table";
        if (ends && in_row_) finish_row();
        if (name == "tr") {
            in_row_ = true;
            row_bytes_ = 0;
            row_ = {};
            row_.number = ++number_;
        }
        if (name == "td" || name == "th") return begin_cell(content);
        if (name == "/td" || name == "/th") finish_cell();
        if (name == "br" || name == "/p") text_ += ' ';
        return true;
    }

    core::Result<bool> begin_cell(std::string_view content) {
        finish_cell();
        if (!in_row_) return true;
        in_cell_ = true;
        // Columns that a cell above still covers are not counted in the page.
        while (covered(row_.cells.size())) row_.cells.emplace_back();
        if (row_.cells.size() >= limits_.columns) {
            return core::invalid("text.table_too_wide", {{"row", std::to_string(number_)}});
        }
        columns_ = std::min(span_of(content, "colspan"), limits_.columns - row_.cells.size());
        rows_ = std::min<std::size_t>(span_of(content, "rowspan"), 10'000);
        return true;
    }

    bool covered(std::size_t column) const { return column < spans_.size() && spans_[column].rows > 0; }

    void finish_cell() {
        if (!in_cell_) return;
        in_cell_ = false;
        auto cell = text_cell(decoded(text_));
        text_.clear();
        if (cell.text.size() > longest_copied) columns_ = rows_ = 1;
        for (std::size_t i = 0; i < columns_; ++i) {
            if (rows_ > 1) {
                spans_.resize(std::max(spans_.size(), row_.cells.size() + 1));
                spans_[row_.cells.size()] = {rows_, cell};
            }
            row_.cells.push_back(cell);
            cell.merged = true;
        }
    }

    void finish_row() {
        finish_cell();
        in_row_ = false;
        ready_ = true;
        for (std::size_t column = 0; column < spans_.size(); ++column) {
            if (!covered(column)) continue;
            row_.cells.resize(std::max(row_.cells.size(), column + 1));
            auto& cell = row_.cells[column];
            if (cell.kind == CellKind::empty) cell = spans_[column].cell;
            spans_[column].cell.merged = true;
            --spans_[column].rows;
        }
        while (!row_.cells.empty() && row_.cells.back().kind == CellKind::empty) row_.cells.pop_back();
        done_ = std::move(row_);
        row_ = {};
    }

    struct Span {
        std::size_t rows = 0;
        Cell cell;
    };
    std::filesystem::path path_;
    TableLimits limits_;
    Utf8Source source_;
    std::vector<Sheet> sheets_{{"", false}};
    std::string buffer_;
    std::string text_;
    TableRow row_, done_;
    std::vector<Span> spans_;  // by column: cells of rows above that reach down
    std::size_t at_ = 0, number_ = 0, columns_ = 1, rows_ = 1, row_bytes_ = 0;
    bool in_row_ = false, in_cell_ = false, ready_ = false;
};

}  // namespace

core::Result<std::unique_ptr<TableReader>> open_web_table(std::filesystem::path const& path,
                                                          TableLimits const& limits) {
    auto source = TRY(Utf8Source::open(path));
    return std::unique_ptr<TableReader>(std::make_unique<WebTableReader>(path, limits, std::move(source)));
}

}  // namespace santong::text
