#pragma once
#include "modules/homework/service.hpp"
#include "platform/http/router.hpp"

namespace santong::homework {

void register_routes(http::Router& router, sql::Database& db, core::Clock const& clock, files::Files const& files);

}  // namespace santong::homework
