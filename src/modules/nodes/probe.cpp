#include "modules/nodes/probe.hpp"

#include <algorithm>

namespace santong::nodes {

namespace {

constexpr int daytime_from = 8 * 60, daytime_until = 18 * 60;

template <class T>
std::optional<std::int32_t> narrow(std::optional<T> const& value) {
    if (!value) return std::nullopt;
    return static_cast<std::int32_t>(*value);
}

}  // namespace

std::optional<std::int64_t> percentile(std::vector<std::int64_t> values, int percent) {
    if (values.empty()) return std::nullopt;
    auto const rank = (values.size() * static_cast<std::size_t>(percent) + 99) / 100;
    auto const at = values.begin() + static_cast<std::ptrdiff_t>(rank == 0 ? 0 : rank - 1);
    std::nth_element(values.begin(), at, values.end());
    return *at;
}

ProbeDay day_of(std::vector<Probe> const& probes, core::Zone zone) {
    ProbeDay day;
    if (probes.empty()) return day;
    day.org_id = probes.front().org_id;
    day.day = zone.date_of(probes.front().measured_at);
    day.kind = kind_of(probes.front().source);
    day.samples = static_cast<std::int32_t>(probes.size());
    std::vector<std::int64_t> down, daytime, up, latency;
    std::int64_t lost = 0, loss_samples = 0;
    for (auto const& one : probes) {
        auto const minute = zone.minute_of_day(one.measured_at);
        if (one.down_kbit) down.push_back(*one.down_kbit);
        if (one.down_kbit && minute >= daytime_from && minute < daytime_until) daytime.push_back(*one.down_kbit);
        if (one.up_kbit) up.push_back(*one.up_kbit);
        if (one.latency_ms) latency.push_back(*one.latency_ms);
        if (one.loss_permille) {
            lost += *one.loss_permille;
            ++loss_samples;
        }
        if (one.ipv6) day.ipv6 = day.ipv6.value_or(false) || *one.ipv6;
    }
    day.down_p50 = percentile(down, 50);
    day.down_p10 = percentile(down, 10);
    day.daytime_p50 = percentile(daytime, 50);
    day.up_p50 = percentile(up, 50);
    day.up_p10 = percentile(up, 10);
    day.latency_p50 = narrow(percentile(latency, 50));
    if (loss_samples > 0) day.loss_permille = static_cast<std::int32_t>(lost / loss_samples);
    return day;
}

std::optional<std::int64_t> usual_rate(std::vector<ProbeDay> const& days, bool daytime) {
    std::vector<std::int64_t> rates;
    for (auto const& one : days) {
        auto const& rate = daytime ? one.daytime_p50 : one.down_p50;
        if (rate) rates.push_back(*rate);
    }
    return percentile(std::move(rates), 50);
}

}  // namespace santong::nodes
