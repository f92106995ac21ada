#include "modules/nodes/bases.hpp"

#include <algorithm>
#include <limits>

#include "platform/chunks/stream.hpp"

namespace santong::nodes {

namespace {

/// Of the known neighbours so much goes with what lies between them.
constexpr std::int64_t margin = 4 << 10;
/// What lies between them is worth naming from so many bytes on.
constexpr std::int64_t worth_naming = 256;
/// Where only one neighbour is known, what is missing may have been longer.
constexpr std::int64_t slack = 64 << 10;

/// Bytes of a content.
struct Stretch {
    std::int64_t from = 0;
    std::int64_t to = 0;
    std::int64_t size() const { return to - from; }
};

/// What is missing in one piece, asked for in one or several spans, and the chunks on both sides of it.
struct Run {
    std::size_t content = 0;
    std::size_t first_span = 0, spans = 0;
    Stretch bytes;
    std::optional<chunks::Digest> left, right;  ///< none at the ends of the content
};

/// A content of this place that is like one that arrives: where its chunks stand.
struct Relative {
    explicit Relative(chunks::Manifest const& manifest) : sha256(manifest.sha256()), size(manifest.size) {
        std::int64_t at = 0;
        for (auto const& chunk : manifest.chunks) {
            places.emplace(chunk.digest, Stretch{at, at + chunk.size});
            at += chunk.size;
        }
    }
    /// Where a neighbour ends (or begins) here; nothing if it is not here.
    std::optional<std::int64_t> place(std::optional<chunks::Digest> const& digest, std::int64_t edge,
                                      std::int64_t Stretch::* side) const {
        if (!digest) return edge;
        auto const found = places.find(*digest);
        return found == places.end() ? std::nullopt : std::optional(found->second.*side);
    }

