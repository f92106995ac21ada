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

/// A migration that ran, as the database remembers it.
struct AppliedMigration {
    std::string module;
    int number = 0;
};
BOOST_DESCRIBE_STRUCT(AppliedMigration, (), (module, number))

/// What has run in a database that was migrated at least once.
std::vector<AppliedMigration> applied_migrations(Tx& tx);
/// Those of `known` that stand in `applied`, in order. Throws if one of `applied` is not known: the data are newer.
std::vector<Migration> known_migrations(std::vector<AppliedMigration> const& applied, std::span<Migration const> known);

/// Brings the schema up to date, forward only; returns the names of those that ran. Throws on a database that is newer.
std::vector<std::string> migrate(Database& db, std::span<Migration const> migrations);

}  // namespace santong::sql
