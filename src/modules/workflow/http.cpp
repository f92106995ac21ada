#include "modules/workflow/http.hpp"

#include "modules/roster/service.hpp"
#include "modules/workflow/permissions.hpp"
#include "modules/workflow/service_review.hpp"

namespace santong::workflow {

namespace {

struct SummaryQuery {
    std::string subject_kind;  ///< empty = all kinds
};
BOOST_DESCRIBE_STRUCT(SummaryQuery, (), (subject_kind))

core::Result<core::Page<ReviewRow>> in_language(http::Call const& call, core::Result<core::Page<ReviewRow>> answer) {
    if (!answer) return answer;
    for (auto& row : answer->items) row.subject_title = roster::subject_title(row.subject_code, call.language);
    return answer;
}

core::Result<Review> in_language(http::Call const& call, core::Result<Review> answer) {
    if (answer) answer->item.subject_title = roster::subject_title(answer->item.subject_code, call.language);
    return answer;
}

ItemId item_id(http::Call const& call) {
    return call.id<ItemId>("item_id");
}

void register_reading(http::Router& router, http::Access const& access, sql::Database& db, core::Clock const& clock) {
    router
        .list<ReviewQuery, core::Page<ReviewRow>>("/api/v1/reviews", access,
                                                  [&db](http::Call const& call, ReviewQuery const& query) {
                                                      return in_language(call, reviews(db, call.caller, query));
                                                  })
        .says("What waits for the caller's decision, by due time, or what he decided; without author names.");
    router
        .list<SummaryQuery, ReviewSummary>("/api/v1/reviews/summary", access,
                                           [&db, &clock](http::Call const& call, SummaryQuery const& query) {
                                               return summary(db, clock, call.caller, query.subject_kind);
                                           })
        .says("Figures above the review queue.");
    router
        .get<Review>(
            "/api/v1/reviews/{item_id}", access,
            [&db](http::Call const& call) { return in_language(call, review(db, call.caller, item_id(call))); })
        .says("One review: its path, what happened, the review sheet with automatic checks.");
    router
        .get<Deputies>(
            "/api/v1/reviews/{item_id}/deputies", access,
            [&db, &clock](http::Call const& call) { return deputies(db, clock, call.caller, item_id(call)); })
        .says("Reviewers to whom the item may be handed.");
}

}  // namespace

void register_routes(http::Router& router, sql::Database& db, core::Clock const& clock) {
    auto const access = http::Access::with(permissions::review);
    register_reading(router, access, db, clock);
    router
        .act<DecisionRequest, Review>("/api/v1/reviews/{item_id}/decision", access,
                                      [&db, &clock](http::Call const& call, DecisionRequest const& body) {
                                          return in_language(call, decide(db, clock, call.caller, item_id(call), body));
                                      })
        .says("Approves or returns an item.");
    router
        .act<BatchRequest, BatchAnswer>("/api/v1/reviews/decisions", access,
                                        [&db, &clock](http::Call const& call, BatchRequest const& body) {
                                            return decide_many(db, clock, call.caller, body);
                                        })
        .says("Decides on many items whose sheet is filled; says for each whether it was done.");
    router
        .put<ChecklistRequest, Review>("/api/v1/reviews/{item_id}/checklist", access,
                                       [&db, &clock](http::Call const& call, ChecklistRequest const& body) {
                                           return in_language(
                                               call, save_checklist(db, clock, call.caller, item_id(call), body));
                                       })
        .says("Keeps what the caller has ticked so far.");
    router
        .act<DelegateRequest, Review>("/api/v1/reviews/{item_id}/delegate", access,
                                      [&db, &clock](http::Call const& call, DelegateRequest const& body) {
                                          return in_language(call,
                                                             delegate(db, clock, call.caller, item_id(call), body));
                                      })
        .says("Hands an item to another reviewer.");
}

}  // namespace santong::workflow
