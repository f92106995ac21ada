#pragma once
#include "modules/reports/service.hpp"
#include "platform/http/router.hpp"

namespace santong::reports {

/// /api/v1/school-reports and /api/v1/report-policy.
void register_routes(http::Router& router, sql::Database& db, core::Clock const& clock);

}  // namespace santong::reports
