#pragma once
#include <functional>

#include "modules/news/service_author.hpp"
#include "platform/files/http.hpp"
#include "platform/http/rate_limit.hpp"
#include "platform/http/router.hpp"

namespace santong::news {

void register_routes(http::Router& router, Desk const& desk);

/// What the public door works with.
struct NewsDoor {
    Desk desk;
    files::FileRoutes site;
    std::function<core::DistrictId()> district;
    http::Bucket limit{20, 400};  ///< for each address: a school behind one address is generous enough
};
/// Lists and shows what is public, to whoever comes.
void register_open_routes(http::Router& router, NewsDoor const& door);

}  // namespace santong::news
