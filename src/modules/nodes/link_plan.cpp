#include "modules/nodes/link_plan.hpp"

#include <algorithm>

namespace santong::nodes {

namespace {

constexpr int day_minutes = 24 * 60;
constexpr std::int64_t plan_minute_ms = 60'000;
constexpr std::int64_t bytes_per_kbit = 125;

bool holds(Window const& window, int minute) {
    if (window.from == window.until) return true;
    if (window.from < window.until) return minute >= window.from && minute < window.until;
    return minute >= window.from || minute < window.until;
}

bool open_at(LinkPlan const& plan, int minute) {
    return plan.windows.empty() ||
           std::ranges::any_of(plan.windows, [&](Window const& one) { return holds(one, minute % day_minutes); });
}

/// Bytes per second inside a window.
std::int64_t full(LinkPlan const& plan) {
    auto const rate = std::max<std::int64_t>(0, plan.rate_kbit);
    return (plan.cap_kbit > 0 ? std::min(plan.cap_kbit, rate) : rate) * bytes_per_kbit;
}

}  // namespace

Opening opening(LinkPlan const& plan, core::Instant now) {
    int const minute = core::Zone{plan.zone_minutes}.minute_of_day(now);
    bool const open = open_at(plan, minute);
    // It can only change at an edge of a window.
    int soonest = 0;
    for (auto const& window : plan.windows) {
        for (int const edge : {window.from, window.until}) {
            int const ahead = ((edge - minute - 1) % day_minutes + day_minutes) % day_minutes + 1;
            if (open_at(plan, minute + ahead) != open && (soonest == 0 || ahead < soonest)) soonest = ahead;
        }
    }
    if (soonest == 0) return {open, now.plus_days(farthest_days)};
    auto const past = (now.ms % plan_minute_ms + plan_minute_ms) % plan_minute_ms;
    return {open, now.plus_ms(soonest * plan_minute_ms - past)};
}

std::int64_t allowance(LinkPlan const& plan, core::Instant now) {
    if (opening(plan, now).open) return full(plan);
    auto const share = std::clamp(plan.day_percent, 0, 100);
    return std::min(full(plan), std::max<std::int64_t>(0, plan.rate_kbit) * bytes_per_kbit * share / 100);
}

std::optional<std::int64_t> pace(LinkPlan const& plan, core::Instant now) {
    // The whole line is what it carries, not what was measured of it.
    if (plan.cap_kbit == 0 && opening(plan, now).open) return 0;
    auto const allowed = allowance(plan, now);
    return allowed > 0 ? std::optional(allowed) : std::nullopt;
}

std::optional<core::Instant> arrival(LinkPlan const& plan, core::Instant from, std::int64_t bytes) {
    if (bytes <= 0) return from;
    auto const rate = full(plan);
    if (rate <= 0) return std::nullopt;
    auto const last = from.plus_days(farthest_days);
    for (auto at = from; at < last;) {
        auto const now = opening(plan, at);
        if (now.open) {
            auto const needs_ms = bytes / rate * 1000 + ((bytes % rate) * 1000 + rate - 1) / rate;
            auto const left_ms = now.changes_at.ms - at.ms;
            if (needs_ms <= left_ms) {
                auto const done = at.plus_ms(needs_ms);
                return done <= last ? std::optional(done) : std::nullopt;
            }
            bytes -= left_ms / 1000 * rate + left_ms % 1000 * rate / 1000;
        }
        at = now.changes_at;
    }
    return std::nullopt;
}

}  // namespace santong::nodes
