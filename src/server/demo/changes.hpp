#pragma once
#include "core/time.hpp"
#include "platform/sql/database.hpp"
#include "server/demo/plan.hpp"
#include "server/demo/write_roster.hpp"

namespace santong::server::demo {

/// 调代课 at the demo accounts' school this week: requests open, waiting for a colleague, ready, and decided ones with
/// their lessons. The demo teacher's own lessons stay as they are.
void write_changes(sql::Database& db, DistrictPlan const& plan, std::vector<RoleAccount> const& accounts,
                   core::Clock const& clock);

}  // namespace santong::server::demo
