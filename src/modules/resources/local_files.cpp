#include "modules/resources/local_files.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>

#include "core/id.hpp"
#include "platform/files/disk.hpp"
#include "platform/files/storage_error.hpp"
#include "platform/text/encoding.hpp"
#include "platform/text/utf8.hpp"

namespace santong::resources {

namespace fs = std::filesystem;

namespace {

/// Depth beyond which nobody keeps lessons; a loop of mounts ends here.
constexpr int deepest_folder = 64;

LocalFile unreadable(std::string const& path, fs::path const& disk) {
    return {path, disk, 0, false};
}

class FolderWalk {
public:
    explicit FolderWalk(std::size_t most) : most_(most) {}

    void visit(fs::path const& folder, std::string const& below, int depth) {
        std::error_code failed;
        fs::directory_iterator entries(folder, failed);
        if (failed || depth > deepest_folder) {
            found.push_back(unreadable(below.empty() ? "." : below, folder));
            return;
        }
        for (fs::directory_iterator const end; entries != end && found.size() <= most_; entries.increment(failed)) {
            take(*entries, below, depth);
            if (failed) break;
        }
        if (failed) found.push_back(unreadable(below.empty() ? "." : below, folder));
    }

    std::vector<LocalFile> found;

private:
    void take(fs::directory_entry const& entry, std::string const& below, int depth) {
        std::error_code failed;
        auto const name = name_in_utf8(entry.path().filename().string());
        auto const path = below.empty() ? name : below + "/" + name;
        auto const status = entry.symlink_status(failed);
        if (!failed && fs::is_directory(status)) return visit(entry.path(), path, depth + 1);
        if (failed || !fs::is_regular_file(status)) {
            found.push_back(unreadable(path, entry.path()));
            return;
        }
        auto const size = entry.file_size(failed);
        if (failed)
            found.push_back(unreadable(path, entry.path()));
        else
            found.push_back({path, entry.path(), static_cast<std::int64_t>(size), true});
    }

    std::size_t most_;
};

class SourceFile {
public:
    explicit SourceFile(fs::path const& path) : fd_(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW)) {}
    ~SourceFile() {
        if (fd_ >= 0) ::close(fd_);
    }
    SourceFile(SourceFile const&) = delete;
    SourceFile& operator=(SourceFile const&) = delete;
    bool open() const { return fd_ >= 0; }
    /// Bytes read, 0 at the end, negative where the medium fails.
    ::ssize_t read(std::string& buffer) const {
        for (;;) {
            auto const got = ::read(fd_, buffer.data(), buffer.size());
            if (got >= 0 || errno != EINTR) return got;
        }
    }

private:
    int fd_;
};

}  // namespace

std::string name_in_utf8(std::string const& name) {
    if (text::is_valid_utf8(name)) return name;
    return text::to_utf8(name, text::Encoding::gb18030).utf8;
}

std::vector<LocalFile> local_files(fs::path const& folder, std::size_t most) {
    FolderWalk walk(most);
    walk.visit(folder, "", 0);
    std::sort(walk.found.begin(), walk.found.end(),
              [](LocalFile const& left, LocalFile const& right) { return left.path < right.path; });
    return std::move(walk.found);
}

LocalCopy::LocalCopy(fs::path const& folder) : path_(folder / (core::Uuid::make().text() + ".part")) {
    fs::create_directories(folder);
}

LocalCopy::~LocalCopy() {
    std::error_code ignored;
    fs::remove(path_, ignored);
}

core::Result<void> LocalCopy::take(fs::path const& source, std::int64_t reserve) const {
    SourceFile const in(source);
    if (!in.open()) return core::invalid("resources.intake.unreadable");
    files::disk::Descriptor const out(path_, O_WRONLY | O_CREAT | O_TRUNC);
    constexpr std::int64_t look_every = std::int64_t{64} << 20;
    std::string buffer(std::size_t{1} << 20, '\0');
    std::int64_t copied = 0;
    for (;;) {
        if (copied % look_every == 0 && files::disk::free_bytes(path_.parent_path()) < reserve)
            throw files::StorageError("keeping " + source.string(), ENOSPC);
        auto const got = in.read(buffer);
        if (got < 0) return core::invalid("resources.intake.unreadable");
        if (got == 0) return {};
        files::disk::write_at(out.get(), std::string_view(buffer).substr(0, static_cast<std::size_t>(got)), copied);
        copied += got;
    }
}

}  // namespace santong::resources
