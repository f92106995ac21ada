#pragma once
#include "platform/sql/database.hpp"
#include "server/demo/library.hpp"
#include "server/demo/plan.hpp"
#include "server/demo/sign_ins.hpp"

namespace santong::server::demo {

/// What was taught from the first day of term to "today", and what of it left evidence: taught lessons with
/// substitutions and patrol exceptions, class sessions with lifelike gaps, pupils' own use of resources.
void write_history(sql::Database& db, DistrictPlan const& plan, LibraryPlan const& library, core::Clock const& clock,
                   Random const& random, SignIns& sign_ins);

}  // namespace santong::server::demo
