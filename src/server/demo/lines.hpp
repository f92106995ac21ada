#pragma once
#include "core/time.hpp"
#include "platform/sql/database.hpp"
#include "server/demo/plan.hpp"

namespace santong::server::demo {

/// The schools' lines as the annex of the plan lists them, the district's usual windows, and a fortnight of
/// measurements of two schools, which are marked as the demo's.
void write_lines(sql::Database& db, DistrictPlan const& plan, core::Clock const& clock);

}  // namespace santong::server::demo
