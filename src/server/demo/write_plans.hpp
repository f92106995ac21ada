#pragma once
#include "platform/sql/database.hpp"
#include "server/demo/library.hpp"
#include "server/demo/write_roster.hpp"

namespace santong::server::demo {

/// The demo teacher's own plans: one finished for today's lesson on the parallelogram, one begun, the rest still to do.
void write_plans(sql::Database& db, DistrictPlan const& plan, LibraryPlan const& library,
                 std::vector<RoleAccount> const& accounts);

}  // namespace santong::server::demo
