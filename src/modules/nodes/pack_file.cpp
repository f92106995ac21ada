#include "modules/nodes/pack_file.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "platform/chunks/manifest.hpp"
#include "platform/files/disk.hpp"
#include "platform/files/storage_error.hpp"

namespace santong::nodes {

namespace fs = std::filesystem;
namespace disk = files::disk;

namespace {

// A record: mark, kind, length, check (8 bytes of SHA-256 over kind and payload), payload.
constexpr std::string_view mark = "STPK";
constexpr std::size_t head_size = 4 + 1 + 4 + 8;
constexpr std::uint32_t largest_payload = std::uint32_t{32} << 20;
constexpr std::size_t read_size = 1 << 20;

std::string check_of(PackRecord kind, std::string_view payload) {
    std::string text(1, static_cast<char>(kind));
    text.append(payload);
    return {chunks::digest_of(text).data(), 8};
}

bool known(char kind) {
    return std::string_view("HMCE").find(kind) != std::string_view::npos;
}

}  // namespace

fs::path pack_volume(fs::path const& first, int number) {
    return number == 1 ? first : fs::path(first.string() + "." + std::to_string(number));
}

fs::path pack_part(fs::path const& volume) {
    return volume.string() + ".part";
}

struct PackVolumeWriter::State {
    State(fs::path file_, std::int64_t from)
        : file(std::move(file_)),
          part(pack_part(file)),
          out(part, from > 0 ? O_WRONLY : O_WRONLY | O_CREAT | O_TRUNC),
          size(from) {
        if (from > 0 && ::ftruncate(out.get(), from) != 0) throw files::StorageError("truncate", errno);
    }
    fs::path file;
    fs::path part;
    disk::Descriptor out;
    std::int64_t size = 0;
};

PackVolumeWriter::PackVolumeWriter(fs::path file, std::int64_t from)
    : state_(std::make_unique<State>(std::move(file), from)) {}
PackVolumeWriter::~PackVolumeWriter() = default;

void PackVolumeWriter::add(PackRecord kind, std::string_view payload) {
    std::string record(mark);
    record += static_cast<char>(kind);
    auto const length = static_cast<std::uint32_t>(payload.size());
    record.append(reinterpret_cast<char const*>(&length), sizeof length);
    record += check_of(kind, payload);
    record.append(payload);
    disk::write_at(state_->out.get(), record, state_->size);
    state_->size += static_cast<std::int64_t>(record.size());
}

void PackVolumeWriter::flush() {
    disk::flush(state_->out.get());
}

void PackVolumeWriter::close() {
    disk::flush(state_->out.get());
    if (::rename(state_->part.c_str(), state_->file.c_str()) != 0) throw files::StorageError("rename", errno);
}

std::int64_t PackVolumeWriter::size() const {
    return state_->size;
}

struct PackVolumeReader::State {
    explicit State(fs::path const& file) : in(file, O_RDONLY) {}
    disk::Descriptor in;
    std::string block;  ///< from `start` of the file on
    std::int64_t start = 0;
    std::size_t at = 0;  ///< in `block`
    bool end = false;
    std::int64_t passed = 0;

    std::size_t left() const { return block.size() - at; }
    /// True if so many bytes lie ahead.
    bool ahead(std::size_t bytes) {
        while (left() < bytes && !end) {
            block.erase(0, at);
            start += static_cast<std::int64_t>(at);
            at = 0;
            auto const before = block.size();
            block.resize(before + read_size);
            auto const count = ::read(in.get(), block.data() + before, read_size);
            // A disk that cannot be read here is at its end: what was read is good.
            end = count <= 0;
            block.resize(before + static_cast<std::size_t>(count > 0 ? count : 0));
        }
        return left() >= bytes;
    }
    std::optional<Record> record_here() {
        if (!ahead(head_size) || block.compare(at, mark.size(), mark) != 0 || !known(block[at + 4]))
            return std::nullopt;
        std::uint32_t length = 0;
        std::memcpy(&length, block.data() + at + 5, sizeof length);
        if (length > largest_payload || !ahead(head_size + length)) return std::nullopt;
        Record record{static_cast<PackRecord>(block[at + 4]), block.substr(at + head_size, length)};
        if (block.compare(at + 9, 8, check_of(record.kind, record.payload)) != 0) return std::nullopt;
        at += head_size + length;
        return record;
    }
    /// To the next place where a record could begin.
    void pass_over() {
        auto const next = block.find(mark, at + 1);
        auto const to =
            next != std::string::npos ? next : std::max(at + 1, block.size() - std::min<std::size_t>(left() - 1, 3));
        passed += static_cast<std::int64_t>(to - at);
        at = to;
    }
};

PackVolumeReader::PackVolumeReader(fs::path const& file) : state_(std::make_unique<State>(file)) {}
PackVolumeReader::~PackVolumeReader() = default;

std::optional<PackVolumeReader::Record> PackVolumeReader::next() {
    while (state_->ahead(1)) {
        if (auto record = state_->record_here()) return record;
        if (state_->left() > 0) state_->pass_over();
    }
    return std::nullopt;
}

std::int64_t PackVolumeReader::passed_over() const {
    return state_->passed;
}
std::int64_t PackVolumeReader::at() const {
    return state_->start + static_cast<std::int64_t>(state_->at);
}

}  // namespace santong::nodes
