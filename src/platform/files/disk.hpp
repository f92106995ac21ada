#pragma once
// File descriptors, durable writes and SHA-256 over files.
#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

namespace santong::files::disk {

/// An open file descriptor that closes itself.
class Descriptor {
public:
    /// Opens as open(2) does (close-on-exec added); throws StorageError.
    Descriptor(std::filesystem::path const& path, int flags, unsigned mode = 0640);
    ~Descriptor();
    Descriptor(Descriptor const&) = delete;
    Descriptor& operator=(Descriptor const&) = delete;
    int get() const { return fd_; }

private:
    int fd_;
};

/// SHA-256 of what is fed to it.
class Sha256 {
public:
    Sha256();
    ~Sha256();
    void add(std::string_view bytes);
    /// The 32 raw bytes; ends the computation.
    std::string digest();

private:
    struct State;
    std::unique_ptr<State> state_;
};

/// The 32 raw bytes of the digest of a whole file. Throws StorageError.
std::string sha256_of_file(std::filesystem::path const& path);

/// Writes all bytes at an offset; throws StorageError (disk full included).
void write_at(int fd, std::string_view bytes, std::int64_t offset);
/// Copies `size` bytes from the start of a file to an offset of another; throws StorageError.
void copy_at(int from, int to, std::int64_t offset, std::int64_t size);
/// Reads at most `size` bytes from an offset.
std::string read_at(std::filesystem::path const& path, std::int64_t offset, std::size_t size);
/// Flushes data and length to disk.
void flush(int fd);
/// Flushes the entries of a folder to disk.
void flush_folder(std::filesystem::path const& folder);
/// Makes a folder and those above it, each entry durable.
void make_folder(std::filesystem::path const& folder);
/// Length of a file; 0 if there is none.
std::int64_t size_of(std::filesystem::path const& path);
/// Bytes that an ordinary user may still write to the disk of this folder.
std::int64_t free_bytes(std::filesystem::path const& folder);
/// Age of a file's last write in milliseconds since 1970; 0 if there is none.
std::int64_t written_at_ms(std::filesystem::path const& path);

}  // namespace santong::files::disk
