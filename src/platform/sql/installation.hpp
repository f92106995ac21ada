#pragma once
#include <optional>
#include <string>
#include <vector>

#include "platform/sql/database.hpp"

namespace santong::sql {

/// What a data folder is: a few named values written when it is made. District 0 holds those of the whole folder.
///
/// Names in use: "node" (this node's name in the feed), "demo" ("yes" in a demo folder),
/// "demo_start" (milliseconds at which the demo's clock begins).
std::optional<std::string> installation_value(Tx& tx, std::string const& name);
void set_installation_value(Tx& tx, std::string const& name, std::string const& value);

/// Districts whose data lie here; empty before the first roster import.
std::vector<core::DistrictId> districts(Database& db);
/// Takes a district into the folder. Told again, it changes nothing.
void add_district(Database& db, core::DistrictId district);

}  // namespace santong::sql
