#pragma once
#include <filesystem>
#include <optional>

namespace santong::server {

/// Where a process that serves a folder answers; written into its lock.
struct ServedAt {
    int process = 0;
    std::string address;
    int port = 0;
    int package_port = 0;
};

/// Held while a process serves a data folder; the system lets go of it when the process ends, however that happens.
class FolderLock {
public:
    /// Throws std::runtime_error if another process holds it.
    explicit FolderLock(std::filesystem::path const& file);
    ~FolderLock();
    FolderLock(FolderLock const&) = delete;
    FolderLock& operator=(FolderLock const&) = delete;

    /// Says in the file where this process answers.
    void note(ServedAt const& served) const;

    /// What the holder of this file's lock has noted; nothing if nobody holds it or he has not got so far yet.
    static std::optional<ServedAt> noted(std::filesystem::path const& file);
    /// Whether a process holds the lock of this file just now.
    static bool held(std::filesystem::path const& file);

private:
    int descriptor_;
};

}  // namespace santong::server
