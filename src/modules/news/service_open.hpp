#pragma once
// The public door: articles that are public, for whoever comes, without signing in, and nothing else.
#include "modules/news/service_author.hpp"

namespace santong::news {

struct OpenArticleSearch {
    std::string q;
    std::string kind;
    std::string after;
    int limit = 12;  ///< 1–60
};
BOOST_DESCRIBE_STRUCT(OpenArticleSearch, (), (q, kind, after, limit))

/// A public article as a stranger sees it.
struct OpenArticle {
    ArticleId id;
    ArticleKind kind = ArticleKind::news;
    std::string title;
    std::string summary;
    std::string org_name;
    std::string byline;
    std::optional<core::Instant> published_at;
    core::Instant updated_at;
    std::string cover_text;
    std::string cover_url;
    std::optional<core::FileId> cover_file_id;  ///< of use to http_open.cpp alone, which signs an address for it
};
BOOST_DESCRIBE_STRUCT(OpenArticle, (),
                      (id, kind, title, summary, org_name, byline, published_at, updated_at, cover_text, cover_url))

struct OpenArticles {
    std::vector<OpenArticle> items;
    std::optional<std::string> next;
    std::int64_t total = 0;
};
BOOST_DESCRIBE_STRUCT(OpenArticles, (), (items, next, total))

/// One public article with the text that its readers have.
struct OpenArticleText {
    OpenArticle item;
    std::vector<ArticleBlock> body;
};

core::Result<OpenArticles> search_open(Desk const& desk, core::DistrictId district, OpenArticleSearch const& wish);
/// not_found for everything that is not public today, whatever it is.
core::Result<OpenArticleText> open_one(Desk const& desk, core::DistrictId district, ArticleId const& id);
/// Whether a file belongs to the public version of an article today.
bool is_open_file(Desk const& desk, core::DistrictId district, ArticleId const& id, core::FileId const& file);

}  // namespace santong::news
