// How a fetcher talks to the parent: manifests of many contents in one question, then one stream of what is missing.
#include <algorithm>
#include <chrono>

#include "core/base64.hpp"
#include "core/json.hpp"
#include "modules/nodes/contents.hpp"
#include "modules/nodes/parent_ask.hpp"
#include "platform/auth/ed25519.hpp"
#include "platform/chunks/stream.hpp"
#include "platform/files/storage_error.hpp"
#include "platform/log/log.hpp"

namespace santong::nodes {

namespace {

constexpr std::int64_t cutting_rests_ms = 2'000;
constexpr std::int64_t old_parent_rests_ms = 600'000;
constexpr std::int64_t looks_every_ms = 2'000;
constexpr std::int64_t least_budget = 1 << 20, most_budget = 64 << 20;
constexpr std::int64_t seconds_of_a_stream = 30;

/// The question for missing chunks: neighbours of one content become one span.
ChunksRequest question_for(std::vector<Arriving::Missing> const& missing, std::int64_t bytes_per_second) {
    ChunksRequest request;
    request.bytes_per_second = bytes_per_second;
    for (auto const& one : missing) {
        if (request.contents.empty() || request.contents.back().sha256 != one.sha256)
            request.contents.push_back({one.sha256, {}});
        auto& spans = request.contents.back().spans;
        bool const goes_on = !spans.empty() && spans[spans.size() - 2] + spans.back() == one.from;
        if (goes_on)
            spans.back() += one.chunk.size;
        else
            spans.insert(spans.end(), {one.from, std::int64_t{one.chunk.size}});
    }
    return request;
}

}  // namespace

Fetcher::Way Fetcher::ask_manifests(Parent const& above, std::vector<std::string> const& contents,
                                    std::vector<chunks::Manifest>& known) {
    auto const answer =
        nodes::ask(site_, above, "/api/v1/node/manifests", core::json::write(ManifestsRequest{contents, false}));
    auto const now = site_.machine.now();
    if ((answer.status == 404 && said(answer) != "nodes.unknown") || answer.status == 405) {  // it knows no chunks yet
        chunks_from_ = now.plus_ms(old_parent_rests_ms);
        return Way::whole_files;
    }
    if (answer.status != 200) return down(answer);
    auto const given = core::json::read<ManifestsAnswer>(answer.body, core::json::UnknownFields::ignore);
    auto const open_key = core::base64_decode(above.open_key);
    if (!given || !open_key) return Way::line_down;
    for (auto const& item : given->items) {
        if (item.state == Giving::later) {
            not_before_[item.sha256] = now.plus_ms(cutting_rests_ms);
            continue;
        }
        auto manifest = item.manifest ? chunks::read_manifest(item.manifest->bytes.value) : std::nullopt;
        bool const right = manifest && manifest->sha256() == item.sha256 &&
                           auth::ed25519::verify(*open_key, chunks::signed_text(item.manifest->bytes.value),
                                                 item.manifest->signature.value);
        if (!right) {
            log::warning("a content is not given", {{"sha256", item.sha256}});
            refuse(item.sha256);
            continue;
        }
        place_.manifests.keep(manifest->content, *item.manifest);
        known.push_back(std::move(*manifest));
    }
    return Way::on;
}

Fetcher::Way Fetcher::down(LineAnswer const& answer) {
    auto const why = answer.problem.empty() ? said(answer) : answer.problem;
    if (why != told_) log::warning("contents cannot be fetched now", {{"status", answer.status}, {"why", why}});
    told_ = why;
    return Way::line_down;
}

/// Whether something else is to be done now: an end, somebody who waits, another limit.
bool Fetcher::interrupted(Batch const& batch, std::stop_token const& stop) {
    if (stop.stop_requested()) return true;
    auto const now = site_.machine.now();
    if (now.ms - looked_at_.ms < looks_every_ms && now.ms >= looked_at_.ms) return false;
    looked_at_ = now;
    if (!batch.at_once) {
        if (limit() != std::optional(batch.bytes_per_second)) return true;
        auto const waits = [&](Wanted const& one) {
            auto const rests = not_before_.find(one.sha256);
            return free_to_go(one) && (rests == not_before_.end() || rests->second <= now) &&
                   !place_.contents.open(one.sha256);
        };
        pressed_ = place_.due_now && std::ranges::any_of(place_.due_now(), waits);
        if (pressed_) return true;
        std::lock_guard const lock(mutex_);
        if (std::ranges::any_of(asked_, waits)) return true;
    }
    return false;
}

/// One of these can be had no more: the parent says which.
Fetcher::Way Fetcher::sort_out(Parent const& above, std::vector<std::string> const& contents) {
    auto const answer =
        nodes::ask(site_, above, "/api/v1/node/manifests", core::json::write(ManifestsRequest{contents, true}));
    auto const given = core::json::read<ManifestsAnswer>(answer.body, core::json::UnknownFields::ignore);
    if (answer.status != 200 || !given) return Way::line_down;
    bool found = false;
    for (auto const& item : given->items) {
        if (item.state == Giving::given) continue;
        refuse(item.sha256);
        found = true;
    }
    if (!found) refuse(contents.front());
    return Way::on;
}

Fetcher::Way Fetcher::stream(Parent const& above, Batch const& batch, std::stop_token const& stop) {
    std::vector<std::string> names;
    for (auto const& one : batch.contents) names.push_back(one.sha256);
    auto const missing = arriving_.missing(names, budget_);
    if (missing.empty()) return Way::on;

    std::string piece;
    std::size_t at = 0;
    std::int64_t crossed = 0, counted = 0;
    bool lied = false;
    chunks::StreamReader reader([&](std::string_view bytes) {
        while (!bytes.empty()) {
            if (at == missing.size()) return false;
            auto const& expected = missing[at];
            auto const part = bytes.substr(0, expected.chunk.size - piece.size());
            piece.append(part);
            bytes.remove_prefix(part.size());
            if (piece.size() < expected.chunk.size) return true;
            lied = chunks::digest_of(piece) != expected.chunk.digest || !arriving_.put(piece);
            if (lied) return false;
            crossed_[expected.sha256] += crossed - std::exchange(counted, crossed);
            piece.clear();
            ++at;
        }
        return true;
    });
    std::exception_ptr failure;  // must not go through libcurl
    Receiving receiving;
    receiving.bytes_per_second = batch.bytes_per_second;
    receiving.take = [&](std::string_view bytes) {
        crossed += static_cast<std::int64_t>(bytes.size());
        try {
            return reader.feed(bytes);
        } catch (...) {
            failure = std::current_exception();
            return false;
        }
    };
    receiving.go_on = [&] { return !interrupted(batch, stop); };
    looked_at_ = site_.machine.now();
    auto const began = std::chrono::steady_clock::now();
    auto const answer = ask_stream(site_, above, *line_, "/api/v1/node/chunks",
                                   core::json::write(question_for(missing, batch.bytes_per_second)), receiving);
    if (failure) std::rethrow_exception(failure);
    auto const took = std::chrono::duration<double>(std::chrono::steady_clock::now() - began).count();
    auto const rate = static_cast<std::int64_t>(static_cast<double>(crossed) / std::max(took, 0.01));
    if (at > 0) {
        told_.clear();
        budget_ = std::clamp(rate * seconds_of_a_stream, least_budget, most_budget);
        std::lock_guard const lock(mutex_);
        progress_.bytes_per_second = rate;
    }
    if (lied) {
        log::error("a chunk is not what the manifest says", {{"sha256", missing[at].sha256}});
        refuse(missing[at].sha256);
        return Way::on;
    }
    if (answer.status == 404) return sort_out(above, names);
    if (at == missing.size() || (answer.status == 200 && !answer.problem.empty() && at > 0)) return Way::on;
    return answer.status == 200 && answer.problem.empty() ? Way::on : down(answer);
}

}  // namespace santong::nodes
