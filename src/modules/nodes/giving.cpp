#include "modules/nodes/giving.hpp"

#include <algorithm>
#include <chrono>
#include <memory>

#include "modules/nodes/node_keys.hpp"
#include "platform/chunks/stream.hpp"
#include "platform/files/disk.hpp"
#include "platform/files/service.hpp"
#include "platform/log/log.hpp"
#include "platform/sync/outgoing.hpp"

namespace santong::nodes {

namespace {

constexpr std::size_t most_contents = 1'000;
constexpr std::size_t most_spans = 200'000;
constexpr std::int64_t most_bytes = std::int64_t{1} << 30;
constexpr auto longest_cutting = std::chrono::seconds(5);
constexpr std::int64_t packed_already_above = std::int64_t{64} << 20;
constexpr std::int64_t piece_without_manifest = 64 << 10;

/// Cuts a span where chunks end, so that a child that is cut off has every chunk before.
void add_pieces(std::vector<chunks::Span>& pieces, chunks::Span span, std::vector<std::int64_t> const& ends) {
    while (span.size > 0) {
        auto const next = std::ranges::upper_bound(ends, span.from);
        auto const size =
            next == ends.end() ? std::min(span.size, piece_without_manifest) : std::min(span.size, *next - span.from);
        pieces.push_back({span.from, size, span.base});
        span = {span.from + size, span.size - size, span.base};
    }
}

std::vector<std::int64_t> ends_of(chunks::Manifest const& manifest) {
    std::vector<std::int64_t> ends;
    std::int64_t at = 0;
    for (auto const& chunk : manifest.chunks) ends.push_back(at += chunk.size);
    return ends;
}

/// Limits that hold before anything is looked up.
core::Result<void> check_size(ChunksRequest const& request) {
    std::size_t spans = 0;
    for (auto const& one : request.contents) spans += one.spans.size() / 2;
    if (request.contents.size() > most_contents || spans > most_spans || request.bases.size() > most_bases)
        return core::invalid("nodes.too_much");
    std::pair<std::int64_t, std::int64_t> before{-1, -1};
    for (auto const& base : request.bases) {
        std::pair const place{base.content, base.span};
        bool const there = place > before && base.content >= 0 && base.span >= 0 &&
                           base.content < std::ssize(request.contents) &&
                           base.span < std::ssize(request.contents[static_cast<std::size_t>(base.content)].spans) / 2;
        if (!there || base.from < 0 || base.size <= 0 || base.size > chunks::largest_base)
            return core::invalid("nodes.bad_body");
        before = place;
    }
    return {};
}

/// Bases that are used, and what is said of all that were named.
struct ChosenBases {
    std::vector<chunks::Base> all;
    std::map<std::pair<std::size_t, std::size_t>, std::ptrdiff_t> places;  ///< content and span → which of `all`
    std::string said;

