#include "platform/http/metrics.hpp"

#include <fmt/format.h>
#include <sys/resource.h>
#include <unistd.h>

#include <cstdio>

#include "platform/http/router.hpp"
#include "platform/sql/database.hpp"

namespace santong::http {

namespace {

double resident_bytes() {
    long pages = 0;
    if (auto* file = std::fopen("/proc/self/statm", "re")) {
        if (std::fscanf(file, "%*d %ld", &pages) != 1) pages = 0;
        std::fclose(file);
    }
    return static_cast<double>(pages) * static_cast<double>(sysconf(_SC_PAGESIZE));
}

double cpu_seconds() {
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    auto seconds = [](timeval const& t) {
        return static_cast<double>(t.tv_sec) + static_cast<double>(t.tv_usec) / 1e6;
    };
    return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

void header(std::string& out, std::string_view name, std::string_view type, std::string_view help) {
    fmt::format_to(std::back_inserter(out), "# HELP {} {}\n# TYPE {} {}\n", name, help, name, type);
}

void single(std::string& out, std::string_view name, std::string_view type, std::string_view help, double value) {
    header(out, name, type, help);
    fmt::format_to(std::back_inserter(out), "{} {}\n", name, value);
}

std::string labels(Route const* route) {
    if (!route) return R"(method="",route="")";
    return fmt::format(R"(method="{}",route="{}")", method_name(route->method), route->path);
}

void write_statements(std::string& out) {
    auto const figures = sql::Database::statement_figures();
    header(out, "santong_statements_total", "counter", "SQL statements run, by the function that runs them");
    for (auto const& figure : figures)
        fmt::format_to(std::back_inserter(out), "santong_statements_total{{statement=\"{}\"}} {}\n", figure.name,
                       figure.count);
    header(out, "santong_statement_seconds_total", "counter", "Time spent in SQL statements");
    for (auto const& figure : figures)
        fmt::format_to(std::back_inserter(out), "santong_statement_seconds_total{{statement=\"{}\"}} {}\n", figure.name,
                       static_cast<double>(figure.total_us) / 1e6);
}

}  // namespace

Metrics::Figures& Metrics::figures_of(Route const* route) {
    std::lock_guard lock(mutex_);
    auto& slot = by_route_[route];
    if (!slot) slot = std::make_unique<Figures>();
    return *slot;
}

void Metrics::request(Route const* route, int status, std::chrono::microseconds took) {
    auto& figures = figures_of(route);
    figures.by_class[static_cast<std::size_t>(std::clamp(status / 100, 1, 5))].fetch_add(1, std::memory_order_relaxed);
    std::size_t bucket = 0;
    while (bucket < bounds_ms.size() && took.count() > bounds_ms[bucket] * 1'000LL) ++bucket;
    figures.buckets[bucket].fetch_add(1, std::memory_order_relaxed);
    figures.total_us.fetch_add(took.count(), std::memory_order_relaxed);
}

void Metrics::gauge(std::string name, std::string help, std::function<double()> value) {
    std::lock_guard lock(mutex_);
    gauges_.push_back({std::move(name), std::move(help), std::move(value)});
}

void Metrics::each(std::function<void(Route const& route, int status_class, std::int64_t count)> const& visit) const {
    std::lock_guard lock(mutex_);
    for (auto const& [route, figures] : by_route_) {
        if (route == nullptr) continue;
        for (std::size_t i = 1; i < figures->by_class.size(); ++i) {
            auto const count = figures->by_class[i].load(std::memory_order_relaxed);
            if (count > 0) visit(*route, static_cast<int>(i), count);
        }
    }
}

void Metrics::write_requests(std::string& out) const {
    header(out, "santong_requests_total", "counter", "Requests answered, by route and class of status");
    for (auto const& [route, figures] : by_route_) {
        for (std::size_t i = 1; i < figures->by_class.size(); ++i) {
            auto const count = figures->by_class[i].load(std::memory_order_relaxed);
            if (count == 0) continue;
            fmt::format_to(std::back_inserter(out), "santong_requests_total{{{},status=\"{}xx\"}} {}\n", labels(route),
                           i, count);
        }
    }
}

void Metrics::write_durations(std::string& out) const {
    header(out, "santong_request_seconds", "histogram", "Time from the end of the request's header to its answer");
    for (auto const& [route, figures] : by_route_) {
        std::int64_t below = 0;
        auto const of = labels(route);
        for (std::size_t i = 0; i < bounds_ms.size(); ++i) {
            below += figures->buckets[i].load(std::memory_order_relaxed);
            fmt::format_to(std::back_inserter(out), "santong_request_seconds_bucket{{{},le=\"{}\"}} {}\n", of,
                           bounds_ms[i] / 1e3, below);
        }
        below += figures->buckets.back().load(std::memory_order_relaxed);
        fmt::format_to(
            std::back_inserter(out),
            "santong_request_seconds_bucket{{{0},le=\"+Inf\"}} {1}\nsantong_request_seconds_count{{{0}}} {1}\n"
            "santong_request_seconds_sum{{{0}}} {2}\n",
            of, below, static_cast<double>(figures->total_us.load(std::memory_order_relaxed)) / 1e6);
    }
}

std::string Metrics::text() const {
    std::string out;
    std::lock_guard lock(mutex_);
    write_requests(out);
    write_durations(out);
    auto number = [](auto const& atomic) { return static_cast<double>(atomic.load(std::memory_order_relaxed)); };
    single(out, "santong_connections", "gauge", "Open connections", number(connections));
    single(out, "santong_queue_length", "gauge", "Requests waiting for a worker", number(waiting));
    single(out, "santong_event_streams", "gauge", "Open streams of server-sent events", number(event_streams));
    single(out, "santong_body_bytes", "gauge", "Bytes of request bodies in memory", number(body_bytes));
    single(out, "process_resident_memory_bytes", "gauge", "Resident memory", resident_bytes());
    single(out, "process_cpu_seconds_total", "counter", "User and system time", cpu_seconds());
    for (auto const& gauge : gauges_) single(out, gauge.name, "gauge", gauge.help, gauge.value());
    write_statements(out);
    return out;
}

}  // namespace santong::http
