#pragma once
// What the cells of a column look like. For column_guess only.
#include <optional>
#include <span>

#include "modules/roster/rules/column_guess.hpp"

namespace santong::roster::rules {

/// Which share of the cells (0–1) looks like this field; nothing for fields without a look of their own, or if there
/// are no cells to judge by.
std::optional<double> content_score(std::span<text::Cell const> cells, RosterField field);

/// Fields that may be recognised by their cells alone.
std::span<RosterField const> recognisable_fields();

}  // namespace santong::roster::rules
