#pragma once
// Figures of this process as Prometheus reads them.
#include <array>
#include <atomic>
#include <chrono>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

namespace santong::http {

struct Route;

/// Counts requests; other parts add gauges of their own. Thread-safe.
class Metrics {
public:
    /// One finished request. `route` is null where none was found.
    void request(Route const* route, int status, std::chrono::microseconds took);
    /// Adds a gauge that is asked at each scrape, such as "santong_jobs_waiting". Add them before the server starts
    /// or while it runs; the function must be quick and must not throw.
    void gauge(std::string name, std::string help, std::function<double()> value);
    /// How many requests a route has answered with a class of status (5 = 5xx), for each route that has answered any.
    void each(std::function<void(Route const& route, int status_class, std::int64_t count)> const& visit) const;
    /// The text exposition format, version 0.0.4.
    std::string text() const;

    std::atomic<std::int64_t> connections{0};
    std::atomic<std::int64_t> waiting{0};  ///< requests in the queue of the workers
    std::atomic<std::int64_t> event_streams{0};
    std::atomic<std::int64_t> body_bytes{0};  ///< of bodies held in memory now

private:
    static constexpr std::array<int, 12> bounds_ms = {1, 2, 5, 10, 25, 50, 100, 250, 500, 1'000, 2'500, 10'000};
    struct Figures {
        std::array<std::atomic<std::int64_t>, 6> by_class{};  ///< 1xx … 5xx at 1 … 5
        std::array<std::atomic<std::int64_t>, bounds_ms.size() + 1> buckets{};
        std::atomic<std::int64_t> total_us{0};
    };
    struct Gauge {
        std::string name;
        std::string help;
        std::function<double()> value;
    };
    Figures& figures_of(Route const* route);
    void write_requests(std::string& out) const;
    void write_durations(std::string& out) const;

    mutable std::mutex mutex_;
    std::map<Route const*, std::unique_ptr<Figures>> by_route_;
    std::vector<Gauge> gauges_;
};

}  // namespace santong::http
