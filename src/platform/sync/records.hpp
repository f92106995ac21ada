#pragma once
// Rows of any table, read and written without knowing what they mean. Inner words of the sync.
#include <map>
#include <string>
#include <vector>

#include "platform/sync/shape.hpp"

namespace santong::sync {

/// What the schema of this node says of a table.
struct TableSchema {
    std::string name;
    std::vector<sql::DumpColumn> columns;
    std::vector<std::string> primary_key;
    bool of_district = false;  ///< has a district_id

    sql::DumpColumn const* column(std::string_view name) const;
};

/// The schema of a table; read once a process. Throws std::logic_error if there is none of that name.
TableSchema const& table_schema(sql::Tx& tx, std::string const& name);

/// Rows of the entities, by entity id. Every id has an entry, if only an empty one.
std::map<std::string, Rows> read_rows(sql::Tx& tx, Table const& table, std::vector<std::string> const& ids);

/// Makes the rows of one entity what they are said to be: others go, columns that the sender does not know stay as they
/// are. Of a field group only the group is written, and only where the row stands. Throws what the database throws.
/// Answers whether every column that came is known here.
bool write_rows(sql::Tx& tx, Table const& table, std::string const& id, Rows const& rows);

/// The rows of one entity on their way in.
struct EntityRows {
    std::string const* id = nullptr;
    Rows const* rows = nullptr;
};
/// As `write_rows` for many entities of one table, each named once: their rows go in a few statements.
void write_all(sql::Tx& tx, Table const& table, std::vector<EntityRows> const& entities);

/// Takes all rows of the entity away; a field group leaves its row alone.
void drop_rows(sql::Tx& tx, Table const& table, std::string const& id);

}  // namespace santong::sync
