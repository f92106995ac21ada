#pragma once
// Contents on their way into this place, from the parent's line or from a disk: what lies here already is taken from
// here, each chunk is checked and kept as it comes, the whole is checked before it is taken into the store.
#include <map>
#include <memory>
#include <vector>

#include "platform/chunks/kept_manifests.hpp"
#include "platform/chunks/partial.hpp"
#include "platform/files/content_store.hpp"

namespace santong::nodes {

/// Used by one thread at a time. Two processes may bring the same content at once: each writes only what is right.
class Arriving {
public:
    /// What is half here lies in `folder`.
    Arriving(files::ContentStore& contents, chunks::KeptManifests& manifests, std::filesystem::path folder);

    /// Whether chunks are looked for in the contents of this place.
    enum class Local { looked_for, not_looked_for };
    /// Goes on with these contents, or begins them, and takes the chunks that lie in this place already.
    void begin(std::vector<chunks::Manifest> const& wanted, Local local = Local::looked_for);
    std::vector<std::string> begun() const;
    bool has_begun(std::string const& sha256) const { return targets_.contains(sha256); }

    /// A chunk that is missing, of the content in which it comes first.
    struct Missing {
        std::string sha256;
        std::int64_t from = 0;
        chunks::Chunk chunk;
    };
    /// What is missing of these contents, in their order, each chunk once; about `most_bytes` of it.
    std::vector<Missing> missing(std::vector<std::string> const& contents, std::int64_t most_bytes) const;
    /// Takes a chunk wherever it belongs. False if it belongs nowhere, or is not what its digest says.
    bool put(std::string_view bytes);

    enum class Outcome { whole, not_yet, broken };
    /// Takes a content into the store if it is whole. `broken`: its chunks are right and it is not; what came is thrown
    /// away.
    Outcome finish(std::string const& sha256);
    /// Lets go of a content; what came of it stays for another time.
    void leave(std::string const& sha256);
    /// Bytes of a content that are here.
    std::int64_t bytes_of(std::string const& sha256) const;
    /// Removes what was begun more than a month ago and never ended.
    void clear_old();

private:
    /// A content that is not whole yet. One that is a single chunk waits for it in memory.
    struct Target {
        chunks::Manifest manifest;
        std::unique_ptr<chunks::Partial> partial;
        bool stored = false;
    };
    struct Place {
        Target* target = nullptr;
        std::size_t chunk = 0;
    };
    void open(chunks::Manifest const& manifest);
    void take_what_is_here();
    void copy_from(chunks::Manifest const& here, std::filesystem::path const& file);
    void forget(Target& target);

    files::ContentStore& contents_;
    chunks::KeptManifests& manifests_;
    std::filesystem::path folder_;
    std::map<std::string, Target> targets_;
    std::map<chunks::Digest, std::vector<Place>> waiting_;  ///< where a missing chunk belongs
};

}  // namespace santong::nodes
