#pragma once
#include "platform/sql/database.hpp"
#include "server/demo/library.hpp"
#include "server/demo/sign_ins.hpp"
#include "server/demo/write_roster.hpp"

namespace santong::server::demo {

/// What people of the central school put together: stars and collections of the demo's teacher and of a colleague who
/// shows hers; and how far the pupils of his classes have come in the course about areas.
void write_shelves(sql::Database& db, DistrictPlan const& plan, LibraryPlan const& library,
                   std::vector<RoleAccount> const& accounts, Random random, SignIns& sign_ins);

}  // namespace santong::server::demo
