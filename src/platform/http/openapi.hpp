#pragma once
#include <string>

#include "platform/http/router.hpp"

namespace santong::http {

/// The OpenAPI 3.1 document of all routes: the same text for the same routes. Throws std::logic_error if two types
/// that differ have one name.
std::string openapi(Router const& router);

}  // namespace santong::http
