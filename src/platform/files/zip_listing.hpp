#pragma once
#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "core/result.hpp"

namespace santong::files {

/// One entry of an archive, as its directory declares it.
struct ArchiveEntry {
    std::string name;
    std::int64_t size = 0;  ///< declared; may be a lie
    bool folder = false;
};

/// Most entries that any archive may have.
constexpr std::size_t most_archive_entries = 20'000;

/// The entries of a zip, read without unpacking. Refuses a broken one ("files.broken_archive") and one with too
/// many entries ("files.archive_too_many").
core::Result<std::vector<ArchiveEntry>> list_zip(std::filesystem::path const& file);

}  // namespace santong::files
