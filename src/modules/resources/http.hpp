#pragma once
#include "modules/resources/service_author.hpp"
#include "platform/files/http.hpp"
#include "platform/http/router.hpp"

namespace santong::resources {

/// Adds the routes of the library. `library` and what `site` refers to must outlive the router.
void register_routes(http::Router& router, Library const& library, files::FileRoutes const& site);

}  // namespace santong::resources
