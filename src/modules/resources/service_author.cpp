// Contributing: drafts, descriptions, versions, submission, recall.
#include "modules/resources/service_author.hpp"

#include "modules/resources/media_probe.hpp"
#include "modules/resources/permissions.hpp"
#include "modules/resources/readers.hpp"
#include "modules/resources/views_of.hpp"
#include "modules/roster/service.hpp"
#include "modules/workflow/service.hpp"
#include "platform/auth/audit.hpp"

namespace santong::resources {

namespace {

/// A file or a link as the first or next version of something; `resource_id`, number and time are still open.
struct Content {
    Version version;
    std::optional<files::FileKind> file_kind;
};

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

core::Result<Content> content_of(Library const& library, auth::Caller const& caller,
                                 std::optional<core::FileId> const& file, std::string const& url) {
    if (file.has_value() != url.empty()) return core::invalid_at("/file_id", "resources.content_needed");
    if (file) return file_content(library, caller, *file);
    return link_content(url);
}

Kind kind_of(Content const& content) {
    if (!content.file_kind) return Kind::link;
    switch (*content.file_kind) {
        case files::FileKind::slides:
            return Kind::slides;
        case files::FileKind::picture:
            return Kind::picture;
        case files::FileKind::video:
            return Kind::video;
        case files::FileKind::audio:
            return Kind::audio;
        case files::FileKind::html_package:
        case files::FileKind::h5p_package:
            return Kind::interactive;
        case files::FileKind::scorm_package:
            return Kind::scorm;
        case files::FileKind::document:
        case files::FileKind::table:
        case files::FileKind::text:
        case files::FileKind::html_page:
        case files::FileKind::archive:
            return Kind::document;
    }
    return Kind::document;
}

/// Stores a version and says that its file is in use.
core::Result<void> keep_version(Library const& library, sql::Tx& tx, auth::Caller const& caller,
                                Resource const& resource, Version version) {
    version.resource_id = resource.id;
    version.number = resource.latest_version;
    version.created_at = library.clock.now();
    if (version.file_id) {
        TRY_VOID(library.files.own(tx, caller, *version.file_id));
        TRY_VOID(library.files.hold(tx, *version.file_id, file_holder_type, file_holder(resource.id, version.number),
                                    resource.school_id));
    }
    store::insert_version(tx, version);
    return {};
}

/// Which school a new resource belongs to: the one asked for, if the caller contributes there, or else his first.
core::Result<core::OrgId> home_of(sql::Tx& tx, auth::Caller const& caller, std::optional<core::OrgId> const& wish) {
    auto const own = schools_of(tx, caller);
    auto const school = wish ? *wish : own.empty() ? roster::district(tx).org_id : own.front();
    TRY_VOID(caller.require(tx, permissions::contribute, school));
    return school;
}

/// Files it under a chapter (and so under its textbook), or under a textbook alone.
core::Result<void> file_under(sql::Tx& tx, Resource& resource, Description const& changes) {
    if (changes.textbook_id) {
        resource.chapter_id.reset();
        resource.textbook_id = TextbookId::parse(*changes.textbook_id);
        bool const known = resource.textbook_id && store::find_textbook(tx, *resource.textbook_id);
        if (!changes.textbook_id->empty() && !known)
            return core::invalid_at("/textbook_id", "resources.no_such_textbook");
    }
    if (changes.chapter_id) {
        auto const id = ChapterId::parse(*changes.chapter_id);
        auto const chapter = id ? store::find_chapter(tx, *id) : std::nullopt;
        if (!changes.chapter_id->empty() && !chapter)
            return core::invalid_at("/chapter_id", "resources.no_such_chapter");
        resource.chapter_id.reset();
        if (chapter) {
            resource.chapter_id = chapter->id;
            resource.textbook_id = chapter->textbook_id;
        }
    }
    return {};
}

template <class T>
void take(T& field, std::optional<T> const& change) {
    if (change) field = *change;
}

core::Result<void> apply(sql::Tx& tx, Resource& resource, Description const& changes) {
    take(resource.title, changes.title);
    take(resource.description, changes.description);
    take(resource.kind, changes.kind);
    take(resource.licence, changes.licence);
    take(resource.source, changes.source);
    take(resource.source_note, changes.source_note);
    take(resource.attribution, changes.attribution);
    take(resource.language, changes.language);
    take(resource.subject, changes.subject);
    take(resource.grade_from, changes.grade_from);
    take(resource.grade_to, changes.grade_to);
    TRY_VOID(file_under(tx, resource, changes));
    if (!resource.subject.empty() && !is_subject(resource.subject)) {
        return core::invalid_at("/subject", "resources.no_such_subject");
    }
    TRY_VOID(check_description(resource));
    resource.stage = stage_of_grade(resource.grade_from);
    return {};
}

/// Writes a changed row, its search words and its feed entry.
core::Result<void> save(Library const& library, sql::Tx& tx, Resource& resource, Resource const& before) {
    // Two changes within a millisecond still differ.
    resource.updated_at = std::max(library.clock.now(), before.updated_at.plus_ms(1));
    if (!store::update(tx, resource, before)) return core::conflict("resources.changed_meanwhile");
    reindex(tx, resource);
    say(tx, resource);
    return {};
}

/// The caller's own resource; not_found for what he may not even see.
core::Result<Resource> own(sql::Tx& tx, auth::Caller const& caller, ResourceId const& id) {
    auto const resource = TRY(readable(tx, caller, id));
    if (resource.owner_person != caller.person) return core::forbidden("resources.not_yours");
    return resource;
}

core::Result<Resource> own_unlocked(sql::Tx& tx, auth::Caller const& caller, ResourceId const& id) {
    auto const resource = TRY(own(tx, caller, id));
    if (resource.in_review) return core::conflict("resources.in_review");
    return resource;
}

/// Whether only the filing of a published resource changes, which those who keep the catalogue may do.
bool files_only(Description const& c) {
    return !c.title && !c.description && !c.kind && !c.licence && !c.source && !c.source_note && !c.attribution &&
           !c.language;
}

core::Result<Resource> describable(sql::Tx& tx, auth::Caller const& caller, ResourceId const& id,
                                   Description const& changes) {
    auto const resource = TRY(readable(tx, caller, id));
    if (resource.state == State::published && files_only(changes) &&
        caller.may(tx, permissions::manage_catalogue, resource.school_id)) {
        return resource;
    }
    auto const mine = TRY(own_unlocked(tx, caller, id));
    if (mine.state == State::published) return core::conflict("resources.published_fixed");
    return mine;
}

core::RawJson facts_of(sql::Tx& tx, Resource const& resource, Version const& version) {
    ReviewFacts facts;
    facts.kind = resource.kind;
    facts.media_type = version.media_type;
    facts.pages = version.pages;
    facts.duration_seconds = version.duration_seconds;
    facts.grade_from = resource.grade_from;
    facts.grade_to = resource.grade_to;
    facts.version = version.number;
    if (resource.chapter_id) {
        auto const chapter = store::find_chapter(tx, *resource.chapter_id);
        if (chapter) facts.chapter_title = chapter->title;
    }
    return {core::json::write(facts)};
}

/// A published resource goes into review again only for a new version or a wider scope, and never for a narrower one.
core::Result<void> check_wish(Resource const& resource, Scope wished) {
    if (wished < Scope::school) return core::invalid_at("/scope", "resources.scope_needs_no_review");
    if (resource.state != State::published) return {};
    if (wished < resource.scope) return core::invalid_at("/scope", "resources.scope_narrower");
    bool const newer = resource.latest_version > resource.current_version;
    if (!newer && wished == resource.scope) return core::conflict("resources.nothing_new");
    return {};
}

}  // namespace

core::Result<ResourceView> create(Library const& library, auth::Caller const& caller, NewResource const& wish) {
    auto const content = TRY(content_of(library, caller, wish.file_id, wish.url));
    return library.db.transact(caller.district, [&](sql::Tx& tx) -> core::Result<ResourceView> {
        Resource resource;
        resource.id = ResourceId::make();
        resource.school_id = TRY(home_of(tx, caller, wish.school_id));
        resource.owner_person = caller.person;
        resource.kind = kind_of(content);
        resource.latest_version = 1;
        if (!content.file_kind) resource.source = Source::national_platform;
        resource.created_at = resource.updated_at = library.clock.now();
        TRY_VOID(apply(tx, resource, wish.about));
        store::insert(tx, resource);
        TRY_VOID(keep_version(library, tx, caller, resource, content.version));
        reindex(tx, resource);
        say(tx, resource);
        return view_in(library, tx, caller, resource);
    });
}

core::Result<ResourceView> describe(Library const& library, auth::Caller const& caller, ResourceId const& id,
                                    Description const& changes) {
    return library.db.transact(caller.district, [&](sql::Tx& tx) -> core::Result<ResourceView> {
        auto const before = TRY(describable(tx, caller, id, changes));
        Resource resource = before;
        TRY_VOID(apply(tx, resource, changes));
        TRY_VOID(save(library, tx, resource, before));
        return view_in(library, tx, caller, resource);
    });
}

core::Result<ResourceView> add_version(Library const& library, auth::Caller const& caller, ResourceId const& id,
                                       NewVersion const& wish) {
    auto content = TRY(content_of(library, caller, wish.file_id, wish.url));
    content.version.note = wish.note;
    return library.db.transact(caller.district, [&](sql::Tx& tx) -> core::Result<ResourceView> {
        auto const before = TRY(own_unlocked(tx, caller, id));
        Resource resource = before;
        resource.latest_version = before.latest_version + 1;
        TRY_VOID(keep_version(library, tx, caller, resource, content.version));
        TRY_VOID(save(library, tx, resource, before));
        return view_in(library, tx, caller, resource);
    });
}

core::Result<ResourceView> submit(Library const& library, auth::Caller const& caller, ResourceId const& id,
                                  SubmitRequest const& wish) {
    return library.db.transact(caller.district, [&](sql::Tx& tx) -> core::Result<ResourceView> {
        auto const before = TRY(own_unlocked(tx, caller, id));
        TRY_VOID(caller.require(tx, permissions::contribute, before.school_id));
        TRY_VOID(check_wish(before, wish.scope));
        auto const latest = store::find_version(tx, id, before.latest_version);
        TRY_VOID(check_ready(before, latest));
        Resource resource = before;
        resource.wished_scope = wish.scope;
        resource.in_review = true;
        if (resource.state != State::published) resource.state = State::in_review;
        TRY_VOID(save(library, tx, resource, before));
        TRY_VOID(workflow::start(tx, library.clock, caller,
                                 {review_kind, id.text(), resource.title, std::string(core::enum_text(wish.scope)),
                                  resource.school_id, resource.subject, facts_of(tx, resource, *latest)}));
        return view_in(library, tx, caller, resource);
    });
}

core::Result<ResourceView> withdraw(Library const& library, auth::Caller const& caller, ResourceId const& id) {
    return library.db.transact(caller.district, [&](sql::Tx& tx) -> core::Result<ResourceView> {
        auto const before = TRY(own(tx, caller, id));
        auto const item = workflow::item_of(tx, review_kind, id.text());
        if (!before.in_review || !item) return core::conflict("resources.not_in_review");
        TRY_VOID(workflow::withdraw(tx, library.clock, caller, item->id));
        auto const now = store::find(tx, id);
        return view_in(library, tx, caller, *now);
    });
}

core::Result<ResourceView> recall(Library const& library, auth::Caller const& caller, ResourceId const& id,
                                  RecallRequest const& wish) {
    return library.db.transact(caller.district, [&](sql::Tx& tx) -> core::Result<ResourceView> {
        TRY_VOID(workflow::check_reason(wish.reason));
        auto const before = TRY(readable(tx, caller, id));
        if (!may_recall(tx, caller, before)) return core::forbidden();
        if (before.state != State::published) return core::conflict("resources.not_published");
        Resource resource = before;
        resource.state = State::recalled;
        resource.recalled_reason = wish.reason;
        resource.in_review = false;
        workflow::cancel(tx, library.clock, caller, review_kind, id.text(), wish.reason);
        TRY_VOID(save(library, tx, resource, before));
        auth::audit(tx, caller, {"resources.recall", id.text()});
        feed::event(tx, {"resources.Recalled", id.text(), {}}, Recalled{id, wish.reason, library.clock.now()});
        return view_in(library, tx, caller, resource);
    });
}

core::Result<core::Nothing> remove(Library const& library, auth::Caller const& caller, ResourceId const& id) {
    return library.db.transact(caller.district, [&](sql::Tx& tx) -> core::Result<core::Nothing> {
        auto const resource = TRY(own(tx, caller, id));
        bool const never_submitted = resource.state == State::draft && resource.current_version == 0 &&
                                     !workflow::item_of(tx, review_kind, id.text());
        if (!never_submitted) return core::conflict("resources.was_submitted");
        for (auto const& version : store::versions(tx, id)) {
            if (version.file_id) {
                library.files.release(tx, *version.file_id, file_holder_type, file_holder(id, version.number));
            }
        }
        store::remove(tx, id);
        feed::remove(tx, {"resources.Resource", id.text(), resource.school_id});
        return core::Nothing{};
    });
}

}  // namespace santong::resources
