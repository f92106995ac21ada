#pragma once
#include "modules/resources/store.hpp"

namespace santong::resources::store {

/// Published or ended ones of these places whose licence ends by a day, the nearest first.
std::vector<Resource> ending(sql::Tx& tx, std::vector<core::OrgId> const& places, core::LocalDate by);
/// Published ones whose licence does not hold on a day, and ended ones whose licence does.
std::vector<Resource> out_of_step(sql::Tx& tx, core::LocalDate on);

}  // namespace santong::resources::store
