#pragma once
#include "platform/sql/database.hpp"
#include "server/demo/plan.hpp"
#include "server/demo/random.hpp"

namespace santong::server::demo {

/// Computers of the central school's classrooms, and what they told beside the lessons of the last days: no evidence of
/// its own, so that the figures stay what the class sessions made them.
void write_computers(sql::Database& db, DistrictPlan const& plan, Random random);

}  // namespace santong::server::demo
