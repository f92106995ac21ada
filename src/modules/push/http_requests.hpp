#pragma once
#include "modules/push/service_orders.hpp"
#include "platform/http/router.hpp"

namespace santong::push {

void register_request_routes(http::Router& router, Desk const& desk);

}  // namespace santong::push
