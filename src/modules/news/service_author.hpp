#pragma once
// The author's side: write, send into review, take back, withdraw.
#include "modules/news/service.hpp"
#include "modules/news/views.hpp"

namespace santong::news {

/// What the use cases work with.
struct Desk {
    sql::Database& db;
    core::Clock const& clock;
    files::Files const& files;
};

/// In whose names the caller may write, and how far each reaches.
core::Result<ArticlePlaces> places(Desk const& desk, auth::Caller const& caller);
/// A draft of the caller's own. Refuses files that he did not upload, pictures that are none ("news.not_a_picture").
core::Result<ArticleView> create(Desk const& desk, auth::Caller const& caller, NewArticle const& wish);
/// Writes a draft; of a published article the draft of its next version.
core::Result<ArticleView> save(Desk const& desk, auth::Caller const& caller, ArticleId const& id,
                               SaveArticle const& wish);
/// Sends the draft into review by its scope; says everything that is still missing.
core::Result<ArticleView> submit(Desk const& desk, auth::Caller const& caller, ArticleId const& id);
/// Takes it out of review again.
core::Result<ArticleView> take_back(Desk const& desk, auth::Caller const& caller, ArticleId const& id);
/// Takes a published article away from everybody at once, with a reason.
core::Result<ArticleView> withdraw(Desk const& desk, auth::Caller const& caller, ArticleId const& id,
                                   ArticleReason const& wish);
/// Removes a draft that was never submitted.
core::Result<core::Nothing> remove(Desk const& desk, auth::Caller const& caller, ArticleId const& id);

/// The caller's own articles, or those that he oversees.
core::Result<ArticleDesk> my_articles(Desk const& desk, auth::Caller const& caller, ArticleDeskQuery const& query);
/// What happened to one's own article.
core::Result<ArticleHistory> article_history(Desk const& desk, auth::Caller const& caller, ArticleId const& id);

}  // namespace santong::news
