#pragma once
// Routes of the class view. Inner header of the module.
#include "modules/teaching/service.hpp"
#include "platform/http/router.hpp"

namespace santong::teaching {

void class_routes(http::Router& router, sql::Database& db, core::Clock const& clock);

}  // namespace santong::teaching
