#pragma once
#include "modules/resources/service_author.hpp"
#include "platform/http/router.hpp"

namespace santong::resources {

/// Stars and collections.
void register_collection_routes(http::Router& router, Library const& library);

}  // namespace santong::resources
