#include "platform/http/site_headers.hpp"

namespace santong::http {

namespace {

std::string common(bool secure) {
    std::string lines;
    append_header(lines, "X-Content-Type-Options", "nosniff");
    append_header(lines, "Referrer-Policy", "no-referrer");
    if (secure) append_header(lines, "Strict-Transport-Security", "max-age=31536000");
    return lines;
}

}  // namespace

SiteHeaders main_site_headers(std::string const& package_origin, bool secure) {
    SiteHeaders headers{common(secure), {}};
    append_header(headers.always, "Cross-Origin-Opener-Policy", "same-origin");
    append_header(headers.always, "Cross-Origin-Resource-Policy", "same-origin");
    append_header(headers.always, "Permissions-Policy",
                  "camera=(self), microphone=(self), display-capture=(self), fullscreen=*, geolocation=(), payment=(), usb=()");
    headers.policy =
        "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; media-src 'self' blob:; "
        "font-src 'self'; connect-src 'self'; frame-src 'self'" +
        (package_origin.empty() ? std::string() : " " + package_origin) +
        "; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";
    return headers;
}

SiteHeaders package_site_headers(std::string const& public_origins, bool secure) {
    SiteHeaders headers{common(secure), {}};
    append_header(headers.always, "Permissions-Policy",
                  "camera=(), microphone=(), display-capture=(), geolocation=(), payment=(), usb=()");
    headers.policy =
        "default-src 'self' data: blob: 'unsafe-inline' 'unsafe-eval'; object-src 'none'; base-uri 'self'; "
        "form-action 'none'; frame-ancestors " + public_origins;
    return headers;
}

}  // namespace santong::http
