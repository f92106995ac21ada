#include "server/backup/archive.hpp"

#include <zstd.h>

#include <algorithm>

#include "server/backup/fault.hpp"

namespace santong::server::backup {

namespace {

constexpr int level = 3;
constexpr std::size_t block_size = 256 << 10;
constexpr char entry_mark = 'E', end_mark = 'Z';
constexpr std::size_t longest_name = 200;

std::string four_bytes(std::size_t value) {
    std::string out;
    for (int i = 0; i < 4; ++i) out += static_cast<char>(value >> (8 * i) & 0xff);
    return out;
}

std::uint32_t number_of(std::string_view bytes) {
    std::uint32_t value = 0;
    for (int i = 3; i >= 0; --i) value = value << 8 | static_cast<std::uint8_t>(bytes[static_cast<std::size_t>(i)]);
    return value;
}

[[noreturn]] void broken() {
    throw BackupFault("the backup's contents cannot be read: another version of this program made them");
}

}  // namespace

struct ArchiveWriter::Squeeze {
    Squeeze() { ZSTD_CCtx_setParameter(context.get(), ZSTD_c_compressionLevel, level); }
    void run(SealedWriter& out, std::string_view bytes, ZSTD_EndDirective end) {
        ZSTD_inBuffer input{bytes.data(), bytes.size(), 0};
        for (;;) {
            ZSTD_outBuffer output{buffer.data(), buffer.size(), 0};
            auto const left = ZSTD_compressStream2(context.get(), &output, &input, end);
            if (ZSTD_isError(left) != 0) throw std::runtime_error(ZSTD_getErrorName(left));
            out.write({buffer.data(), output.pos});
            if (end == ZSTD_e_end ? left == 0 : input.pos == input.size) return;
        }
    }
    std::unique_ptr<ZSTD_CCtx, decltype(&ZSTD_freeCCtx)> context{ZSTD_createCCtx(), &ZSTD_freeCCtx};
    std::string buffer = std::string(ZSTD_CStreamOutSize(), '\0');
};

ArchiveWriter::ArchiveWriter(SealedWriter& out) : out_(out), squeeze_(std::make_unique<Squeeze>()) {}
ArchiveWriter::~ArchiveWriter() = default;

void ArchiveWriter::put(std::string_view bytes) {
    squeeze_->run(out_, bytes, ZSTD_e_continue);
}

void ArchiveWriter::begin(std::string_view name) {
    put(entry_mark + four_bytes(name.size()));
    put(name);
}

void ArchiveWriter::put_block() {
    if (block_.empty()) return;  // an empty block ends the entry
    put(four_bytes(block_.size()));
    put(block_);
    block_.clear();
}

void ArchiveWriter::write(std::string_view bytes) {
    block_.append(bytes);
    if (block_.size() >= block_size) put_block();
}

void ArchiveWriter::end() {
    put_block();
    put(four_bytes(0));
}

void ArchiveWriter::entry(std::string_view name, std::string_view bytes) {
    begin(name);
    write(bytes);
    end();
}

void ArchiveWriter::finish() {
    put({&end_mark, 1});
    squeeze_->run(out_, {}, ZSTD_e_end);
    out_.finish();
}

struct ArchiveReader::Stretch {
    std::unique_ptr<ZSTD_DCtx, decltype(&ZSTD_freeDCtx)> context{ZSTD_createDCtx(), &ZSTD_freeDCtx};
    std::string buffer = std::string(ZSTD_DStreamInSize(), '\0');
    ZSTD_inBuffer input{buffer.data(), 0, 0};
};

ArchiveReader::ArchiveReader(SealedReader& in) : in_(in), stretch_(std::make_unique<Stretch>()) {}
ArchiveReader::~ArchiveReader() = default;

/// As many bytes as there are, up to `size`.
std::size_t ArchiveReader::fill(char* to, std::size_t size) {
    auto& s = *stretch_;
    ZSTD_outBuffer output{to, size, 0};
    while (output.pos < size) {
        auto const before = output.pos;
        auto const answer = ZSTD_decompressStream(s.context.get(), &output, &s.input);
        if (ZSTD_isError(answer) != 0) broken();
        if (output.pos > before || s.input.pos < s.input.size) continue;
        s.input = {s.buffer.data(), in_.read(s.buffer.data(), s.buffer.size()), 0};
        if (s.input.size == 0) break;
    }
    return output.pos;
}

std::string ArchiveReader::take(std::size_t size) {
    std::string bytes(size, '\0');
    if (fill(bytes.data(), size) != size) broken();
    return bytes;
}

bool ArchiveReader::next_block() {
    left_ = number_of(take(4));
    inside_ = left_ > 0;
    return inside_;
}

std::optional<std::string> ArchiveReader::next() {
    std::string passed(block_size, '\0');
    while (inside_) read(passed.data(), passed.size());
    auto const mark = take(1)[0];
    if (mark == end_mark) {
        if (fill(passed.data(), 1) != 0) broken();
        return std::nullopt;
    }
    if (mark != entry_mark) broken();
    auto const size = number_of(take(4));
    if (size > longest_name) broken();
    auto name = take(size);
    next_block();
    return name;
}

std::size_t ArchiveReader::read(char* to, std::size_t size) {
    if (!inside_) return 0;
    auto const count = std::min<std::size_t>(size, left_);
    if (fill(to, count) != count) broken();
    left_ -= static_cast<std::uint32_t>(count);
    if (left_ == 0) next_block();
    return count;
}

std::string ArchiveReader::rest(std::size_t most) {
    std::string out;
    std::string piece(block_size, '\0');
    while (auto const count = read(piece.data(), piece.size())) {
        out.append(piece, 0, count);
        if (out.size() > most) broken();
    }
    return out;
}

}  // namespace santong::server::backup
