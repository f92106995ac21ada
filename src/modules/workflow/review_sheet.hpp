#pragma once
#include "modules/workflow/review_views.hpp"
#include "modules/workflow/service.hpp"

namespace santong::workflow {

/// The review sheet of an item: automatic lines as they stand now, then those that a reviewer ticks, by group.
std::vector<SheetLine> sheet_of(sql::Tx& tx, Item const& item, std::vector<std::string> const& ticked);

/// Refuses "workflow.sheet_not_filled" {left} or "workflow.check_failed" where an item cannot be approved yet.
core::Result<void> check_sheet(sql::Tx& tx, Item const& item, std::vector<std::string> const& ticked);

/// One review as the caller sees it; see `review`.
core::Result<Review> review_in(sql::Tx& tx, auth::Caller const& caller, ItemId const& id);

}  // namespace santong::workflow
