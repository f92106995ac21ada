#pragma once
#include "platform/files/service.hpp"
#include "server/demo/write_roster.hpp"

namespace santong::server::demo {

/// An old folder that the demo's teacher has given to the library as a whole, two days before the demo begins: looked
/// through, with guesses still open, duplicates and junk; nothing of it is sent yet. `working` is for temporary files.
void write_intake(files::Files& files, DistrictPlan const& plan, std::vector<RoleAccount> const& accounts,
                  std::string const& working);

}  // namespace santong::server::demo