    std::string sha256;
    std::int64_t size;
    std::map<chunks::Digest, Stretch> places;
};

/// The pieces of a content that are missing.
std::vector<Run> runs_of(std::vector<std::int64_t> const& spans, chunks::Manifest const& manifest) {
    std::vector<Run> runs;
    std::size_t chunk = 0;
    std::int64_t at = 0;
    auto const before = [&]() { return chunk == 0 ? std::nullopt : std::optional(manifest.chunks[chunk - 1].digest); };
    auto const pass = [&](std::int64_t to) {
        while (at < to && chunk < manifest.chunks.size()) at += manifest.chunks[chunk++].size;
    };
    for (std::size_t i = 0; i + 1 < spans.size(); i += 2) {
        auto const from = spans[i], to = from + spans[i + 1];
        if (runs.empty() || runs.back().bytes.to != from) {
            pass(from);
            runs.push_back({0, i / 2, 0, {from, from}, before(), {}});
        }
        auto& run = runs.back();
        ++run.spans;
        run.bytes.to = to;
        pass(to);
        run.right = chunk < manifest.chunks.size() ? std::optional(manifest.chunks[chunk].digest) : std::nullopt;
    }
    return runs;
}

/// What of a relative stands where this run is missing.
std::optional<Stretch> counterpart(Relative const& relative, Run const& run) {
    auto const left = relative.place(run.left, 0, &Stretch::to);
    auto const right = relative.place(run.right, relative.size, &Stretch::from);
    if (left && right && *left <= *right) return Stretch{*left, *right};
    auto const length = run.bytes.size() + slack;
    if (left && run.left) return Stretch{*left, std::min(relative.size, *left + length)};
    if (right && run.right) return Stretch{std::max<std::int64_t>(0, *right - length), *right};
    return std::nullopt;
}

/// What is laid under one span of a run: all of the counterpart, or of a long one what stands about as far in.
Stretch under(Stretch const& counterpart, Run const& run, Stretch const& span, std::int64_t size) {
    auto from = counterpart.from, to = counterpart.to;
    if (to - from > chunks::largest_base - 2 * margin) {
        auto const share = static_cast<double>(counterpart.size()) / static_cast<double>(run.bytes.size());
        auto const middle = static_cast<double>(span.from + span.to) / 2 - static_cast<double>(run.bytes.from);
        auto const about = from + static_cast<std::int64_t>(middle * share);
        from = std::max(from, about - chunks::largest_base / 2 + margin);
        to = std::min(to, about + chunks::largest_base / 2 - margin);
    }
    return {std::max<std::int64_t>(0, from - margin), std::min(size, to + margin)};
}

void add_bases(std::vector<BaseNamed>& bases, Run const& run, std::vector<std::int64_t> const& spans,
               std::vector<Relative> const& relatives) {
    Relative const* nearest = nullptr;
    Stretch chosen;
    auto least = std::numeric_limits<std::int64_t>::max();
    for (auto const& relative : relatives) {
        auto const found = counterpart(relative, run);
        if (!found || found->size() < worth_naming) continue;
        auto const apart = std::abs(found->size() - run.bytes.size());
        if (apart >= least) continue;
        least = apart;
        nearest = &relative;
        chosen = *found;
    }
    if (nearest == nullptr) return;
    for (auto number = run.first_span; number < run.first_span + run.spans; ++number) {
        if (bases.size() == most_bases) return;
        Stretch const span{spans[2 * number], spans[2 * number] + spans[2 * number + 1]};
        auto const bytes = under(chosen, run, span, nearest->size);
        bases.push_back({static_cast<std::int64_t>(run.content), static_cast<std::int64_t>(number), nearest->sha256,
                         bytes.from, bytes.size()});
    }
}

}  // namespace

ChunksRequest question_for(std::vector<Arriving::Missing> const& missing, Arriving const& arriving) {
    ChunksRequest request;
    std::int64_t longest = 0;
    for (auto const& one : missing) {
        if (request.contents.empty() || request.contents.back().sha256 != one.sha256) {
            request.contents.push_back({one.sha256, {}});
            bool const alone = arriving.relatives(one.sha256).empty();
            longest = alone ? std::numeric_limits<std::int64_t>::max() : longest_span_over_base;
        }
        auto& spans = request.contents.back().spans;
        bool const goes_on = !spans.empty() && spans[spans.size() - 2] + spans.back() == one.from &&
                             spans.back() + one.chunk.size <= longest;
        if (goes_on)
            spans.back() += one.chunk.size;
        else
            spans.insert(spans.end(), {one.from, std::int64_t{one.chunk.size}});
    }
    return request;
}

std::vector<BaseNamed> bases_for(ChunksRequest const& request, Arriving const& arriving,
                                 chunks::KeptManifests& manifests) {
    std::vector<BaseNamed> bases;
    for (std::size_t number = 0; number < request.contents.size(); ++number) {
        auto const& one = request.contents[number];
        auto const* const manifest = arriving.manifest(one.sha256);
        std::vector<Relative> relatives;
        for (auto const& digest : arriving.relatives(one.sha256)) {
            auto const kept = manifests.find(digest);
            if (auto const read = kept ? chunks::read_manifest(kept->bytes.value) : std::nullopt)
                relatives.emplace_back(*read);
        }
        if (manifest == nullptr || relatives.empty()) continue;
        for (auto& run : runs_of(one.spans, *manifest)) {
            run.content = number;
            add_bases(bases, run, one.spans, relatives);
        }
    }
    return bases;
}

std::map<std::int64_t, BaseNamed> bases_used(ChunksRequest const& request, std::string const& said) {
    std::map<std::int64_t, BaseNamed> used;
    if (said.size() != request.bases.size()) return used;
    std::size_t next = 0;
    std::int64_t at = 0;
    for (std::size_t content = 0; content < request.contents.size(); ++content) {
        auto const& spans = request.contents[content].spans;
        for (std::size_t span = 0; span < spans.size() / 2 && next < request.bases.size(); ++span) {
            auto const& base = request.bases[next];
            bool const here =
                base.content == static_cast<std::int64_t>(content) && base.span == static_cast<std::int64_t>(span);
            if (here && said[next] == '1') used[at] = base;
            next += here ? 1 : 0;
            at += spans[2 * span + 1];
        }
    }
    return used;
}

}  // namespace santong::nodes
