#include "platform/text/xls_reader.hpp"

#include <freexl.h>
#include <sys/mman.h>
#include <unistd.h>

#include <fstream>

#include "platform/text/encoding.hpp"
#include "platform/text/number_cell.hpp"
#include "platform/text/utf8.hpp"
#include "platform/text/xls_container.hpp"

namespace santong::text {

namespace {

class Workbook {
public:
    explicit Workbook(std::filesystem::path const& path) { status_ = freexl_open(path.c_str(), &handle_); }
    ~Workbook() {
        if (handle_ != nullptr) freexl_close(handle_);
    }
    Workbook(Workbook const&) = delete;
    Workbook& operator=(Workbook const&) = delete;

    bool good() const { return status_ == FREEXL_OK && handle_ != nullptr; }
    void const* handle() const { return handle_; }
    unsigned property(unsigned short what) const {
        unsigned value = FREEXL_UNKNOWN;
        return freexl_get_info(handle_, what, &value) == FREEXL_OK ? value : FREEXL_UNKNOWN;
    }

private:
    void const* handle_ = nullptr;
    int status_;
};

constexpr std::uint64_t most_cells = 4'000'000;  // the library keeps 16 bytes for each, used or not

/// Whether a sheet declares more cells than may be kept: a DIMENSIONS record (0x0200) with first and last row and
/// column. The library itself reserves what is declared before anybody can ask.
bool declares_too_many_cells(std::filesystem::path const& path) {
    std::ifstream file(path, std::ios::binary);
    std::string bytes((std::istreambuf_iterator<char>(file)), {});
    auto number = [&bytes](std::size_t at, std::size_t length) {
        std::uint64_t value = 0;
        for (std::size_t i = length; i-- > 0;) value = value << 8 | static_cast<unsigned char>(bytes[at + i]);
        return value;
    };
    std::string_view const head("\x00\x02\x0E\x00", 4);
    for (auto at = bytes.find(head); at != bytes.npos && at + 18 <= bytes.size(); at = bytes.find(head, at + 1)) {
        auto rows = number(at + 8, 4), columns = number(at + 14, 2);
        bool record = number(at + 4, 4) <= rows && number(at + 12, 2) <= columns && rows <= 65'536 && columns <= 256;
        if (record && rows * columns > most_cells) return true;
    }
    return false;
}

/// The workbook once more in a plain container, in memory only: it holds people.
std::unique_ptr<Workbook> reopened(std::filesystem::path const& path) {
    std::ifstream file(path, std::ios::binary);
    auto const plain = plain_xls(std::string((std::istreambuf_iterator<char>(file)), {}));
    int const memory = plain ? memfd_create("workbook", MFD_CLOEXEC) : -1;
    if (memory < 0) return nullptr;
    bool const whole = write(memory, plain->data(), plain->size()) == static_cast<ssize_t>(plain->size());
    auto book = std::make_unique<Workbook>("/proc/self/fd/" + std::to_string(memory));
    close(memory);
    return whole && book->good() ? std::move(book) : nullptr;
}

std::string checked(char const* text) {
    std::string_view view = text != nullptr ? text : "";
    return is_valid_utf8(view) ? std::string(view) : to_utf8(view, Encoding::utf8).utf8;
}

/// The library gives "YYYY-MM-DD" and "YYYY-MM-DD hh:mm:ss".
Cell date_cell(std::string text) {
    if (text.size() > 16) text.resize(16);
    if (text.ends_with(" 00:00")) text.resize(10);
    return {CellKind::date, std::move(text), false, false};
}

Cell make_cell(FreeXL_CellValue const& value) {
    NumberStyle plain;
    switch (value.type) {
        case FREEXL_CELL_INT: return number_cell(value.value.int_value, plain, DateSystem::from_1900);
        case FREEXL_CELL_DOUBLE: return number_cell(value.value.double_value, plain, DateSystem::from_1900);
        case FREEXL_CELL_TEXT:
        case FREEXL_CELL_SST_TEXT: return text_cell(checked(value.value.text_value));
        case FREEXL_CELL_DATE:
        case FREEXL_CELL_DATETIME: return date_cell(checked(value.value.text_value));
        case FREEXL_CELL_TIME: return {CellKind::time, checked(value.value.text_value).substr(0, 5), false, false};
        default: return {};
    }
}

class XlsReader final : public TableReader {
public:
    XlsReader(std::unique_ptr<Workbook> book, TableLimits const& limits) : book_(std::move(book)), limits_(limits) {
        auto const count = static_cast<unsigned short>(std::min(book_->property(FREEXL_BIFF_SHEET_COUNT), 1'024u));
        for (unsigned short i = 0; i < count; ++i) {
            char const* name = nullptr;
            freexl_get_worksheet_name(book_->handle(), i, &name);
            sheets_.push_back({checked(name), false});
        }
        // Before BIFF 5 a file is a single sheet without a name.
        if (sheets_.empty()) sheets_.push_back({"Sheet1", false});
    }

    FileFormat format() const override { return FileFormat::xls; }
    std::vector<Sheet> const& sheets() const override { return sheets_; }

    core::Result<void> select(std::size_t sheet) override {
        auto index = static_cast<unsigned short>(sheet);
        unsigned short columns = 0;
        bool good = freexl_select_active_worksheet(book_->handle(), index) == FREEXL_OK &&
                    freexl_worksheet_dimensions(book_->handle(), &rows_, &columns) == FREEXL_OK;
        columns_ = columns;
        at_ = 0;
        if (!good) return core::invalid("text.xls_broken");
        if (columns_ > limits_.columns) return core::invalid("text.table_too_wide", {{"row", "1"}});
        return {};
    }

    core::Result<bool> next(TableRow& row) override {
        while (at_ < rows_) {
            row = {};
            row.number = ++at_;
            for (std::size_t column = 0; column < columns_; ++column) {
                FreeXL_CellValue value{};
                auto status = freexl_get_cell_value(book_->handle(), static_cast<unsigned>(at_ - 1),
                                                    static_cast<unsigned short>(column), &value);
                if (status != FREEXL_OK) continue;
                auto cell = make_cell(value);
                if (cell.kind == CellKind::empty) continue;
                row.cells.resize(column + 1);
                row.cells.back() = std::move(cell);
            }
            if (!row.cells.empty()) return true;
        }
        return false;
    }

private:
    std::unique_ptr<Workbook> book_;
    TableLimits limits_;
    std::vector<Sheet> sheets_;
    unsigned rows_ = 0;
    std::size_t columns_ = 0;
    std::size_t at_ = 0;
};

}  // namespace

core::Result<std::unique_ptr<TableReader>> open_xls(std::filesystem::path const& path, TableLimits const& limits) {
    if (std::filesystem::file_size(path) > limits.xls_bytes) return core::too_large("text.table_too_large");
    if (declares_too_many_cells(path)) return core::too_large("text.table_too_large");
    auto book = std::make_unique<Workbook>(path);
    if (book->handle() != nullptr && book->property(FREEXL_BIFF_PASSWORD) == FREEXL_BIFF_OBFUSCATED) {
        return core::unsupported("text.table_encrypted");
    }
    if (!book->good()) book = reopened(path);
    if (!book) return core::invalid("text.xls_broken");
    auto reader = std::make_unique<XlsReader>(std::move(book), limits);
    TRY_VOID(reader->select(0));
    return std::unique_ptr<TableReader>(std::move(reader));
}

}  // namespace santong::text
