#pragma once
// The area of a central school (中心校片区): the central school and the village schools and teaching points under it.
#include <vector>

#include "modules/roster/service.hpp"

namespace santong::roster {

/// The uppermost school at or above a school: its central school, or itself where it stands directly under a township
/// or the county.
OrgId area_of(sql::Tx& tx, OrgId const& school);
/// Open schools and teaching points of the same area, the central school first; at least the school itself.
std::vector<OrgId> area_schools(sql::Tx& tx, OrgId const& school);

}  // namespace santong::roster
