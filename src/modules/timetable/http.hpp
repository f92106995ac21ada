#pragma once
#include "core/time.hpp"
#include "platform/http/router.hpp"
#include "platform/sql/database.hpp"

namespace santong::timetable {

/// /api/v1/timetable, /lessons, /bells, /course-plan, /course-check, /substitutions, /patrol-exceptions, /calendar.
void register_routes(http::Router& router, sql::Database& db, core::Clock const& clock);

}  // namespace santong::timetable
