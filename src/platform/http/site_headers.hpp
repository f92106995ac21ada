#pragma once
#include <string>

#include "platform/http/answer.hpp"

namespace santong::http {

/// Headers of the screens and the API. `package_origin` may be shown in a frame; empty if there is none.
SiteHeaders main_site_headers(std::string const& package_origin, bool secure);
/// Headers of the second origin: foreign packages may run their own scripts there, framed by `public_origins` only.
SiteHeaders package_site_headers(std::string const& public_origins, bool secure);

}  // namespace santong::http
