#include "modules/news/http.hpp"

#include "modules/news/permissions.hpp"
#include "modules/news/service_receipts.hpp"
#include "modules/news/service_view.hpp"
#include "platform/http/workbook.hpp"

namespace santong::news {

namespace {

using http::Access;
using http::Call;
using http::Router;

struct ArticleVersionQuery {
    bool latest = false;  ///< for author and reviewers: what is not published yet
};
BOOST_DESCRIBE_STRUCT(ArticleVersionQuery, (), (latest))

ArticleId article_id(Call const& call) {
    return call.id<ArticleId>("article_id");
}

void reading_routes(Router& router, Desk const& desk) {
    auto const view = Access::with(permissions::view);
    router
        .list<ArticleQuery, ArticleList>(
            "/api/v1/news", view,
            [desk](Call const& call, ArticleQuery const& query) { return articles(desk, call.caller, query); })
        .says("News and notices that reach the caller today, newest first.");
    router
        .list<ArticleVersionQuery, ArticleView>("/api/v1/news/{article_id}", view,
                                                [desk](Call const& call, ArticleVersionQuery const& query) {
                                                    return article_view(desk, call.caller, article_id(call),
                                                                        query.latest);
                                                })
        .says("One article; 410 with the reason for a reader of what was withdrawn.");
    router
        .act<ArticleSeen, ArticleView>("/api/v1/news/{article_id}/seen", view,
                                       [desk](Call const& call, ArticleSeen const& seen) {
                                           return note_read(desk, call.caller, article_id(call), seen);
                                       })
        .says("Notes that the caller has opened a notice, or confirms that he has read it.");
    router
        .get<ArticleReceipts>(
            "/api/v1/news/{article_id}/receipts", view,
            [desk](Call const& call) { return article_receipts(desk, call.caller, article_id(call)); })
        .says("How many of those whom a notice reaches have read and confirmed it, for its author and offices.");
    router
        .get<AudienceWaitingList>(
            "/api/v1/news/{article_id}/waiting", Access::with(permissions::withdraw),
            [desk](Call const& call) { return article_waiting(desk, call.caller, article_id(call)); })
        .says("Staff of the caller's own office who have not confirmed a must-read notice; the look is logged.");
    router
        .raw(http::Method::get, "/api/v1/news/{article_id}/receipts.xlsx", view, http::workbook_type,
             [desk](Call& call) {
                 http::WorkbookFile const file;
                 auto const done =
                     write_receipts(desk, call.caller, article_id(call), file.path().string(), call.language);
                 if (!done) return http::Response::problem(done.error(), call.trace_id);
                 return file.answer("attachment; filename=\"receipts.xlsx\"");
             })
        .says("Receipts of a notice as a workbook, with names for an office only.")
        .slowly();
}

void writing_routes(Router& router, Desk const& desk) {
    auto const write = Access::with(permissions::write);
    router
        .list<ArticleDeskQuery, ArticleDesk>(
            "/api/v1/my/news", write,
            [desk](Call const& call, ArticleDeskQuery const& query) { return my_articles(desk, call.caller, query); })
        .says("The caller's own articles with their states, or those that he may take away.");
    router
        .get<ArticlePlaces>("/api/v1/my/news/places", write,
                            [desk](Call const& call) { return places(desk, call.caller); })
        .says("In whose names the caller may write, and how far each reaches.");
    router
        .post<NewArticle, ArticleView>(
            "/api/v1/news", write,
            [desk](Call const& call, NewArticle const& wish) { return create(desk, call.caller, wish); })
        .says("Begins an article; nobody else sees it.");
    router
        .put<SaveArticle, ArticleView>("/api/v1/news/{article_id}", write,
                                       [desk](Call const& call, SaveArticle const& wish) {
                                           return save(desk, call.caller, article_id(call), wish);
                                       })
        .says("Writes the draft of an article; readers of a published one keep what they have.");
    router
        .del<core::Nothing>("/api/v1/news/{article_id}", write,
                            [desk](Call const& call) { return remove(desk, call.caller, article_id(call)); })
        .says("Removes a draft that was never submitted.");
    router
        .act<core::Nothing, ArticleView>(
            "/api/v1/news/{article_id}/submit", write,
            [desk](Call const& call, core::Nothing const&) { return submit(desk, call.caller, article_id(call)); })
        .says("Sends the draft into review by its scope.");
    router
        .act<core::Nothing, ArticleView>(
            "/api/v1/news/{article_id}/take-back", write,
            [desk](Call const& call, core::Nothing const&) { return take_back(desk, call.caller, article_id(call)); })
        .says("Takes it out of review again.");
    router
        .act<ArticleReason, ArticleView>("/api/v1/news/{article_id}/withdraw", write,
                                         [desk](Call const& call, ArticleReason const& wish) {
                                             return withdraw(desk, call.caller, article_id(call), wish);
                                         })
        .says("Takes a published article away from everybody at once, with a reason.");
    router
        .get<ArticleHistory>("/api/v1/news/{article_id}/history", write,
                             [desk](Call const& call) { return article_history(desk, call.caller, article_id(call)); })
        .says("What happened to one's own article, with the reasons of reviewers.");
}

}  // namespace

void register_routes(http::Router& router, Desk const& desk) {
    reading_routes(router, desk);
    writing_routes(router, desk);
}

}  // namespace santong::news
