#pragma once
#include "platform/sql/database.hpp"
#include "server/demo/library.hpp"
#include "server/demo/sign_ins.hpp"
#include "server/demo/write_roster.hpp"

namespace santong::server::demo {

/// Pupils who opened something on their own, week by week: opened and used are different numbers (I25).
void write_pupil_activity(sql::Database& db, DistrictPlan const& plan, LibraryPlan const& library, Random random,
                          SignIns& sign_ins);
/// What schools declared of themselves, some of it too high, and what is to be reached by the end of the year.
void write_declarations(sql::Database& db, DistrictPlan const& plan, Random random, SignIns& sign_ins);

}  // namespace santong::server::demo
