#pragma once
#include <functional>

#include "modules/nodes/service.hpp"
#include "platform/files/service.hpp"
#include "platform/http/router.hpp"

namespace santong::nodes {

class LineWatch;

/// What the pages of lines need beside the database.
struct LinePages {
    Site site;
    files::Files const& files;
    LineWatch const* watch = nullptr;   ///< of a place with a parent
    std::function<void()> measure_now;  ///< at such a place: wakes the measuring
};

/// /api/v1/links, /link-probes, /nodes/{node_id}, /node-map, /sync/status.
void register_link_routes(http::Router& router, LinePages const& pages);

}  // namespace santong::nodes
