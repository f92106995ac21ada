#pragma once
#include "core/time.hpp"
#include "platform/http/router.hpp"
#include "platform/notify/hub.hpp"
#include "platform/sql/database.hpp"

namespace santong::timetable {

/// Screens of those concerned hear of each step on the topic "changes:" and the person or the school.
/// /api/v1/change-requests, /timetable/swaps, /substitutions/sheet and /substitutions/export.xlsx.
void register_change_routes(http::Router& router, sql::Database& db, core::Clock const& clock, notify::Hub& hub);

}  // namespace santong::timetable