    std::ptrdiff_t under(std::size_t content, std::size_t span) const {
        auto const found = places.find({content, span});
        return found == places.end() ? chunks::no_base : found->second;
    }
};

ChosenBases choose_bases(ChunksRequest const& request,
                         std::function<std::optional<std::filesystem::path>(std::string const&)> const& open) {
    ChosenBases chosen;
    for (auto const& base : request.bases) {
        auto const file = open(base.sha256);
        bool const used = file && base.from <= files::disk::size_of(*file) - base.size;
        chosen.said += used ? '1' : '0';
        if (!used) continue;
        chosen.places[{static_cast<std::size_t>(base.content), static_cast<std::size_t>(base.span)}] =
            std::ssize(chosen.all);
        chosen.all.push_back({file->string(), base.from, base.size});
    }
    return chosen;
}

}  // namespace

std::set<std::string> may_have(Site const& site, Child const& child, std::vector<std::string> const& contents) {
    std::set<std::string> may;
    site.db.read(child.district, [&](sql::Tx& tx) {
        std::map<std::string, std::string> content_of;
        std::vector<std::string> ids;
        for (auto const& sha256 : contents) {
            for (auto const& id : files::Files::with_content(tx, sha256)) {
                ids.push_back(id.text());
                content_of[id.text()] = sha256;
            }
        }
        for (auto const& shape : site.shapes.all()) {
            if (shape.tables.empty() || shape.tables.front().name != "file_object") continue;
            auto const& of = child.peer.root_org_id;
            auto const given = child.nearby ? sync::nearby_of(tx, shape, of, ids) : sync::held_of(tx, shape, of, ids);
            for (auto const& id : given) may.insert(content_of[id]);
        }
    });
    return may;
}

std::optional<chunks::Manifest> Giver::manifest_of(std::string const& sha256, std::filesystem::path const& file) {
    auto const digest = chunks::digest_from(sha256).value();
    std::lock_guard const lock(cutting_);
    if (auto const kept = manifests_.find(digest)) {
        if (auto const known = chunks::read_manifest(kept->bytes.value)) return *known;
    }
    auto made = chunks::cut_file(file);
    if (made.content != digest) {
        log::error("a content is damaged", {{"sha256", sha256}});
        return std::nullopt;
    }
    manifests_.keep(digest, {{chunks::write_manifest(made)}, {}});
    return made;
}

/// A neighbour gets the manifest that the parent of both has signed: it believes no other one. Nothing is cut for it.
void Giver::pass_on(ManifestGiven& item) {
    item.manifest = manifests_.find(chunks::digest_from(item.sha256).value());
    if (!item.manifest) item.state = Giving::refused;
}

core::Result<ManifestsAnswer> Giver::manifests(Child const& child, ManifestsRequest const& request) {
    if (request.contents.size() > most_contents) return core::invalid("nodes.too_much");
    auto const may = may_have(site_, child, request.contents);
    auto const until = std::chrono::steady_clock::now() + longest_cutting;
    auto const own = own_pair(site_.keys_folder);
    ManifestsAnswer answer{{}, {can_bases}};
    for (auto const& sha256 : request.contents) {
        auto& item = answer.items.emplace_back(ManifestGiven{sha256, Giving::refused, {}});
        auto const file = may.contains(sha256) ? contents_.open(sha256) : std::nullopt;
        if (!file) continue;
        item.state = Giving::given;
        if (files::disk::size_of(*file) <= chunks::whole_up_to) continue;
        if (child.nearby) {
            pass_on(item);
            continue;
        }
        if (request.only_whether) continue;
        if (std::chrono::steady_clock::now() > until) {
            item.state = Giving::later;
            continue;
        }
        auto const manifest = manifest_of(sha256, *file);
        if (!manifest) {
            item.state = Giving::refused;
            continue;
        }
        auto const bytes = chunks::write_manifest(*manifest);
        item.manifest = {{bytes}, {auth::ed25519::sign(own.secret, chunks::signed_text(bytes))}};
    }
    return answer;
}

core::Result<Giver::Stream> Giver::chunks(Child const& child, ChunksRequest const& request) {
    TRY_VOID(check_size(request));
    std::vector<std::string> contents;
    for (auto const& one : request.contents) contents.push_back(one.sha256);
    for (auto const& base : request.bases)
        if (contents.back() != base.sha256) contents.push_back(base.sha256);
    auto const may = may_have(site_, child, contents);
    auto const open = [&](std::string const& sha256) {
        return may.contains(sha256) ? contents_.open(sha256) : std::nullopt;
    };
    auto bases = choose_bases(request, open);
    std::vector<chunks::Portion> portions;
    std::int64_t bytes = 0;
    auto effort = chunks::StreamWriter::Effort::usual;
    for (std::size_t number = 0; number < request.contents.size(); ++number) {
        auto const& one = request.contents[number];
        auto const file = open(one.sha256);
        if (!file) return core::not_found("files.not_found");
        auto const size = files::disk::size_of(*file);
        std::vector<std::int64_t> ends;
        if (size > chunks::whole_up_to) {
            auto const manifest = manifest_of(one.sha256, *file);
            if (!manifest) return core::not_found("files.not_found");
            ends = ends_of(*manifest);
        }
        auto& portion = portions.emplace_back(chunks::Portion{file->string(), {}});
        for (std::size_t i = 0; i + 1 < one.spans.size(); i += 2) {
            auto const from = one.spans[i], length = one.spans[i + 1];
            if (from < 0 || length <= 0 || from > size || length > size - from) return core::invalid("nodes.bad_body");
            bytes += length;
            if (bytes > most_bytes) return core::invalid("nodes.too_much");
            add_pieces(portion.spans, {from, length, bases.under(number, i / 2)}, ends);
        }
        // What is large is a film or an archive, and packed already.
        if (size > packed_already_above) effort = chunks::StreamWriter::Effort::least;
    }
    auto const stream = std::make_shared<chunks::StreamWriter>(std::move(portions), effort, std::move(bases.all));
    return Stream{[stream] { return stream->next(); }, std::move(bases.said)};
}

}  // namespace santong::nodes
