#include "platform/sync/records.hpp"

#include <algorithm>
#include <charconv>
#include <mutex>
#include <set>

#include "core/base64.hpp"

namespace santong::sync {

namespace {

struct KeyColumn {
    std::string of;
    std::string name;
};
BOOST_DESCRIBE_STRUCT(KeyColumn, (), (of, name))

std::vector<KeyColumn> key_columns(sql::Tx& tx) {
    return tx.dialect() == sql::Dialect::sqlite
               ? tx.rows<KeyColumn>(
                     "SELECT t.name AS of, c.name AS name FROM pragma_table_list t JOIN pragma_table_info(t.name) c"
                     " WHERE t.schema = 'main' AND t.type = 'table' AND c.pk > 0 ORDER BY t.name, c.pk")
               : tx.rows<KeyColumn>(
                     "SELECT CAST(c.relname AS TEXT) AS of, CAST(a.attname AS TEXT) AS name FROM pg_index i"
                     " JOIN pg_class c ON c.oid = i.indrelid JOIN pg_namespace n ON n.oid = c.relnamespace"
                     " JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = ANY(i.indkey)"
                     " WHERE i.indisprimary AND n.nspname = current_schema()"
                     " ORDER BY c.relname, array_position(CAST(i.indkey AS SMALLINT[]), a.attnum)");
}

std::map<std::string, TableSchema> read_schema(sql::Tx& tx) {
    std::map<std::string, TableSchema> all;
    for (auto const& table : sql::dump_tables(tx)) {
        auto& known = all[table.name];
        known.name = table.name;
        known.columns = table.columns;
        known.of_district = known.column("district_id") != nullptr;
    }
    for (auto const& key : key_columns(tx)) {
        if (auto const found = all.find(key.of); found != all.end()) found->second.primary_key.push_back(key.name);
    }
    return all;
}

std::string cell_text(sql::Cells const& cells, int at, sql::CellType type) {
    if (type == sql::CellType::bytes) return core::base64(cells.bytes(at));
    if (type == sql::CellType::boolean) return cells.integer(at) != 0 ? "1" : "0";
    if (type != sql::CellType::real) return std::string(cells.text(at));
    char digits[40];
    return std::string(digits, std::to_chars(digits, digits + sizeof digits, cells.real(at)).ptr);
}

sql::Param cell_param(std::optional<std::string> const& cell, sql::CellType type) {
    if (!cell) return sql::Null{};
    auto const number = [&](auto value) {
        auto const* const end = cell->data() + cell->size();
        auto const [stopped, fault] = std::from_chars(cell->data(), end, value);
        if (fault != std::errc{} || stopped != end) throw std::invalid_argument("not a number: " + *cell);
        return value;
    };
    switch (type) {
        case sql::CellType::integer: return number(std::int64_t{});
        case sql::CellType::real: return number(double{});
        case sql::CellType::boolean: return *cell == "1";
        case sql::CellType::bytes: {
            auto bytes = core::base64_decode(*cell);
            if (!bytes) throw std::invalid_argument("not base64");
            return core::Bytes{std::move(*bytes)};
        }
        case sql::CellType::text: break;
    }
    return *cell;
}

std::string comma_list(std::vector<std::string> const& names) {
    std::string text;
    for (auto const& name : names) text += (text.empty() ? "" : ", ") + name;
    return text;
}

bool holds(std::vector<std::string> const& names, std::string_view name) {
    return std::ranges::find(names, name) != names.end();
}

bool travels(Table const& table, std::string const& column) {
    if (column == "district_id") return false;
    if (column == table.key) return true;
    if (holds(table.stay, column)) return false;
    return table.group.empty() || holds(table.group, column);
}

/// The text of a statement as it is put together, with its parameters.
struct Statement {
    std::string text;
    std::vector<sql::Param> params;

