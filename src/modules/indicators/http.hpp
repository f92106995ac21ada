#pragma once
#include "platform/http/router.hpp"

namespace santong::indicators {

/// Routes of the cockpit, of indicators, of school profiles and of the principal's home.
void register_routes(http::Router& router, sql::Database& db, core::Clock const& clock);

}  // namespace santong::indicators
