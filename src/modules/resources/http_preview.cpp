#include "modules/resources/http_preview.hpp"

#include "modules/resources/permissions.hpp"
#include "modules/resources/service_preview.hpp"

namespace santong::resources {

namespace {

/// The small picture of the version that the caller gets.
http::Response thumbnail(Library const& library, http::Call const& call) {
    auto const file = thumbnail_of(library, call.caller, call.id<ResourceId>("resource_id"));
    if (!file) return http::Response::problem(file.error(), call.trace_id);
    http::Response response;
    response.content_type = file->media_type;
    response.file = library.files.open(*file);
    response.etag = '"' + file->sha256 + '"';
    response.with("Content-Security-Policy", "sandbox; default-src 'none'");
    response.with("X-Content-Type-Options", "nosniff");
    response.with("Cross-Origin-Resource-Policy", "same-origin");
    response.with("Cache-Control", "private, no-cache");
    return response;
}

}  // namespace

void register_preview_routes(http::Router& router, Library const& library) {
    router
        .get<PreviewView>("/api/v1/resources/{resource_id}/preview", http::Access::with(permissions::view),
                          [library](http::Call const& call) {
                              return preview(library, call.caller, call.id<ResourceId>("resource_id"));
                          })
        .says("Whether there is a preview that browsers show, and why not.");
    router
        .act<core::Nothing, PreviewView>(
            "/api/v1/resources/{resource_id}/preview", http::Access::with(permissions::contribute),
            [library](http::Call const& call, core::Nothing const&) {
                return retry_preview(library, call.caller, call.id<ResourceId>("resource_id"));
            })
        .says("Asks for the preview, again after a failure.");
    router
        .raw(http::Method::get, "/api/v1/resources/{resource_id}/thumbnail", http::Access::with(permissions::view),
             "image/*", [library](http::Call& call) { return thumbnail(library, call); })
        .says("Its small picture, for lists that know no more than its id.");
}

}  // namespace santong::resources
