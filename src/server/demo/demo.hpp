#pragma once
#include <cstdint>

#include "server/application.hpp"

namespace santong::server::demo {

/// Makes the demo district of Datong Lake (DEMO 2) in an empty folder: invented people, exact totals, asserted.
/// Throws if the folder holds a district already.
void make_district(Place const& place, std::uint64_t seed);

/// Prints CSV `role,login,password,home,totp_secret`; false in a folder that is no demo.
bool print_accounts(Place const& place);

}  // namespace santong::server::demo
