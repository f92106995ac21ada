#pragma once
#include <optional>
#include <string>
#include <vector>

#include "platform/sql/database.hpp"

namespace santong::sql {

/// What a data folder is: a few named values written when it is made. District 0 holds those of the whole folder.
///
/// Names in use: "node" (this node's name in the feed), "demo" ("yes" in a demo folder),
/// "demo_start" (milliseconds at which the demo's clock begins), "backup_at" and "backup_bytes" (when the last backup
/// was made, ms, and its size), "line_measured_at" (when a box measured its line last), "clock_correction" (by how much
/// a box's clock is off, ms), "unfinished" ("demo" while the demo is being made, then "no"), "setup" and "setup_code"
/// (what the wizard of the first start knows so far; empty afterwards), "nightly", "nightly_day", "nightly_fault" (the
/// backup of every night).
std::optional<std::string> installation_value(Tx& tx, std::string const& name);
void set_installation_value(Tx& tx, std::string const& name, std::string const& value);

/// Districts whose data lie here; empty before the first roster import.
std::vector<core::DistrictId> districts(Database& db);
std::vector<core::DistrictId> districts(Tx& tx);
/// Takes a district into the folder. Told again, it changes nothing.
void add_district(Database& db, core::DistrictId district);
/// The same for the district of the transaction, with whatever else is written in it.
void add_district(Tx& tx);

}  // namespace santong::sql
