#pragma once
#include "modules/nodes/service.hpp"
#include "platform/http/router.hpp"

namespace santong::nodes {

/// Other versions of one's own things.
void register_version_routes(http::Router& router, Site const& site);

}  // namespace santong::nodes
