#pragma once
// Zips from strangers, read without trust. `platform/text` reads small ones into memory; these may be large.
#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.hpp"

namespace santong::files {

enum class EntryKind { file, folder, other };

/// One entry of an archive, as it declares itself.
struct ArchiveEntry {
    std::string name;       ///< UTF-8 (old Chinese zips are GB18030); may be hostile, see `safe_path`
    std::int64_t size = 0;  ///< may be a lie
    EntryKind kind = EntryKind::file;
};

/// Most entries that any archive may have.
constexpr std::size_t most_archive_entries = 20'000;

/// Gives the bytes of the entry being visited, piece after piece, until `sink` answers false or they end.
/// Refuses damaged bytes ("files.broken_archive").
using EntryBytes = std::function<core::Result<void>(std::function<bool(std::string_view)> const& sink)>;

/// Visits every entry in order. Refuses a broken zip ("files.broken_archive"), one with too many entries
/// ("files.archive_too_many"), one with a password ("files.archive_encrypted"), and what the visitor refuses.
core::Result<void> visit_zip(std::filesystem::path const& file,
                             std::function<core::Result<void>(ArchiveEntry const&, EntryBytes const&)> const& visitor);

/// The same for a zip or the image of a disc (ISO 9660, with Joliet's and Rock Ridge's names).
core::Result<void> visit_archive(
    std::filesystem::path const& file,
    std::function<core::Result<void>(ArchiveEntry const&, EntryBytes const&)> const& visitor);

/// The entries of a zip, read without unpacking.
core::Result<std::vector<ArchiveEntry>> list_zip(std::filesystem::path const& file);

/// An entry's name as a path below a folder; refuses one that leads out of it or that no file system takes
/// ("files.unsafe_path").
core::Result<std::filesystem::path> safe_path(std::string_view name);

}  // namespace santong::files
