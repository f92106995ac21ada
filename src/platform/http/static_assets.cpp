#include "platform/http/static_assets.hpp"

#include <algorithm>
#include <array>

#include "platform/http/media_type.hpp"

namespace santong::http {

std::string_view media_type_of(std::string_view file_name) {
    static constexpr std::array<std::pair<std::string_view, std::string_view>, 34> types = {{
        {"html", "text/html; charset=utf-8"},
        {"htm", "text/html; charset=utf-8"},
        {"js", "text/javascript; charset=utf-8"},
        {"mjs", "text/javascript; charset=utf-8"},
        {"css", "text/css; charset=utf-8"},
        {"json", "application/json"},
        {"map", "application/json"},
        {"webmanifest", "application/manifest+json"},
        {"svg", "image/svg+xml"},
        {"png", "image/png"},
        {"jpg", "image/jpeg"},
        {"jpeg", "image/jpeg"},
        {"gif", "image/gif"},
        {"webp", "image/webp"},
        {"ico", "image/x-icon"},
        {"woff2", "font/woff2"},
        {"woff", "font/woff"},
        {"ttf", "font/ttf"},
        {"txt", "text/plain; charset=utf-8"},
        {"csv", "text/csv; charset=utf-8"},
        {"xml", "application/xml"},
        {"pdf", "application/pdf"},
        {"mp4", "video/mp4"},
        {"webm", "video/webm"},
        {"m4a", "audio/mp4"},
        {"mp3", "audio/mpeg"},
        {"ogg", "audio/ogg"},
        {"wav", "audio/wav"},
        {"vtt", "text/vtt; charset=utf-8"},
        {"wasm", "application/wasm"},
        {"zip", "application/zip"},
        {"m3u8", "application/vnd.apple.mpegurl"},
        {"ts", "video/mp2t"},
        {"xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"},
    }};
    auto const dot = file_name.rfind('.');
    if (dot != std::string_view::npos) {
        std::string extension(file_name.substr(dot + 1));
        std::transform(extension.begin(), extension.end(), extension.begin(),
                       [](unsigned char c) { return std::tolower(c); });
        auto const* found = std::find_if(types.begin(), types.end(), [&](auto& row) { return row.first == extension; });
        if (found != types.end()) return found->second;
    }
    return "application/octet-stream";
}

StaticAssets::StaticAssets(std::span<core::EmbeddedFile const> files) {
    for (auto const& file : files) by_path_.emplace(file.path, &file);
}

StaticAssets::Found StaticAssets::serve(core::EmbeddedFile const& file, bool accepts_gzip) const {
    Found found;
    bool const squeezed = accepts_gzip && !file.gzipped.empty();
    found.bytes = squeezed ? file.gzipped : file.bytes;
    found.response.content_type = media_type_of(file.path);
    found.response.etag = '"' + file.digest + (squeezed ? "-gz\"" : "\"");
    bool const fingerprinted = file.path.starts_with("assets/");
    found.response.with("Cache-Control", fingerprinted ? "public, max-age=31536000, immutable" : "no-cache");
    if (!file.gzipped.empty()) found.response.with("Vary", "Accept-Encoding");
    if (squeezed) found.response.with("Content-Encoding", "gzip");
    return found;
}

std::optional<StaticAssets::Found> StaticAssets::find(Call const& call, bool accepts_gzip) const {
    if (unsafe(call.method) || call.path.starts_with("/api/")) return std::nullopt;
    auto file = by_path_.find(std::string_view(call.path).substr(1));
    bool const page = call.header("accept").find("text/html") != std::string::npos;
    if (file == by_path_.end() && (page || call.path == "/")) file = by_path_.find("index.html");
    if (file == by_path_.end()) return std::nullopt;
    return serve(*file->second, accepts_gzip);
}

std::optional<StaticAssets::Found> StaticAssets::find_at_door(Call const& call, bool accepts_gzip,
                                                              std::vector<std::string> const& pages) const {
    if (unsafe(call.method)) return std::nullopt;
    bool const page = std::find(pages.begin(), pages.end(), call.path) != pages.end();
    auto const file = by_path_.find(page ? std::string_view("index.html") : std::string_view(call.path).substr(1));
    if (file == by_path_.end() || (!page && file->first == "index.html")) return std::nullopt;
    return serve(*file->second, accepts_gzip);
}

}  // namespace santong::http
