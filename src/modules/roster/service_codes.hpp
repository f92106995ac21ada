#pragma once
// Code tables in the database, so that they can be read by their versions and joined to by exports.
#include <string>
#include <vector>

#include "core/result.hpp"
#include "modules/roster/domain.hpp"
#include "platform/sql/database.hpp"

namespace santong::roster {

/// A code table with all its versions.
struct CodeTableView {
    std::string name;
    std::vector<std::string> versions;
    std::vector<CodeItem> items;
};
BOOST_DESCRIBE_STRUCT(CodeTableView, (), (name, versions, items))

/// Brings the tables that the program carries into the database; at every start, after the migrations. Writes only what
/// is new: a code is never deleted.
void load_code_tables(sql::Database& db);

/// Refuses with "roster.code_table_unknown".
core::Result<CodeTableView> code_table(sql::Tx& tx, std::string const& name);

}  // namespace santong::roster
