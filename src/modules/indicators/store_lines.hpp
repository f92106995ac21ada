#pragma once
// SQL of the weeks of lines and boxes.
#include "modules/indicators/line_weeks.hpp"

namespace santong::indicators::store {

std::vector<LineFact> line_facts(sql::Tx& tx, core::LocalDate from, core::LocalDate to);
/// Weeks before this one are never counted again.
void freeze_lines(sql::Tx& tx, core::LocalDate before);
/// Takes what is not frozen of a week away and puts these there.
void replace_lines(sql::Tx& tx, core::LocalDate monday, std::vector<LineFact> const& facts);

}  // namespace santong::indicators::store
