// Reading: lists, one article, receipts, the author's desk.
#include "modules/news/service_view.hpp"

#include <algorithm>
#include <charconv>

#include "modules/messages/service.hpp"
#include "modules/news/permissions.hpp"
#include "modules/news/readers.hpp"
#include "modules/news/service_receipts.hpp"
#include "modules/news/telling.hpp"
#include "modules/roster/service.hpp"
#include "modules/workflow/service.hpp"

namespace santong::news {

namespace {

constexpr int most_rows = 60;
constexpr std::size_t longest_query = 200;

bool is_unread(store::Listed const& one) {
    return one.state == ArticleState::published && one.kind == ArticleKind::notice &&
           one.read_version < one.current_version;
}

bool is_to_confirm(store::Listed const& one) {
    if (one.state != ArticleState::published || !one.must_read) return false;
    return one.read_version < one.current_version || !one.confirmed_at;
}

ArticleAllowed allowed(sql::Tx& tx, auth::Caller const& caller, Article const& article) {
    bool const mine = article.owner_person == caller.person;
    bool const gone = article.state == ArticleState::withdrawn;
    bool const free = mine && !gone && !article.in_review();
    ArticleAllowed may;
    may.edit = free;
    may.submit = free && (article.state != ArticleState::published || article.change != ArticleChange::none);
    may.take_back = mine && article.in_review();
    may.withdraw = article.state == ArticleState::published && (mine || oversees(tx, caller, article));
    may.remove = free && article.state == ArticleState::draft &&
                 !workflow::item_of(tx, review_kind, article.id.text()).has_value();
    if (auto const version = store::find_version(tx, article.id, article.current_version))
        may.receipts = may_see_receipts(tx, caller, article, *version);
    may.review = workflow::standing(tx, caller, review_kind, article.id.text()) == workflow::Standing::current;
    return may;
}

std::optional<ArticleReview> review_of(sql::Tx& tx, ArticleId const& id) {
    auto const item = workflow::item_of(tx, review_kind, id.text());
    if (!item) return std::nullopt;
    ArticleReview review;
    review.scope = item->scope;
    review.round = item->round;
    if (item->state == workflow::ItemState::open) {
        review.step_name = "workflow.step." + item->pool_role;
        review.due_at = item->due_at;
    }
    for (auto const& row : workflow::history(tx, review_kind, id.text())) {
        if (row.decision == workflow::DecisionKind::return_) review.last_reason = row.reason;
    }
    return review;
}

std::int64_t overseen_at(auth::Caller const& caller) {
    return static_cast<std::int64_t>(caller.scope(permissions::withdraw).size());
}

}  // namespace

core::Result<std::optional<store::Place>> read_place(std::string const& after) {
    if (after.empty()) return std::optional<store::Place>{};
    store::Place place;
    auto const dot = std::min(after.find('.'), after.size());
    auto const [end, error] = std::from_chars(after.data(), after.data() + dot, place.at);
    auto const id = dot < after.size() ? ArticleId::parse(std::string_view(after).substr(dot + 1)) : std::nullopt;
    if (error != std::errc{} || end != after.data() + dot || !id) return core::invalid_at("after", "news.bad_page_key");
    place.id = id->text();
    return std::optional{place};
}

std::string place_text(core::Instant at, ArticleId const& id) {
    return std::to_string(at.ms) + "." + id.text();
}

std::vector<ArticleRow> rows_of(sql::Tx& tx, auth::Caller const& caller, std::vector<store::Listed> const& listed) {
    std::vector<core::OrgId> orgs;
    for (auto const& one : listed) orgs.push_back(one.org_id);
    std::map<core::OrgId, std::string> names;
    for (auto const& org : roster::orgs(tx, orgs)) names[org.id] = org.name;
    std::vector<ArticleRow> rows;
    for (auto const& one : listed) {
        ArticleRow row;
        row.id = one.id;
        row.kind = one.kind;
        row.title = one.title;
        row.summary = one.summary;
        row.org_id = one.org_id;
        row.org_name = names[one.org_id];
        row.mine = one.owner_person == caller.person;
        // Reviewers do not learn from whom it is before it is published.
        if (row.mine || one.current_version > 0) row.byline = one.byline;
        row.scope = one.scope;
        row.audience = one.audience;
        row.state = one.state;
        if (row.mine) row.change = one.change;
        row.must_read = one.must_read;
        row.unread = !row.mine && is_unread(one);
        row.to_confirm = !row.mine && is_to_confirm(one);
        row.from_day = one.from_day;
        row.until_day = one.until_day;
        row.cover_file_id = one.cover_file_id;
        row.cover_text = one.cover_text;
        row.published_at = one.published_at;
        row.updated_at = one.updated_at;
        rows.push_back(std::move(row));
    }
    return rows;
}

core::Result<ArticleView> view_in(Desk const& desk, sql::Tx& tx, auth::Caller const& caller, ArticleId const& id,
                                  bool latest) {
    auto const [article, version] = TRY(read_article(tx, desk.clock, caller, id, latest));
    auto const listed = store::listed(tx, id, version.number, caller.person);
    SANTONG_ASSERT(listed.has_value());
    ArticleView view;
    view.item = rows_of(tx, caller, {*listed}).front();
    view.body = version.body;
    view.version = version.number;
    view.current_version = article.current_version;
    view.created_at = article.created_at;
    view.confirmed = listed->confirmed_at && listed->read_version == article.current_version;
    view.may = allowed(tx, caller, article);
    bool const mine = article.owner_person == caller.person;
    if (mine || oversees(tx, caller, article)) view.withdrawn_reason = article.withdrawn_reason;
    if (!mine) return view;
    view.review = review_of(tx, id);
    return view;
}

core::Result<ArticleView> article_view(Desk const& desk, auth::Caller const& caller, ArticleId const& id, bool latest) {
    return desk.db.read(caller.district, [&](sql::Tx& tx) { return view_in(desk, tx, caller, id, latest); });
}

core::Result<ArticleList> articles(Desk const& desk, auth::Caller const& caller, ArticleQuery const& query) {
    if (query.q.size() > longest_query)
        return core::invalid_at("q", "core.too_long", {{"max", std::to_string(longest_query)}});
    if (!query.kind.empty() && !core::enum_parse<ArticleKind>(query.kind))
        return core::invalid_at("kind", "core.unknown_choice");
    auto const org = core::OrgId::parse(query.org);
    if (!query.org.empty() && !org) return core::invalid_at("org", "core.identifier_expected");
    auto const place = TRY(read_place(query.after));
    int const limit = std::clamp(query.limit, 1, most_rows);
    return desk.db.read(caller.district, [&](sql::Tx& tx) -> core::Result<ArticleList> {
        auto const reader = reader_of(tx, caller);
        store::Filter filter{roster::today(tx, desk.clock), query.q, query.kind, org, query.unread, place, limit + 1};
        auto found = store::shown(tx, reader, filter);
        ArticleList list;
        if (static_cast<int>(found.size()) > limit) {
            found.pop_back();
            list.next = place_text(*found.back().published_at, found.back().id);
        }
        list.items = rows_of(tx, caller, found);
        list.total = store::count_shown(tx, reader, filter);
        list.unread = unread(tx, desk.clock, caller);
        return list;
    });
}

core::Result<ArticleView> note_read(Desk const& desk, auth::Caller const& caller, ArticleId const& id,
                                    ArticleSeen const& seen) {
    return desk.db.transact(caller.district, [&](sql::Tx& tx) -> core::Result<ArticleView> {
        auto const [article, version] = TRY(read_article(tx, desk.clock, caller, id, false));
        bool const reached = article.state == ArticleState::published && is_reached(tx, caller, article, version);
        bool const counts = reached && version.kind == ArticleKind::notice && article.owner_person != caller.person &&
                            caller.session_kind != auth::SessionKind::classroom;
        if (seen.confirmed && !(counts && version.must_read)) return core::conflict("news.nothing_to_confirm");
        if (!counts) return view_in(desk, tx, caller, id, false);
        auto const before = store::find_receipt(tx, id, caller.person);
        bool const known = before && before->version == article.current_version;
        ArticleReceipt receipt{id, caller.person, reader_kind(caller), article.current_version, desk.clock.now(), {}};
        if (known) {
            receipt.read_at = before->read_at;
            receipt.confirmed_at = before->confirmed_at;
        }
        if (seen.confirmed && !receipt.confirmed_at) receipt.confirmed_at = desk.clock.now();
        receipt.id = receipt_id(id, caller.person);
        store::put_receipt(tx, receipt);
        say_receipt(tx, receipt);
        if (receipt.confirmed_at) messages::settle(tx, desk.clock.now(), id.text(), caller.person);
        return view_in(desk, tx, caller, id, false);
    });
}

core::Result<ArticleDesk> my_articles(Desk const& desk, auth::Caller const& caller, ArticleDeskQuery const& query) {
    if (!query.state.empty() && !core::enum_parse<ArticleState>(query.state))
        return core::invalid_at("state", "core.unknown_choice");
    bool const may_oversee = overseen_at(caller) > 0;
    if (query.overseen && !may_oversee) return core::forbidden();
    auto const place = TRY(read_place(query.after));
    int const limit = std::clamp(query.limit, 1, most_rows);
    return desk.db.read(caller.district, [&](sql::Tx& tx) -> core::Result<ArticleDesk> {
        store::DeskFilter filter;
        filter.owner = caller.person;
        if (query.overseen) filter.overseen = caller.scope(permissions::withdraw);
        filter.state = query.state;
        filter.after = place;
        filter.limit = limit + 1;
        auto found = store::desk(tx, filter);
        ArticleDesk page;
        page.may_oversee = may_oversee;
        if (static_cast<int>(found.size()) > limit) {
            found.pop_back();
            page.next = place_text(found.back().updated_at, found.back().id);
        }
        page.items = rows_of(tx, caller, found);
        for (auto const& row : store::desk_counts(tx, filter)) page.states[row.state] = row.count;
        return page;
    });
}

core::Result<ArticleHistory> article_history(Desk const& desk, auth::Caller const& caller, ArticleId const& id) {
    return desk.db.read(caller.district, [&](sql::Tx& tx) -> core::Result<ArticleHistory> {
        auto const article = store::find(tx, id);
        if (!article || article->owner_person != caller.person) return core::not_found("news.not_found");
        ArticleHistory history;
        for (auto const& row : workflow::history(tx, review_kind, id.text())) {
            ArticleEvent event;
            event.decision = core::enum_text(row.decision);
            event.round = row.round;
            event.reason = row.reason;
            event.at = row.at;
            history.items.push_back(std::move(event));
        }
        return history;
    });
}

}  // namespace santong::news
