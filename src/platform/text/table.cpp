#include "platform/text/table.hpp"

#include <algorithm>
#include <array>
#include <fstream>

#include "platform/text/csv.hpp"
#include "platform/text/number_cell.hpp"
#include "platform/text/utf8.hpp"
#include "platform/text/web_table_reader.hpp"
#include "platform/text/xls_reader.hpp"
#include "platform/text/xlsx_reader.hpp"
#include "platform/text/xlsx_workbook.hpp"

namespace santong::text {

namespace {

constexpr std::string_view ole_mark = "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1";
constexpr std::size_t head_size = 64 * 1024;

/// How a name of an OLE directory stands in the file.
std::string utf16(std::string_view ascii) {
    std::string out;
    for (char c : ascii) out += {c, '\0'};
    return out;
}

FileFormat detect_ole(std::string_view bytes) {
    auto has = [bytes](std::string_view name) { return bytes.find(utf16(name)) != bytes.npos; };
    if (has("EncryptedPackage")) return FileFormat::encrypted_office;
    if (has("Workbook")) return FileFormat::xls;
    if (has("WordDocument")) return FileFormat::word;
    return has("Book") ? FileFormat::xls : FileFormat::unknown;
}

FileFormat detect_zip(std::string_view bytes) {
    auto has = [bytes](std::string_view name) { return bytes.find(name) != bytes.npos; };
    if (has("xl/workbook.xml") || has("xl/worksheets/")) return FileFormat::xlsx;
    if (has("word/document.xml")) return FileFormat::word;
    return has("opendocument.spreadsheet") ? FileFormat::open_document : FileFormat::archive;
}

/// BIFF 2–4: a bare stream that begins with BOF.
bool is_bare_biff(std::string_view bytes) {
    return bytes.size() > 8 && bytes[0] == '\x09' && bytes[1] >= 0 && bytes[1] <= 8 && bytes[1] % 2 == 0 &&
           bytes[2] >= 4 && bytes[2] <= 16 && bytes[3] == '\0';
}

FileFormat detect_markup(std::string_view bytes) {
    auto detected = to_utf8(bytes.substr(0, 4096), detect_encoding(bytes.substr(0, 4096))).utf8;
    auto start = lower_ascii(trim(detected));
    if (!start.starts_with('<')) return FileFormat::unknown;
    if (start.find("schemas-microsoft-com:office:spreadsheet") != start.npos) return FileFormat::spreadsheet_xml;
    for (std::string_view tag : {"<html", "<table", "<!doctype html", "<meta", "<head", "<body", "<style"}) {
        if (start.find(tag) != start.npos) return FileFormat::web_page;
    }
    return FileFormat::unknown;
}

bool is_text(std::string_view bytes) {
    auto encoding = detect_encoding(bytes);
    bool wide = encoding == Encoding::utf16_le || encoding == Encoding::utf16_be;
    if (!wide && bytes.find('\0') != bytes.npos) return false;
    auto head = bytes.substr(0, head_size);
    auto utf8 = to_utf8(head, encoding).utf8;
    std::size_t strange = 0;
    for (std::size_t at = 0; at < utf8.size();) {
        char32_t c = next_character(utf8, at);
        strange += c == 0xFFFD || (c < 0x20 && c != '\n' && c != '\r' && c != '\t') ? 1 : 0;
    }
    return strange * 50 <= utf8.size();
}

/// CSV behind the interface of a sheet.
class TextTableReader final : public TableReader {
public:
    TextTableReader(std::filesystem::path path, TableLimits const& limits, Utf8Source source)
        : path_(std::move(path)), limits_(limits), reader_(make(std::move(source))) {}

    FileFormat format() const override { return FileFormat::delimited_text; }
    std::vector<Sheet> const& sheets() const override { return sheets_; }
    std::string_view encoding() const override { return encoding_name(reader_.encoding()); }

    core::Result<void> select(std::size_t) override {
        reader_ = make(TRY(Utf8Source::open(path_)));
        return {};
    }

    core::Result<bool> next(TableRow& row) override {
        bool more = TRY(reader_.next(record_));
        if (!more) return false;
        row.number = record_.record;
        row.line = record_.line;
        row.cells.clear();
        for (auto const& cell : record_.cells) row.cells.push_back(text_cell(without_neutralising(unwrapped(cell))));
        while (!row.cells.empty() && row.cells.back().kind == CellKind::empty) row.cells.pop_back();
        return true;
    }

private:
    CsvReader make(Utf8Source source) const {
        return CsvReader(std::move(source), {}, {limits_.cell_bytes, limits_.columns, limits_.row_bytes});
    }

