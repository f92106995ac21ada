#include "modules/news/store.hpp"

#include "platform/sql/full_text.hpp"

namespace santong::news::store {

namespace {

#define ARTICLE_COLUMNS                                                                                         \
    "id, org_id, owner_person, state, change, current_version, latest_version, published_at, withdrawn_reason," \
    " created_at, updated_at"
#define ARTICLE_VERSION_COLUMNS                                                                                     \
    "v.article_id, v.number, v.kind, v.title, v.summary, v.byline, v.body, v.cover_file_id, v.cover_text, v.scope," \
    " v.audience, v.from_day, v.until_day, v.must_read, v.created_at"

constexpr sql::FullText article_words("news_search");

}  // namespace

std::optional<Article> find(sql::Tx& tx, ArticleId const& id) {
    return tx.optional_row<Article>("SELECT " ARTICLE_COLUMNS " FROM news_article WHERE district_id = $1 AND id = $2",
                                    tx.district(), id);
}

std::vector<Article> find_all(sql::Tx& tx, std::vector<ArticleId> const& ids) {
    return tx.rows<Article>("SELECT " ARTICLE_COLUMNS " FROM news_article WHERE district_id = $1 AND id {in $2}",
                            tx.district(), ids);
}

void insert(sql::Tx& tx, Article const& article) {
    tx.insert_one("news_article", article);
}

bool update(sql::Tx& tx, Article const& a, Article const& before) {
    return tx.execute(
               "UPDATE news_article SET state = $3, change = $4, current_version = $5, latest_version = $6,"
               " published_at = $7, withdrawn_reason = $8, updated_at = $9"
               " WHERE district_id = $1 AND id = $2 AND updated_at = $10 AND state = $11 AND change = $12",
               tx.district(), a.id, a.state, a.change, a.current_version, a.latest_version, a.published_at,
               a.withdrawn_reason, a.updated_at, before.updated_at, before.state, before.change) == 1;
}

void remove(sql::Tx& tx, ArticleId const& id) {
    article_words.remove(tx, id.text());
    tx.execute("DELETE FROM news_version WHERE district_id = $1 AND article_id = $2", tx.district(), id);
    tx.execute("DELETE FROM news_article WHERE district_id = $1 AND id = $2", tx.district(), id);
}

std::optional<ArticleVersion> find_version(sql::Tx& tx, ArticleId const& id, int number) {
    return tx.optional_row<ArticleVersion>("SELECT " ARTICLE_VERSION_COLUMNS
                                           " FROM news_version v WHERE v.district_id = $1"
                                           " AND v.article_id = $2 AND v.number = $3",
                                           tx.district(), id, number);
}

std::vector<ArticleVersion> find_versions(sql::Tx& tx, ArticleId const& id) {
    return tx.rows<ArticleVersion>("SELECT " ARTICLE_VERSION_COLUMNS
                                   " FROM news_version v WHERE v.district_id = $1"
                                   " AND v.article_id = $2 ORDER BY v.number",
                                   tx.district(), id);
}

void insert_version(sql::Tx& tx, ArticleVersion const& version) {
    tx.insert_one("news_version", version);
}

void replace_version(sql::Tx& tx, ArticleVersion const& version) {
    tx.execute("DELETE FROM news_version WHERE district_id = $1 AND article_id = $2 AND number = $3", tx.district(),
               version.article_id, version.number);
    tx.insert_one("news_version", version);
}

std::vector<ArticleVersion> title_versions(sql::Tx& tx, std::vector<ArticleId> const& ids) {
    return tx.rows<ArticleVersion>(
        "SELECT " ARTICLE_VERSION_COLUMNS
        " FROM news_article a JOIN news_version v ON v.district_id = a.district_id AND v.article_id = a.id"
        " AND v.number = CASE WHEN a.current_version > 0 THEN a.current_version ELSE a.latest_version END"
        " WHERE a.district_id = $1 AND a.id {in $2}",
        tx.district(), ids);
}

void index(sql::Tx& tx, ArticleId const& id, std::string const& words) {
    article_words.put(tx, id.text(), words);
}

void forget_words(sql::Tx& tx, ArticleId const& id) {
    article_words.remove(tx, id.text());
}

std::optional<ArticleReceipt> find_receipt(sql::Tx& tx, ArticleId const& id, core::PersonId const& person) {
    return tx.optional_row<ArticleReceipt>(
        "SELECT article_id, person_id, reader, version, read_at, confirmed_at, id FROM news_receipt"
        " WHERE district_id = $1 AND article_id = $2 AND person_id = $3",
        tx.district(), id, person);
}

std::vector<ArticleReceipt> receipts(sql::Tx& tx, ArticleId const& id, int version) {
    return tx.rows<ArticleReceipt>(
        "SELECT article_id, person_id, reader, version, read_at, confirmed_at, id FROM news_receipt"
        " WHERE district_id = $1 AND article_id = $2 AND version = $3 ORDER BY person_id",
        tx.district(), id, version);
}

std::vector<Telling> tellings(sql::Tx& tx) {
    return tx.rows<Telling>(
        "SELECT article_id, version, told_up_to FROM news_telling WHERE district_id = $1 ORDER BY article_id",
        tx.district());
}

void put_telling(sql::Tx& tx, Telling const& telling) {
    tx.insert_one("news_telling", telling,
                  "ON CONFLICT (district_id, article_id) DO UPDATE SET version = excluded.version,"
                  " told_up_to = excluded.told_up_to");
}

void end_telling(sql::Tx& tx, ArticleId const& id) {
    tx.execute("DELETE FROM news_telling WHERE district_id = $1 AND article_id = $2", tx.district(), id);
}

std::vector<ArticleId> ended_notices(sql::Tx& tx, core::LocalDate from, core::LocalDate to) {
    return tx.column<ArticleId>(
        "SELECT a.id FROM news_article a JOIN news_version v ON v.district_id = a.district_id AND v.article_id = a.id"
        " AND v.number = a.current_version WHERE a.district_id = $1 AND v.must_read = TRUE AND v.until_day >= $2"
        " AND v.until_day < $3 ORDER BY a.id",
        tx.district(), from, to);
}

void put_receipt(sql::Tx& tx, ArticleReceipt const& receipt) {
    tx.insert_one("news_receipt", receipt,
                  "ON CONFLICT (district_id, article_id, person_id) DO UPDATE SET reader = excluded.reader,"
                  " version = excluded.version, read_at = excluded.read_at, confirmed_at = excluded.confirmed_at,"
                  " id = excluded.id");
}

std::int64_t forget_receipts(sql::Tx& tx, core::LocalDate ended_before, core::Instant withdrawn_before) {
    return tx.execute(
        "DELETE FROM news_receipt WHERE district_id = $1 AND article_id IN (SELECT a.id FROM news_article a"
        " JOIN news_version v ON v.district_id = a.district_id AND v.article_id = a.id AND v.number = a.current_version"
        " WHERE a.district_id = $1 AND (v.until_day < $2 OR (a.state = 'withdrawn' AND a.updated_at < $3)))",
        tx.district(), ended_before, withdrawn_before);
}

void insert_all(sql::Tx& tx, BulkNews const& bulk) {
    tx.insert("news_article", bulk.articles);
    tx.insert("news_version", bulk.versions);
    tx.insert("news_receipt", bulk.receipts);
}

}  // namespace santong::news::store
