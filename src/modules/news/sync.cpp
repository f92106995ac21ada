#include "modules/news/sync.hpp"

#include "modules/news/readers.hpp"
#include "modules/news/telling.hpp"
#include "modules/roster/sync.hpp"

namespace santong::news {

namespace {

/// SELECT of the articles of the subtree itself, and of those that somebody of it may read or could until they were
/// withdrawn.
std::string articles_held() {
    std::string const mine = roster::subtree_held();
    return "SELECT a.id FROM news_article a JOIN news_version v ON v.district_id = a.district_id AND v.article_id = "
           "a.id"
           " AND v.number = a.current_version WHERE a.district_id = $1 AND a.state IN ('published', 'withdrawn')"
           " AND (v.scope IN ('district', 'public') OR (v.scope = 'area' AND a.org_id IN (" +
           roster::area_held() + "))) UNION SELECT id FROM news_article WHERE district_id = $1 AND org_id IN (" + mine +
           ")";
}

/// The scope of one version; nothing where there is none of that number.
std::optional<ArticleScope> scope_of(std::vector<sync::Rows> const& rows, std::string const& number) {
    for (std::size_t i = 0; !sync::cell(rows, "news_version", "number", i).empty(); ++i) {
        if (sync::cell(rows, "news_version", "number", i) == number)
            return core::enum_parse<ArticleScope>(sync::cell(rows, "news_version", "scope", i));
    }
    return std::nullopt;
}

/// All words of one version.
std::string words_of_version(std::vector<sync::Rows> const& rows, std::string const& number) {
    std::string words;
    for (std::size_t i = 0; !sync::cell(rows, "news_version", "number", i).empty(); ++i) {
        if (sync::cell(rows, "news_version", "number", i) != number) continue;
        for (auto const* column : {"title", "summary", "byline", "body", "cover_file_id", "scope", "audience"})
            words += sync::cell(rows, "news_version", column, i) + '\n';
    }
    return words;
}

/// A box publishes for its own school. What reaches further was reviewed above and stays as it was passed.
void refuse_unreviewed_article(sql::Tx&, sync::Told const& told) {
    using sync::cell;
    auto const was = cell(told.before, "news_article", "state"), is = cell(told.after, "news_article", "state");
    if (is != "published") return;
    if (was == "withdrawn") throw sync::Refused("a withdrawal is not taken back from below");
    auto const before = cell(told.before, "news_article", "current_version");
    auto const after = cell(told.after, "news_article", "current_version");
    auto const scope = scope_of(told.after, after);
    if (scope == ArticleScope::school) return;
    if (!scope || was != "published" || before != after ||
        words_of_version(told.before, before) != words_of_version(told.after, after))
        throw sync::Refused("published beyond its school without the review above");
}

void index_articles(sql::Tx& tx, std::vector<std::string> const& ids) {
    for (auto const& text : ids) {
        auto const id = ArticleId::parse(text);
        auto const article = id ? store::find(tx, *id) : std::nullopt;
        if (!article) continue;
        auto const version = store::find_version(tx, *id, article->current_version);
        if (version && article->state == ArticleState::published)
            store::index(tx, *id, words_of(*version));
        else
            store::forget_words(tx, *id);
    }
}

}  // namespace

void add_shapes(sync::Shapes& shapes) {
    using sync::Direction;
    auto const own = roster::held_in("news_article", "org_id");
    // Holders are named "<article>/<version>".
    auto const files_in = [](std::string const& articles) {
        return roster::files_of_holders(file_holder_type,
                                        "IN (SELECT CAST(v.article_id AS TEXT) || '/' || CAST(v.number"
                                        " AS TEXT) FROM news_version v WHERE v.district_id = $1 AND"
                                        " v.article_id IN (" +
                                            articles + "))");
    };
    auto const brought = files_in("SELECT id FROM news_article WHERE district_id = $1 AND id = $2");
    roster::add_file_shapes(shapes, {"news", files_in(articles_held()), files_in(own)});
    shapes.add({.type = "news.Article",
                .direction = Direction::both,
                .tables = {{.name = "news_article", .read_as = &core::type_of<Article>},
                           {.name = "news_version", .key = "article_id", .read_as = &core::type_of<ArticleVersion>}},
                .held = articles_held(),
                .writes = own,
                .brings = {{"news.File", brought}, {"news.FileLinks", brought}},
                .moves = true,
                .check = refuse_unreviewed_article,
                .applied = index_articles});
    shapes.add({.type = receipt_type,
                .direction = Direction::both,
                .tables = {{.name = "news_receipt", .read_as = &core::type_of<ArticleReceipt>}},
                .held = "SELECT id FROM news_receipt WHERE district_id = $1 AND id IS NOT NULL AND article_id IN (" +
                        articles_held() + ") AND person_id IN (" + roster::persons_held() + ")"});
}

}  // namespace santong::news
