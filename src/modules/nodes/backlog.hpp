#pragma once
// What of a school's box does not come through by itself (积压): changes that were set aside or refused, and bytes of
// files that are still on their way up.
#include "modules/nodes/service.hpp"

namespace santong::nodes {

/// Of one box, as its parent knows it; at the box itself: of its parent's changes and its own files.
struct Backlog {
    std::int64_t parked_here = 0;        ///< changes that came and were set aside or refused
    std::int64_t parked_there = 0;       ///< the same at the box, as it said last
    std::vector<sync::Parked> parked;    ///< the oldest of those here; for whoever may deal with them
    std::int64_t contents_up = 0;        ///< files whose rows are known above and whose bytes are not
    std::int64_t bytes_up = 0;           ///< of these, when they are whole
    std::optional<core::Instant> since;  ///< since when the oldest of them waits, by the machine's clock
};
BOOST_DESCRIBE_STRUCT(Backlog, (), (parked_here, parked_there, parked, contents_up, bytes_up, since))

/// Nothing for a school that has no box.
std::optional<Backlog> backlog(sql::Tx& tx, auth::Caller const& caller, core::OrgId const& org,
                               std::optional<Parent> const& above);

}  // namespace santong::nodes
