#pragma once
// The door of indicators: reading the feed, and bulk writing for the demo district. The screens' use cases stand in
// service_cockpit.hpp, service_detail.hpp and service_school.hpp.
#include <memory>
#include <vector>

#include "modules/indicators/domain.hpp"
#include "platform/feed/feed.hpp"
#include "platform/notify/hub.hpp"

namespace santong::indicators {

/// Registers the permissions of indicators with their roles.
void register_permissions(auth::PermissionRegistry& registry);
/// Who may hear "cockpit:<district>": {"version": n} each time figures have moved, never a figure. At start.
void allow_topics(notify::Hub& hub);
/// "cockpit:430971"
std::string topic_of(core::DistrictId district);

/// The readers that turn the feed into facts and rollups. `hub` may be null (commands, tests). One reader does it all,
/// so that lessons and sessions are applied in the order in which they were committed. `clock`: whose week is the
/// present one; a school that has no lesson yet has its spaces counted in it.
std::vector<std::unique_ptr<feed::Consumer>> consumers(notify::Hub* hub, core::Clock const& clock);

/// Computes every rollup again from the facts; the result is the same. For `santong doctor`, tests, and a new formula.
void recompute(sql::Tx& tx);
/// All rollups of the district.
std::vector<Rollup> rollups(sql::Tx& tx);

/// Keeps what the library held in the weeks that are over (I29, I30), and freezes those whose seven days are over.
/// Every hour, after the readers.
void keep_house(sql::Database& db, core::DistrictId district, core::Clock const& clock);

void write_declarations(sql::Tx& tx, std::vector<Declaration> const& rows);

/// A row for the same indicator, organisation and date replaces the one before.
void write_targets(sql::Tx& tx, std::vector<Target> const& rows);

}  // namespace santong::indicators
