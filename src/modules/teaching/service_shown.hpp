#pragma once
// What running lessons show or may show next: the bytes of it stay on a box's disk.
#include <vector>

#include "modules/teaching/domain_plan.hpp"
#include "platform/sql/database.hpp"

namespace santong::teaching {

/// Resources of all running lessons: what was shown, what stands on a screen, what their plans name.
std::vector<ResourceId> resources_of_running(sql::Tx& tx);

}  // namespace santong::teaching
