#pragma once
// Which master keys the records need, and whether a key that somebody brings is the right one.
#include <string>
#include <vector>

#include "platform/auth/keys.hpp"
#include "platform/sql/database.hpp"

namespace santong::auth {

/// Ids of the master keys that something of any district is sealed or signed with. Changes nothing.
std::vector<std::string> master_keys_needed(sql::Database& db);

/// Whether a key opens what the records hold under its id; false, too, if they hold nothing under it.
bool key_fits(sql::Database& db, MasterKey const& key);

}  // namespace santong::auth
