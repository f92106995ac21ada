#include "modules/resources/http_intake.hpp"

#include "modules/resources/permissions.hpp"
#include "modules/resources/service_intake.hpp"
#include "platform/files/file_name.hpp"

namespace santong::resources {

namespace {

/// A list of five thousand paths.
constexpr std::int64_t largest_list = 4 << 20;

IntakeId intake_id(http::Call const& call) {
    return call.id<IntakeId>("intake_id");
}

http::Response report(Library const& library, http::Call const& call) {
    auto const found = intake(library, call.caller, intake_id(call));
    if (!found) return http::Response::problem(found.error(), call.trace_id);
    auto table = intake_report(library, call.caller, found->id, call.language);
    if (!table) return http::Response::problem(table.error(), call.trace_id);
    http::Response response;
    response.content_type = "text/csv; charset=utf-8";
    response.body = std::move(*table);
    response.with("Content-Disposition",
                  files::content_disposition(files::Disposition::attachment, found->name + ".csv"));
    return response;
}

void register_batches(http::Router& router, Library const& library) {
    auto const access = http::Access::with(permissions::contribute);
    router
        .get<core::Page<IntakeView>>("/api/v1/intakes", access,
                                     [library](http::Call const& call) -> core::Result<core::Page<IntakeView>> {
                                         core::Page<IntakeView> page;
                                         page.items = intakes(library, call.caller);
                                         return page;
                                     })
        .says("The caller's own batches, newest first.");
    router
        .post<NewIntake, IntakeView>(
            "/api/v1/intakes", access,
            [library](http::Call const& call, NewIntake const& body) { return add_intake(library, call.caller, body); })
        .says("Begins a batch: an uploaded archive or disc image, or the list of a folder's files.")
        .takes_up_to(largest_list);
    router
        .get<IntakeView>("/api/v1/intakes/{intake_id}", access,
                         [library](http::Call const& call) { return intake(library, call.caller, intake_id(call)); })
        .says("A batch and how many of its files are sure, unsure, refused …");
    router
        .del<core::Nothing>(
            "/api/v1/intakes/{intake_id}", access,
            [library](http::Call const& call) { return remove_intake(library, call.caller, intake_id(call)); })
        .says("Forgets a batch; what the library has of it stays.");
    router
        .act<core::Nothing, IntakeView>("/api/v1/intakes/{intake_id}/work", access,
                                        [library](http::Call const& call, core::Nothing const&) {
                                            return work_on(library, call.caller, intake_id(call));
                                        })
        .says("Looks into what has come, or goes on where it was stopped.");
    router
        .act<IntakeSubmit, IntakeView>("/api/v1/intakes/{intake_id}/submit", access,
                                       [library](http::Call const& call, IntakeSubmit const& body) {
                                           return submit_intake(library, call.caller, intake_id(call), body);
                                       })
        .says("Makes drafts of all rows that are sure, or sends them into review.");
}

void register_rows(http::Router& router, Library const& library) {
    auto const access = http::Access::with(permissions::contribute);
    router
        .list<IntakeQuery, core::Page<IntakeRowView>>("/api/v1/intakes/{intake_id}/rows", access,
                                                      [library](http::Call const& call, IntakeQuery const& query) {
                                                          return intake_rows(library, call.caller, intake_id(call),
                                                                             query);
                                                      })
        .says("Files of a batch, page by page.");
    router
        .patch<IntakeChange, IntakeChanged>("/api/v1/intakes/{intake_id}/rows", access,
                                            [library](http::Call const& call, IntakeChange const& body) {
                                                return change_rows(library, call.caller, intake_id(call), body);
                                            })
        .says("Says the same of many files at once, or puts them aside.");
    router
        .act<IntakeArrivals, IntakeView>("/api/v1/intakes/{intake_id}/files", access,
                                         [library](http::Call const& call, IntakeArrivals const& body) {
                                             return note_arrivals(library, call.caller, intake_id(call), body);
                                         })
        .says("Files of a folder that have been uploaded, or that the uploads refused.");
    router
        .raw(http::Method::get, "/api/v1/intakes/{intake_id}/report.csv", access, "text/csv",
             [library](http::Call& call) { return report(library, call); })
        .says("What became of each file.")
        .slowly();
}

}  // namespace

void register_intake_routes(http::Router& router, Library const& library) {
    register_batches(router, library);
    register_rows(router, library);
}

}  // namespace santong::resources
