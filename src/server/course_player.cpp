#include "server/course_player.hpp"

#include <algorithm>

#include "core/embedded.hpp"
#include "platform/http/media_type.hpp"

namespace santong::server {

namespace {

constexpr std::string_view player_page = "course.html";

/// What the player needs of the screens: its page, scripts and styles; nothing else shows here.
bool belongs_to_player(std::string_view path) {
    bool const script = path.starts_with("assets/") && (path.ends_with(".js") || path.ends_with(".css"));
    return path == player_page || script;
}

http::Response player_file(http::Call& call, std::string const& path, std::string const& main_origin) {
    auto const& files = embedded::web_assets();
    auto const file = std::ranges::find(files, path, &core::EmbeddedFile::path);
    if (file == files.end() || !belongs_to_player(path))
        return http::Response::problem(core::not_found("files.not_found"), call.trace_id);
    bool const squeezed = !file->gzipped.empty() && call.header("accept-encoding").find("gzip") != std::string::npos;
    http::Response response;
    response.content_type = http::media_type_of(path);
    response.body = squeezed ? file->gzipped : file->bytes;
    response.etag = '"' + file->digest + (squeezed ? "-gz\"" : "\"");
    if (squeezed) response.with("Content-Encoding", "gzip");
    response.with("Vary", "Accept-Encoding");
    response.with("Cache-Control", path == player_page ? "no-cache" : "public, max-age=31536000, immutable");
    response.with("Content-Security-Policy",
                  "default-src 'none'; script-src 'self'; style-src 'self'; frame-src 'self'; object-src 'none'; "
                  "base-uri 'none'; form-action 'none'; frame-ancestors " +
                      main_origin);
    return response;
}

}  // namespace

void register_course_player(http::Router& packages, std::function<std::string()> const& main_origin) {
    packages
        .raw(http::Method::get, "/course.html", http::Access::open(), "text/html",
             [main_origin](http::Call& call) { return player_file(call, std::string(player_page), main_origin()); })
        .says("The course player.");
    packages
        .raw(
            http::Method::get, "/assets/{path*}", http::Access::open(), "text/javascript",
            [main_origin](http::Call& call) { return player_file(call, "assets/" + call.text("path"), main_origin()); })
        .says("Scripts of the course player.");
}

}  // namespace santong::server
