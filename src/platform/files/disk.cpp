#include "platform/files/disk.hpp"

#include <fcntl.h>
#include <openssl/evp.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "core/assert.hpp"
#include "platform/files/storage_error.hpp"

namespace santong::files {

namespace {

bool means_full(int error_number) {
    return error_number == ENOSPC || error_number == EDQUOT || error_number == EFBIG;
}

}  // namespace

StorageError::StorageError(std::string const& what, int error_number)
    : DatabaseError(what + ": " + std::strerror(error_number), means_full(error_number) ? "53100" : "58030") {}

namespace disk {

namespace {

constexpr std::size_t chunk = 256 * 1024;

[[noreturn]] void fail(std::string const& what) {
    throw StorageError(what, errno);
}

}  // namespace

Descriptor::Descriptor(std::filesystem::path const& path, int flags, unsigned mode)
    : fd_(::open(path.c_str(), flags | O_CLOEXEC, mode)) {
    if (fd_ < 0) fail("open " + path.filename().string());
}

Descriptor::~Descriptor() {
    ::close(fd_);
}

struct Sha256::State {
    EVP_MD_CTX* context = EVP_MD_CTX_new();
};

Sha256::Sha256() : state_(std::make_unique<State>()) {
    SANTONG_ASSERT(EVP_DigestInit_ex(state_->context, EVP_sha256(), nullptr) == 1);
}

Sha256::~Sha256() {
    EVP_MD_CTX_free(state_->context);
}

void Sha256::add(std::string_view bytes) {
    SANTONG_ASSERT(EVP_DigestUpdate(state_->context, bytes.data(), bytes.size()) == 1);
}

std::string Sha256::digest() {
    std::string result(32, '\0');
    unsigned length = 0;
    SANTONG_ASSERT(EVP_DigestFinal_ex(state_->context, reinterpret_cast<unsigned char*>(result.data()), &length) == 1);
    return result;
}

std::string sha256_of_file(std::filesystem::path const& path) {
    Descriptor const file(path, O_RDONLY);
    Sha256 sha;
    std::string buffer(chunk, '\0');
    for (;;) {
        auto const got = ::read(file.get(), buffer.data(), buffer.size());
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) fail("read");
        if (got == 0) return sha.digest();
        sha.add({buffer.data(), static_cast<std::size_t>(got)});
    }
}

void write_at(int fd, std::string_view bytes, std::int64_t offset) {
    while (!bytes.empty()) {
        auto const put = ::pwrite(fd, bytes.data(), bytes.size(), offset);
        if (put < 0 && errno == EINTR) continue;
        if (put < 0) fail("write");
        bytes.remove_prefix(static_cast<std::size_t>(put));
        offset += put;
    }
}

void copy_at(int from, int to, std::int64_t offset, std::int64_t size) {
    std::string buffer(chunk, '\0');
    for (std::int64_t done = 0; done < size;) {
        auto const want = std::min<std::int64_t>(static_cast<std::int64_t>(buffer.size()), size - done);
        auto const got = ::pread(from, buffer.data(), static_cast<std::size_t>(want), done);
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) fail("read");
        if (got == 0) throw StorageError("read past the end", EIO);
        write_at(to, {buffer.data(), static_cast<std::size_t>(got)}, offset + done);
        done += got;
    }
}

std::string read_at(std::filesystem::path const& path, std::int64_t offset, std::size_t size) {
    Descriptor const file(path, O_RDONLY);
    std::string buffer(size, '\0');
    std::size_t done = 0;
    while (done < size) {
        auto const got =
            ::pread(file.get(), buffer.data() + done, size - done, offset + static_cast<std::int64_t>(done));
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) fail("read");
        if (got == 0) break;
        done += static_cast<std::size_t>(got);
    }
    buffer.resize(done);
    return buffer;
}

void flush(int fd) {
    if (::fdatasync(fd) != 0) fail("fdatasync");
}

void flush_folder(std::filesystem::path const& folder) {
    Descriptor const fd(folder, O_RDONLY | O_DIRECTORY);
    if (::fsync(fd.get()) != 0) fail("fsync");
}

void make_folder(std::filesystem::path const& folder) {
    if (std::filesystem::is_directory(folder)) return;
    auto const above = folder.has_parent_path() ? folder.parent_path() : std::filesystem::path(".");
    make_folder(above);
    if (::mkdir(folder.c_str(), 0750) != 0 && errno != EEXIST) fail("mkdir");
    flush_folder(above);
}

std::int64_t size_of(std::filesystem::path const& path) {
    struct stat found{};
    if (::stat(path.c_str(), &found) != 0) return 0;
    return found.st_size;
}

std::int64_t free_bytes(std::filesystem::path const& folder) {
    struct statvfs found{};
    if (::statvfs(folder.c_str(), &found) != 0) fail("statvfs");
    return static_cast<std::int64_t>(found.f_bavail) * static_cast<std::int64_t>(found.f_frsize);
}

std::int64_t written_at_ms(std::filesystem::path const& path) {
    struct stat found{};
    if (::stat(path.c_str(), &found) != 0) return 0;
    return static_cast<std::int64_t>(found.st_mtim.tv_sec) * 1000 + found.st_mtim.tv_nsec / 1'000'000;
}

}  // namespace disk

}  // namespace santong::files
