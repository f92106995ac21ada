#pragma once
#include "modules/teaching/service.hpp"
#include "platform/http/router.hpp"

namespace santong::teaching {

void register_routes(http::Router& router, sql::Database& db, core::Clock const& clock);

}  // namespace santong::teaching
