#pragma once
#include "modules/nodes/service.hpp"
#include "platform/http/router.hpp"

namespace santong::nodes {

void register_routes(http::Router& router, Site const& site);

}  // namespace santong::nodes
