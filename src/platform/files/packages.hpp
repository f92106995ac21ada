#pragma once
// HTML, SCORM and H5P packages, unpacked when first asked for (DESIGN 5). They are shown from a second origin only.
#include <filesystem>
#include <mutex>
#include <set>
#include <string>

#include "platform/files/content_store.hpp"
#include "platform/files/domain.hpp"
#include "platform/files/scorm_manifest.hpp"

namespace santong::files {

/// What a package may unpack to.
struct PackageLimits {
    std::int64_t bytes = std::int64_t{2} << 30;
    std::int64_t ratio = 100;                              ///< unpacked ÷ packed …
    std::int64_t always_allowed = std::int64_t{32} << 20;  ///< … beyond this many bytes
};

/// Unpacked packages by digest, a cache that may be deleted at any time. Thread-safe.
class Packages {
public:
    Packages(ContentStore& contents, std::filesystem::path folder, PackageLimits limits);

    /// Path of the page that opens the package, relative to its top; unpacks if need be. Refuses a zip bomb
    /// ("files.archive_too_large"), names that lead out of the folder, links, and a package without such a page
    /// ("files.package_no_start").
    core::Result<std::string> start_page(FileObject const& file);
    /// The pages of a SCORM package in their order; unpacks if need be. Refuses as `read_scorm_manifest`, and another
    /// kind of file ("files.no_package").
    core::Result<ScormCourse> course(FileObject const& file);
    /// A file inside a package; not_found for anything else, folders included.
    core::Result<std::filesystem::path> inside(std::string const& sha256, std::string_view name);
    /// Removes what nobody opened for `unused_ms`; returns how many packages went.
    std::int64_t remove_unused(std::int64_t unused_ms);

private:
    core::Result<std::filesystem::path> unpacked(std::string const& sha256);
    core::Result<void> check_sizes(std::filesystem::path const& zip) const;
    core::Result<void> unpack(std::filesystem::path const& zip, std::filesystem::path const& to) const;
    std::int64_t most_bytes(std::filesystem::path const& zip) const;

    ContentStore& contents_;
    std::filesystem::path folder_;
    PackageLimits limits_;
    std::mutex mutex_;  ///< one package is unpacked at a time
};

}  // namespace santong::files
