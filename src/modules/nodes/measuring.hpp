#pragma once
// A box measures its line to the parent (测速): a few round trips, a download and an upload of a few megabytes at most.
#include "modules/nodes/domain.hpp"
#include "modules/nodes/probe.hpp"

namespace santong::nodes {

struct Site;

/// How much of the line a measurement may take, each way.
struct MeasureWish {
    ProbeSource source = ProbeSource::schedule;
    std::int64_t most_bytes = 4 << 20;
    bool rates = true;  ///< false: round trips only
};

/// Measures; what did not come about is absent. Loss is the share of what went up that had to be sent again, as this
/// machine's TCP counted it.
Probe measure(Site const& site, Parent const& above, MeasureWish const& wish);

/// Bytes each way that a measurement may take while a lesson runs: both together a tenth of what the line carries in a
/// minute.
std::int64_t lesson_bytes(std::int64_t rate_kbit);

/// Local minutes of the day at which a box measures by itself: six times, four of them in daytime; each box at its own
/// minutes, so that a hundred do not measure at once.
std::vector<int> schedule_of(core::OrgId const& org);
/// Whether one of these lies in (last, now].
bool probe_due(core::OrgId const& org, core::Zone zone, core::Instant last, core::Instant now);

/// Bytes that no line makes smaller.
std::string noise(std::size_t bytes);
inline constexpr std::int64_t largest_probe = 16 << 20;

}  // namespace santong::nodes
