#pragma once
#include "modules/roster/service_import.hpp"
#include "platform/http/router.hpp"

namespace santong::roster {

/// /api/v1/imports and /api/v1/import-mappings. What `at` names must outlive the router.
void register_import_routes(http::Router& router, ImportPlace const& at);

}  // namespace santong::roster
