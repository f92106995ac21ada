// A box watches and measures its line while the program serves, and says how it is.
#include <filesystem>

#include "modules/nodes/http_links.hpp"
#include "modules/nodes/line_state.hpp"
#include "modules/nodes/measuring.hpp"
#include "modules/nodes/parent.hpp"
#include "modules/roster/service.hpp"
#include "modules/timetable/service.hpp"
#include "platform/log/log.hpp"
#include "platform/sql/installation.hpp"
#include "server/backup/nightly.hpp"
#include "server/parts.hpp"

namespace santong::server {

namespace {

constexpr std::string_view api = "/api/v1/", node_talk = "/api/v1/node/";
/// When the line was measured last, by the teaching clock; so that a restart does not measure again.
constexpr char const* measured_name = "line_measured_at";

/// What was asked of this place: the talk of nodes is none of it.
nodes::Activity activity_of(http::Metrics const& metrics) {
    nodes::Activity all;
    metrics.each([&](http::Route const& route, int status_class, std::int64_t count) {
        if (!route.path.starts_with(api) || route.path.starts_with(node_talk)) return;
        all.served += count;
        if (status_class == 5) all.failed += count;
        if (status_class != 2 || route.method != http::Method::post) return;
        if (route.path == "/api/v1/session" || route.path == "/api/v1/session/pupil") all.sign_ins += count;
        if (route.path == "/api/v1/class-sessions") all.lessons += count;
    });
    return all;
}

struct DayTime {
    bool school_hour = false;  ///< between the first bell and the last
    bool lesson = false;
};

/// What a moment is in a school's day, by its calendar and its bell.
DayTime day_time(sql::Database& db, nodes::Parent const& above, core::Instant at) {
    return db.read(above.district, [&](sql::Tx& tx) {
        DayTime time;
        auto const zone = roster::district(tx).zone();
        auto const day = zone.date_of(at);
        auto const minute = zone.minute_of_day(at);
        if (timetable::school_days(tx, above.org_id, day, day).empty()) return time;
        auto const bell = timetable::bell(tx, above.org_id, day);
        if (bell.empty()) return time;
        int first = bell.front().start_minute, last = bell.front().end_minute;
        for (auto const& period : bell) {
            first = std::min(first, period.start_minute);
            last = std::max(last, period.end_minute);
            time.lesson = time.lesson || (minute >= period.start_minute && minute < period.end_minute);
        }
        time.school_hour = minute >= first && minute < last;
        return time;
    });
}

/// Since when this process runs; the machine's own clock.
core::Instant const started = core::system_now();

nodes::NodeHealth health_of(Application::Parts& parts) {
    nodes::NodeHealth health;
    health.uptime_s = (machine_clock().now().ms - started.ms) / 1000;
    std::error_code unknown;
    auto const space = std::filesystem::space(parts.place.data, unknown);
    if (!unknown) health.disk_total = static_cast<std::int64_t>(space.capacity);
    auto const database = std::filesystem::path(parts.place.data) / "santong.db";
    auto const size = std::filesystem::file_size(database, unknown);
    if (!unknown) health.data_bytes = static_cast<std::int64_t>(size);
    auto const backup = backup::nightly_status(*parts.db);
    health.backup_at = backup.last_at;
    health.backup_fault = backup.fault;
    auto const backup_size = parts.db->read(0, [](sql::Tx& tx) { return sql::installation_value(tx, "backup_bytes"); });
    if (backup_size) health.backup_bytes = std::stoll(*backup_size);
    return health;
}

}  // namespace

void Application::Parts::watch_line() {
    auto const above = nodes::parent(*db);
    if (!above) return;
    nodes::Surroundings around;
    around.activity = [this] { return server ? activity_of(server->metrics()) : nodes::Activity{}; };
    around.school_hour = [this, known = *above](core::Instant at) { return day_time(*db, known, at).school_hour; };
    watch = std::make_unique<nodes::LineWatch>(node_site(), above->district, above->org_id, around);
}

void Application::Parts::register_link_pages() {
    nodes::LinePages pages{node_site(), files, watch.get(), {}};
    if (has_parent) {
        pages.measure_now = [this] {
            std::lock_guard const lock(measuring_wish.mutex);
            measuring_wish.asked = true;
            measuring_wish.changed.notify_one();
        };
    }
    nodes::register_link_routes(router, pages);
}

void Application::Parts::keep_measuring(std::stop_token const& stop) {
    auto const above = nodes::parent(*db);
    if (!above) return;
    auto const measured_at = db->read(0, [](sql::Tx& tx) { return sql::installation_value(tx, measured_name); });
    auto last = measured_at ? core::Instant{std::stoll(*measured_at)} : core::Instant{};
    // Until the place has everything that is waiting for it, it has no bell and no calendar; then it speaks at once.
    constexpr std::chrono::seconds until_settled{2};
    std::chrono::seconds const usual{serving.node.health_seconds};
    auto pause = std::min(until_settled, usual);
    while (!stop.stop_requested()) {
        bool by_hand = false;
        {
            std::unique_lock lock(measuring_wish.mutex);
            measuring_wish.changed.wait_for(lock, stop, pause, [this] { return measuring_wish.asked; });
            by_hand = std::exchange(measuring_wish.asked, false);
        }
        if (stop.stop_requested() || !watch->state().online || !nodes::settled(*db, above->district)) continue;
        pause = usual;
        try {
            if (auto const answer = nodes::tell_health(node_site(), *above, health_of(*this)))
                by_hand = by_hand || answer->probe_now;
            auto const now = clock->now();
            auto const zone = db->read(above->district, [](sql::Tx& tx) { return roster::district(tx).zone(); });
            if (!by_hand && !nodes::probe_due(above->org_id, zone, last, now)) continue;
            nodes::MeasureWish wish;
            if (by_hand) {
                wish.source = nodes::ProbeSource::hand;
                wish.most_bytes = 8 << 20;
            }
            if (day_time(*db, *above, now).lesson) {
                auto const plan =
                    db->read(above->district, [&](sql::Tx& tx) { return nodes::link_plan(tx, above->org_id); });
                wish.most_bytes = nodes::lesson_bytes(plan.rate_kbit);
            }
            auto const probe = nodes::measure(node_site(), *above, wish);
            last = now;
            db->transact(above->district, [&](sql::Tx& tx) { nodes::keep_probe(tx, probe); });
            db->transact(0,
                         [&](sql::Tx& tx) { sql::set_installation_value(tx, measured_name, std::to_string(now.ms)); });
        } catch (std::exception const& error) {
            log::error("measuring the line failed", {{"why", error.what()}});
        }
    }
}

}  // namespace santong::server
