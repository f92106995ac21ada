#include "platform/text/xlsx_reader.hpp"

#include <charconv>
#include <deque>
#include <optional>

#include "platform/text/utf8.hpp"
#include "platform/text/xlsx_merges.hpp"
#include "platform/text/xlsx_workbook.hpp"
#include "platform/text/xml_stream.hpp"

namespace santong::text {

namespace {

/// Turns the elements of a sheet into rows.
class SheetPart final : public XmlListener {
public:
    SheetPart(XlsxWorkbook const& book, TableLimits const& limits, MergeFill merges)
        : book_(book), limits_(limits), merges_(std::move(merges)) {}

    std::deque<TableRow> rows;

    core::Result<void> begin(std::string_view name, XmlAttributes const& attributes) override {
        if (name == "row")
            begin_row(attributes);
        else if (name == "c")
            begin_cell(attributes);
        else if (name == "rPh")
            phonetic_ = true;
        else if (name == "v" || name == "t")
            inside_ = true;
        return {};
    }
    core::Result<void> end(std::string_view name) override {
        if (name == "rPh")
            phonetic_ = false;
        else if (name == "v" || name == "t")
            inside_ = false;
        else if (name == "c")
            return end_cell();
        else if (name == "row")
            end_row();
        return {};
    }
    core::Result<void> text(std::string_view piece) override {
        if (!inside_ || phonetic_) return {};
        if (value_.size() + piece.size() > limits_.cell_bytes) return core::too_large("text.table_too_large");
        value_ += piece;
        return {};
    }

private:
    void begin_row(XmlAttributes const& attributes) {
        std::size_t number = row_.number + 1;
        auto given = attributes["r"];
        std::from_chars(given.data(), given.data() + given.size(), number);
        row_ = {};
        row_.number = number;
        column_ = 0;
        row_bytes_ = 0;
    }

    void begin_cell(XmlAttributes const& attributes) {
        std::size_t row = 0, column = 0;
        if (parse_cell_reference(attributes["r"], row, column)) column_ = column;
        type_ = attributes["t"];
        style_ = 0;
        auto style = attributes["s"];
        std::from_chars(style.data(), style.data() + style.size(), style_);
        value_.clear();
    }

    core::Result<void> end_cell() {
        auto cell = TRY(make_cell());
        std::size_t column = column_++;
        if (cell.kind == CellKind::empty) return {};
        if (column >= limits_.columns)
            return core::invalid("text.table_too_wide", {{"row", std::to_string(row_.number)}});
        row_bytes_ += cell.text.size();
        if (row_bytes_ > limits_.row_bytes) return core::too_large("text.table_too_large");
        if (row_.cells.size() <= column) row_.cells.resize(column + 1);
        row_.cells[column] = std::move(cell);
        return {};
    }

    core::Result<Cell> make_cell() const {
        if (type_ == "s") {
            std::size_t index = book_.texts.size();
            std::from_chars(value_.data(), value_.data() + value_.size(), index);
            if (value_.empty()) return Cell{};
            if (index >= book_.texts.size()) return core::invalid("text.table_broken");
            return text_cell(book_.texts[index]);
        }
        if (value_.empty()) return Cell{};
        if (type_ == "inlineStr" || type_ == "str") return text_cell(value_);
        if (type_ == "b") return Cell{CellKind::boolean, value_ == "1" ? "TRUE" : "FALSE", false, false};
        if (type_ == "e") return Cell{CellKind::error, clean(value_), false, false};
        if (type_ == "d")
            return Cell{CellKind::date, std::string(truncate_characters(clean(value_), 10)), false, false};
        auto style = style_ < book_.styles.size() ? book_.styles[style_] : NumberStyle{};
        return number_cell(value_, style, book_.dates);
    }

    void end_row() {
        if (row_.number == 0) return;
        merges_.apply(row_);
        bool alive = false;
        for (auto const& cell : row_.cells) alive = alive || (cell.kind != CellKind::empty && !cell.merged);
        if (alive) rows.push_back(row_);
    }

    XlsxWorkbook const& book_;
    TableLimits const& limits_;
    MergeFill merges_;
    TableRow row_;
    std::size_t column_ = 0;
    std::size_t row_bytes_ = 0;
    std::size_t style_ = 0;
    std::string type_;
    std::string value_;
    bool inside_ = false;
    bool phonetic_ = false;
};

class XlsxReader final : public TableReader {
public:
    XlsxReader(std::filesystem::path path, TableLimits const& limits, XlsxWorkbook book)
        : path_(std::move(path)), limits_(limits), book_(std::move(book)) {
        for (auto const& part : book_.sheets) sheets_.push_back(part.sheet);
    }

    FileFormat format() const override { return FileFormat::xlsx; }
    std::vector<Sheet> const& sheets() const override { return sheets_; }

    core::Result<void> select(std::size_t sheet) override {
        auto const& part = book_.sheets.at(sheet).path;
        MergeScan scan(limits_.columns);
        zip_ = TRY(find(part));
        TRY_VOID(zip_->read([&scan](std::string_view piece) -> core::Result<bool> {
            scan.feed(piece);
            return true;
        }));
        zip_ = TRY(find(part));
        rows_ = std::make_unique<SheetPart>(book_, limits_, MergeFill(std::move(scan.areas)));
        stream_ = std::make_unique<XmlStream>(*rows_);
        ended_ = false;
        return {};
    }

    core::Result<bool> next(TableRow& row) override {
        while (rows_->rows.empty() && !ended_) TRY_VOID(advance());
        if (rows_->rows.empty()) return false;
        row = std::move(rows_->rows.front());
        rows_->rows.pop_front();
        return true;
    }

private:
    core::Result<ZipReader> find(std::string const& part) {
        auto zip = TRY(ZipReader::open(path_, zip_limits(limits_)));
        while (auto entry = TRY(zip.next())) {
            if (lower_ascii(entry->path) == part) return zip;
        }
        return core::invalid("text.table_broken");
    }

    core::Result<void> advance() {
        bool stopped = false;
        auto take = [this, &stopped](std::string_view piece) -> core::Result<bool> {
            TRY_VOID(stream_->feed(piece, XmlStream::Piece::more_follows));
            stopped = !rows_->rows.empty();
            return !stopped;
        };
        TRY_VOID(zip_->read(take));
        if (stopped) return {};
        ended_ = true;
        return stream_->feed({}, XmlStream::Piece::last);
    }

    std::filesystem::path path_;
    TableLimits limits_;
    XlsxWorkbook book_;
    std::vector<Sheet> sheets_;
    std::optional<ZipReader> zip_;
    std::unique_ptr<SheetPart> rows_;
    std::unique_ptr<XmlStream> stream_;
    bool ended_ = true;
};

}  // namespace

core::Result<std::unique_ptr<TableReader>> open_xlsx(std::filesystem::path const& path, TableLimits const& limits) {
    auto book = TRY(read_xlsx_workbook(path, limits));
    std::size_t first = 0;
    while (first + 1 < book.sheets.size() && book.sheets[first].sheet.hidden) ++first;
    auto reader = std::make_unique<XlsxReader>(path, limits, std::move(book));
    TRY_VOID(reader->select(first));
    return std::unique_ptr<TableReader>(std::move(reader));
}

}  // namespace santong::text
