#pragma once
// May include: domain, platform/sql. Resources used at other schools, and what the library held week by week.
#include "modules/indicators/domain.hpp"
#include "platform/sql/database.hpp"

namespace santong::indicators::store {

void put_reuses(sql::Tx& tx, std::vector<ReuseFact> const& facts);
/// Resources that are kept as used in one plan.
std::vector<core::Uuid> reused_in_plan(sql::Tx& tx, core::Uuid const& plan);
void remove_plan_reuses(sql::Tx& tx, core::Uuid const& plan, std::vector<core::Uuid> const& resources);
/// Resources used at another school in the weeks from..to; a session that its teacher discarded is no use.
std::vector<core::Uuid> reused(sql::Tx& tx, core::LocalDate from, core::LocalDate to);

/// Lines of the weeks from..to that are kept.
std::vector<ShelfLine> shelf_lines(sql::Tx& tx, core::LocalDate from, core::LocalDate to);
/// Replaces the lines of a week; does nothing to a frozen one.
void replace_shelf_lines(sql::Tx& tx, core::LocalDate monday, std::vector<ShelfLine> const& lines);

}  // namespace santong::indicators::store
