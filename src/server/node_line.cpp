// Talking to the parent while the program serves.
#include <algorithm>
#include <condition_variable>

#include "modules/nodes/audit_anchors.hpp"
#include "modules/nodes/contents_up.hpp"
#include "modules/nodes/links.hpp"
#include "modules/nodes/neighbours.hpp"
#include "modules/nodes/parent.hpp"
#include "modules/push/sync.hpp"
#include "modules/resources/sync.hpp"
#include "platform/log/log.hpp"
#include "server/parts.hpp"
#include "server/version.hpp"

namespace santong::server {

namespace {

/// Wakes the line when something was written.
struct Wake {
    std::mutex mutex;
    std::condition_variable_any changed;
    bool asked = false;

    void ask() {
        std::lock_guard const lock(mutex);
        asked = true;
        changed.notify_one();
    }
    void wait(std::stop_token const& stop, std::chrono::milliseconds most, bool heed) {
        std::unique_lock lock(mutex);
        changed.wait_for(lock, stop, most, [&] { return heed && asked; });
        asked = false;
    }
};

}  // namespace

nodes::Site Application::Parts::node_site() {
    return {*db, machine_clock(), *clock, shapes, place.keys_folder(), version_text, demo};
}

void Application::Parts::keep_talking(std::stop_token const& stop) {
    using std::chrono::milliseconds;
    constexpr milliseconds usual{2'000};
    milliseconds const longest{std::int64_t{serving.node.retry_seconds} * 1'000};
    auto const above = nodes::parent(*db);
    if (!above) return;
    auto const wake = std::make_shared<Wake>();
    feed::on_commit([weak = std::weak_ptr<Wake>(wake)](core::DistrictId) {
        if (auto const known = weak.lock()) known->ask();
    });
    auto pause = usual;
    std::string told;
    while (!stop.stop_requested()) {
        auto const round = nodes::talk(node_site(), *above);
        if (watch) watch->note(round.reached);
        if (round.problem != told) {
            told = round.problem;
            if (told.empty())
                log::info("the line to the parent stands", {{"parent", above->url}});
            else
                log::warning("the parent cannot be talked to", {{"parent", above->url}, {"why", told}});
        }
        bool const well = round.problem.empty();
        if (well && !round.more && nodes::settled(*db, above->district)) start_pump();
        pause = well ? usual : std::min(longest, pause * 2);
        if (!round.more) wake->wait(stop, pause, well);
    }
}

std::unique_ptr<nodes::Fetcher> Application::Parts::make_fetcher() {
    auto const above = nodes::parent(*db).value();
    nodes::FetcherPlace fetching{contents, manifests, std::filesystem::path(place.data) / "arriving", {}, {}};
    fetching.plan = [this, above] {
        return db->read(above.district, [&](sql::Tx& tx) { return nodes::link_plan(tx, above.org_id); });
    };
    fetching.due_now = [this, above] {
        return db->read(above.district, [&](sql::Tx& tx) { return push::contents_due(tx, clock->now()); });
    };
    fetching.arrived = [this, above](std::string const& sha256, nodes::CameBy const& by) {
        push::note_arrived(*db, above.district, {sha256, by.line_bytes, by.way, by.near_bytes}, clock->now());
    };
    fetching.neighbours = [this, above] { return nodes::neighbours_here(*db, above); };
    return std::make_unique<nodes::Fetcher>(node_site(), std::move(fetching));
}

push::Desk Application::Parts::push_desk() {
    push::Desk desk{*db, *clock, &contents, has_parent};
    if (fetcher) desk.ask = [this](nodes::Wanted const& wanted) { fetcher->ask(wanted); };
    return desk;
}

push::PackDesk Application::Parts::pack_desk() {
    return {push_desk(), {node_site(), contents, manifests, place.data, nodes::parent(*db)}, files, jobs};
}

std::vector<nodes::Wanted> Application::Parts::contents_due(core::DistrictId id) {
    return db->read(id, [&](sql::Tx& tx) {
        auto due = push::contents_due(tx, clock->now());
        // What nobody ordered comes only where the quota leaves room: it would go again.
        auto left = room.load();
        for (auto const& one : resources::contents_due(tx)) {
            if (!contents.open(one.sha256)) left -= one.size;
            if (left < 0) break;
            due.push_back({one.sha256, one.size, nodes::Urgency::later});
        }
        return due;
    });
}

void Application::Parts::keep_fetching(std::stop_token const& stop) {
    auto const above = nodes::parent(*db);
    if (!above) return;
    constexpr std::chrono::seconds looks_every{5};
    std::mutex mutex;
    std::condition_variable_any wake;
    auto looked_at = std::chrono::steady_clock::time_point{};
    while (!stop.stop_requested()) {
        int came = 0;
        try {
            std::vector<nodes::Wanted> due;
            auto const now = std::chrono::steady_clock::now();
            bool const looks = now - looked_at >= looks_every || fetcher->pressed();
            if (looks) due = contents_due(above->district);
            came = fetcher->fetch(*above, due, stop);
            if (looks) looked_at = now;
            if (looks || came > 0) push::look(*db, above->district, contents, clock->now());
        } catch (std::exception const& error) {
            log::error("fetching failed", {{"why", error.what()}});
        }
        if (came > 0 || fetcher->pressed()) continue;
        std::unique_lock lock(mutex);
        wake.wait_for(lock, stop, std::chrono::seconds(1), [] { return false; });
    }
}

void Application::Parts::keep_telling(std::stop_token const& stop) {
    auto const above = nodes::parent(*db);
    if (!above) return;
    constexpr std::chrono::seconds pause{2};
    constexpr int rounds_of_anchor = 150;  // five minutes
    std::mutex mutex;
    std::condition_variable_any wake;
    std::int64_t anchored = 0;
    nodes::Upward upward{contents};
    upward.plan = [&] {
        return db->read(above->district, [&](sql::Tx& tx) { return nodes::link_plan_up(tx, above->org_id); });
    };
    upward.entries_wait = [this] { return nodes::waiting_up(node_site()) > 0; };
    nodes::Sender sender(node_site(), std::move(upward));
    for (int round = 0; !stop.stop_requested(); ++round) {
        bool more = false;
        try {
            more = sender.round(*above, stop).more;
            if (round % rounds_of_anchor == rounds_of_anchor / 10)
                anchored = nodes::tell_anchor(node_site(), *above, anchored);
        } catch (std::exception const& error) {
            log::error("telling the parent failed", {{"why", error.what()}});
        }
        if (more) continue;
        std::unique_lock lock(mutex);
        wake.wait_for(lock, stop, pause, [] { return false; });
    }
}

}  // namespace santong::server
