#pragma once
// The records of a whole database in a form that both databases write and read: backups, and moves from one to the
// other.
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "platform/sql/database.hpp"

namespace santong::sql {

/// What the cells of a column hold; it decides how a neutral cell is written.
enum class CellType : int { integer, boolean, real, text, bytes };
BOOST_DESCRIBE_ENUM(CellType, integer, boolean, real, text, bytes)

struct DumpColumn {
    std::string name;
    CellType type = CellType::text;
    bool operator==(DumpColumn const&) const = default;
};
BOOST_DESCRIBE_STRUCT(DumpColumn, (), (name, type))

/// `search`: a full-text index, whose rows are (district_id, key, words). `counter`: a number that only grows, kept in
/// a table here and in a sequence there; its only row is (only_row, last).
enum class TableKind : int { records, search, counter };
BOOST_DESCRIBE_ENUM(TableKind, records, search, counter)

struct DumpTable {
    std::string name;
    TableKind kind = TableKind::records;
    std::vector<DumpColumn> columns;
};
BOOST_DESCRIBE_STRUCT(DumpTable, (), (name, kind, columns))

/// Cells as text, booleans as 0 and 1, bytes as they are; empty = NULL.
using DumpRow = std::vector<std::optional<std::string>>;

/// All tables that hold something, each after those that its foreign keys name.
std::vector<DumpTable> dump_tables(Tx& tx);
/// Every row of one of them, read in the transaction's snapshot.
void dump_rows(Tx& tx, DumpTable const& table, std::function<void(DumpRow const&)> const& on_row);

/// Whether the database has tables of this program at all.
bool has_tables(Tx& tx);
/// Empties all tables (a fresh schema holds rows that its migrations wrote) and answers them. The transaction may then
/// take long.
std::vector<DumpTable> prepare_load(Tx& tx);

/// Writes the rows of one table. Throws DatabaseError if `here`, from `prepare_load`, has no such table or it has other
/// columns.
class TableLoader {
public:
    TableLoader(Tx& tx, std::vector<DumpTable> const& here, DumpTable const& table);
    ~TableLoader();
    void add(DumpRow const& row);
    void finish();

    class Way;  ///< how this database takes rows of this kind

private:
    std::unique_ptr<Way> way_;
};

}  // namespace santong::sql
