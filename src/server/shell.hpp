#pragma once
#include "platform/http/router.hpp"
#include "server/application.hpp"

namespace santong::server {

/// What the frame of every page asks, gathered from several modules: /api/v1/me/counts, /search.
void register_shell_routes(http::Router& router, sql::Database& db, core::Clock const& clock);

}  // namespace santong::server
