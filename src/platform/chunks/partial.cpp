#include "platform/chunks/partial.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>

#include "platform/files/storage_error.hpp"

namespace santong::chunks {

namespace disk = files::disk;

namespace {

/// So many bytes wait for the disk at most before it is told to begin: what a power cut may take.
constexpr std::int64_t begin_every = 4 << 20;

/// False for a chunk that was never written: a hole of the file.
bool written(int file, std::int64_t offset, std::int64_t size) {
    auto const found = ::lseek(file, offset, SEEK_DATA);
    return found >= 0 ? found < offset + size : errno != ENXIO;
}

}  // namespace

Partial::Partial(std::filesystem::path file, Manifest manifest)
    : file_(std::move(file)), manifest_(std::move(manifest)) {
    offsets_.reserve(manifest_.chunks.size());
    std::int64_t at = 0;
    for (auto const& chunk : manifest_.chunks) {
        offsets_.push_back(at);
        at += chunk.size;
    }
    have_.resize(manifest_.chunks.size());
    auto const lay = disk::size_of(file_);
    open_ = std::make_unique<disk::Descriptor>(file_, O_RDWR | O_CREAT);
    if (lay != manifest_.size && ::ftruncate(open_->get(), manifest_.size) != 0)
        throw files::StorageError("ftruncate", errno);
    if (lay > 0) look();
}

void Partial::look() {
    std::string bytes;
    for (std::size_t i = 0; i < manifest_.chunks.size(); ++i) {
        auto const& chunk = manifest_.chunks[i];
        if (!written(open_->get(), offsets_[i], chunk.size)) continue;
        bytes.resize(chunk.size);
        auto const count = ::pread(open_->get(), bytes.data(), bytes.size(), offsets_[i]);
        if (count != static_cast<ssize_t>(bytes.size()) || digest_of(bytes) != chunk.digest) continue;
        have_[i] = true;
        here_ += chunk.size;
    }
}

bool Partial::put(std::size_t chunk, std::string_view bytes, Digest const& digest) {
    if (have_[chunk]) return true;
    auto const& expected = manifest_.chunks[chunk];
    if (bytes.size() != expected.size || digest != expected.digest) return false;
    disk::write_at(open_->get(), bytes, offsets_[chunk]);
    have_[chunk] = true;
    here_ += expected.size;
    unsettled_ += expected.size;
    if (unsettled_ >= begin_every) {
        // The line does not wait for the disk; the whole is settled before it is taken into the store.
        (void)::sync_file_range(open_->get(), 0, 0, SYNC_FILE_RANGE_WRITE);
        unsettled_ = 0;
    }
    return true;
}

void Partial::settle() {
    if (::fdatasync(open_->get()) != 0) throw files::StorageError("fdatasync", errno);
    unsettled_ = 0;
}

}  // namespace santong::chunks
