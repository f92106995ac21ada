#include "platform/chunks/kept_manifests.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <vector>

#include "platform/files/disk.hpp"
#include "platform/files/storage_error.hpp"

namespace santong::chunks {

namespace disk = files::disk;
using files::StorageError;

namespace {

// A record: mark, length of what follows the check, check (8 bytes of SHA-256 of it), length of the signature,
// signature, manifest.
constexpr std::string_view mark = "STM1";
constexpr std::size_t record_head = 4 + 4 + 8;
constexpr std::size_t manifest_head = 19 + 32;  // the magic and the content's digest
constexpr std::uint32_t largest_record = std::uint32_t{256} << 20;

std::string read_exactly(int file, std::int64_t at, std::size_t size) {
    std::string bytes(size, '\0');
    std::size_t done = 0;
    while (done < size) {
        auto const count = ::pread(file, bytes.data() + done, size - done, at + static_cast<std::int64_t>(done));
        if (count < 0 && errno == EINTR) continue;
        if (count < 0) throw StorageError("pread", errno);
        if (count == 0) break;
        done += static_cast<std::size_t>(count);
    }
    bytes.resize(done);
    return bytes;
}

std::string record_of(SignedManifest const& manifest) {
    std::string body;
    auto const& signature = manifest.signature.value;
    body += static_cast<char>(signature.size());
    body += signature;
    body += manifest.bytes.value;
    auto const size = static_cast<std::uint32_t>(body.size());
    std::string record(mark);
    record.append(reinterpret_cast<char const*>(&size), sizeof size);
    record.append(digest_of(body).data(), 8);
    return record + body;
}

/// Length of what follows the head of a record; 0 if this is none.
std::uint32_t body_size(std::string_view head) {
    if (head.size() < record_head || !head.starts_with(mark)) return 0;
    std::uint32_t size = 0;
    std::memcpy(&size, head.data() + mark.size(), sizeof size);
    return size <= largest_record && size > manifest_head ? size : 0;
}

std::optional<SignedManifest> read_body(std::string_view head, std::string_view body) {
    if (std::memcmp(digest_of(body).data(), head.data() + 8, 8) != 0) return std::nullopt;
    auto const signature = static_cast<std::size_t>(static_cast<unsigned char>(body[0]));
    if (body.size() < 1 + signature + manifest_head) return std::nullopt;
    return SignedManifest{{std::string(body.substr(1 + signature))}, {std::string(body.substr(1, signature))}};
}

Digest content_of(std::string_view manifest) {
    Digest digest;
    std::memcpy(digest.data(), manifest.data() + manifest_head - 32, digest.size());
    return digest;
}

}  // namespace

/// The file while nobody else of any process touches it.
class KeptManifests::Locked {
public:
    explicit Locked(std::filesystem::path const& folder)
        : lock_(folder / "manifests.lock", O_RDWR | O_CREAT), file_(take(lock_, folder), O_RDWR | O_CREAT) {
        struct stat found{};
        if (::fstat(file_.get(), &found) != 0) throw StorageError("fstat", errno);
        size = found.st_size;
        inode = found.st_ino;
    }
    int file() const { return file_.get(); }
    std::int64_t size = 0;
    std::uint64_t inode = 0;

private:
    static std::filesystem::path take(disk::Descriptor const& lock, std::filesystem::path const& folder) {
        while (::flock(lock.get(), LOCK_EX) != 0)
            if (errno != EINTR) throw StorageError("flock", errno);
        return folder / "manifests";
    }
    disk::Descriptor lock_;
    disk::Descriptor file_;
};

KeptManifests::KeptManifests(std::filesystem::path folder) : folder_(std::move(folder)) {
    disk::make_folder(folder_);
}

/// Learns what was added since; a torn end is cut off.
void KeptManifests::look(Locked const& locked) {
    if (locked.inode != inode_ || locked.size < seen_) {
        places_.clear();
        seen_ = 0;
        inode_ = locked.inode;
    }
    while (seen_ < locked.size) {
        auto const head = read_exactly(locked.file(), seen_, record_head);
        auto const size = body_size(head);
        auto const whole = static_cast<std::int64_t>(record_head) + size;
        std::optional<SignedManifest> found;
        if (size > 0 && seen_ + whole <= locked.size)
            found = read_body(head, read_exactly(locked.file(), seen_ + static_cast<std::int64_t>(record_head), size));
        if (!found) {
            if (::ftruncate(locked.file(), seen_) != 0) throw StorageError("ftruncate", errno);
            return;
        }
        places_[content_of(found->bytes.value)] = {seen_, whole};
        seen_ += whole;
    }
}

std::optional<SignedManifest> KeptManifests::find(Digest const& content) {
    std::lock_guard const lock(mutex_);
    Locked const locked(folder_);
    look(locked);
    auto const place = places_.find(content);
    if (place == places_.end()) return std::nullopt;
    auto const record = read_exactly(locked.file(), place->second.at, static_cast<std::size_t>(place->second.size));
    return read_body(record, std::string_view(record).substr(record_head));
}

void KeptManifests::keep(Digest const& content, SignedManifest const& manifest) {
    std::lock_guard const lock(mutex_);
    Locked const locked(folder_);
    look(locked);
    auto const record = record_of(manifest);
    disk::write_at(locked.file(), record, seen_);
    places_[content] = {seen_, static_cast<std::int64_t>(record.size())};
    seen_ += static_cast<std::int64_t>(record.size());
}

void KeptManifests::each(std::function<void(Manifest const&)> const& visit) {
    std::vector<Place> in_order;
    std::lock_guard const lock(mutex_);
    Locked const locked(folder_);
    look(locked);
    for (auto const& [digest, place] : places_) in_order.push_back(place);
    std::ranges::sort(in_order, {}, &Place::at);
    ::posix_fadvise(locked.file(), 0, 0, POSIX_FADV_SEQUENTIAL);
    for (auto const& place : in_order) {
        auto const record = read_exactly(locked.file(), place.at, static_cast<std::size_t>(place.size));
        auto const found = read_body(record, std::string_view(record).substr(record_head));
        auto const manifest = found ? read_manifest(found->bytes.value) : std::nullopt;
        if (manifest) visit(*manifest);
    }
}

void KeptManifests::tidy(std::function<bool(Digest const&)> const& wanted) {
    std::lock_guard const lock(mutex_);
    Locked const locked(folder_);
    look(locked);
    std::int64_t of_use = 0;
    std::vector<Place> stay;
    for (auto const& [digest, place] : places_) {
        if (!wanted(digest)) continue;
        of_use += place.size;
        stay.push_back(place);
    }
    if (of_use * 2 > seen_) return;
    std::ranges::sort(stay, {}, &Place::at);
    auto const fresh = folder_ / "manifests.new";
    {
        disk::Descriptor const out(fresh, O_WRONLY | O_CREAT | O_TRUNC);
        std::int64_t at = 0;
        for (auto const& place : stay) {
            auto const record = read_exactly(locked.file(), place.at, static_cast<std::size_t>(place.size));
            disk::write_at(out.get(), record, at);
            at += place.size;
        }
    }
    std::filesystem::rename(fresh, folder_ / "manifests");
    seen_ = 0;
    inode_ = 0;
    places_.clear();
}

}  // namespace santong::chunks
