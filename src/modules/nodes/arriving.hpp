#pragma once
// Contents on their way into this place, from the parent's line or from a disk: what lies here already is taken from
// here, each chunk is checked and kept as it comes, the whole is checked before it is taken into the store.
#include <deque>
#include <map>
#include <memory>
#include <set>
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
    ~Arriving();

    /// Whether chunks are looked for in the contents of this place.
    enum class Local { looked_for, not_looked_for };
    /// Goes on with these contents, or begins them, and finds the chunks that lie in this place already: they count as
    /// here, and `copy_some` takes them.
    void begin(std::vector<chunks::Manifest> const& wanted, Local local = Local::looked_for);
    std::vector<std::string> begun() const;
    bool has_begun(std::string const& sha256) const { return targets_.contains(sha256); }

    /// Takes about so many bytes of what was found here; false when there is no more. What turns out to be damaged is
    /// missing after all.
    bool copy_some(std::int64_t bytes);

    /// Of a content that was begun.
    chunks::Manifest const* manifest(std::string const& sha256) const;
    /// Contents of this place that have chunks in common with one that was begun, the nearest first.
    std::vector<chunks::Digest> const& relatives(std::string const& sha256) const;

    /// A chunk that is missing, of the content in which it comes first.
    struct Missing {
        std::string sha256;
        std::int64_t from = 0;
        chunks::Chunk chunk;
    };
    /// What is missing of these contents, in their order, each chunk once; about `most_bytes` of it.
    std::vector<Missing> missing(std::vector<std::string> const& contents, std::int64_t most_bytes) const;
    /// Takes a chunk wherever it belongs. False if it belongs nowhere, or is not what its digest says.
    bool put(std::string_view bytes) { return put(bytes, chunks::digest_of(bytes)); }
    bool put(std::string_view bytes, chunks::Digest const& digest);

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
        std::vector<chunks::Digest> relatives{};
    };
    struct Place {
        Target* target = nullptr;
        std::size_t chunk = 0;
    };
    /// A missing chunk as it stands in a content of this place.
    struct Here {
        chunks::Digest content{};
        std::int64_t from = 0;
        chunks::Chunk chunk;
    };
    /// A content that is being copied from.
    struct Source;
    Target* open(chunks::Manifest const& manifest);
    void look_around(std::vector<Target*> const& fresh);
    void copy(Here const& here);
    void forget(Target& target);

    files::ContentStore& contents_;
    chunks::KeptManifests& manifests_;
    std::filesystem::path folder_;
    std::map<std::string, Target> targets_;
    std::map<chunks::Digest, std::vector<Place>> waiting_;  ///< where a missing chunk belongs
    std::deque<Here> to_copy_;
    std::set<chunks::Digest> found_;  ///< of the chunks in `to_copy_`
    std::unique_ptr<Source> source_;
};

}  // namespace santong::nodes
