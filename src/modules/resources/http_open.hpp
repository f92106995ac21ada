#pragma once
#include "modules/resources/service_open.hpp"
#include "platform/files/http.hpp"
#include "platform/http/rate_limit.hpp"

namespace santong::resources {

/// What the public door works with.
struct OpenDoor {
    Library library;
    files::FileRoutes site;
    std::function<core::DistrictId()> district;
    http::Bucket limit{20, 400};  ///< for each address: a school behind one address is generous enough
    /// What a higher module recommends; none where nobody does.
    std::function<std::vector<Recommended>(core::DistrictId district)> recommended{};
};

/// Lists and shows what is public, to whoever comes.
void register_open_routes(http::Router& router, OpenDoor const& door);

}  // namespace santong::resources
