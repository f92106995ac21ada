#include "modules/news/sync.hpp"

#include "modules/news/readers.hpp"
#include "modules/roster/sync.hpp"

namespace santong::news {

namespace {

/// SELECT of the articles that somebody of the subtree may read, or could until they were withdrawn.
std::string articles_held() {
    std::string const mine = roster::subtree_held();
    return "SELECT a.id FROM news_article a JOIN news_version v ON v.district_id = a.district_id AND v.article_id = "
           "a.id"
           " AND v.number = a.current_version WHERE a.district_id = $1 AND a.state IN ('published', 'withdrawn')"
           " AND (v.scope IN ('district', 'public') OR a.org_id IN (" +
           mine + ") OR (v.scope = 'area' AND a.org_id IN (" + roster::area_held() + ")))";
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
    shapes.add({.type = "news.Article",
                .tables = {{.name = "news_article"}, {.name = "news_version", .key = "article_id"}},
                .held = articles_held(),
                .moves = true,
                .applied = index_articles});
}

}  // namespace santong::news
