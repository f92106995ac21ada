#pragma once
// Archives from strangers: every entry is measured while it is inflated, whatever the headers say.
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.hpp"

namespace santong::text {

struct ZipLimits {
    std::uint64_t total_bytes = 256ull << 20;  ///< all entries unpacked
    std::uint64_t entry_bytes = 256ull << 20;  ///< one entry unpacked
    std::size_t entries = 10'000;
    std::uint64_t ratio = 200;  ///< unpacked to packed, of the whole archive, beyond the first 8 MiB
};

struct ZipEntry {
    std::string path;  ///< relative, forward slashes, no "..", valid UTF-8
    bool folder = false;
};

/// Reads a zip entry by entry, in the order of the archive. Refusals: "text.zip_broken", "text.zip_encrypted",
/// "text.zip_unsafe_path" {path}, "text.zip_bomb" (too_large), "text.zip_too_many_entries" (too_large) {limit}.
class ZipReader {
public:
    static core::Result<ZipReader> open(std::filesystem::path const& path, ZipLimits limits = {});
    static core::Result<ZipReader> of_bytes(std::string bytes, ZipLimits limits = {});
    ZipReader(ZipReader&&) noexcept;
    ZipReader& operator=(ZipReader&&) noexcept;
    ~ZipReader();

    /// The next entry; nothing at the end. An entry that was not read is skipped without inflating where possible.
    core::Result<std::optional<ZipEntry>> next();
    /// Unpacks the current entry piece by piece; `take` may stop it by returning false.
    core::Result<void> read(std::function<core::Result<bool>(std::string_view)> const& take);
    /// The current entry as a whole.
    core::Result<std::string> read_all();

private:
    struct State;
    explicit ZipReader(std::unique_ptr<State> state);
    std::unique_ptr<State> state_;
};

/// Unpacks everything below `folder`, which must exist. Nothing is ever written outside of it; links are refused.
/// After a refusal the folder may hold a part of the archive: unpack into a fresh one.
core::Result<std::vector<ZipEntry>> extract_zip(std::filesystem::path const& path, std::filesystem::path const& folder,
                                                ZipLimits limits = {});

/// Writes a zip file. Throws if the disk is full.
class ZipWriter {
public:
    explicit ZipWriter(std::filesystem::path const& path);
    ZipWriter(ZipWriter&&) noexcept;
    ZipWriter& operator=(ZipWriter&&) noexcept;
    ~ZipWriter();
    void add(std::string_view path, std::string_view bytes);
    void add_file(std::string_view path, std::filesystem::path const& source);
    /// Ends the archive; without it the file is not complete.
    void finish();

private:
    struct State;
    std::unique_ptr<State> state_;
};

/// True if a path of an archive stays below the folder into which it is unpacked.
bool is_safe_entry_path(std::string_view path);

}  // namespace santong::text
