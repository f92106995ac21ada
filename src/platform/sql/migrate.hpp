#pragma once
#include <span>
#include <string>
#include <vector>

#include "platform/sql/database.hpp"

namespace santong::sql {

/// One numbered SQL file of a module. Types that differ are written {uuid}, {bytes}, {json}; a line that begins with
/// "--sqlite:" or "--postgresql:" is taken by that database only.
struct Migration {
    std::string module;  ///< "roster"
    int number = 0;      ///< 1 for 0001_people.sql
    std::string name;
    std::string text;
};

/// The migrations that the build put into the program, modules in level order.
std::span<Migration const> embedded_migrations();

/// Brings the schema up to date, forward only; returns the names of those that ran. Throws on a database that is newer.
std::vector<std::string> migrate(Database& db, std::span<Migration const> migrations);

}  // namespace santong::sql
