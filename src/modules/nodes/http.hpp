#pragma once
#include "modules/nodes/service.hpp"
#include "platform/chunks/kept_manifests.hpp"
#include "platform/files/content_store.hpp"
#include "platform/http/router.hpp"

namespace santong::nodes {

void register_routes(http::Router& router, Site const& site, files::ContentStore& contents,
                     chunks::KeptManifests& manifests);

}  // namespace santong::nodes
