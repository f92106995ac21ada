#include "platform/jobs/http.hpp"

#include <algorithm>

#include "platform/jobs/runner.hpp"

namespace santong::jobs {

namespace {

/// Query of the list.
struct JobQuery {
    std::optional<core::JobId> after;  ///< `next` of the page before
    std::optional<std::int32_t> limit;
};
BOOST_DESCRIBE_STRUCT(JobQuery, (), (after, limit))

http::Response events(Jobs& jobs, notify::Hub& hub, http::Call const& call) {
    auto const id = call.id<core::JobId>("job_id");
    auto const job = jobs.find(call.caller, id);
    if (!job) return http::Response::problem(job.error(), call.trace_id);
    http::Response response;
    response.content_type = "text/event-stream";
    response.events = [&jobs, &hub, id, caller = call.caller](std::shared_ptr<http::EventStream> stream) {
        // First listen, then look: what happens in between is told twice rather than never.
        hub.subscribe(caller, {topic_of(id)}, stream);
        auto const now = jobs.find(caller, id);
        if (now) stream->send(topic_of(id), core::json::write(static_cast<JobProgress const&>(*now)));
        if (!now || ended(now->state)) stream->close();
    };
    return response;
}

}  // namespace

void register_routes(http::Router& router, Jobs& jobs, notify::Hub& hub) {
    auto const access = http::Access::signed_in();
    hub.allow(topic_prefix, [&jobs](auth::Caller const& caller, std::string_view topic) {
        auto const id = core::JobId::parse(topic.substr(std::string_view(topic_prefix).size()));
        return id && jobs.find(caller, *id).has_value();
    });
    router
        .list<JobQuery, core::Page<JobView>>(
            "/api/v1/jobs", access,
            [&jobs](http::Call const& call, JobQuery const& query) -> core::Result<core::Page<JobView>> {
                int const limit = std::clamp(query.limit.value_or(20), 1, 100);
                return jobs.list(call.caller, query.after.value_or(core::JobId{}), limit);
            })
        .says("The caller's own jobs, newest first.");
    router
        .get<JobView>(
            "/api/v1/jobs/{job_id}", access,
            [&jobs](http::Call const& call) { return jobs.find(call.caller, call.id<core::JobId>("job_id")); })
        .says("A job with its progress; its result for its owner alone.");
    router
        .act<core::Nothing, JobView>("/api/v1/jobs/{job_id}/cancel", access,
                                     [&jobs](http::Call const& call, core::Nothing const&) {
                                         return jobs.cancel(call.caller, call.id<core::JobId>("job_id"));
                                     })
        .says("Stops a job as soon as it can be stopped.");
    router
        .raw(http::Method::get, "/api/v1/jobs/{job_id}/events", access, "text/event-stream",
             [&jobs, &hub](http::Call& call) { return events(jobs, hub, call); })
        .says("Live progress of a job; the stream ends with the job.");
}

}  // namespace santong::jobs
