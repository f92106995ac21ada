#pragma once
// Files of a folder on this machine, read as strangers': links are not followed, names may be of an old encoding.
#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "core/result.hpp"

namespace santong::resources {

struct LocalFile {
    std::string path;            ///< below the folder, UTF-8, forward slashes
    std::filesystem::path disk;  ///< where it lies
    std::int64_t size = 0;
    bool ordinary = true;  ///< neither a link nor a device, and its folder could be read
};

/// All files below a folder, by path; a folder that cannot be read is one line that is not ordinary. Stops behind
/// `most` files.
std::vector<LocalFile> local_files(std::filesystem::path const& folder, std::size_t most);

/// A name that an old system wrote, as UTF-8.
std::string name_in_utf8(std::string const& name);

/// A private copy in a folder on the disk of the data, gone with this: the store may link to it, and whoever changes
/// his own file afterwards changes nothing of ours.
class LocalCopy {
public:
    explicit LocalCopy(std::filesystem::path const& folder);
    ~LocalCopy();
    LocalCopy(LocalCopy const&) = delete;
    LocalCopy& operator=(LocalCopy const&) = delete;

    std::filesystem::path const& path() const { return path_; }
    /// Refuses a file that cannot be read to its end ("resources.intake.unreadable"): a scratched disc. Throws
    /// StorageError where our own disk fails or has less than `reserve` bytes left.
    core::Result<void> take(std::filesystem::path const& source, std::int64_t reserve) const;

private:
    std::filesystem::path path_;
};

}  // namespace santong::resources
