#pragma once
#include "modules/indicators/service_evaluation.hpp"
#include "platform/http/router.hpp"

namespace santong::indicators {

/// /api/v1/evaluations. What `at` names must outlive the router.
void register_evaluation_routes(http::Router& router, EvaluationPlace const& at);

}  // namespace santong::indicators
