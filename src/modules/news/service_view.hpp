#pragma once
// The reader's side: the list, one article, receipts.
#include "modules/news/service_author.hpp"
#include "modules/news/store.hpp"

namespace santong::news {

/// What reaches the caller today, newest first.
core::Result<ArticleList> articles(Desk const& desk, auth::Caller const& caller, ArticleQuery const& query);
/// One article; `latest`: for author and reviewers the version that is not published yet.
core::Result<ArticleView> article_view(Desk const& desk, auth::Caller const& caller, ArticleId const& id, bool latest);
/// Notes that the caller has opened a notice, or confirms it. Nothing is noted of news, of the author himself, or at a
/// classroom screen.
core::Result<ArticleView> note_read(Desk const& desk, auth::Caller const& caller, ArticleId const& id,
                                    ArticleSeen const& seen);

/// The same inside a transaction.
core::Result<ArticleView> view_in(Desk const& desk, sql::Tx& tx, auth::Caller const& caller, ArticleId const& id,
                                  bool latest);
/// Rows with the names that they need.
std::vector<ArticleRow> rows_of(sql::Tx& tx, auth::Caller const& caller, std::vector<store::Listed> const& listed);
/// "1416560400000.0192…" as it stands in `after`.
core::Result<std::optional<store::Place>> read_place(std::string const& after);
std::string place_text(core::Instant at, ArticleId const& id);

}  // namespace santong::news
