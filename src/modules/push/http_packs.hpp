#pragma once
#include "modules/push/service_packs.hpp"
#include "platform/http/router.hpp"

namespace santong::push {

/// /api/v1/push/packs: packs on disks, made for schools and taken at their boxes.
void register_pack_routes(http::Router& router, PackDesk const& at);

}  // namespace santong::push
