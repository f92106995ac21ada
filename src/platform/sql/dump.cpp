// Which tables there are, and reading them out.
#include "platform/sql/dump.hpp"

#include <algorithm>
#include <charconv>
#include <set>

#include "platform/sql/dump_lines.hpp"
#include "platform/sql/rewrite.hpp"

namespace santong::sql {

namespace {

struct ColumnRow {
    std::string of;
    std::string name;
    std::string type;
};
BOOST_DESCRIBE_STRUCT(ColumnRow, (), (of, name, type))

struct ReferenceRow {
    std::string of;
    std::string refers_to;
};
BOOST_DESCRIBE_STRUCT(ReferenceRow, (), (of, refers_to))

bool lite(Tx const& tx) {
    return tx.dialect() == Dialect::sqlite;
}

CellType cell_type(std::string declared) {
    std::transform(declared.begin(), declared.end(), declared.begin(),
                   [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
    if (declared.find("INT") != std::string::npos) return CellType::integer;
    if (declared == "BOOLEAN") return CellType::boolean;
    if (declared == "DOUBLE PRECISION" || declared == "REAL") return CellType::real;
    if (declared == "BLOB" || declared == "BYTEA") return CellType::bytes;
    return CellType::text;
}

std::vector<ColumnRow> all_columns(Tx& tx) {
    return lite(tx) ? tx.rows<ColumnRow>(
                          "SELECT t.name AS of, c.name AS name, c.type AS type FROM pragma_table_list t"
                          " JOIN pragma_table_info(t.name) c WHERE t.schema = 'main' AND t.type = 'table'"
                          " ORDER BY t.name, c.cid")
                    : tx.rows<ColumnRow>(
                          "SELECT CAST(table_name AS TEXT) AS of, CAST(column_name AS TEXT) AS name,"
                          " CAST(data_type AS TEXT) AS type FROM information_schema.columns"
                          " WHERE table_schema = current_schema() ORDER BY table_name, ordinal_position");
}

std::vector<ReferenceRow> all_references(Tx& tx) {
    return lite(tx) ? tx.rows<ReferenceRow>(
                          "SELECT DISTINCT t.name AS of, f.\"table\" AS refers_to FROM pragma_table_list t"
                          " JOIN pragma_foreign_key_list(t.name) f"
                          " WHERE t.schema = 'main' AND t.type = 'table'")
                    : tx.rows<ReferenceRow>(
                          "SELECT DISTINCT CAST(c.relname AS TEXT) AS of, CAST(p.relname AS TEXT) AS refers_to"
                          " FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid JOIN pg_class p ON p.oid = "
                          "k.confrelid"
                          " JOIN pg_namespace n ON n.oid = c.relnamespace"
                          " WHERE k.contype = 'f' AND n.nspname = current_schema()");
}

std::vector<std::string> table_names(Tx& tx) {
    return lite(tx) ? tx.column<std::string>(
                          "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table'"
                          " AND name NOT LIKE 'sqlite_%' ORDER BY name")
                    : tx.column<std::string>(
                          "SELECT CAST(c.relname AS TEXT) FROM pg_class c"
                          " JOIN pg_namespace n ON n.oid = c.relnamespace"
                          " WHERE n.nspname = current_schema() AND c.relkind = 'r' ORDER BY c.relname");
}

/// Full-text indexes: an FTS5 table "…_words" beside its keys, or a table with a tsvector (full_text.hpp).
std::set<std::string> search_names(Tx& tx) {
    auto const names = lite(tx)
                           ? tx.column<std::string>(
                                 "SELECT substr(name, 1, length(name) - 6) FROM pragma_table_list WHERE schema = 'main'"
                                 " AND type = 'virtual' AND name LIKE '%\\_words' ESCAPE '\\'")
                           : tx.column<std::string>(
                                 "SELECT CAST(table_name AS TEXT) FROM information_schema.columns"
                                 " WHERE table_schema = current_schema() AND data_type = 'tsvector'");
    return {names.begin(), names.end()};
}

std::vector<std::string> sequence_names(Tx& tx) {
    if (lite(tx)) return {};
    return tx.column<std::string>(
        "SELECT CAST(c.relname AS TEXT) FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace"
        " WHERE n.nspname = current_schema() AND c.relkind = 'S' ORDER BY c.relname");
}

std::vector<DumpColumn> const& search_columns() {
    static std::vector<DumpColumn> const columns{
        {"district_id", CellType::integer}, {"key", CellType::text}, {"words", CellType::text}};
    return columns;
}

std::vector<DumpColumn> const& counter_columns() {
    static std::vector<DumpColumn> const columns{{"only_row", CellType::integer}, {"last", CellType::integer}};
    return columns;
}

/// All tables by name, not yet in order.
std::vector<DumpTable> described_tables(Tx& tx) {
    auto const search = search_names(tx);
    auto const columns = all_columns(tx);
    std::vector<DumpTable> tables;
    for (auto const& name : table_names(tx)) {
        DumpTable table{name, TableKind::records, {}};
        for (auto const& column : columns) {
            if (column.of == name) table.columns.push_back({column.name, cell_type(column.type)});
        }
        if (table.columns == counter_columns()) table.kind = TableKind::counter;
        if (search.contains(name)) table = {name, TableKind::search, search_columns()};
        tables.push_back(std::move(table));
    }
    for (auto const& name : sequence_names(tx)) tables.push_back({name, TableKind::counter, counter_columns()});
    return tables;
}

/// Puts a table behind those that it refers to.
struct Ordering {
    std::vector<DumpTable> const& tables;
    std::vector<ReferenceRow> references;
    std::vector<DumpTable> ordered;
    std::set<std::string> seen;

    void put(DumpTable const& table) {
        if (!seen.insert(table.name).second) return;
        for (auto const& reference : references) {
            if (reference.of != table.name) continue;
            for (auto const& other : tables) {
                if (other.name == reference.refers_to) put(other);
            }
        }
        ordered.push_back(table);
    }
};

std::string neutral(Cells const& cells, int at, CellType type) {
    if (type == CellType::bytes) return cells.bytes(at);
    if (type != CellType::real) return std::string(cells.text(at));
    char digits[40];
    return std::string(digits, std::to_chars(digits, digits + sizeof digits, cells.real(at)).ptr);
}

std::string select_text(Tx const& tx, DumpTable const& table) {
    auto const name = quoted(table.name);
    if (table.kind == TableKind::search && lite(tx)) {
        return "SELECT s.district_id, s.key, w.words FROM " + name + " s JOIN " + quoted(table.name + "_words") +
               " w ON w.rowid = s.number";
    }
    if (table.kind == TableKind::search) {
        return "SELECT district_id, key, COALESCE((SELECT string_agg(u.lexeme, ' ' ORDER BY p) FROM unnest(words) AS u,"
               " unnest(u.positions) AS p), '') FROM " +
               name;
    }
    if (table.kind == TableKind::counter && !lite(tx)) {
        return "SELECT 1, CASE WHEN is_called THEN last_value ELSE last_value - 1 END FROM " + name;
    }
    return "SELECT " + column_list(table.columns) + " FROM " + name;
}

}  // namespace

std::string quoted(std::string const& name) {
    SANTONG_ASSERT(name.find('"') == std::string::npos);
    return '"' + name + '"';
}

std::string column_list(std::vector<DumpColumn> const& columns) {
    std::string text;
    for (auto const& column : columns) text += (text.empty() ? "" : ", ") + quoted(column.name);
    return text;
}

std::vector<DumpTable> dump_tables(Tx& tx) {
    auto const tables = described_tables(tx);
    Ordering ordering{tables, all_references(tx), {}, {}};
    for (auto const& table : tables) ordering.put(table);
    return std::move(ordering.ordered);
}

void dump_rows(Tx& tx, DumpTable const& table, std::function<void(DumpRow const&)> const& on_row) {
    auto const text = select_text(tx, table);
    DumpRow row(table.columns.size());
    if (lite(tx)) {
        tx.run_text(text, {}, [&](Cells const& cells) {
            for (std::size_t i = 0; i < row.size(); ++i) {
                int const at = static_cast<int>(i);
                if (cells.is_null(at))
                    row[i].reset();
                else
                    row[i] = neutral(cells, at, table.columns[i].type);
            }
            on_row(row);
        });
        return;
    }
    auto& connection = TxAccess::connection(tx);
    connection.script("SET LOCAL statement_timeout = 0");
    connection.copy_out("COPY (" + text + ") TO STDOUT", [&](std::string_view line) {
        read_line(line, table.columns, row);
        on_row(row);
    });
}

bool has_tables(Tx& tx) {
    return !table_names(tx).empty();
}

std::vector<DumpTable> prepare_load(Tx& tx) {
    auto& connection = TxAccess::connection(tx);
    connection.script(lite(tx) ? "PRAGMA defer_foreign_keys = ON"
                               : "SET LOCAL statement_timeout = 0; SET LOCAL idle_in_transaction_session_timeout = 0");
    auto tables = dump_tables(tx);
    for (auto table = tables.rbegin(); table != tables.rend(); ++table) {
        if (table->kind == TableKind::counter) continue;  // a load sets its only row
        connection.script("DELETE FROM " + quoted(table->name));
        if (table->kind == TableKind::search && lite(tx))
            connection.script("DELETE FROM " + quoted(table->name + "_words"));
    }
    return tables;
}

}  // namespace santong::sql
