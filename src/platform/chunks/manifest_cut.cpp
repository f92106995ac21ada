#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>

#include "platform/chunks/manifest.hpp"
#include "platform/files/disk.hpp"
#include "platform/files/storage_error.hpp"

namespace santong::chunks {

namespace disk = files::disk;

namespace {

constexpr std::size_t read_block = 4 << 20;

/// A block of a file that is read forward.
class Reading {
public:
    explicit Reading(std::filesystem::path const& path) : file_(path, O_RDONLY) {
        ::posix_fadvise(file_.get(), 0, 0, POSIX_FADV_SEQUENTIAL);
    }
    /// What lies ahead: all that is left of the file, or at least `least` bytes.
    std::string_view ahead(std::size_t least) {
        while (!end_ && block_.size() - at_ < least) fill();
        return std::string_view(block_).substr(at_);
    }
    void pass(std::size_t bytes) { at_ += bytes; }

private:
    void fill() {
        block_.erase(0, at_);
        at_ = 0;
        auto const kept = block_.size();
        block_.resize(kept + read_block);
        auto const count = ::read(file_.get(), block_.data() + kept, read_block);
        if (count < 0 && errno != EINTR) throw files::StorageError("read", errno);
        end_ = count == 0;
        block_.resize(kept + static_cast<std::size_t>(std::max<ssize_t>(count, 0)));
    }
    disk::Descriptor file_;
    std::string block_;
    std::size_t at_ = 0;
    bool end_ = false;
};

}  // namespace

Manifest cut_file(std::filesystem::path const& path) {
    auto const size = disk::size_of(path);
    Manifest manifest;
    manifest.cutting = cutting_for(size);
    Reading reading(path);
    disk::Sha256 whole;
    for (;;) {
        auto const ahead = reading.ahead(manifest.cutting.most);
        if (ahead.empty()) break;
        auto const length = size <= whole_up_to ? ahead.size() : first_cut(ahead, manifest.cutting);
        auto const piece = ahead.substr(0, length);
        whole.add(piece);
        manifest.chunks.push_back({digest_of(piece), static_cast<std::uint32_t>(length)});
        manifest.size += static_cast<std::int64_t>(length);
        reading.pass(length);
    }
    auto const digest = whole.digest();
    std::copy_n(digest.begin(), manifest.content.size(), manifest.content.begin());
    return manifest;
}

}  // namespace santong::chunks