    /// ="0012" and a leading tab are ways to make a spreadsheet keep digits as text.
    static std::string_view unwrapped(std::string_view cell) {
        cell = trim(cell);
        bool wrapped = cell.size() > 3 && cell.starts_with("=\"") && cell.ends_with('"');
        return wrapped ? cell.substr(2, cell.size() - 3) : cell;
    }

    std::filesystem::path path_;
    TableLimits limits_;
    CsvReader reader_;
    CsvRow record_;
    std::vector<Sheet> sheets_{{"", false}};
};

/// As much of the file as tells its format: the whole of a container, for its directory stands anywhere.
core::Result<std::string> read_for_detection(std::filesystem::path const& path) {
    std::ifstream file(path, std::ios::binary);
    if (!file) return core::not_found("text.file_missing");
    std::string bytes(head_size, '\0');
    file.read(bytes.data(), std::ssize(bytes));
    bytes.resize(static_cast<std::size_t>(file.gcount()));
    return bytes;
}

/// Looks for the format through the whole file, with a window, so that a large file needs little memory.
FileFormat detect_container(std::filesystem::path const& path, FileFormat (*detect)(std::string_view),
                            FileFormat none) {
    std::ifstream file(path, std::ios::binary);
    std::string window, piece(1024 * 1024, '\0');
    auto found = none;
    while (found == none && (file.read(piece.data(), std::ssize(piece)), file.gcount() > 0)) {
        window = window.substr(window.size() - std::min<std::size_t>(window.size(), 64));
        window.append(piece, 0, static_cast<std::size_t>(file.gcount()));
        found = detect(window);
    }
    return found;
}

core::Error refusal_of(FileFormat format) {
    switch (format) {
        case FileFormat::encrypted_office: return core::unsupported("text.table_encrypted");
        case FileFormat::spreadsheet_xml: return core::unsupported("text.table_is_spreadsheet_xml");
        case FileFormat::open_document: return core::unsupported("text.table_is_open_document");
        case FileFormat::word: return core::unsupported("text.table_is_word");
        case FileFormat::pdf: return core::unsupported("text.table_is_pdf");
        case FileFormat::picture: return core::unsupported("text.table_is_picture");
        case FileFormat::archive: return core::unsupported("text.table_is_archive");
        case FileFormat::empty: return core::invalid("text.table_empty");
        case FileFormat::delimited_text:
        case FileFormat::xlsx:
        case FileFormat::xls:
        case FileFormat::web_page:
        case FileFormat::unknown: break;
    }
    return core::unsupported("text.table_not_text");
}

}  // namespace

FileFormat detect_format(std::string_view bytes) {
    if (trim(bytes.substr(0, 4096)).empty() && bytes.size() <= 4096) return FileFormat::empty;
    if (bytes.starts_with(ole_mark)) return detect_ole(bytes);
    if (bytes.starts_with("PK\x03\x04") || bytes.starts_with("PK\x05\x06")) return detect_zip(bytes);
    if (bytes.starts_with("%PDF")) return FileFormat::pdf;
    for (std::string_view mark : {"\x89PNG", "\xFF\xD8\xFF", "GIF8", "BM", "RIFF"}) {
        if (bytes.starts_with(mark) && !is_text(bytes)) return FileFormat::picture;
    }
    for (std::string_view mark : {"Rar!", "7z\xBC\xAF", "\x1F\x8B"}) {
        if (bytes.starts_with(mark)) return FileFormat::archive;
    }
    if (is_bare_biff(bytes)) return FileFormat::xls;
    if (auto markup = detect_markup(bytes); markup != FileFormat::unknown) return markup;
    return is_text(bytes) ? FileFormat::delimited_text : FileFormat::unknown;
}

core::Result<std::unique_ptr<TableReader>> open_table(std::filesystem::path const& path, TableLimits limits) {
    auto head = TRY(read_for_detection(path));
    auto format = detect_format(head);
    if (head.starts_with("PK")) format = detect_container(path, detect_zip, FileFormat::archive);
    if (head.starts_with(ole_mark)) format = detect_container(path, detect_ole, FileFormat::unknown);
    if (format == FileFormat::xlsx) return open_xlsx(path, limits);
    if (format == FileFormat::xls) return open_xls(path, limits);
    if (format == FileFormat::web_page) return open_web_table(path, limits);
    if (format != FileFormat::delimited_text) return refusal_of(format);
    auto source = TRY(Utf8Source::open(path));
    return std::unique_ptr<TableReader>(std::make_unique<TextTableReader>(path, limits, std::move(source)));
}

std::string column_letters(std::size_t column) {
    std::string letters;
    for (++column; column > 0; column = (column - 1) / 26)
        letters.insert(letters.begin(), static_cast<char>('A' + (column - 1) % 26));
    return letters;
}

}  // namespace santong::text
