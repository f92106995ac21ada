#include "platform/files/http.hpp"

#include "platform/files/file_name.hpp"

namespace santong::files {

namespace {

constexpr std::int64_t address_ms = 10 * 60'000;            ///< a film that is paused longer asks for a new address
constexpr std::int64_t package_address_ms = 4 * 3'600'000;  ///< half a school day: packages load parts late

/// What a screen needs to show a file.
struct FileAbout {
    core::FileId id;
    std::string name;
    std::int64_t size = 0;
    std::string media_type;
    FileKind kind = FileKind::document;
    core::Instant created_at;
    FileState state = FileState::ready;
    bool inline_allowed = false;  ///< may be shown in place; otherwise only saved
    SignedAddress address;
};
BOOST_DESCRIBE_STRUCT(FileAbout, (), (id, name, size, media_type, kind, created_at, state, inline_allowed, address))

struct DownloadQuery {
    std::string save;  ///< anything: saved, never shown in place
};
BOOST_DESCRIBE_STRUCT(DownloadQuery, (), (save))

core::Result<FileAbout> about(FileRoutes const& site, http::Call const& call) {
    auto const file = TRY(site.files.readable(call.caller, call.id<core::FileId>("file_id")));
    return FileAbout{file.id,
                     file.name,
                     file.size,
                     file.media_type,
                     file.kind,
                     file.created_at,
                     file.state,
                     may_show_inline(file.media_type),
                     address_of(site, file, call.caller)};
}

std::string page_of_package(FileRoutes const& site, PackageTicket const& ticket, std::string const& page) {
    std::string url = site.package_origin() + "/p/" + site.addresses.sign(ticket);
    auto const query = page.find_first_of("?#");
    std::string_view rest = std::string_view(page).substr(0, query);
    while (!rest.empty()) {
        auto const slash = std::min(rest.find('/'), rest.size());
        url += '/' + url_segment(rest.substr(0, slash));
        rest.remove_prefix(std::min(slash + 1, rest.size()));
    }
    if (query != std::string::npos) url += page.substr(query);
    return url;
}

core::Result<SignedAddress> asked_package(FileRoutes const& site, http::Call const& call) {
    auto const file = TRY(site.files.readable(call.caller, call.id<core::FileId>("file_id")));
    return package_address(site, file, call.caller);
}

http::Response open_address(FileRoutes const& site, http::Call& call) {
    auto const id = site.addresses.file_of(call.text("token"), call.caller);
    if (!id) return http::Response::problem(core::not_found("files.address_expired"), call.trace_id);
    // The rights were asked when the address was made; it ends with the session and within minutes.
    auto const file = site.files.find(call.caller.district, *id);
    if (!file) return http::Response::problem(core::not_found("files.not_found"), call.trace_id);
    return download(site.files, *file, false, call.trace_id);
}

}  // namespace

http::Response download(Files& files, FileObject const& file, bool save, std::string const& trace_id) {
    if (file.state == FileState::damaged) return http::Response::problem(core::gone("files.damaged"), trace_id);
    if (!files.is_here(file)) return http::Response::problem(core::not_found("files.not_here_yet"), trace_id);
    bool const inline_ = !save && may_show_inline(file.media_type);
    http::Response response;
    response.content_type = file.media_type;
    response.file = files.open(file);
    response.etag = '"' + file.sha256 + '"';
    response.with("Content-Disposition",
                  content_disposition(inline_ ? Disposition::inline_ : Disposition::attachment, file.name));
    // A stranger's file never becomes a page of ours, whatever the browser makes of it.
    response.with("Content-Security-Policy",
                  "sandbox; default-src 'none'; style-src 'unsafe-inline'; media-src 'self'");
    response.with("X-Content-Type-Options", "nosniff");
    response.with("Cross-Origin-Resource-Policy", "same-origin");
    response.with("Cache-Control", "private, no-cache");
    return response;
}

SignedAddress address_of(FileRoutes const& site, FileObject const& file, auth::Caller const& caller) {
    auto const until = site.addresses.now().plus_ms(address_ms);
    return {"/f/" + site.addresses.sign(file.id, caller, until) + '/' + url_segment(file.name), until};
}

core::Result<SignedAddress> package_address(FileRoutes const& site, FileObject const& file,
                                            auth::Caller const& caller) {
    return package_page_address(site, file, TRY(site.packages.start_page(file)), caller);
}

SignedAddress package_page_address(FileRoutes const& site, FileObject const& file, std::string const& page,
                                   auth::Caller const& caller) {
    auto const until = site.addresses.now().plus_ms(package_address_ms);
    return {page_of_package(site, {caller.district, file.sha256, until, caller.session_key, {}, {}}, page), until};
}

std::string open_package_address(FileRoutes const& site, FileObject const& file, std::string const& page,
                                 OpenTicket const& thing) {
    auto const until = site.addresses.now().plus_ms(package_address_ms);
    return page_of_package(site, {thing.district, file.sha256, until, {}, thing.thing, thing.file}, page);
}

void register_routes(http::Router& router, FileRoutes const& site) {
    auto& route = router.raw(http::Method::get, "/api/v1/files/{file_id}", http::Access::signed_in(),
                             "application/octet-stream", [site](http::Call& call) {
                                 auto const file = site.files.readable(call.caller, call.id<core::FileId>("file_id"));
                                 if (!file) return http::Response::problem(file.error(), call.trace_id);
                                 bool const save = !call.query_value("save").empty();
                                 // One that is fetched in parts was saved when its first part was.
                                 if (save && call.header("range").empty()) site.files.note_saved(call.caller, *file);
                                 return download(site.files, *file, save, call.trace_id);
                             });
    route.query = &core::type_of<DownloadQuery>();
    route.says("The bytes of a file; ?save=1 always saves. Range and ETag work.");
    router
        .get<FileAbout>("/api/v1/files/{file_id}/about", http::Access::signed_in(),
                        [site](http::Call const& call) { return about(site, call); })
        .says("Name, size and kind of a file, with a short-lived address for players.");
    router
        .get<SignedAddress>("/api/v1/files/{file_id}/package", http::Access::signed_in(),
                            [site](http::Call const& call) { return asked_package(site, call); })
        .says("Address of a package's start page on the second origin; unpacks it the first time.")
        .slowly();
    router
        .raw(http::Method::get, "/f/{token}/{name*}", http::Access::signed_in(), "application/octet-stream",
             [site](http::Call& call) { return open_address(site, call); })
        .says("A file by its signed address, in the session that it was made for.");
}

}  // namespace santong::files
