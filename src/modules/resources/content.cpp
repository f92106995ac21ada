#include "modules/resources/content.hpp"

#include "modules/resources/media_probe.hpp"
#include "modules/resources/readers.hpp"
#include "modules/resources/service_preview.hpp"
#include "platform/files/scorm_manifest.hpp"

namespace santong::resources {

namespace {

core::Result<Content> link_content(std::string const& url) {
    Content content;
    content.version.url = TRY(check_link(url));
    content.version.media_type = "text/html";
    return content;
}

/// Looks into an uploaded file; reads the disk, so not inside a transaction that writes.
core::Result<Content> file_content(Library const& library, auth::Caller const& caller, core::FileId const& id) {
    auto const file =
        TRY(library.db.read(caller.district, [&](sql::Tx& tx) { return library.files.own(tx, caller, id); }));
    if (file.kind == files::FileKind::archive) return core::unsupported("resources.archive_not_taken");
    if (file.kind == files::FileKind::scorm_package) {
        auto const course = files::check_scorm(library.files.open(file));
        if (!course) return core::invalid_at("/file_id", course.error().key, course.error().params);
    }
    auto const found = probe(library.files.open(file), file);
    Content content;
    content.file_kind = file.kind;
    content.version.file_id = file.id;
    content.version.media_type = file.media_type;
    content.version.size = file.size;
    content.version.sha256 = file.sha256;
    content.version.pages = found.pages;
    content.version.duration_seconds = found.duration_seconds;
    content.version.opens = found.opens;
    return content;
}

/// A picture that may stand for a resource in lists: the caller's own, and small.
core::Result<void> check_thumbnail(Library const& library, auth::Caller const& caller, core::FileId const& id) {
    constexpr std::int64_t largest = 512 * 1024;
    auto const file =
        TRY(library.db.read(caller.district, [&](sql::Tx& tx) { return library.files.own(tx, caller, id); }));
    bool const fits = (file.media_type == "image/jpeg" || file.media_type == "image/png") && file.size <= largest;
    if (!fits) return core::invalid_at("/thumbnail_file_id", "resources.thumbnail_not_taken");
    return {};
}

}  // namespace

core::Result<Content> content_of(Library const& library, auth::Caller const& caller, NewVersion const& wish) {
    auto const url = wish.url.value_or("");
    if (wish.file_id.has_value() != url.empty()) return core::invalid_at("/file_id", "resources.content_needed");
    auto content = TRY(wish.file_id ? file_content(library, caller, *wish.file_id) : link_content(url));
    if (wish.thumbnail_file_id) TRY_VOID(check_thumbnail(library, caller, *wish.thumbnail_file_id));
    content.version.thumbnail_file_id = wish.thumbnail_file_id;
    content.version.note = wish.note.value_or("");
    return content;
}

Kind kind_of(Content const& content) {
    if (!content.file_kind) return Kind::link;
    switch (*content.file_kind) {
        case files::FileKind::slides: return Kind::slides;
        case files::FileKind::picture: return Kind::picture;
        case files::FileKind::video: return Kind::video;
        case files::FileKind::audio: return Kind::audio;
        case files::FileKind::html_package:
        case files::FileKind::h5p_package: return Kind::interactive;
        case files::FileKind::scorm_package: return Kind::scorm;
        case files::FileKind::document:
        case files::FileKind::table:
        case files::FileKind::text:
        case files::FileKind::html_page:
        case files::FileKind::archive: return Kind::document;
    }
    return Kind::document;
}

core::Result<void> keep_version(Library const& library, sql::Tx& tx, auth::Caller const& caller,
                                Resource const& resource, Version version) {
    version.resource_id = resource.id;
    version.number = resource.latest_version;
    version.created_at = library.clock.now();
    auto const holder = file_holder(resource.id, version.number);
    for (auto const& file : {version.file_id, version.thumbnail_file_id}) {
        if (!file) continue;
        TRY_VOID(library.files.own(tx, caller, *file));
        TRY_VOID(library.files.hold(tx, *file, file_holder_type, holder, resource.school_id));
    }
    ask_preview(library, tx, caller.account, resource, version);
    store::insert_version(tx, version);
    return {};
}

void release_version(Library const& library, sql::Tx& tx, Version const& version) {
    auto const holder = file_holder(version.resource_id, version.number);
    for (auto const& file : {version.file_id, version.thumbnail_file_id, version.preview_file_id}) {
        if (file) library.files.release(tx, *file, file_holder_type, holder);
    }
}

}  // namespace santong::resources
