#pragma once
// What a place gives to its children of the bytes that lie here (DESIGN 5): manifests, made once and kept, and the
// chunks that a child lacks in one stream. A place gives only what the child holds.
#include <functional>
#include <mutex>
#include <set>

#include "modules/nodes/service.hpp"
#include "platform/chunks/kept_manifests.hpp"
#include "platform/files/content_store.hpp"

namespace santong::nodes {

/// Which of these contents a child holds a file with: only those are given away. A neighbour has what is published.
std::set<std::string> may_have(Site const& site, Child const& child, std::vector<std::string> const& contents);

/// Thread-safe.
class Giver {
public:
    Giver(Site site, files::ContentStore& contents, chunks::KeptManifests& manifests)
        : site_(std::move(site)), contents_(contents), manifests_(manifests) {}

    /// Answers within seconds: what could not be cut meanwhile is given later. Refuses "nodes.too_much".
    core::Result<ManifestsAnswer> manifests(Child const& child, ManifestsRequest const& request);
    /// A stream, block by block (see `http::Response::blocks`).
    struct Stream {
        std::function<std::string()> blocks;
        std::string bases;  ///< what `bases_header` says; empty: none was named
    };
    /// Refuses "nodes.too_much", "files.not_found" if the child may not have one of the contents or it is not here,
    /// "nodes.bad_body" for spans outside a content and bases that belong to none. A base that the child may not have
    /// is as one that is not here: the span goes without.
    core::Result<Stream> chunks(Child const& child, ChunksRequest const& request);

    /// The manifest of a content that lies here, cut now if it never was; none if the bytes are not what they were.
    std::optional<chunks::Manifest> manifest_of(std::string const& sha256, std::filesystem::path const& file);

private:
    void pass_on(ManifestGiven& item);

    Site site_;
    files::ContentStore& contents_;
    chunks::KeptManifests& manifests_;
    std::mutex cutting_;  ///< one content at a time, and none twice
};

}  // namespace santong::nodes
