#pragma once
// How contents begin and a stream of their chunks is taken in, whoever gives it. Inner words of the fetcher.
#include <exception>

#include "modules/nodes/bases.hpp"
#include "modules/nodes/contents.hpp"
#include "platform/chunks/stream.hpp"
#include "platform/files/disk.hpp"

namespace santong::nodes {

/// The manifest of a content as far as it needs no asking: of a small one it follows, of others it may be kept here.
std::optional<chunks::Manifest> known_manifest(chunks::KeptManifests& kept, Wanted const& wanted,
                                               chunks::Digest const& digest);
/// The manifest that came with an answer, if it is this content's and the parent (`open_key`) signed it.
std::optional<chunks::Manifest> believed_manifest(std::string const& open_key, ManifestGiven const& item);

/// Missing chunks on their way in, one after the other.
class Fetcher::Coming {
public:
    /// `counted`: where the bytes of each content are added up.
    Coming(Fetcher& fetcher, std::vector<Arriving::Missing> missing, ChunksRequest request,
           std::map<std::string, std::int64_t>& counted)
        : fetcher_(fetcher), missing_(std::move(missing)), request_(std::move(request)), bytes_of_(counted) {}

    ChunksRequest const& request() const { return request_; }
    void begin(LineAnswer const& answer) {
        if (request_.bases.empty()) return;
        auto const said = answer.headers.find(bases_header);
        if (said != answer.headers.end()) bases_ = bases_used(request_, said->second);
    }
    bool take(std::string_view packed) {
        crossed_ += static_cast<std::int64_t>(packed.size());
        broken_ = !reader_.feed(packed);
        return !broken_;
    }

    std::int64_t crossed() const { return crossed_; }
    bool any() const { return at_ > 0; }
    bool all() const { return at_ == missing_.size(); }
    /// The content of a chunk that was another one than it should be.
    std::optional<std::string> lied() const { return lied_ ? std::optional(missing_[at_].sha256) : std::nullopt; }
    /// It was ended from here: whoever gave it is not to blame.
    void let_go() { let_go_ = true; }
    bool was_let_go() const { return let_go_; }
    /// What came was no such stream.
    bool broken() const { return broken_ && !lied_; }
    /// The same, and it went over bases: they may be others than the parent's.
    bool wrong_over_bases() const { return broken_ && !bases_.empty(); }

private:
    bool take_unpacked(std::string_view bytes) {
        while (!bytes.empty()) {
            if (all()) return false;
            auto const& expected = missing_[at_];
            auto const part = bytes.substr(0, expected.chunk.size - piece_.size());
            piece_.append(part);
            bytes.remove_prefix(part.size());
            if (piece_.size() < expected.chunk.size) return true;
            auto const digest = chunks::digest_of(piece_);
            lied_ = digest != expected.chunk.digest || !fetcher_.arriving_.put(piece_, digest);
            if (lied_) return false;
            bytes_of_[expected.sha256] += crossed_ - std::exchange(counted_, crossed_);
            piece_.clear();
            ++at_;
            // Nobody waits for it until all the others are here.
            if (all() || missing_[at_].sha256 != expected.sha256) fetcher_.finish(expected.sha256);
        }
        return true;
    }
    std::string base_at(std::int64_t bytes_before) const {
        auto const found = bases_.find(bytes_before);
        if (found == bases_.end()) return {};
        auto const& base = found->second;
        auto const file = fetcher_.place_.contents.open(base.sha256);
        return file ? files::disk::read_at(*file, base.from, static_cast<std::size_t>(base.size)) : std::string();
    }

    Fetcher& fetcher_;
    std::vector<Arriving::Missing> missing_;
    ChunksRequest request_;
    std::map<std::string, std::int64_t>& bytes_of_;
    std::map<std::int64_t, BaseNamed> bases_;  ///< those that are used, by where in the stream
    std::string piece_;
    std::size_t at_ = 0;
    std::int64_t crossed_ = 0, counted_ = 0;
    bool lied_ = false, broken_ = false, let_go_ = false;
    chunks::StreamReader reader_{[this](std::string_view bytes) { return take_unpacked(bytes); },
                                 [this](std::int64_t bytes_before) { return base_at(bytes_before); }};
};

}  // namespace santong::nodes
