// Writing, sending, taking back, withdrawing.
#include "modules/news/service_author.hpp"

#include <algorithm>
#include <set>

#include "modules/messages/service.hpp"
#include "modules/news/permissions.hpp"
#include "modules/news/readers.hpp"
#include "modules/news/service_view.hpp"
#include "modules/news/telling.hpp"
#include "modules/roster/service_area.hpp"
#include "modules/workflow/service.hpp"
#include "platform/auth/audit.hpp"
#include "platform/feed/feed.hpp"

namespace santong::news {

namespace {

constexpr std::int64_t largest_picture = std::int64_t{10} << 20;
constexpr std::int64_t largest_attachment = std::int64_t{50} << 20;

std::vector<ArticleScope> scopes_at(sql::Tx& tx, core::OrgId const& org, bool bureau) {
    std::vector<ArticleScope> scopes;
    if (!bureau) scopes.push_back(ArticleScope::school);
    if (!bureau && roster::area_schools(tx, org).size() > 1) scopes.push_back(ArticleScope::area);
    scopes.push_back(ArticleScope::district);
    scopes.push_back(ArticleScope::public_);
    return scopes;
}

std::vector<ArticlePlace> places_of(sql::Tx& tx, auth::Caller const& caller) {
    std::vector<core::OrgId> ids;
    for (auto const& school : schools_of(tx, caller)) {
        if (caller.may(tx, permissions::write, school)) ids.push_back(school);
    }
    auto const bureau = roster::district(tx).org_id;
    if (caller.may(tx, permissions::write, bureau)) ids.push_back(bureau);
    std::map<core::OrgId, std::string> names;
    for (auto const& org : roster::orgs(tx, ids)) names[org.id] = org.name;
    std::vector<ArticlePlace> found;
    for (auto const& id : ids) found.push_back({id, names[id], id == bureau, scopes_at(tx, id, id == bureau)});
    return found;
}

/// Refuses a name in which the caller does not write: a grant above a school gives no right to speak for it. And a
/// scope that this name does not have.
core::Result<void> check_place(sql::Tx& tx, auth::Caller const& caller, core::OrgId const& org, ArticleScope scope) {
    auto const own = places_of(tx, caller);
    auto const place = std::ranges::find(own, org, &ArticlePlace::org_id);
    if (place == own.end()) return core::forbidden();
    if (std::ranges::find(place->scopes, scope) == place->scopes.end())
        return core::invalid_at("/content/scope", "news.no_such_scope");
    return {};
}

bool is_picture(files::FileObject const& file) {
    return file.media_type == "image/jpeg" || file.media_type == "image/png" || file.media_type == "image/webp" ||
           file.media_type == "image/gif";
}

bool is_attachment(files::FileObject const& file) {
    using enum files::FileKind;
    switch (file.kind) {
        case document:
        case slides:
        case table:
        case text:
        case picture:
        case video:
        case audio: return true;
        case html_page:
        case html_package:
        case scorm_package:
        case h5p_package:
        case archive: return false;
    }
    return false;
}

/// Looks at the files that a text names: the caller's own, of the right kind; writes down what they are.
core::Result<void> read_files(Desk const& desk, sql::Tx& tx, auth::Caller const& caller, ArticleContent& content) {
    if (content.cover_file_id) {
        auto const cover = TRY(desk.files.own(tx, caller, *content.cover_file_id));
        if (!is_picture(cover)) return core::invalid_at("/content/cover_file_id", "news.not_a_picture");
        if (cover.size > largest_picture) return core::invalid_at("/content/cover_file_id", "news.file_too_large");
    }
    for (std::size_t i = 0; i < content.body.size(); ++i) {
        auto& block = content.body[i];
        if (!block.file_id) continue;
        auto const place = "/content/body/" + std::to_string(i) + "/file_id";
        auto const file = TRY(desk.files.own(tx, caller, *block.file_id));
        bool const picture = block.kind == BlockKind::picture;
        if (picture && !is_picture(file)) return core::invalid_at(place, "news.not_a_picture");
        if (!picture && !is_attachment(file)) return core::invalid_at(place, "news.attachment_not_taken");
        if (file.size > (picture ? largest_picture : largest_attachment))
            return core::invalid_at(place, "news.file_too_large");
        block.file_name = file.name;
        block.media_type = file.media_type;
        block.size = file.size;
    }
    return {};
}

std::set<core::FileId> files_of(ArticleContent const& content) {
    std::set<core::FileId> found;
    if (content.cover_file_id) found.insert(*content.cover_file_id);
    for (auto const& block : content.body) {
        if (block.file_id) found.insert(*block.file_id);
    }
    return found;
}

core::Result<void> swap_files(Desk const& desk, sql::Tx& tx, Article const& article, int number,
                              std::set<core::FileId> const& before, std::set<core::FileId> const& after) {
    auto const holder = holder_of(article.id, number);
    for (auto const& file : after) {
        if (!before.contains(file)) TRY_VOID(desk.files.hold(tx, file, file_holder_type, holder, article.org_id));
    }
    for (auto const& file : before) {
        if (!after.contains(file)) desk.files.release(tx, file, file_holder_type, holder);
    }
    return {};
}

core::Result<ArticleContent> taken(Desk const& desk, sql::Tx& tx, auth::Caller const& caller,
                                   ArticleContent const& given) {
    ArticleContent content = given;
    tidy(content);
    auto checked = check_content(content);
    if (!checked) {
        auto error = std::move(checked.error());
        for (auto& problem : error.problems) problem.pointer.insert(0, "/content");
        return error;
    }
    TRY_VOID(read_files(desk, tx, caller, content));
    return content;
}

/// The caller's own article that may be written now.
core::Result<Article> own_free(sql::Tx& tx, auth::Caller const& caller, ArticleId const& id) {
    auto const article = store::find(tx, id);
    if (!article || article->owner_person != caller.person) return core::not_found("news.not_found");
    if (article->in_review()) return core::conflict("news.in_review");
    if (article->state == ArticleState::withdrawn) return core::conflict("news.is_withdrawn");
    return *article;
}

core::Result<void> keep(Desk const& desk, sql::Tx& tx, Article& article, Article const& before) {
    // Two changes within a millisecond still differ.
    article.updated_at = std::max(desk.clock.now(), before.updated_at.plus_ms(1));
    if (!store::update(tx, article, before)) return core::conflict("news.changed_meanwhile");
    say(tx, article);
    return {};
}

/// The version that is being written: the draft there is, or the next one of what is published.
core::Result<void> write_version(Desk const& desk, sql::Tx& tx, Article& article, ArticleContent content) {
    ArticleVersion version;
    static_cast<ArticleContent&>(version) = std::move(content);
    bool const next = article.state == ArticleState::published && article.change == ArticleChange::none;
    if (next) {
        ++article.latest_version;
        article.change = ArticleChange::draft;
    }
    version.article_id = article.id;
    version.number = article.latest_version;
    version.created_at = desk.clock.now();
    auto const before = next ? std::nullopt : store::find_version(tx, article.id, version.number);
    store::replace_version(tx, version);
    return swap_files(desk, tx, article, version.number, before ? files_of(*before) : std::set<core::FileId>{},
                      files_of(version));
}

void tell_withdrawn(sql::Tx& tx, core::Clock const& clock, auth::Caller const& caller, Article const& article) {
    if (article.owner_person == caller.person) return;
    messages::Notice notice;
    notice.kind = messages::MessageKind::news_withdrawn;
    notice.about = article.id.text();
    notice.href = "/news/" + article.id.text();
    messages::send(tx, clock.now(), notice, {article.owner_person});
}

}  // namespace

core::Result<ArticlePlaces> places(Desk const& desk, auth::Caller const& caller) {
    return desk.db.read(caller.district, [&](sql::Tx& tx) -> core::Result<ArticlePlaces> {
        return ArticlePlaces{places_of(tx, caller)};
    });
}

core::Result<ArticleView> create(Desk const& desk, auth::Caller const& caller, NewArticle const& wish) {
    return desk.db.transact(caller.district, [&](sql::Tx& tx) -> core::Result<ArticleView> {
        TRY_VOID(check_place(tx, caller, wish.org_id, wish.content.scope));
        auto content = TRY(taken(desk, tx, caller, wish.content));
        Article article;
        article.id = ArticleId::make();
        article.org_id = wish.org_id;
        article.owner_person = caller.person;
        article.created_at = article.updated_at = desk.clock.now();
        store::insert(tx, article);
        TRY_VOID(write_version(desk, tx, article, std::move(content)));
        say(tx, article);
        return view_in(desk, tx, caller, article.id, true);
    });
}

core::Result<ArticleView> save(Desk const& desk, auth::Caller const& caller, ArticleId const& id,
                               SaveArticle const& wish) {
    return desk.db.transact(caller.district, [&](sql::Tx& tx) -> core::Result<ArticleView> {
        auto const before = TRY(own_free(tx, caller, id));
        if (wish.updated_at && *wish.updated_at != before.updated_at) return core::conflict("news.changed_meanwhile");
        TRY_VOID(check_place(tx, caller, before.org_id, wish.content.scope));
        auto content = TRY(taken(desk, tx, caller, wish.content));
        Article article = before;
        TRY_VOID(write_version(desk, tx, article, std::move(content)));
        TRY_VOID(keep(desk, tx, article, before));
        return view_in(desk, tx, caller, id, true);
    });
}

core::Result<ArticleView> submit(Desk const& desk, auth::Caller const& caller, ArticleId const& id) {
    return desk.db.transact(caller.district, [&](sql::Tx& tx) -> core::Result<ArticleView> {
        auto const before = TRY(own_free(tx, caller, id));
        if (before.state == ArticleState::published && before.change == ArticleChange::none)
            return core::conflict("news.nothing_new");
        auto const version = store::find_version(tx, id, before.latest_version);
        SANTONG_ASSERT(version.has_value());
        TRY_VOID(check_place(tx, caller, before.org_id, version->scope));
        TRY_VOID(check_content(*version));
        TRY_VOID(check_ready(*version, roster::today(tx, desk.clock)));
        Article article = before;
        if (article.state == ArticleState::published)
            article.change = ArticleChange::in_review;
        else
            article.state = ArticleState::in_review;
        TRY_VOID(keep(desk, tx, article, before));
        workflow::NewItem item;
        item.subject_kind = review_kind;
        item.subject_id = id.text();
        item.title = version->title;
        item.scope = core::enum_text(version->scope);
        item.origin_school_id = article.org_id;
        item.facts = review_facts(*version);
        item.path = review_path(tx, article.org_id, version->scope);
        TRY_VOID(workflow::start(tx, desk.clock, caller, item));
        return view_in(desk, tx, caller, id, true);
    });
}

core::Result<ArticleView> take_back(Desk const& desk, auth::Caller const& caller, ArticleId const& id) {
    return desk.db.transact(caller.district, [&](sql::Tx& tx) -> core::Result<ArticleView> {
        auto const article = store::find(tx, id);
        if (!article || article->owner_person != caller.person) return core::not_found("news.not_found");
        auto const item = workflow::item_of(tx, review_kind, id.text());
        if (!article->in_review() || !item) return core::conflict("news.not_in_review");
        TRY_VOID(workflow::withdraw(tx, desk.clock, caller, item->id));
        return view_in(desk, tx, caller, id, true);
    });
}

core::Result<ArticleView> withdraw(Desk const& desk, auth::Caller const& caller, ArticleId const& id,
                                   ArticleReason const& wish) {
    return desk.db.transact(caller.district, [&](sql::Tx& tx) -> core::Result<ArticleView> {
        TRY_VOID(workflow::check_reason(wish.reason));
        auto const before = TRY(read_article(tx, desk.clock, caller, id, false)).article;
        bool const may = before.owner_person == caller.person || oversees(tx, caller, before);
        if (!may) return core::forbidden();
        if (before.state != ArticleState::published) return core::conflict("news.not_published");
        Article article = before;
        article.state = ArticleState::withdrawn;
        article.change = ArticleChange::none;
        article.withdrawn_reason = wish.reason;
        workflow::cancel(tx, desk.clock, caller, review_kind, id.text(), wish.reason);
        TRY_VOID(keep(desk, tx, article, before));
        store::forget_words(tx, id);
        stop_telling(tx, desk.clock.now(), id);
        auth::audit(tx, caller, {"news.withdraw", id.text()});
        tell_withdrawn(tx, desk.clock, caller, article);
        return view_in(desk, tx, caller, id, false);
    });
}

core::Result<core::Nothing> remove(Desk const& desk, auth::Caller const& caller, ArticleId const& id) {
    return desk.db.transact(caller.district, [&](sql::Tx& tx) -> core::Result<core::Nothing> {
        auto const article = TRY(own_free(tx, caller, id));
        bool const never_sent =
            article.state == ArticleState::draft && !workflow::item_of(tx, review_kind, id.text()).has_value();
        if (!never_sent) return core::conflict("news.was_submitted");
        for (auto const& version : store::find_versions(tx, id))
            TRY_VOID(swap_files(desk, tx, article, version.number, files_of(version), {}));
        store::remove(tx, id);
        feed::remove(tx, {"news.Article", id.text(), article.org_id});
        return core::Nothing{};
    });
}

}  // namespace santong::news
