#pragma once
#include <string>
#include <string_view>

#include "platform/sql/database.hpp"

namespace santong::sql {

/// Turns the common text of a statement into one database's own: `$3` and `{in $3}`.
std::string rewrite(std::string_view text, Dialect dialect);
/// The same for a migration: `{uuid}`, `{bytes}`, `{json}` and lines marked for one database.
std::string rewrite_migration(std::string_view text, Dialect dialect);

/// Records that a statement ran; read back by `Database::statement_figures`.
void count_statement(std::source_location const& where, std::int64_t microseconds);

/// The step that the calling thread wants to run first in each of its transactions; may be empty.
std::function<void(Tx&)>& thread_prologue();

/// What the machinery may do with a transaction.
struct TxAccess {
    static void before_commit(Tx& tx);
    static std::vector<std::function<void()>> take_after_commit(Tx& tx);
    static Connection& connection(Tx& tx) { return tx.connection_; }
};

std::unique_ptr<Database> open_sqlite(Database::Options const& options);
std::unique_ptr<Database> open_postgresql(Database::Options const& options);

}  // namespace santong::sql
