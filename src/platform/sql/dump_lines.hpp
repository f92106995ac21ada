#pragma once
// Inner words of the dump: names in SQL, and the lines of PostgreSQL's COPY in its text format.
#include <string>
#include <string_view>
#include <vector>

#include "platform/sql/dump.hpp"

namespace santong::sql {

/// "name" in double quotes; a name that holds one is a broken assumption.
std::string quoted(std::string const& name);
/// "\"a\", \"b\""
std::string column_list(std::vector<DumpColumn> const& columns);

/// Reads a line (without its end) into neutral cells. Throws DatabaseError if it has another number of cells.
void read_line(std::string_view line, std::vector<DumpColumn> const& columns, DumpRow& row);
/// Appends a row as a line with its end.
void append_line(std::string& out, std::vector<DumpColumn> const& columns, DumpRow const& row);

}  // namespace santong::sql
