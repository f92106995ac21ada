#pragma once
#include "core/time.hpp"
#include "platform/http/router.hpp"
#include "platform/sql/database.hpp"

namespace santong::timetable {

/// What the screens ask beside the week: /timetable/choices, /timetable/candidates, and the lists of /substitutions,
/// /patrol-exceptions, /calendar and /timetables.
void register_office_routes(http::Router& router, sql::Database& db, core::Clock const& clock);

}  // namespace santong::timetable
