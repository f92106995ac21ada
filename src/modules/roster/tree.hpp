#pragma once
// Keeps the closure and the history of places in step with the org table.
#include <vector>

#include "modules/roster/store.hpp"

namespace santong::roster {

/// Writes nodes, renews the closure of them and of all below, and closes the old place of those that moved or were
/// renamed: the old one ends the day before `on`.
void write_orgs(sql::Tx& tx, std::vector<Org> const& rows, core::LocalDate on);

}  // namespace santong::roster
