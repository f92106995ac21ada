// The door: titles, what waits for a reader, housekeeping, bulk writing.
#include "modules/news/service.hpp"

#include "modules/news/readers.hpp"
#include "modules/news/telling.hpp"
#include "modules/roster/service.hpp"

namespace santong::news {

std::optional<Article> article(sql::Tx& tx, ArticleId const& id) {
    return store::find(tx, id);
}

void name_articles(sql::Tx& tx, std::vector<core::Uuid> const& ids, std::map<std::string, std::string>& names) {
    std::vector<ArticleId> wanted;
    for (auto const& id : ids) wanted.push_back(ArticleId{id});
    std::vector<ArticleId> known;
    for (auto const& one : store::find_all(tx, wanted)) {
        if (one.current_version > 0) known.push_back(one.id);
    }
    for (auto& version : store::title_versions(tx, known))
        names.emplace(version.article_id.text(), std::move(version.title));
}

void title_articles(sql::Tx& tx, core::PersonId const& reader, std::vector<core::Uuid> const& ids,
                    std::map<std::string, std::string>& titles) {
    std::vector<ArticleId> wanted;
    for (auto const& id : ids) wanted.push_back(ArticleId{id});
    std::vector<ArticleId> known;
    for (auto const& one : store::find_all(tx, wanted)) {
        if (one.owner_person == reader || one.state == ArticleState::published) known.push_back(one.id);
    }
    for (auto& version : store::title_versions(tx, known))
        titles.emplace(version.article_id.text(), std::move(version.title));
}

std::int64_t unread(sql::Tx& tx, core::Clock const& clock, auth::Caller const& caller) {
    store::Filter filter;
    filter.today = roster::today(tx, clock);
    filter.unread = true;
    return store::count_shown(tx, reader_of(tx, caller), filter);
}

std::vector<FoundArticle> find_articles(sql::Tx& tx, core::Clock const& clock, auth::Caller const& caller,
                                        std::string const& words, int most) {
    store::Filter filter;
    filter.today = roster::today(tx, clock);
    filter.q = words;
    filter.limit = most;
    auto const rows = store::shown(tx, reader_of(tx, caller), filter);
    std::vector<core::OrgId> orgs;
    for (auto const& row : rows) orgs.push_back(row.org_id);
    std::map<core::OrgId, std::string> names;
    for (auto const& org : roster::orgs(tx, orgs)) names[org.id] = org.name;
    std::vector<FoundArticle> found;
    for (auto const& row : rows) found.push_back({row.id, row.title, names[row.org_id]});
    return found;
}

std::int64_t keep_house(sql::Database& db, core::DistrictId district, core::Clock const& clock) {
    return db.transact(district, [&](sql::Tx& tx) -> std::int64_t {
        settle_ended(tx, clock);
        return store::forget_receipts(tx, roster::today(tx, clock).plus_days(-receipt_days),
                                      clock.now().plus_days(-receipt_days));
    });
}

core::Result<void> write_bulk(sql::Tx& tx, files::Files const& files, BulkNews const& bulk) {
    store::insert_all(tx, bulk);
    std::map<ArticleId, Article const*> known;
    for (auto const& one : bulk.articles) {
        known[one.id] = &one;
        say(tx, one);
    }
    for (auto const& version : bulk.versions) {
        auto const& owner = *known.at(version.article_id);
        auto const holder = holder_of(owner.id, version.number);
        if (version.cover_file_id)
            TRY_VOID(files.hold(tx, *version.cover_file_id, file_holder_type, holder, owner.org_id));
        for (auto const& block : version.body) {
            if (block.file_id) TRY_VOID(files.hold(tx, *block.file_id, file_holder_type, holder, owner.org_id));
        }
        if (owner.state == ArticleState::published && owner.current_version == version.number)
            store::index(tx, owner.id, words_of(version));
    }
    return {};
}

}  // namespace santong::news
