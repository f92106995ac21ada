#include "modules/nodes/contents.hpp"

#include <algorithm>
#include <chrono>

#include "modules/nodes/contents_coming.hpp"
#include "modules/nodes/parent_ask.hpp"
#include "platform/files/storage_error.hpp"
#include "platform/log/log.hpp"

namespace santong::nodes {

namespace {

constexpr std::size_t most_together = 256;
constexpr std::int64_t refused_rests_ms = 600'000;
constexpr std::int64_t full_disk_rests_ms = 60'000;
constexpr auto longest_round = std::chrono::seconds(30);

}  // namespace

Fetcher::Fetcher(Site site, FetcherPlace place)
    : site_(std::move(site)), place_(std::move(place)), arriving_(place_.contents, place_.manifests, place_.folder) {
    arriving_.clear_old();
}

Fetcher::~Fetcher() = default;

void Fetcher::ask(Wanted const& wanted) {
    std::lock_guard const lock(mutex_);
    auto const same = [&](Wanted const& other) { return other.sha256 == wanted.sha256; };
    if (std::ranges::any_of(asked_, same)) return;
    // Small things first: nobody waits for a slide behind a film.
    auto const place = std::ranges::find_if(asked_, [&](Wanted const& other) { return other.size > wanted.size; });
    asked_.insert(place, wanted)->urgency = Urgency::waited_for;
}

std::size_t Fetcher::waiting() const {
    std::lock_guard const lock(mutex_);
    return asked_.size();
}

Progress Fetcher::progress() const {
    std::lock_guard const lock(mutex_);
    return progress_;
}

bool Fetcher::free_to_go(Wanted const& wanted) const {
    return wanted.urgency == Urgency::now || (wanted.urgency == Urgency::waited_for && wanted.size <= at_once_up_to);
}

/// What is not here and may be tried now, in order; what is here is waited for no longer.
std::vector<Wanted> Fetcher::open_list() {
    std::vector<Wanted> open;
    std::set<std::string> listed;
    auto const now = site_.machine.now();
    Progress seen;
    auto const look = [&](Wanted const& wanted) {
        bool const here = place_.contents.open(wanted.sha256).has_value();
        if (!listed.insert(wanted.sha256).second) return here;
        seen.bytes_total += wanted.size;
        seen.bytes_done += here ? wanted.size : arriving_.bytes_of(wanted.sha256);
        seen.contents_left += here ? 0 : 1;
        auto const rests = not_before_.find(wanted.sha256);
        if (!here && (rests == not_before_.end() || rests->second <= now)) open.push_back(wanted);
        return here;
    };
    std::lock_guard const lock(mutex_);
    std::erase_if(asked_, look);
    for (auto const& wanted : due_) look(wanted);
    seen.bytes_per_second = progress_.bytes_per_second;
    progress_ = seen;
    return open;
}

/// Bytes per second that big things may take now, 0 = as fast as the line; nothing: they may not travel.
std::optional<std::int64_t> Fetcher::limit() const {
    return place_.plan ? pace(place_.plan(), site_.machine.now()) : 0;
}

/// Takes as much as goes together, what must not wait alone.
void Fetcher::fill(Batch& batch, std::vector<Wanted> const& open, std::int64_t most_bytes) const {
    std::int64_t bytes = 0;
    for (auto const& one : open) {
        if (batch.at_once && !free_to_go(one)) continue;
        if (bytes >= most_bytes || batch.contents.size() == most_together) break;
        batch.contents.push_back(one);
        bytes += one.size;
    }
}

Fetcher::Batch Fetcher::choose(std::vector<Wanted> const& open) {
    Batch batch;
    batch.at_once = std::ranges::any_of(open, [&](Wanted const& one) { return free_to_go(one); });
    if (!batch.at_once && !open.empty()) {
        auto const may = limit();
        if (!may) {
            std::lock_guard const lock(mutex_);
            progress_.pausing = true;
            return batch;
        }
        batch.bytes_per_second = *may;
    }
    fill(batch, open, budget_);
    return batch;
}

int Fetcher::fetch(Parent const& above, std::vector<Wanted> const& due, std::stop_token const& stop) {
    if (!due.empty()) take_list(due);
    came_ = 0;
    pressed_ = false;
    if (site_.machine.now() < rests_until_) return 0;
    line_ = std::make_unique<KeptLine>();
    auto const end = std::chrono::steady_clock::now() + longest_round;
    try {
        while (!stop.stop_requested() && std::chrono::steady_clock::now() < end) {
            auto const open = open_list();
            bool const presses_now = std::ranges::any_of(open, [&](Wanted const& one) { return free_to_go(one); });
            if (!ask_neighbours(above, open, stop)) {
                auto const batch = choose(open);
                if (batch.contents.empty() || bring(above, batch, stop) == Way::line_down) break;
            }
            if (pressed_ || (presses_now && came_ > 0)) break;
        }
    } catch (files::StorageError const& error) {
        log::error("what arrives cannot be kept", {{"why", error.what()}});
        rests_until_ = site_.machine.now().plus_ms(full_disk_rests_ms);
    }
    line_.reset();
    if (came_ > 0) open_list();
    return came_;
}

/// What is due no longer is let go; what came of it stays on the disk for a month.
void Fetcher::take_list(std::vector<Wanted> const& due) {
    due_ = due;
    std::set<std::string> listed;
    for (auto const& one : due_) listed.insert(one.sha256);
    {
        std::lock_guard const lock(mutex_);
        for (auto const& one : asked_) listed.insert(one.sha256);
    }
    for (auto const& sha256 : arriving_.begun())
        if (!listed.contains(sha256)) arriving_.leave(sha256);
}

Fetcher::Way Fetcher::bring(Parent const& above, Batch const& batch, std::stop_token const& stop) {
    auto way = site_.machine.now() < chunks_from_ ? Way::whole_files : begin_all(above, batch);
    if (way == Way::whole_files) return bring_whole_file(above, batch.contents.front(), batch.bytes_per_second);
    if (way != Way::on) return way;
    for (auto const& one : batch.contents) finish(one.sha256);
    way = stream(above, batch, stop);
    copy_rest(batch, stop);
    for (auto const& one : batch.contents) finish(one.sha256);
    return way;
}

/// Makes the manifests known, and finds what of these contents lies here already.
Fetcher::Way Fetcher::begin_all(Parent const& above, Batch const& batch) {
    std::vector<chunks::Manifest> known;
    std::vector<std::string> to_ask;
    for (auto const& one : batch.contents) {
        if (arriving_.has_begun(one.sha256)) continue;
        auto const digest = chunks::digest_from(one.sha256);
        if (!digest) {
            refuse(one.sha256);
        } else if (auto manifest = known_manifest(place_.manifests, one, *digest)) {
            known.push_back(std::move(*manifest));
        } else {
            to_ask.push_back(one.sha256);
        }
    }
    auto const way = to_ask.empty() ? Way::on : ask_manifests(above, to_ask, known);
    arriving_.begin(known);
    return way;
}

void Fetcher::refuse(std::string const& sha256) {
    not_before_[sha256] = site_.machine.now().plus_ms(refused_rests_ms);
    arriving_.leave(sha256);
    crossed_.erase(sha256);
    given_near_.erase(sha256);
    std::lock_guard const lock(mutex_);
    std::erase_if(asked_, [&](Wanted const& one) { return one.sha256 == sha256; });
}

void Fetcher::came(std::string const& sha256) {
    ++came_;
    // Small ones that travel in one block with others are counted with the first of them: who gave it is known anyway.
    bool const near_alone = given_near_.contains(sha256) && !crossed_.contains(sha256);
    CameBy const by{crossed_[sha256], given_near_[sha256], near_alone ? "neighbour" : "line"};
    crossed_.erase(sha256);
    given_near_.erase(sha256);
    log::info("a content came",
              {{"sha256", sha256}, {"bytes_on_the_line", by.line_bytes}, {"bytes_of_neighbours", by.near_bytes}});
    if (place_.arrived) place_.arrived(sha256, by);
}

void Fetcher::finish(std::string const& sha256) {
    switch (arriving_.finish(sha256)) {
        case Arriving::Outcome::whole: came(sha256); break;
        case Arriving::Outcome::not_yet: break;
        case Arriving::Outcome::broken:
            log::error("a content came whole and is another one", {{"sha256", sha256}});
            refuse(sha256);
    }
}

/// From a parent of an earlier version: the whole file, from the byte where it was cut.
Fetcher::Way Fetcher::bring_whole_file(Parent const& above, Wanted const& wanted, std::int64_t bytes_per_second) {
    auto const part = place_.folder / (wanted.sha256 + ".part");
    auto const answer =
        fetch_to(site_, above, "/api/v1/node/contents/" + wanted.sha256, part.string(), bytes_per_second);
    if (answer.status == 0) return Way::line_down;  // what came stays; the next time goes on behind it
    bool const refused = answer.status != 200 && answer.status != 206 && answer.status != 416;
    bool const whole = !refused && place_.contents.adopt(part).sha256 == wanted.sha256;
    std::error_code gone;
    if (whole || refused || answer.status == 416) std::filesystem::remove(part, gone);
    if (whole) {
        crossed_[wanted.sha256] = wanted.size;
        came(wanted.sha256);
    } else {
        log::warning("a content did not come", {{"sha256", wanted.sha256}, {"status", answer.status}});
        std::filesystem::remove(part, gone);
        refuse(wanted.sha256);
    }
    return Way::on;
}

}  // namespace santong::nodes
