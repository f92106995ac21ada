#include "platform/http/site_headers.hpp"

namespace santong::http {

namespace {

SiteHeaders common(bool secure) {
    SiteHeaders headers;
    headers.always = {{"X-Content-Type-Options", "nosniff"}, {"Referrer-Policy", "no-referrer"}};
    if (secure) headers.always.emplace_back("Strict-Transport-Security", "max-age=31536000");
    return headers;
}

}  // namespace

SiteHeaders main_site_headers(std::string const& package_origin, bool secure) {
    auto headers = common(secure);
    auto const frames = "frame-src 'self'" + (package_origin.empty() ? std::string() : " " + package_origin);
    headers.always.emplace_back("Cross-Origin-Opener-Policy", "same-origin");
    headers.always.emplace_back("Cross-Origin-Resource-Policy", "same-origin");
    headers.always.emplace_back(
        "Permissions-Policy",
        "camera=(self), microphone=(self), display-capture=(self), fullscreen=*, geolocation=(), "
        "payment=(), usb=()");
    headers.always.emplace_back("Content-Security-Policy",
                                "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; "
                                "media-src 'self' blob:; font-src 'self'; connect-src 'self'; " +
                                    frames +
                                    "; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'");
    return headers;
}

SiteHeaders package_site_headers(std::string const& public_origins, bool secure) {
    auto headers = common(secure);
    headers.always.emplace_back("Permissions-Policy",
                                "camera=(), microphone=(), display-capture=(), geolocation=(), payment=(), usb=()");
    headers.always.emplace_back("Content-Security-Policy",
                                "default-src 'self' data: blob: 'unsafe-inline' 'unsafe-eval'; object-src 'none'; "
                                "base-uri 'self'; form-action 'none'; frame-ancestors " +
                                    public_origins);
    return headers;
}

}  // namespace santong::http
