#pragma once
// What lines and boxes say of schools, for whoever counts (指标): facts only, nothing is judged here.
#include "modules/nodes/probes.hpp"

namespace santong::nodes {

/// What is known of one school's line at the end of a day.
struct SchoolLine {
    core::OrgId school;
    bool registered = false;
    bool fibre = false;
    std::int64_t nominal_kbit = 0;
    std::optional<std::int64_t> p50;          ///< median down of the last 30 days
    std::optional<std::int64_t> daytime_p50;  ///< the same, of 8:00 to 18:00
    bool heard = false;                       ///< its box, or the one above that serves it, spoke within 30 days
    bool measured = false;                    ///< anything was measured within 30 days
};
/// Of all schools and teaching points. `now` is the machine's clock, by which contacts are kept.
std::vector<SchoolLine> school_lines(sql::Tx& tx, core::LocalDate day, core::Instant now);

/// A county of the tree, and whether its hub is alive: this very place, or a node that spoke within 30 days.
struct CountyHub {
    core::OrgId county;
    std::string name;
    bool live = false;
};
std::vector<CountyHub> county_hubs(sql::Tx& tx, core::Instant now);

}  // namespace santong::nodes
