#pragma once
// Histories that grew at two places at once (Table::united): a decision in a review, a saved version of a plan. Of the
// entity's two versions one stays; of its history everything does, at every place (DESIGN 4).
#include <vector>

#include "platform/sync/change.hpp"
#include "platform/sync/shape.hpp"

namespace santong::sync {

bool has_history(Shape const& shape);

/// Rows of versions that do not stay: those that are missing here are added, and told on.
void add_missing(sql::Tx& tx, Shape const& shape, std::vector<Change> const& changes);

/// The changes stand here: where there are rows which their teller does not know, the whole is told back.
void tell_united(sql::Tx& tx, Shape const& shape, std::vector<Change> const& changes);

}  // namespace santong::sync
