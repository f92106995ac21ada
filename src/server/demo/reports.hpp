#pragma once
#include "platform/sql/database.hpp"
#include "server/demo/plan.hpp"

namespace santong::server::demo {

/// Monthly reports of September and October in every state, and a frozen evaluation run of four weeks. What was taught
/// must have been counted before.
void write_reports(sql::Database& db, DistrictPlan const& plan, core::Clock const& clock);

}  // namespace santong::server::demo
