#include "modules/indicators/http_evaluation.hpp"

#include "modules/indicators/permissions.hpp"

namespace santong::indicators {

void register_evaluation_routes(http::Router& router, EvaluationPlace const& at) {
    auto const view = http::Access::with(permissions::view_evaluations);
    auto const make = http::Access::with(permissions::evaluate);
    router
        .get<EvaluationList>("/api/v1/evaluations", view,
                             [at](http::Call const& call) { return list_evaluations(at, call.caller); })
        .says("Frozen evaluation runs, newest first, and what a new one may be about.");
    router
        .post<NewEvaluation, EvaluationView>(
            "/api/v1/evaluations", make,
            [at](http::Call const& call, NewEvaluation const& body) { return make_evaluation(at, call.caller, body); })
        .says("Makes a run over indicators, schools and weeks: a job with progress freezes and seals it.");
    router
        .get<EvaluationView>(
            "/api/v1/evaluations/{run_id}", view,
            [at](http::Call const& call) { return evaluation(at, call.caller, call.id<EvaluationId>("run_id")); })
        .says("One run with its results; nothing of it changes any more.");
    router
        .raw(http::Method::get, "/api/v1/evaluations/{run_id}/file", make, "application/zstd",
             [at](http::Call& call) {
                 auto file = evaluation_file(at, call.caller, call.id<EvaluationId>("run_id"));
                 if (!file) return http::Response::problem(file.error(), call.trace_id);
                 http::Response response;
                 response.content_type = "application/zstd";
                 response.body = std::move(file->content);
                 return std::move(response).with("Content-Disposition", "attachment; filename=\"" + file->name + "\"");
             })
        .slowly()
        .says("The sealed file, for `santong evaluate verify`; each download is recorded.");
}

}  // namespace santong::indicators
