#pragma once
// The reviewer's side: queues, one review with its sheet, decisions. The author's name is never in a queue, and in a
// review only after the caller has decided.
#include "modules/workflow/review_views.hpp"
#include "modules/workflow/service.hpp"

namespace santong::workflow {

/// What waits for the caller, ordered by due time; or what he decided, latest first.
core::Result<core::Page<ReviewRow>> reviews(sql::Database& db, auth::Caller const& caller, ReviewQuery const& query);
/// One review; not_found for whoever is neither asked now nor was asked before.
core::Result<Review> review(sql::Database& db, auth::Caller const& caller, ItemId const& id);
/// Figures of one kind of thing, or of all where `subject_kind` is empty.
core::Result<ReviewSummary> summary(sql::Database& db, core::Clock const& clock, auth::Caller const& caller,
                                    std::string const& subject_kind);

/// Approves or returns. Approving needs a complete sheet and no failed automatic line; returning a reason.
core::Result<Item> decide(sql::Tx& tx, core::Clock const& clock, auth::Caller const& caller, ItemId const& id,
                          DecisionRequest const& request);
core::Result<Review> decide(sql::Database& db, core::Clock const& clock, auth::Caller const& caller, ItemId const& id,
                            DecisionRequest const& request);
/// Decides on many, each in a transaction of its own, and only on those whose sheet the caller has saved complete.
core::Result<BatchAnswer> decide_many(sql::Database& db, core::Clock const& clock, auth::Caller const& caller,
                                      BatchRequest const& request);
/// Keeps what the caller has ticked so far.
core::Result<Review> save_checklist(sql::Database& db, core::Clock const& clock, auth::Caller const& caller,
                                    ItemId const& id, ChecklistRequest const& request);
/// Reviewers to whom the caller may hand an item: of the same school or the county, neither its author nor himself.
core::Result<Deputies> deputies(sql::Database& db, core::Clock const& clock, auth::Caller const& caller,
                                ItemId const& id);
/// Hands an item to one of `deputies`; its own pool may still decide.
core::Result<Review> delegate(sql::Database& db, core::Clock const& clock, auth::Caller const& caller, ItemId const& id,
                              DelegateRequest const& request);

}  // namespace santong::workflow
