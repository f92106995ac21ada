#pragma once
#include "platform/sql/database.hpp"

namespace santong::roster {

/// Says that this transaction changes the tree: it reads scopes from the database itself, and what the process
/// remembers of the district is dropped after its commit.
void scopes_change(sql::Tx& tx);

}  // namespace santong::roster
