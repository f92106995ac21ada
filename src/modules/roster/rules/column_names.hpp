#pragma once
// Headings that schools, registers and OneRoster files use for each field. For column_guess only.
#include <span>
#include <string_view>

#include "modules/roster/rules/column_guess.hpp"

namespace santong::roster::rules {

struct ColumnName {
    RosterField field;
    std::string_view names;  ///< divided by |, in the form of `text::search_form`, without blanks and signs
};

std::span<ColumnName const> column_names();

}  // namespace santong::roster::rules
