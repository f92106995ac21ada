#pragma once
// Manifests that lie in this place: the index of chunks (块索引). Which chunk stands in which content at which offset
// is all in them; the bytes are read out of the contents themselves and stored nowhere twice.
#include <filesystem>
#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <string>

#include "platform/chunks/manifest.hpp"

namespace santong::chunks {

/// One file that only grows, so that a look through all of them is one reading of the disk from end to end. What is in
/// it can be made again from the contents; a torn end is cut off. Thread-safe, also between processes on one folder.
class KeptManifests {
public:
    explicit KeptManifests(std::filesystem::path folder);

    std::optional<SignedManifest> find(Digest const& content);
    /// A later one of the same content takes the place of the earlier.
    void keep(Digest const& content, SignedManifest const& manifest);
    /// Looks through all, in the order in which they lie.
    void each(std::function<void(Manifest const&)> const& visit);
    /// Writes the file anew without the contents that are not wanted any more, if that makes it half as large.
    void tidy(std::function<bool(Digest const&)> const& wanted);

private:
    struct Place {
        std::int64_t at = 0;
        std::int64_t size = 0;  ///< of the whole record
    };
    class Locked;
    void look(Locked const& locked);

    std::filesystem::path folder_;
    std::mutex mutex_;
    std::map<Digest, Place> places_;
    std::int64_t seen_ = 0;    ///< bytes of the file that stand in `places_`
    std::uint64_t inode_ = 0;  ///< of the file that they stand in
};

}  // namespace santong::chunks
