#include "platform/files/packages.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>

#include "core/id.hpp"
#include "platform/files/disk.hpp"
#include "platform/files/storage_error.hpp"
#include "platform/files/zip_reader.hpp"

namespace santong::files {

namespace fs = std::filesystem;

namespace {

constexpr std::size_t largest_manifest = 4 << 20;

/// Makes the folders of a path inside an unpacked package; not durable one by one, `unpacked` flushes them all.
void make_folders(fs::path const& folder) {
    std::error_code error;
    fs::create_directories(folder, error);
    if (error) throw StorageError("mkdir", error.value());
}

/// Writes one entry; `left` bytes may still be unpacked. Refuses more.
core::Result<void> unpack_entry(fs::path const& to, EntryBytes const& bytes, std::int64_t& left) {
    disk::Descriptor const out(to, O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW);
    std::int64_t at = 0;
    bool too_much = false;
    TRY_VOID(bytes([&](std::string_view piece) {
        left -= static_cast<std::int64_t>(piece.size());
        too_much = left < 0;
        if (too_much) return false;
        disk::write_at(out.get(), piece, at);
        at += static_cast<std::int64_t>(piece.size());
        return true;
    }));
    if (too_much) return core::too_large("files.archive_too_large");
    return {};
}

/// The name of a page in the top folder, or in the only folder there is.
core::Result<std::string> html_start_page(fs::path const& top) {
    for (char const* name : {"index.html", "index.htm"})
        if (fs::is_regular_file(top / name)) return std::string(name);
    for (auto const& entry : fs::directory_iterator(top)) {
        for (char const* name : {"index.html", "index.htm"})
            if (entry.is_directory() && fs::is_regular_file(entry.path() / name))
                return entry.path().filename().string() + "/" + name;
    }
    return core::invalid("files.package_no_start");
}

}  // namespace

Packages::Packages(ContentStore& contents, fs::path folder, PackageLimits limits)
    : contents_(contents), folder_(std::move(folder)), limits_(limits) {
    disk::make_folder(folder_);
    for (auto const& entry : fs::directory_iterator(folder_))  // what a killed process left half unpacked
        if (entry.path().extension() == ".part") fs::remove_all(entry.path());
}

std::int64_t Packages::most_bytes(fs::path const& zip) const {
    return std::min(limits_.bytes, std::max(limits_.always_allowed, limits_.ratio * disk::size_of(zip)));
}

/// What the entries declare, before a byte is unpacked.
core::Result<void> Packages::check_sizes(fs::path const& zip) const {
    std::int64_t left = most_bytes(zip);
    return visit_zip(zip, [&](ArchiveEntry const& entry, EntryBytes const&) -> core::Result<void> {
        TRY_VOID(safe_path(entry.name));
        if (entry.kind == EntryKind::other) return core::invalid("files.unsafe_path", {{"name", entry.name}});
        if (entry.size < 0 || entry.size > left) return core::too_large("files.archive_too_large");
        left -= entry.size;
        return {};
    });
}

core::Result<void> Packages::unpack(fs::path const& zip, fs::path const& to) const {
    TRY_VOID(check_sizes(zip));
    make_folders(to);
    std::int64_t left = most_bytes(zip);
    return visit_zip(zip, [&](ArchiveEntry const& entry, EntryBytes const& bytes) -> core::Result<void> {
        auto const path = to / TRY(safe_path(entry.name));
        std::error_code ignored;
        if (fs::exists(path, ignored) && fs::is_directory(path) != (entry.kind == EntryKind::folder))
            return core::invalid("files.unsafe_path", {{"name", entry.name}});
        make_folders(entry.kind == EntryKind::folder ? path : path.parent_path());
        if (entry.kind == EntryKind::folder) return {};
        return unpack_entry(path, bytes, left);
    });
}

core::Result<fs::path> Packages::unpacked(std::string const& sha256) {
    if (!is_sha256(sha256)) return core::not_found("files.not_found");
    auto const target = folder_ / sha256;
    std::lock_guard const lock(mutex_);
    if (fs::is_directory(target)) return target;
    auto const zip = contents_.open(sha256);
    if (!zip) return core::not_found("files.not_found");
    auto const part = folder_ / (core::Uuid::make().text() + ".part");
    struct Removal {
        fs::path path;
        ~Removal() {
            std::error_code ignored;
            fs::remove_all(path, ignored);
        }
    } const removal{part};
    TRY_VOID(unpack(*zip, part));
    disk::Descriptor const fd(part, O_RDONLY | O_DIRECTORY);
    if (::syncfs(fd.get()) != 0) throw StorageError("syncfs", errno);  // a power cut leaves no half package behind
    if (::rename(part.c_str(), target.c_str()) != 0) throw StorageError("rename", errno);
    return target;
}

core::Result<std::string> Packages::start_page(FileObject const& file) {
    bool const package = file.kind == FileKind::h5p_package || file.kind == FileKind::html_package ||
                         file.kind == FileKind::scorm_package;
    if (!package) return core::unsupported("files.no_package");
    auto const top = TRY(unpacked(file.sha256));
    ::utimensat(AT_FDCWD, top.c_str(), nullptr, 0);  // used now; see `remove_unused`
    if (file.kind == FileKind::h5p_package) return std::string("h5p.json");
    if (file.kind == FileKind::html_package) return html_start_page(top);
    auto const page = TRY(course(file)).scos.front().href;
    if (!inside(file.sha256, page.substr(0, page.find_first_of("?#")))) return core::invalid("files.package_no_start");
    return page;
}

core::Result<ScormCourse> Packages::course(FileObject const& file) {
    if (file.kind != FileKind::scorm_package) return core::unsupported("files.no_package");
    auto const top = TRY(unpacked(file.sha256));
    return read_scorm_manifest(disk::read_at(top / "imsmanifest.xml", 0, largest_manifest));
}

core::Result<fs::path> Packages::inside(std::string const& sha256, std::string_view name) {
    auto const top = TRY(unpacked(sha256));
    auto const relative = safe_path(name);
    if (!relative) return core::not_found("files.not_found");
    auto const path = top / *relative;
    if (!fs::is_regular_file(fs::symlink_status(path))) return core::not_found("files.not_found");
    return path;
}

std::int64_t Packages::remove_unused(std::int64_t unused_ms) {
    auto const before = core::system_now().ms - unused_ms;
    std::lock_guard const lock(mutex_);
    std::int64_t removed = 0;
    for (auto const& entry : fs::directory_iterator(folder_)) {
        if (!is_sha256(entry.path().filename().string()) || disk::written_at_ms(entry.path()) >= before) continue;
        fs::remove_all(entry.path());
        ++removed;
    }
    return removed;
}

}  // namespace santong::files
