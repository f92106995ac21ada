#include "platform/text/xls_container.hpp"

#include <algorithm>
#include <cstdint>
#include <vector>

namespace santong::text {

namespace {

constexpr std::size_t header_size = 512, entry_size = 128, sector = 512, small_stream = 4'096;
constexpr std::size_t sectors_in_header = 109;
constexpr std::uint32_t last_free = 0xFFFFFFFA;  // from here on numbers are marks, not sectors
constexpr std::uint32_t end_of_chain = 0xFFFFFFFE, fat_mark = 0xFFFFFFFD, free_mark = 0xFFFFFFFF;
constexpr std::uint16_t label_record = 0x0204, blank_record = 0x0201;

std::uint32_t number_at(std::string_view bytes, std::size_t at, std::size_t length = 4) {
    std::uint32_t value = 0;
    if (at + length > bytes.size()) return free_mark;
    for (std::size_t i = length; i-- > 0;) value = value << 8 | static_cast<unsigned char>(bytes[at + i]);
    return value;
}

void put(std::string& bytes, std::size_t at, std::uint32_t value, std::size_t length = 4) {
    for (std::size_t i = 0; i < length; ++i) bytes[at + i] = static_cast<char>(value >> (8 * i) & 0xFF);
}

/// Units of a stream that follow each other by a table; empty if they do not end.
template <class Unit>
std::string chained(std::vector<std::uint32_t> const& table, std::uint32_t first, Unit unit) {
    std::string bytes;
    std::size_t steps = 0;
    for (auto at = first; at < last_free; at = table[at]) {
        if (at >= table.size() || ++steps > table.size()) return {};
        bytes += unit(at);
    }
    return bytes;
}

std::vector<std::uint32_t> numbers_of(std::string_view bytes) {
    std::vector<std::uint32_t> numbers;
    for (std::size_t at = 0; at + 4 <= bytes.size(); at += 4) numbers.push_back(number_at(bytes, at));
    return numbers;
}

/// A compound file (MS-CFB) of at most some 7 MB: its allocation table lies in the header.
class CompoundFile {
public:
    explicit CompoundFile(std::string_view file) : file_(file) {
        auto const count = std::min<std::size_t>(number_at(file, 44), sectors_in_header);
        auto const sectors = file.size() / sector;
        if (number_at(file, 30, 2) != 9 || count > sectors) return;
        for (std::size_t i = 0; i < count; ++i) {
            auto const part = numbers_of(sector_at(number_at(file, 76 + 4 * i)));
            table_.insert(table_.end(), part.begin(), part.end());
        }
        entries_ = stream(number_at(file, 48));
        small_ = stream(number_at(entries_, 116));
        small_table_ = numbers_of(stream(number_at(file, 60)));
    }

    std::string workbook() const {
        for (std::size_t at = 0; at + entry_size <= entries_.size(); at += entry_size) {
            if (!is_workbook(std::string_view(entries_).substr(at, entry_size))) continue;
            auto const first = number_at(entries_, at + 116);
            auto const size = number_at(entries_, at + 120);
            auto bytes =
                size < small_stream
                    ? chained(
                          small_table_, first,
                          [&](std::uint32_t one) {
                              return small_.substr(std::min<std::size_t>(small_.size(), std::size_t{one} * 64), 64);
                          })
                    : stream(first);
            if (bytes.size() > size) bytes.resize(size);
            return bytes;
        }
        return {};
    }

private:
    static bool is_workbook(std::string_view entry) {
        std::string name;
        auto const length = std::min<std::size_t>(number_at(entry, 64, 2), 64);
        for (std::size_t i = 0; i + 2 < length; i += 2) name += entry[i];
        return entry[66] == 2 && (name == "Workbook" || name == "Book");
    }

    std::string sector_at(std::uint32_t one) const {
        auto const at = header_size + std::size_t{one} * sector;
        return at < file_.size() ? std::string(file_.substr(at, sector)) : std::string();
    }

    std::string stream(std::uint32_t first) const {
        return chained(table_, first, [this](std::uint32_t one) { return sector_at(one); });
    }

    std::string_view file_;
    std::vector<std::uint32_t> table_, small_table_;
    std::string entries_, small_;
};

/// An empty text is no text: the library gives up at such a cell, so it becomes a blank one in its place.
void blank_empty_labels(std::string& book) {
    for (std::size_t at = 0; at + 4 <= book.size();) {
        auto const length = number_at(book, at + 2, 2);
        bool const empty = number_at(book, at, 2) == label_record && length >= 8 && number_at(book, at + 10, 2) == 0;
        if (empty) put(book, at, blank_record, 2);
        at += 4 + length;
    }
}

std::string entry(std::string_view name, char type, std::uint32_t child, std::uint32_t first, std::uint32_t size) {
    std::string bytes(entry_size, '\0');
    for (std::size_t i = 0; i < name.size(); ++i) bytes[2 * i] = name[i];
    put(bytes, 64, static_cast<std::uint32_t>(2 * name.size() + 2), 2);
    bytes[66] = type;
    bytes[67] = 1;
    put(bytes, 68, free_mark);
    put(bytes, 72, free_mark);
    put(bytes, 76, child);
    put(bytes, 116, first);
    put(bytes, 120, size);
    return bytes;
}

std::string header_of(std::uint32_t fat_sectors) {
    std::string head(header_size, '\0');
    head.replace(0, 8, "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", 8);
    put(head, 24, 0x003E, 2);
    put(head, 26, 3, 2);
    put(head, 28, 0xFFFE, 2);
    put(head, 30, 9, 2);
    put(head, 32, 6, 2);
    put(head, 44, fat_sectors);
    put(head, 48, fat_sectors);
    put(head, 56, small_stream);
    put(head, 60, end_of_chain);
    put(head, 68, end_of_chain);
    for (std::uint32_t i = 0; i < sectors_in_header; ++i) put(head, 76 + 4 * i, i < fat_sectors ? i : free_mark);
    return head;
}

/// Header, allocation table, one sector of directory, the workbook.
std::optional<std::string> packed(std::string book) {
    book.resize(std::max(small_stream, (book.size() + sector - 1) / sector * sector));
    auto const data = static_cast<std::uint32_t>(book.size() / sector);
    std::uint32_t fat_sectors = 1;
    while (fat_sectors * (sector / 4) < data + 1 + fat_sectors) ++fat_sectors;
    if (fat_sectors > sectors_in_header) return std::nullopt;
    auto const first = fat_sectors + 1;
    std::string table(std::size_t{fat_sectors} * sector, '\xFF');
    for (std::uint32_t i = 0; i < fat_sectors; ++i) put(table, 4 * std::size_t{i}, fat_mark);
    put(table, 4 * std::size_t{fat_sectors}, end_of_chain);
    for (std::uint32_t i = 0; i < data; ++i) {
        put(table, 4 * std::size_t{first + i}, i + 1 < data ? first + i + 1 : end_of_chain);
    }
    auto directory = entry("Root Entry", 5, 1, end_of_chain, 0) +
                     entry("Workbook", 2, free_mark, first, static_cast<std::uint32_t>(book.size()));
    directory.resize(sector);
    return header_of(fat_sectors) + table + directory + book;
}

}  // namespace

std::optional<std::string> plain_xls(std::string_view file) {
    if (file.size() < header_size + sector) return std::nullopt;
    auto book = CompoundFile(file).workbook();
    if (book.empty()) return std::nullopt;
    blank_empty_labels(book);
    return packed(std::move(book));
}

}  // namespace santong::text
