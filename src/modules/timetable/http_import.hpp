#pragma once
#include "core/time.hpp"
#include "platform/files/service.hpp"
#include "platform/http/router.hpp"
#include "platform/sql/database.hpp"

namespace santong::timetable {

/// /api/v1/timetables/import, /timetables/template.xlsx, /timetables/export.xlsx and /course-check/export.xlsx.
void register_import_routes(http::Router& router, sql::Database& db, core::Clock const& clock,
                            files::Files const& files);

}  // namespace santong::timetable
