// The tus 1.0 server: core, creation, creation-with-upload, termination, expiration, checksum.
#include "platform/files/http.hpp"
#include "platform/files/tus_headers.hpp"

namespace santong::files {

namespace {

constexpr char const* version = "1.0.0";
constexpr char const* piece_type = "application/offset+octet-stream";

http::Response empty(int status) {
    http::Response response;
    response.status = status;
    response.content_type.clear();
    response.with("Tus-Resumable", version);
    response.with("Cache-Control", "no-store");
    return response;
}

http::Response refuse(http::Call const& call, core::Error const& error) {
    int status = http::status_of(error.code);
    if (error.key == "files.checksum") status = 460;  // tus: Checksum Mismatch
    if (error.key == "files.upload_busy") status = 423;
    if (error.key == "files.disk_full") status = 507;
    auto response = http::Response::problem(error, call.trace_id, status);
    response.with("Tus-Resumable", version);
    return response;
}

/// A client that speaks another version is told which one is spoken here.
std::optional<http::Response> wrong_version(http::Call const& call) {
    if (call.header("tus-resumable") == version) return std::nullopt;
    auto response = http::Response::problem(core::invalid("files.tus_version"), call.trace_id, 412);
    response.with("Tus-Version", version).with("Tus-Resumable", version);
    return response;
}

void say_state(http::Response& response, Upload const& upload) {
    response.with("Upload-Offset", std::to_string(upload.received));
    response.with("Upload-Expires", tus::http_date(upload.expires_at));
    if (upload.file_id) response.with("Santong-File-Id", upload.file_id->text());
}

core::Result<Piece> piece_of(http::Call const& call, std::int64_t offset) {
    if (call.header("content-type") != piece_type) return core::unsupported("files.piece_type");
    Piece piece;
    piece.offset = offset;
    piece.size = call.body_size;
    piece.path = call.body_file;
    piece.sha256 = TRY(tus::checksum(call.header("upload-checksum")));
    return piece;
}

http::Response options(Uploads const& uploads) {
    auto response = empty(204);
    response.with("Tus-Version", version);
    response.with("Tus-Extension", "creation,creation-with-upload,termination,expiration,checksum");
    response.with("Tus-Checksum-Algorithm", "sha256");
    response.with("Tus-Max-Size", std::to_string(uploads.limits().largest_file));
    return response;
}

core::Result<Upload> create_upload(Uploads& uploads, http::Call const& call) {
    NewUpload wish;
    wish.metadata = call.header("upload-metadata");
    auto const size = tus::count(call.header("upload-length"));
    if (!size) return core::invalid("files.bad_length");
    wish.size = *size;
    wish.name = TRY(tus::metadata_value(wish.metadata, "filename"));
    return uploads.create(call.caller, wish);
}

http::Response create(Uploads& uploads, http::Call const& call) {
    if (auto wrong = wrong_version(call)) return std::move(*wrong);
    auto upload = create_upload(uploads, call);
    if (!upload) return refuse(call, upload.error());
    auto response = empty(201);
    response.with("Location", "/api/v1/uploads/" + upload->id.text());
    if (call.body_size > 0) {  // creation-with-upload
        auto const piece = piece_of(call, 0);
        if (!piece) return refuse(call, piece.error());
        upload = uploads.append(call.caller, upload->id, *piece);
        if (!upload) return refuse(call, upload.error());
    }
    say_state(response, *upload);
    return response;
}

http::Response head(Uploads& uploads, http::Call const& call) {
    if (auto wrong = wrong_version(call)) return std::move(*wrong);
    auto const upload = uploads.find(call.caller, call.id<UploadId>("upload_id"));
    if (!upload) return refuse(call, upload.error());
    if (upload->state == UploadState::refused) return refuse(call, core::gone(upload->problem_key));
    auto response = empty(200);
    response.with("Upload-Length", std::to_string(upload->size));
    if (!upload->metadata.empty()) response.with("Upload-Metadata", upload->metadata);
    say_state(response, *upload);
    return response;
}

http::Response patch(Uploads& uploads, http::Call const& call) {
    if (auto wrong = wrong_version(call)) return std::move(*wrong);
    auto const offset = tus::count(call.header("upload-offset"));
    if (!offset) return refuse(call, core::invalid("files.bad_offset"));
    auto const piece = piece_of(call, *offset);
    if (!piece) return refuse(call, piece.error());
    auto const upload = uploads.append(call.caller, call.id<UploadId>("upload_id"), *piece);
    if (!upload) return refuse(call, upload.error());
    auto response = empty(204);
    say_state(response, *upload);
    return response;
}

http::Response terminate(Uploads& uploads, http::Call const& call) {
    if (auto wrong = wrong_version(call)) return std::move(*wrong);
    auto const ended = uploads.terminate(call.caller, call.id<UploadId>("upload_id"));
    if (!ended) return refuse(call, ended.error());
    return empty(204);
}

/// For clients behind a proxy that knows GET and POST only.
http::Response override_method(Uploads& uploads, http::Call const& call) {
    auto const method = call.header("x-http-method-override");
    if (method == "PATCH") return patch(uploads, call);
    if (method == "DELETE") return terminate(uploads, call);
    return refuse(call, core::invalid("files.tus_method"));
}

}  // namespace

void register_upload_routes(http::Router& router, FileRoutes const& site) {
    auto const access = http::Access::signed_in();
    auto& uploads = site.uploads;
    constexpr char const* all = "/api/v1/uploads";
    constexpr char const* one = "/api/v1/uploads/{upload_id}";
    auto const limit = uploads.limits().largest_file;
    router
        .raw(http::Method::options, all, http::Access::open(), "", [&uploads](http::Call&) { return options(uploads); })
        .says("What the upload server can do (tus 1.0).");
    router.raw(http::Method::post, all, access, "", [&uploads](http::Call& call) { return create(uploads, call); })
        .says("Begins an upload (tus 1.0); the first bytes may come with it.")
        .streams()
        .takes_up_to(limit);
    router.raw(http::Method::head, one, access, "", [&uploads](http::Call& call) { return head(uploads, call); })
        .says("How far an upload is (tus 1.0).");
    router.raw(http::Method::patch, one, access, "", [&uploads](http::Call& call) { return patch(uploads, call); })
        .says(
            "Adds a piece to an upload (tus 1.0); the last one answers with Santong-File-Id. What came before a cut is "
            "kept.")
        .keeps_partial_body()
        .takes_up_to(limit);
    router
        .raw(http::Method::post, one, access, "",
             [&uploads](http::Call& call) { return override_method(uploads, call); })
        .says("PATCH or DELETE by X-HTTP-Method-Override (tus 1.0).")
        .keeps_partial_body()
        .takes_up_to(limit);
    router.raw(http::Method::del, one, access, "", [&uploads](http::Call& call) { return terminate(uploads, call); })
        .says("Gives an upload up (tus 1.0).");
}

}  // namespace santong::files
