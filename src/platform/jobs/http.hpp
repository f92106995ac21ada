#pragma once
#include "platform/http/router.hpp"
#include "platform/jobs/service.hpp"
#include "platform/notify/hub.hpp"

namespace santong::jobs {

/// /api/v1/jobs: the caller's own jobs, one job, its live progress, and its end.
void register_routes(http::Router& router, Jobs& jobs, notify::Hub& hub);

}  // namespace santong::jobs
