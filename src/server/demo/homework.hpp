#pragma once
#include "platform/files/service.hpp"
#include "server/demo/plan.hpp"
#include "server/demo/sign_ins.hpp"
#include "server/demo/write_roster.hpp"

namespace santong::server::demo {

/// Two weeks of homework at the central school: every class's load, and in the class of the demo's pupil the works of
/// the last days, written, photographed or on paper, some marked with the pen and given back.
void write_homework(files::Files& files, DistrictPlan const& plan, std::vector<RoleAccount> const& accounts,
                    Random random, SignIns& sign_ins);

}  // namespace santong::server::demo
