#include "core/json.hpp"
#include "server/backup/contents.hpp"
#include "server/backup/fault.hpp"

namespace santong::server::backup {

namespace {

constexpr std::size_t read_at_once = 256 << 10;
constexpr std::uint64_t longest_cell = std::uint64_t{1} << 30;

/// Seven bits a byte, the lowest first.
void append_number(std::string& out, std::uint64_t value) {
    for (; value > 127; value >>= 7) out += static_cast<char>((value & 127) | 128);
    out += static_cast<char>(value);
}

[[noreturn]] void broken() {
    throw BackupFault("the rows of the backup cannot be read");
}

}  // namespace

void write_table_head(ArchiveWriter& out, sql::DumpTable const& table) {
    auto const text = core::json::write(table);
    std::string bytes;
    append_number(bytes, text.size());
    out.write(bytes + text);
}

void write_row(ArchiveWriter& out, sql::DumpRow const& row) {
    std::string bytes;
    for (auto const& cell : row) {
        append_number(bytes, cell ? cell->size() + 1 : 0);  // 0 = NULL
        if (cell) bytes += *cell;
    }
    out.write(bytes);
}

/// Whether that many bytes are there, read or still to be read.
bool RowReader::fill(std::size_t wanted) {
    if (buffer_.size() - used_ >= wanted) return true;
    buffer_.erase(0, used_);
    used_ = 0;
    while (buffer_.size() < wanted) {
        auto const before = buffer_.size();
        buffer_.resize(before + read_at_once);
        auto const count = in_.read(buffer_.data() + before, read_at_once);
        buffer_.resize(before + count);
        if (count == 0) return false;
    }
    return true;
}

std::string RowReader::take(std::size_t size) {
    if (!fill(size)) broken();
    used_ += size;
    return buffer_.substr(used_ - size, size);
}

std::uint64_t RowReader::number() {
    std::uint64_t value = 0;
    for (unsigned shift = 0; shift < 63; shift += 7) {
        if (!fill(1)) broken();
        auto const byte = static_cast<std::uint8_t>(buffer_[used_++]);
        value |= std::uint64_t{byte & 127U} << shift;
        if (byte < 128) return value <= longest_cell ? value : (broken(), 0);
    }
    broken();
}

sql::DumpTable RowReader::head() {
    auto table = core::json::read<sql::DumpTable>(take(number()));
    if (!table || table->columns.empty()) broken();
    return std::move(*table);
}

bool RowReader::next(sql::DumpRow& row) {
    if (!fill(1)) return false;
    for (auto& cell : row) {
        auto const size = number();
        if (size == 0)
            cell.reset();
        else
            cell = take(size - 1);
    }
    return true;
}

}  // namespace santong::server::backup