    std::string bind(sql::Param value) {
        params.push_back(std::move(value));
        return "$" + std::to_string(params.size());
    }
    std::string bind_cell(std::optional<std::string> const& cell, sql::DumpColumn const& column) {
        return bind(cell_param(cell, column.type));
    }
};

std::string of_entity(Statement& statement, TableSchema const& schema, Table const& table, std::string const& id,
                      sql::Tx const& tx) {
    std::string const mine = table.key + " = " + statement.bind(id);
    return schema.of_district ? "district_id = " + statement.bind(std::int64_t{tx.district()}) + " AND " + mine : mine;
}

}  // namespace

sql::DumpColumn const* TableSchema::column(std::string_view wanted) const {
    auto const found = std::ranges::find(columns, wanted, &sql::DumpColumn::name);
    return found == columns.end() ? nullptr : &*found;
}

TableSchema const& table_schema(sql::Tx& tx, std::string const& name) {
    static std::mutex mutex;
    static std::map<std::string, TableSchema> known;
    std::lock_guard const lock(mutex);
    if (known.empty()) known = read_schema(tx);
    auto const found = known.find(name);
    if (found == known.end()) throw std::logic_error("there is no table " + name);
    return found->second;
}

std::map<std::string, Rows> read_rows(sql::Tx& tx, Table const& table, std::vector<std::string> const& ids) {
    std::map<std::string, Rows> found;
    auto const& schema = table_schema(tx, table.name);
    std::vector<sql::DumpColumn const*> columns;
    Rows empty{table.name, {}, {}};
    for (auto const& column : schema.columns) {
        if (!travels(table, column.name)) continue;
        columns.push_back(&column);
        empty.columns.push_back(column.name);
    }
    for (auto const& id : ids) found.emplace(id, empty);
    if (ids.empty()) return found;
    std::string text = "SELECT CAST(" + table.key + " AS TEXT) AS entity_of_row, " + comma_list(empty.columns) +
                       " FROM " + table.name + " WHERE " + table.key + " {in $1}";
    std::vector<sql::Param> params{sql::to_param(ids)};
    if (schema.of_district) {
        text += " AND district_id = $2";
        params.push_back(std::int64_t{tx.district()});
    }
    tx.run_text(text + " ORDER BY " + comma_list(schema.primary_key), params, [&](sql::Cells const& cells) {
        auto& row = found[std::string(cells.text(0))].rows.emplace_back();
        row.reserve(columns.size());
        for (std::size_t i = 0; i < columns.size(); ++i) {
            int const at = static_cast<int>(i) + 1;
            if (cells.is_null(at))
                row.emplace_back();
            else
                row.emplace_back(cell_text(cells, at, columns[i]->type));
        }
    });
    return found;
}

namespace {

/// Where each column of this table that came stands in the rows; columns unknown here are left out.
std::vector<std::pair<sql::DumpColumn const*, std::size_t>> known_columns(TableSchema const& schema, Table const& table,
                                                                          Rows const& rows) {
    std::vector<std::pair<sql::DumpColumn const*, std::size_t>> known;
    for (std::size_t i = 0; i < rows.columns.size(); ++i) {
        auto const* column = schema.column(rows.columns[i]);
        if (column != nullptr && travels(table, column->name)) known.emplace_back(column, i);
    }
    return known;
}

/// Rows that did not come are gone.
void drop_others(sql::Tx& tx, TableSchema const& schema, Table const& table, std::string const& id, Rows const& rows) {
    auto const known = known_columns(schema, table, rows);
    std::vector<std::pair<sql::DumpColumn const*, std::size_t>> key;
    for (auto const& one : known) {
        if (holds(schema.primary_key, one.first->name) && one.first->name != table.key) key.push_back(one);
    }
    Statement statement;
    statement.text = "DELETE FROM " + table.name + " WHERE " + of_entity(statement, schema, table, id, tx);
    for (auto const& row : rows.rows) {
        if (key.empty()) break;
        std::string same;
        for (auto const& [column, at] : key)
            same += (same.empty() ? "" : " AND ") + column->name + " = " + statement.bind_cell(row[at], *column);
        statement.text += " AND NOT (" + same + ")";
    }
    if (rows.rows.empty() || !key.empty()) tx.run_text(statement.text, statement.params, nullptr);
}

void put_row(sql::Tx& tx, TableSchema const& schema, Table const& table,
             std::vector<std::pair<sql::DumpColumn const*, std::size_t>> const& known,
             std::vector<std::optional<std::string>> const& row) {
    Statement statement;
    std::string names, values, changes;
    auto const add = [&](std::string const& name, std::string const& value) {
        names += (names.empty() ? "" : ", ") + name;
        values += (values.empty() ? "" : ", ") + value;
        if (!holds(schema.primary_key, name) && !holds(table.once, name))
            changes += (changes.empty() ? "" : ", ") + name + " = excluded." + name;
    };
    if (schema.of_district) add("district_id", statement.bind(std::int64_t{tx.district()}));
    for (auto const& [column, at] : known) add(column->name, statement.bind_cell(row[at], *column));
    tx.run_text("INSERT INTO " + schema.name + " (" + names + ") VALUES (" + values + ") ON CONFLICT (" +
                    comma_list(schema.primary_key) + ") DO " + (changes.empty() ? "NOTHING" : "UPDATE SET " + changes),
                statement.params, nullptr);
}

void put_group(sql::Tx& tx, TableSchema const& schema, Table const& table, std::string const& id,
               std::vector<std::pair<sql::DumpColumn const*, std::size_t>> const& known,
               std::vector<std::optional<std::string>> const& row) {
    Statement statement;
    std::string changes;
    for (auto const& [column, at] : known) {
        if (column->name == table.key) continue;
        changes += (changes.empty() ? "" : ", ") + column->name + " = " + statement.bind_cell(row[at], *column);
    }
    if (changes.empty()) return;
    auto const where = of_entity(statement, schema, table, id, tx);
    tx.run_text("UPDATE " + table.name + " SET " + changes + " WHERE " + where, statement.params, nullptr);
}

}  // namespace

bool write_rows(sql::Tx& tx, Table const& table, std::string const& id, Rows const& rows) {
    auto const& schema = table_schema(tx, table.name);
    auto const known = known_columns(schema, table, rows);
    auto const key = std::ranges::find(rows.columns, table.key);
    if (key == rows.columns.end()) throw std::invalid_argument(table.name + " came without " + table.key);
    auto const key_at = static_cast<std::size_t>(key - rows.columns.begin());
    for (auto const& row : rows.rows) {
        if (row.size() != rows.columns.size() || row[key_at] != id)
            throw std::invalid_argument("a row of " + table.name + " is not of " + id);
    }
    bool const one_row = schema.primary_key.back() == table.key;  // the key names the row: no other can stand beside it
    if (table.group.empty() && (rows.rows.empty() || !one_row)) drop_others(tx, schema, table, id, rows);
    for (auto const& row : rows.rows) {
        if (table.group.empty())
            put_row(tx, schema, table, known, row);
        else
            put_group(tx, schema, table, id, known, row);
    }
    return std::ranges::all_of(rows.columns, [&](auto const& name) { return schema.column(name) != nullptr; });
}

void drop_rows(sql::Tx& tx, Table const& table, std::string const& id) {
    if (!table.group.empty()) return;
    auto const& schema = table_schema(tx, table.name);
    Statement statement;
    statement.text = "DELETE FROM " + table.name + " WHERE " + of_entity(statement, schema, table, id, tx);
    tx.run_text(statement.text, statement.params, nullptr);
}

}  // namespace santong::sync
