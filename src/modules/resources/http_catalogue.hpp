#pragma once
#include "modules/resources/service_catalogue.hpp"
#include "platform/http/router.hpp"

namespace santong::resources {

/// Textbooks, their chapters and how far they are covered.
void register_catalogue_routes(http::Router& router, Library const& library);

}  // namespace santong::resources
