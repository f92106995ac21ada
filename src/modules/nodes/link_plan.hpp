#pragma once
// What a school's line (线路) can carry and what of it big things may take, and when (DESIGN 5). No I/O.
#include <optional>
#include <vector>

#include "core/described.hpp"
#include "core/time.hpp"

namespace santong::nodes {

/// A span of the day in which big things may travel (传输时段), local minutes of the day; until < from goes over
/// midnight, until = from is the whole day.
struct Window {
    std::int32_t from = 22 * 60;
    std::int32_t until = 6 * 60;

    bool operator==(Window const&) const = default;
};
BOOST_DESCRIBE_STRUCT(Window, (), (from, until))

/// What a school's line can and may carry.
struct LinkPlan {
    std::int64_t rate_kbit = 4000;  ///< kbit/s down: measured median, else nominal
    std::int64_t cap_kbit = 0;      ///< kbit/s that pushing may take inside a window; 0 = the whole line
    std::int32_t day_percent = 10;  ///< share of the line that pushing may take outside windows; 0 = nothing
    std::vector<Window> windows;    ///< empty: always
    std::int32_t zone_minutes = 480;
};
BOOST_DESCRIBE_STRUCT(LinkPlan, (), (rate_kbit, cap_kbit, day_percent, windows, zone_minutes))

/// Whether a window stands open, and when that changes; a plan in which it never does says the farthest day it knows.
struct Opening {
    bool open = true;
    core::Instant changes_at;
};
BOOST_DESCRIBE_STRUCT(Opening, (), (open, changes_at))

/// How far ahead plans are thought.
inline constexpr int farthest_days = 60;

/// Whether a window stands open at `now`, and when that changes.
Opening opening(LinkPlan const& plan, core::Instant now);
/// Bytes per second that big things may take at `now`; 0 = nothing may travel. Outside windows never more than inside.
std::int64_t allowance(LinkPlan const& plan, core::Instant now);
/// Bytes per second at which something big may begin now: 0 = as fast as the line; nothing: not now.
std::optional<std::int64_t> pace(LinkPlan const& plan, core::Instant now);
/// When `bytes` will have come that begin at `from`, inside windows and cap only; none if that takes more than 60 days.
std::optional<core::Instant> arrival(LinkPlan const& plan, core::Instant from, std::int64_t bytes);

}  // namespace santong::nodes
