#pragma once
#include "platform/http/router.hpp"
#include "platform/sql/database.hpp"

namespace santong::server::backup {

/// GET /api/v1/backups/status: for who looks after the server.
void register_routes(http::Router& router, sql::Database& db);

}  // namespace santong::server::backup
