// Contributing: drafts, descriptions, versions, submission, recall.
#include "modules/resources/service_author.hpp"

#include "modules/messages/service.hpp"
#include "modules/resources/content.hpp"
#include "modules/resources/pack_rows.hpp"
#include "modules/resources/permissions.hpp"
#include "modules/resources/readers.hpp"
#include "modules/resources/store_collection.hpp"
#include "modules/resources/store_course.hpp"
#include "modules/resources/store_pack.hpp"
#include "modules/resources/views_of.hpp"
#include "modules/roster/service_area.hpp"
#include "modules/workflow/service.hpp"
#include "platform/auth/audit.hpp"

namespace santong::resources {

namespace {

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

/// A day, or none where the text is empty.
core::Result<void> take_day(std::optional<core::LocalDate>& field, std::optional<std::string> const& change,
                            char const* place) {
    if (!change) return {};
    auto const day = core::LocalDate::parse(*change);
    if (!change->empty() && !day) return core::invalid_at(place, "core.date_expected");
    field = day;
    return {};
}

template <class T>
void take(T& field, std::optional<T> const& change) {
    if (change) field = *change;
}

core::Result<void> apply(sql::Tx& tx, Resource& resource, Description const& changes) {
    Kind const before = resource.kind;
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
    take(resource.intake, changes.intake);
    take(resource.holder, changes.holder);
    take(resource.terms, changes.terms);
    TRY_VOID(take_day(resource.valid_from, changes.valid_from, "/valid_from"));
    TRY_VOID(take_day(resource.valid_until, changes.valid_until, "/valid_until"));
    if (changes.kind && (*changes.kind == Kind::pack) != (before == Kind::pack))
        return core::invalid_at("/kind", "core.unknown_choice");
    TRY_VOID(file_under(tx, resource, changes));
    if (!resource.subject.empty() && !is_subject(resource.subject)) {
        return core::invalid_at("/subject", "resources.no_such_subject");
    }
    TRY_VOID(check_description(resource));
    resource.stage = stage_of_grade(resource.grade_from);
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
           !c.language && !c.intake && !c.holder && !c.terms && !c.valid_from && !c.valid_until;
}

core::Result<Resource> describable(sql::Tx& tx, auth::Caller const& caller, ResourceId const& id,
                                   Description const& changes) {
    auto const resource = TRY(readable(tx, caller, id));
    if (resource.state == State::published && files_only(changes) &&
        caller.may(tx, permissions::manage_catalogue, resource.school_id)) {
        return resource;
    }
    auto const mine = TRY(own_unlocked(tx, caller, id));
    if (mine.state == State::published || mine.state == State::ended)
        return core::conflict("resources.published_fixed");
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
    if (wished == Scope::self) return core::invalid_at("/scope", "resources.scope_needs_no_review");
    if (resource.state == State::ended) return core::conflict("resources.licence_is_over");
    if (resource.state != State::published) return {};
    if (wished < resource.scope) return core::invalid_at("/scope", "resources.scope_narrower");
    bool const newer = resource.latest_version > resource.current_version;
    if (!newer && wished == resource.scope) return core::conflict("resources.nothing_new");
    return {};
}

}  // namespace

core::Result<core::OrgId> home_of(sql::Tx& tx, auth::Caller const& caller, std::optional<core::OrgId> const& wish) {
    auto const own = schools_of(tx, caller);
    auto const school = wish ? *wish : own.empty() ? roster::district(tx).org_id : own.front();
    TRY_VOID(caller.require(tx, permissions::contribute, school));
    return school;
}

core::Result<void> save(Library const& library, sql::Tx& tx, Resource& resource, Resource const& before) {
    // Two changes within a millisecond still differ.
    resource.updated_at = std::max(library.clock.now(), before.updated_at.plus_ms(1));
    if (!store::update(tx, resource, before)) return core::conflict("resources.changed_meanwhile");
    reindex(tx, resource);
    say(tx, resource);
    return {};
}

core::Result<Resource> create_in(Library const& library, sql::Tx& tx, auth::Caller const& caller,
                                 Content const& content, NewResource const& wish) {
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
    return resource;
}

core::Result<ResourceView> create(Library const& library, auth::Caller const& caller, NewResource const& wish) {
    auto const content = TRY(content_of(library, caller, {wish.file_id, wish.url, wish.thumbnail_file_id, {}}));
    return library.db.transact(caller.district, [&](sql::Tx& tx) -> core::Result<ResourceView> {
        return view_in(library, tx, caller, TRY(create_in(library, tx, caller, content, wish)));
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
    auto const content = TRY(content_of(library, caller, wish));
    return library.db.transact(caller.district, [&](sql::Tx& tx) -> core::Result<ResourceView> {
        auto const before = TRY(own_unlocked(tx, caller, id));
        if (before.kind == Kind::pack) return core::conflict("resources.is_a_pack");
        if (before.state == State::ended) return core::conflict("resources.licence_is_over");
        Resource resource = before;
        resource.latest_version = before.latest_version + 1;
        TRY_VOID(keep_version(library, tx, caller, resource, content.version));
        TRY_VOID(save(library, tx, resource, before));
        return view_in(library, tx, caller, resource);
    });
}

core::Result<Resource> submit_in(Library const& library, sql::Tx& tx, auth::Caller const& caller, ResourceId const& id,
                                 SubmitRequest const& wish) {
    auto const before = TRY(own_unlocked(tx, caller, id));
    TRY_VOID(caller.require(tx, permissions::contribute, before.school_id));
    TRY_VOID(check_wish(before, wish.scope));
    auto const latest = store::find_version(tx, id, before.latest_version);
    TRY_VOID(check_ready(before, latest));
    if (before.kind == Kind::pack) TRY_VOID(check_pack(tx, before, wish.scope));
    if (wish.scope == Scope::area && roster::area_schools(tx, before.school_id).size() < 2)
        return core::invalid_at("/scope", "resources.no_area");
    Resource resource = before;
    resource.wished_scope = wish.scope;
    resource.in_review = true;
    if (resource.state != State::published) resource.state = State::in_review;
    TRY_VOID(save(library, tx, resource, before));
    TRY_VOID(workflow::start(tx, library.clock, caller,
                             {review_kind, id.text(), resource.title, std::string(core::enum_text(wish.scope)),
                              resource.school_id, resource.subject, facts_of(tx, resource, *latest)}));
    return resource;
}

core::Result<ResourceView> submit(Library const& library, auth::Caller const& caller, ResourceId const& id,
                                  SubmitRequest const& wish) {
    return library.db.transact(caller.district, [&](sql::Tx& tx) -> core::Result<ResourceView> {
        return view_in(library, tx, caller, TRY(submit_in(library, tx, caller, id, wish)));
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
        if (resource.owner_person != caller.person) {
            messages::Notice notice;
            notice.kind = messages::MessageKind::resource_recalled;
            notice.about = id.text();
            notice.href = "/resources/" + id.text();
            messages::send(tx, library.clock.now(), notice, {resource.owner_person});
        }
        return view_in(library, tx, caller, resource);
    });
}

core::Result<core::Nothing> remove(Library const& library, auth::Caller const& caller, ResourceId const& id) {
    return library.db.transact(caller.district, [&](sql::Tx& tx) -> core::Result<core::Nothing> {
        auto const resource = TRY(own(tx, caller, id));
        bool const never_submitted = resource.state == State::draft && resource.current_version == 0 &&
                                     !workflow::item_of(tx, review_kind, id.text());
        if (!never_submitted) return core::conflict("resources.was_submitted");
        for (auto const& version : store::versions(tx, id)) release_version(library, tx, version);
        store::remove_course_states(tx, id);
        store::forget_resource(tx, id);
        store::forget_in_packs(tx, id);
        store::remove(tx, id);
        feed::remove(tx, {"resources.Resource", id.text(), resource.school_id});
        return core::Nothing{};
    });
}

}  // namespace santong::resources
