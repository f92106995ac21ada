#pragma once
#include "modules/resources/service_author.hpp"
#include "platform/files/http.hpp"
#include "platform/http/router.hpp"

namespace santong::resources {

/// Courses: what to play, what was reached, and what teachers see of their classes.
void register_course_routes(http::Router& router, Library const& library, files::FileRoutes const& site);

}  // namespace santong::resources
