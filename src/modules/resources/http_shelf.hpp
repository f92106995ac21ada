#pragma once
#include "modules/resources/service_author.hpp"
#include "platform/http/router.hpp"

namespace santong::resources {

/// Packs of chapters, and licences that end.
void register_shelf_routes(http::Router& router, Library const& library);

}  // namespace santong::resources
