#pragma once
// A content on its way (断点续传): chunks are written where they belong as they come; what lies there is found again
// after any end of the process, by its digest and not by a note that could be wrong.
#include <memory>
#include <vector>

#include "platform/chunks/manifest.hpp"
#include "platform/files/disk.hpp"

namespace santong::chunks {

class Partial {
public:
    /// Opens the file or makes it, and looks which chunks lie there. Throws StorageError, also when the disk is full.
    Partial(std::filesystem::path file, Manifest manifest);

    Manifest const& manifest() const { return manifest_; }
    std::filesystem::path const& file() const { return file_; }
    bool has(std::size_t chunk) const { return have_[chunk]; }
    std::int64_t offset(std::size_t chunk) const { return offsets_[chunk]; }
    std::int64_t bytes_here() const { return here_; }
    bool whole() const { return here_ == manifest_.size; }

    /// Takes the bytes of a chunk. False, and nothing is written, if they are not what the manifest says.
    bool put(std::size_t chunk, std::string_view bytes) { return put(chunk, bytes, digest_of(bytes)); }
    /// The same where the caller has made the digest of the bytes.
    bool put(std::size_t chunk, std::string_view bytes, Digest const& digest);
    /// What was written is on the disk for good.
    void settle();

private:
    void look();

    std::filesystem::path file_;
    Manifest manifest_;
    std::vector<std::int64_t> offsets_;
    std::vector<bool> have_;
    std::int64_t here_ = 0;
    std::int64_t unsettled_ = 0;
    std::unique_ptr<files::disk::Descriptor> open_;
};

}  // namespace santong::chunks
