#include "platform/files/content_store.hpp"

#include <doctest/doctest.h>
#include <sys/mount.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <filesystem>
#include <fstream>

#include "platform/files/disk.hpp"
#include "platform/files/storage_error.hpp"

namespace fs = std::filesystem;
using santong::files::Content;
using santong::files::LocalContentStore;
using santong::files::StorageError;
namespace core = santong::core;

namespace {

struct Folder {
    Folder() { fs::create_directories(path); }
    ~Folder() { fs::remove_all(path); }
    fs::path path = fs::temp_directory_path() / ("santong_content_" + core::Uuid::make().text());
};

int count(LocalContentStore& store) {
    int number = 0;
    store.each([&](std::string const&) { ++number; });
    return number;
}

std::string bytes_of(fs::path const& path) {
    std::ifstream in(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

/// Dies between the written temporary file and its final name.
struct KilledStore final : LocalContentStore {
    using LocalContentStore::LocalContentStore;
    void about_to_publish() override { ::raise(SIGKILL); }
};

/// A disk of one megabyte: a small tmpfs where one may be mounted, a limit on file sizes elsewhere.
struct SmallDisk {
    explicit SmallDisk(fs::path folder_) : folder(std::move(folder_)) {
        mounted = ::mount("tmpfs", folder.c_str(), "tmpfs", 0, "size=1m") == 0;
        if (mounted) return;
        ::signal(SIGXFSZ, SIG_IGN);
        ::getrlimit(RLIMIT_FSIZE, &before);
        rlimit const small{1 << 20, before.rlim_max};
        ::setrlimit(RLIMIT_FSIZE, &small);
    }
    ~SmallDisk() {
        if (mounted)
            ::umount2(folder.c_str(), MNT_DETACH);
        else
            ::setrlimit(RLIMIT_FSIZE, &before);
    }
    fs::path folder;
    bool mounted = false;
    rlimit before{};
};

}  // namespace

TEST_CASE("the same bytes are stored once, under their SHA-256") {
    Folder folder;
    LocalContentStore store(folder.path);
    Content const first = store.put("静夜思");
    std::ofstream(folder.path / "again") << "静夜思";
    Content const second = store.adopt(folder.path / "again");
    CHECK(first.sha256 == second.sha256);
    CHECK(first.size == 9);
    CHECK(count(store) == 1);
    CHECK(bytes_of(store.open(first.sha256).value()) == "静夜思");
    CHECK(fs::exists(folder.path / "again"));
    CHECK(store.put("").sha256 == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
}

TEST_CASE("a process killed before the final name leaves no content, and the next one stores it") {
    Folder folder;
    pid_t const child = ::fork();
    if (child == 0) {
        KilledStore store(folder.path);
        (void)store.put("half");
        ::_exit(0);
    }
    int status = 0;
    ::waitpid(child, &status, 0);
    REQUIRE(WIFSIGNALED(status));
    LocalContentStore store(folder.path);
    CHECK(count(store) == 0);
    CHECK(std::distance(fs::directory_iterator(folder.path / "tmp"), {}) > 0);
    auto const content = store.put("half");
    CHECK(bytes_of(store.open(content.sha256).value()) == "half");
    for (auto const& left : fs::directory_iterator(folder.path / "tmp"))
        fs::last_write_time(left, fs::file_time_type::clock::now() - std::chrono::hours(25));
    LocalContentStore const later(folder.path);
    CHECK(std::distance(fs::directory_iterator(folder.path / "tmp"), {}) == 0);
}

TEST_CASE("a full disk is told and loses nothing that was stored") {
    Folder folder;
    SmallDisk const small(folder.path);
    LocalContentStore store(folder.path);
    auto const before = store.put("acknowledged");
    try {
        (void)store.put(std::string(2 << 20, 'x'));
        FAIL("two megabytes went onto a disk of one");
    } catch (StorageError const& error) {
        CHECK(error.disk_full());
    }
    CHECK(bytes_of(store.open(before.sha256).value()) == "acknowledged");
    CHECK(std::distance(fs::directory_iterator(folder.path / "tmp"), {}) == 0);
    CHECK(store.verify(store.put("and after").sha256));
}

TEST_CASE("verification sees a changed byte, and storing the content again heals a cut one") {
    Folder folder;
    LocalContentStore store(folder.path);
    auto const content = store.put("twelve bytes");
    CHECK(store.verify(content.sha256));
    auto const path = store.open(content.sha256).value();
    std::ofstream(path, std::ios::in | std::ios::out).put('T');
    CHECK_FALSE(store.verify(content.sha256));
    fs::resize_file(path, 3);
    (void)store.put("twelve bytes");
    CHECK(store.verify(content.sha256));
}

TEST_CASE("a content that was stored again lately is not removed") {
    Folder folder;
    LocalContentStore store(folder.path);
    auto const content = store.put("wanted");
    auto const path = store.open(content.sha256).value();
    fs::last_write_time(path, fs::file_time_type::clock::now() - std::chrono::hours(48));
    core::Instant const yesterday{core::system_now().ms - 86'400'000};
    (void)store.put("wanted");
    CHECK_FALSE(store.remove_unused_since(content.sha256, yesterday));
    fs::last_write_time(path, fs::file_time_type::clock::now() - std::chrono::hours(48));
    CHECK(store.remove_unused_since(content.sha256, yesterday));
    CHECK_FALSE(store.open(content.sha256));
}
