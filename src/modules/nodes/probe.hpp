#pragma once
// Measurements of lines (测速) and what a day of them says; times at which a line was down. No I/O.
#include <optional>
#include <string>
#include <vector>

#include "core/described.hpp"

namespace santong::nodes {

using ProbeId = core::Id<struct ProbeTag>;
using OutageId = core::Id<struct OutageTag>;

/// Who measured: the school's box by itself or because somebody asked, a browser of the school, or nobody (the demo's
/// figures are made up and say so).
enum class ProbeSource : int { schedule, hand, browser, demo };
BOOST_DESCRIBE_ENUM(ProbeSource, schedule, hand, browser, demo)

/// One measurement between a school and its parent. What was not measured is absent.
struct Probe {
    ProbeId id;
    core::OrgId org_id;
    core::Instant measured_at;
    ProbeSource source = ProbeSource::schedule;
    std::optional<std::int64_t> down_kbit;
    std::optional<std::int64_t> up_kbit;
    std::optional<std::int32_t> latency_ms;          ///< there and back
    std::optional<std::int32_t> loss_permille;       ///< of the packets that went up, those sent again
    std::optional<std::int32_t> down_loss_permille;  ///< of those that came down, as the parent counts
    std::optional<bool> ipv4;                        ///< whether the parent is reached that way
    std::optional<bool> ipv6;
    std::int64_t bytes = 0;  ///< what the measurement itself took of the line
};
BOOST_DESCRIBE_STRUCT(Probe, (),
                      (id, org_id, measured_at, source, down_kbit, up_kbit, latency_ms, loss_permille,
                       down_loss_permille, ipv4, ipv6, bytes))

/// What a day is made of: measurements of a box, or of browsers. The two are never mixed.
enum class ProbeKind : int { line, browser };
BOOST_DESCRIBE_ENUM(ProbeKind, line, browser)

inline ProbeKind kind_of(ProbeSource source) {
    return source == ProbeSource::browser ? ProbeKind::browser : ProbeKind::line;
}

/// The median and the slow tenth of a day.
struct ProbeDay {
    core::OrgId org_id;
    core::LocalDate day;
    ProbeKind kind = ProbeKind::line;
    std::int32_t samples = 0;
    std::optional<std::int64_t> down_p50;
    std::optional<std::int64_t> down_p10;
    std::optional<std::int64_t> daytime_p50;  ///< of 8:00 to 18:00 only
    std::optional<std::int64_t> up_p50;
    std::optional<std::int64_t> up_p10;
    std::optional<std::int32_t> latency_p50;
    std::optional<std::int32_t> loss_permille;  ///< mean
    std::optional<bool> ipv6;                   ///< reached by it at least once
};
BOOST_DESCRIBE_STRUCT(ProbeDay, (),
                      (org_id, day, kind, samples, down_p50, down_p10, daytime_p50, up_p50, up_p10, latency_p50,
                       loss_permille, ipv6))

/// The value below which `percent` of the values lie (nearest rank); none of none.
std::optional<std::int64_t> percentile(std::vector<std::int64_t> values, int percent);
/// All probes must be of one school, day and kind.
ProbeDay day_of(std::vector<Probe> const& probes, core::Zone zone);
/// Median of the last days' medians: what planning and indicators take for the line's rate.
std::optional<std::int64_t> usual_rate(std::vector<ProbeDay> const& days, bool daytime = false);

/// A time in which the line to the parent was down; without an end it still is.
struct Outage {
    OutageId id;
    core::OrgId org_id;
    core::Instant from_at;
    std::optional<core::Instant> until_at;
};
BOOST_DESCRIBE_STRUCT(Outage, (), (id, org_id, from_at, until_at))

/// What a school did in one clock hour of an outage.
struct OutageHour {
    OutageId outage_id;
    core::Instant hour_at;          ///< when the hour begins
    std::int32_t down_minutes = 0;  ///< of it without the line
    bool school = false;            ///< an hour of a school day
    std::int64_t served = 0;        ///< requests that the box answered meanwhile
    std::int64_t failed = 0;        ///< of these with a fault of the server (5xx)
    std::int64_t sign_ins = 0;
    std::int64_t lessons = 0;  ///< class sessions begun

    /// Nobody asked for anything: it proves nothing.
    bool observed() const { return served > 0; }
    bool worked() const { return served > 0 && failed == 0; }
};
BOOST_DESCRIBE_STRUCT(OutageHour, (), (outage_id, hour_at, down_minutes, school, served, failed, sign_ins, lessons))

}  // namespace santong::nodes
