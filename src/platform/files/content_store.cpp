#include "platform/files/content_store.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>

#include "core/assert.hpp"
#include "core/base64.hpp"
#include "core/id.hpp"
#include "platform/files/disk.hpp"
#include "platform/files/storage_error.hpp"

namespace santong::files {

namespace fs = std::filesystem;

namespace {

/// Removes a temporary file when its writer is done or has failed.
struct Removal {
    fs::path path;
    ~Removal() {
        std::error_code ignored;
        fs::remove(path, ignored);
    }
};

constexpr std::int64_t day_ms = 86'400'000;

}  // namespace

bool is_sha256(std::string_view text) {
    return text.size() == 64 && text.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

LocalContentStore::LocalContentStore(fs::path folder) : folder_(std::move(folder)) {
    disk::make_folder(folder_ / "tmp");
    auto const limit = core::system_now().ms - day_ms;
    for (auto const& entry : fs::directory_iterator(folder_ / "tmp"))
        if (disk::written_at_ms(entry.path()) < limit) fs::remove(entry.path());
}

fs::path LocalContentStore::path_of(std::string const& sha256) const {
    SANTONG_ASSERT(is_sha256(sha256));
    return folder_ / sha256.substr(0, 2) / sha256.substr(2, 2) / sha256;
}

fs::path LocalContentStore::temporary() const {
    return folder_ / "tmp" / core::Uuid::make().text();
}

Content LocalContentStore::adopt(fs::path const& file) {
    {
        disk::Descriptor const source(file, O_RDONLY);
        disk::flush(source.get());
    }
    Content const content{core::hex(disk::sha256_of_file(file)), disk::size_of(file)};
    publish(file, content.sha256);
    return content;
}

Content LocalContentStore::put(std::string_view bytes) {
    Removal const removal{temporary()};
    disk::Sha256 sha;
    sha.add(bytes);
    {
        disk::Descriptor const out(removal.path, O_WRONLY | O_CREAT | O_EXCL);
        disk::write_at(out.get(), bytes, 0);
        disk::flush(out.get());
    }
    Content const content{core::hex(sha.digest()), static_cast<std::int64_t>(bytes.size())};
    publish(removal.path, content.sha256);
    return content;
}

/// True if the content is there; it counts as used again from now on, so that removal leaves it alone.
bool LocalContentStore::renew(fs::path const& target, std::int64_t size) {
    std::lock_guard const lock(mutex_);
    struct stat found{};
    if (::stat(target.c_str(), &found) != 0 || found.st_size != size) return false;
    if (::utimensat(AT_FDCWD, target.c_str(), nullptr, 0) != 0) throw StorageError("utimensat", errno);
    return true;
}

void LocalContentStore::publish(fs::path const& file, std::string const& sha256) {
    auto const target = path_of(sha256);
    auto const size = disk::size_of(file);
    disk::make_folder(target.parent_path());
    if (!renew(target, size)) {
        Removal const linked{temporary()};
        if (::link(file.c_str(), linked.path.c_str()) != 0) {  // another disk, or a file system without links
            disk::Descriptor const in(file, O_RDONLY);
            disk::Descriptor const out(linked.path, O_WRONLY | O_CREAT | O_EXCL);
            disk::copy_at(in.get(), out.get(), 0, size);
            disk::flush(out.get());
        }
        about_to_publish();
        // A file of another length under this name is damaged; the good one takes its place.
        if (::rename(linked.path.c_str(), target.c_str()) != 0) throw StorageError("rename", errno);
        renew(target, size);
    }
    disk::flush_folder(target.parent_path());
}

std::optional<fs::path> LocalContentStore::open(std::string const& sha256) {
    auto path = path_of(sha256);
    if (!fs::is_regular_file(path)) return std::nullopt;
    return path;
}

bool LocalContentStore::remove_unused_since(std::string const& sha256, core::Instant before) {
    auto const path = path_of(sha256);
    std::lock_guard const lock(mutex_);
    if (!fs::exists(path)) return true;
    if (disk::written_at_ms(path) >= before.ms) return false;
    if (::unlink(path.c_str()) != 0) throw StorageError("unlink", errno);
    return true;
}

void LocalContentStore::each(std::function<void(std::string const&)> const& visit) {
    for (auto const& entry : fs::recursive_directory_iterator(folder_)) {
        auto const name = entry.path().filename().string();
        if (is_sha256(name) && entry.is_regular_file()) visit(name);
    }
}

bool LocalContentStore::verify(std::string const& sha256) {
    auto const path = open(sha256);
    return path && core::hex(disk::sha256_of_file(*path)) == sha256;
}

void LocalContentStore::note_use(std::string const& sha256) {
    constexpr std::int64_t hour_ms = 3'600'000;
    if (used_at(sha256).ms > core::system_now().ms - hour_ms) return;
    // Said by us, since many disks are mounted so that reading leaves no trace. When it was stored stays.
    timespec const times[2] = {{0, UTIME_NOW}, {0, UTIME_OMIT}};
    (void)::utimensat(AT_FDCWD, path_of(sha256).c_str(), times, 0);
}

core::Instant LocalContentStore::used_at(std::string const& sha256) {
    struct stat found{};
    if (::stat(path_of(sha256).c_str(), &found) != 0) return {};
    auto const ms = [](timespec const& time) { return time.tv_sec * std::int64_t{1'000} + time.tv_nsec / 1'000'000; };
    return {std::max(ms(found.st_atim), ms(found.st_mtim))};
}

std::int64_t LocalContentStore::free_bytes() {
    return disk::free_bytes(folder_);
}

}  // namespace santong::files
