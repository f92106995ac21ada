#include "modules/resources/views.hpp"

namespace santong::resources {

Viewer viewer_of(Resource const& resource, Version const& version, std::string const& media_type) {
    if (!version.url.empty()) return Viewer::link;
    if (version.media_type == pack_media_type) return Viewer::pack;
    if (media_type == "application/pdf") return Viewer::pdf;
    if (media_type == "application/zip") {
        bool const package =
            resource.kind == Kind::interactive || resource.kind == Kind::scorm || resource.kind == Kind::slides;
        return package ? Viewer::package : Viewer::download;
    }
    if (media_type == "image/svg+xml") return Viewer::download;  // a picture that may carry scripts
    if (media_type.starts_with("image/")) return Viewer::picture;
    if (media_type.starts_with("video/")) return Viewer::video;
    if (media_type.starts_with("audio/")) return Viewer::audio;
    if (media_type == "text/plain") return Viewer::text;
    bool const office = media_type.starts_with("application/vnd.") || media_type == "application/msword";
    return office ? Viewer::office : Viewer::download;
}

}  // namespace santong::resources
