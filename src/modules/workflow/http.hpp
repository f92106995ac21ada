#pragma once
#include "core/time.hpp"
#include "platform/http/router.hpp"
#include "platform/sql/database.hpp"

namespace santong::workflow {

/// Adds the review routes.
void register_routes(http::Router& router, sql::Database& db, core::Clock const& clock);

}  // namespace santong::workflow
