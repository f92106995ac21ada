#include "platform/files/http.hpp"

namespace santong::files {

namespace {

/// What a package may do. It has its own origin, without session and cookies, so its scripts run as they are; it
/// talks to nobody else, and only our pages may frame it.
std::string package_policy(std::string const& main_origin) {
    return "default-src 'self' data: blob: 'unsafe-inline' 'unsafe-eval'; connect-src 'self' data: blob:; "
           "object-src 'none'; form-action 'none'; base-uri 'self'; frame-ancestors 'self' " +
           main_origin + "; sandbox allow-scripts allow-same-origin allow-forms allow-modals allow-popups";
}

/// What was public may be taken away and a session may end while its address is still young.
bool still_good(FileRoutes const& site, PackageTicket const& ticket) {
    if (!ticket.of_door()) return site.session_open(ticket.district, ticket.session_key);
    return site.is_public && site.is_public(ticket.district, ticket.thing, ticket.file);
}

http::Response package_file(FileRoutes const& site, http::Call& call) {
    auto const refuse = [&](core::Error const& error) { return http::Response::problem(error, call.trace_id); };
    auto const ticket = site.addresses.package_of(call.text("token"));
    if (!ticket || !still_good(site, *ticket)) return refuse(core::not_found("files.address_expired"));
    // A service worker would outlive the address that it came by.
    if (call.header("service-worker") == "script") return refuse(core::forbidden());
    auto const name = call.text("path");
    auto const path = site.packages.inside(ticket->sha256, name);
    if (!path) return refuse(path.error());
    http::Response response;
    auto const type = package_media_type(name);
    response.content_type = type;
    response.file = *path;
    response.with("Content-Security-Policy", package_policy(site.main_origin()));
    response.with("X-Content-Type-Options", "nosniff");
    response.with("Referrer-Policy", "no-referrer");
    response.with("Cross-Origin-Resource-Policy", "same-origin");
    response.with("Cache-Control", "private, max-age=3600");
    response.with("Permissions-Policy", "camera=(), microphone=(), geolocation=(), display-capture=()");
    return response;
}

}  // namespace

void register_package_routes(http::Router& router, FileRoutes const& site) {
    router
        .raw(http::Method::get, "/p/{token}/{path*}", http::Access::open(), "application/octet-stream",
             [site](http::Call& call) { return package_file(site, call); })
        .says("A file of a package, by the token of its address.");
}

}  // namespace santong::files
