#pragma once
#include "modules/resources/domain_bulk.hpp"
#include "platform/sql/database.hpp"
#include "server/demo/sign_ins.hpp"

namespace santong::server::demo {

/// Days of the term on which the district's schools teach: deadlines count by them.
std::vector<core::LocalDate> school_days(DistrictPlan const& plan);
/// The reviews that stand behind the library: whatever is published went through the steps of its scope, and what is in
/// review waits for the academic office or the researcher, some of it longer than it should.
void write_reviews(sql::Database& db, DistrictPlan const& plan, resources::BulkResources const& library, Random random,
                   SignIns& sign_ins);

}  // namespace santong::server::demo
