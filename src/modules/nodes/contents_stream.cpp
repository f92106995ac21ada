// How a fetcher talks to the parent: manifests of many contents in one question, then one stream of what is missing,
// over bases where something here is like it; what lies here is copied while the line is busy.
#include <algorithm>
#include <chrono>

#include "core/base64.hpp"
#include "core/json.hpp"
#include "modules/nodes/bases.hpp"
#include "modules/nodes/contents_coming.hpp"
#include "modules/nodes/parent_ask.hpp"
#include "platform/auth/ed25519.hpp"
#include "platform/files/storage_error.hpp"
#include "platform/log/log.hpp"

namespace santong::nodes {

namespace {

constexpr std::int64_t cutting_rests_ms = 2'000;
constexpr std::int64_t old_parent_rests_ms = 600'000;
constexpr std::int64_t looks_every_ms = 2'000;
constexpr std::int64_t least_budget = 1 << 20, most_budget = 64 << 20;
constexpr std::int64_t seconds_of_a_stream = 30;
constexpr std::int64_t bases_rest_ms = 600'000;
constexpr std::int64_t copied_between = 1 << 20;

/// What a parent reads that knows nothing of bases.
struct ChunksRequestBefore {
    std::vector<ChunksWanted> contents;
    std::int64_t bytes_per_second = 0;
};
BOOST_DESCRIBE_STRUCT(ChunksRequestBefore, (), (contents, bytes_per_second))

/// What keeps the thread that reads the line busy must not throw through libcurl.
class Caught {
public:
    template <class Work>
    bool run(Work const& work) {
        try {
            return work();
        } catch (...) {
            thrown_ = std::current_exception();
            return false;
        }
    }
    void rethrow() const {
        if (thrown_) std::rethrow_exception(thrown_);
    }

private:
    std::exception_ptr thrown_;
};

std::string text_of(ChunksRequest const& request) {
    if (!request.bases.empty()) return core::json::write(request);
    return core::json::write(ChunksRequestBefore{request.contents, request.bytes_per_second});
}

}  // namespace

std::optional<chunks::Manifest> known_manifest(chunks::KeptManifests& kept, Wanted const& wanted,
                                               chunks::Digest const& digest) {
    if (wanted.size > 0 && wanted.size <= chunks::whole_up_to) return chunks::manifest_of_small(digest, wanted.size);
    auto const found = kept.find(digest);
    return found ? chunks::read_manifest(found->bytes.value) : std::nullopt;
}

std::optional<chunks::Manifest> believed_manifest(std::string const& open_key, ManifestGiven const& item) {
    if (!item.manifest) return std::nullopt;
    auto const& bytes = item.manifest->bytes.value;
    auto manifest = chunks::read_manifest(bytes);
    bool const right = manifest && manifest->sha256() == item.sha256 &&
                       auth::ed25519::verify(open_key, chunks::signed_text(bytes), item.manifest->signature.value);
    return right ? std::move(manifest) : std::nullopt;
}

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
    gives_over_bases_ = std::ranges::find(given->can, can_bases) != given->can.end();
    for (auto const& item : given->items) {
        if (item.state == Giving::later) {
            not_before_[item.sha256] = now.plus_ms(cutting_rests_ms);
            continue;
        }
        auto manifest = believed_manifest(*open_key, item);
        if (!manifest) {
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

/// Whether this may travel now, whatever the line's plan says, and is not here.
bool Fetcher::presses(Wanted const& one) const {
    auto const rests = not_before_.find(one.sha256);
    return free_to_go(one) && (rests == not_before_.end() || rests->second <= site_.machine.now()) &&
           !place_.contents.open(one.sha256);
}

/// Whether somebody waits for what comes before this.
bool Fetcher::somebody_waits(Batch const& batch) const {
    if (batch.at_once) return false;
    std::lock_guard const lock(mutex_);
    return std::ranges::any_of(asked_, [&](Wanted const& one) { return presses(one); });
}

/// Whether something else is to be done now: an end, somebody who waits, another limit.
bool Fetcher::interrupted(Batch const& batch, std::stop_token const& stop) {
    if (stop.stop_requested()) return true;
    auto const now = site_.machine.now();
    if (now.ms - looked_at_.ms < looks_every_ms && now.ms >= looked_at_.ms) return false;
    looked_at_ = now;
    if (batch.at_once) return false;
    if (!batch.nearby && limit() != std::optional(batch.bytes_per_second)) return true;
    pressed_ = place_.due_now && std::ranges::any_of(place_.due_now(), [&](Wanted const& one) { return presses(one); });
    return pressed_ || somebody_waits(batch);
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

/// Whether the parent is to be told of bases. One that has not said what it can is asked.
bool Fetcher::names_bases(Parent const& above) {
    if (site_.machine.now() < bases_from_) return false;
    if (!gives_over_bases_) {
        std::vector<chunks::Manifest> none;
        ask_manifests(above, {}, none);
    }
    return gives_over_bases_.value_or(false);
}

/// The next missing chunks, and what is said of them.
Fetcher::Coming Fetcher::ask_for_missing(Parent const& above, std::vector<Arriving::Missing> missing,
                                         std::int64_t bytes_per_second) {
    auto request = question_for(missing, arriving_);
    request.bytes_per_second = bytes_per_second;
    auto bases = bases_for(request, arriving_, place_.manifests);
    if (!bases.empty() && names_bases(above)) request.bases = std::move(bases);
    return Coming(*this, std::move(missing), std::move(request), crossed_);
}

/// Asks, and takes what comes; what lies here is copied while the line is busy.
LineAnswer Fetcher::receive(Coming& coming, Batch const& batch, std::stop_token const& stop,
                            std::function<LineAnswer(Receiving const&)> const& ask_for) {
    Caught caught;
    Receiving receiving;
    receiving.bytes_per_second = batch.bytes_per_second;
    if (batch.nearby) receiving.patience = patience_nearby;
    receiving.begin = [&](LineAnswer const& answer) {
        caught.run([&] {
            coming.begin(answer);
            return true;
        });
    };
    receiving.take = [&](std::string_view bytes) { return caught.run([&] { return coming.take(bytes); }); };
    receiving.go_on = [&] {
        return caught.run([&] {
            arriving_.copy_some(copied_between);
            if (!interrupted(batch, stop)) return true;
            coming.let_go();
            return false;
        });
    };
    looked_at_ = site_.machine.now();
    auto answer = ask_for(receiving);
    caught.rethrow();
    return answer;
}

Fetcher::Way Fetcher::stream(Parent const& above, Batch const& batch, std::stop_token const& stop) {
    std::vector<std::string> names;
    for (auto const& one : batch.contents) names.push_back(one.sha256);
    auto missing = arriving_.missing(names, budget_);
    if (missing.empty()) return Way::on;

    auto coming = ask_for_missing(above, std::move(missing), batch.bytes_per_second);
    auto const began = std::chrono::steady_clock::now();
    auto const answer = receive(coming, batch, stop, [&](Receiving const& receiving) {
        return ask_stream(site_, above, *line_, "/api/v1/node/chunks", text_of(coming.request()), receiving);
    });
    note_rate(coming, std::chrono::duration<double>(std::chrono::steady_clock::now() - began).count());
    return answer.status == 404 ? sort_out(above, names) : way_of(coming, answer);
}

/// How a stream went.
Fetcher::Way Fetcher::way_of(Coming const& coming, LineAnswer const& answer) {
    bool const refused = answer.status == 400 || answer.status == 422;
    if (coming.wrong_over_bases() || (refused && !coming.request().bases.empty())) {
        log::warning("contents come without bases for a while", {{"status", answer.status}});
        bases_from_ = site_.machine.now().plus_ms(bases_rest_ms);
        return Way::on;
    }
    if (auto const lied = coming.lied()) {
        log::error("a chunk is not what the manifest says", {{"sha256", *lied}});
        refuse(*lied);
        return Way::on;
    }
    if (coming.all() || (answer.status == 200 && !answer.problem.empty() && coming.any())) return Way::on;
    return answer.status == 200 && answer.problem.empty() ? Way::on : down(answer);
}

/// What was seen of the line decides how much is asked for next.
void Fetcher::note_rate(Coming const& coming, double seconds) {
    if (!coming.any()) return;
    auto const rate = static_cast<std::int64_t>(static_cast<double>(coming.crossed()) / std::max(seconds, 0.01));
    told_.clear();
    budget_ = std::clamp(rate * seconds_of_a_stream, least_budget, most_budget);
    std::lock_guard const lock(mutex_);
    progress_.bytes_per_second = rate;
}

/// The rest of what lies here already: it takes nothing of the line.
void Fetcher::copy_rest(Batch const& batch, std::stop_token const& stop) {
    while (!stop.stop_requested() && !somebody_waits(batch) && arriving_.copy_some(copied_between)) {}
}

}  // namespace santong::nodes
