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

using KnownColumns = std::vector<std::pair<sql::DumpColumn const*, std::size_t>>;
using Cells = std::vector<std::optional<std::string>>;

/// INSERT of so many rows, which changes those that stand.
std::string insert_text(TableSchema const& schema, Table const& table, KnownColumns const& known, std::size_t rows) {
    std::vector<std::string> names;
    if (schema.of_district) names.emplace_back("district_id");
    for (auto const& column : known) names.push_back(column.first->name);
    std::string changes, values;
    for (auto const& name : names) {
        if (!holds(schema.primary_key, name) && !holds(table.once, name))
            changes += (changes.empty() ? "" : ", ") + name + " = excluded." + name;
    }
    std::size_t number = 0;
    for (std::size_t row = 0; row < rows; ++row) {
        values += row == 0 ? "(" : ", (";
        for (std::size_t i = 0; i < names.size(); ++i) values += (i == 0 ? "$" : ", $") + std::to_string(++number);
        values += ')';
    }
    return "INSERT INTO " + schema.name + " (" + comma_list(names) + ") VALUES " + values + " ON CONFLICT (" +
           comma_list(schema.primary_key) + ") DO " + (changes.empty() ? "NOTHING" : "UPDATE SET " + changes);
}

/// Blocks of one size share one prepared statement; what is left goes in blocks of 64, 16, 4 and 1.
std::size_t block_of(std::size_t left, std::size_t columns, sql::Dialect dialect) {
    std::size_t const most = dialect == sql::Dialect::postgresql ? 8'000 : 2'000;
    for (std::size_t const size : {std::size_t{256}, std::size_t{64}, std::size_t{16}, std::size_t{4}}) {
        if (size <= left && size * columns <= most) return size;
    }
    return 1;
}

void put_rows(sql::Tx& tx, TableSchema const& schema, Table const& table, KnownColumns const& known,
              std::vector<Cells const*> const& rows) {
    auto const columns = known.size() + (schema.of_district ? 1 : 0);
    for (std::size_t from = 0; from < rows.size();) {
        auto const count = block_of(rows.size() - from, columns, tx.dialect());
        std::vector<sql::Param> params;
        params.reserve(count * columns);
        for (std::size_t i = from; i < from + count; ++i) {
            if (schema.of_district) params.emplace_back(std::int64_t{tx.district()});
            for (auto const& [column, at] : known) params.push_back(cell_param((*rows[i])[at], column->type));
        }
        tx.run_text(insert_text(schema, table, known, count), params, nullptr);
        from += count;
    }
}

/// Whether a column is an enumeration in the struct by which rows are read, and then which.
core::Type const* enumeration_of(Table const& table, std::string const& column) {
    if (table.read_as == nullptr) return nullptr;
    for (auto const& field : table.read_as().fields) {
        if (field.name != column) continue;
        auto const* type = &field.type();
        if (type->kind == core::Kind::optional) type = &type->element();
        return type->kind == core::Kind::enumeration ? type : nullptr;
    }
    return nullptr;
}

/// Refuses rows that are not this entity's, or that say a word which this program does not know.
void check_rows(Table const& table, std::string const& id, Rows const& rows) {
    auto const key = std::ranges::find(rows.columns, table.key);
    if (key == rows.columns.end()) throw std::invalid_argument(table.name + " came without " + table.key);
    auto const key_at = static_cast<std::size_t>(key - rows.columns.begin());
    for (auto const& row : rows.rows) {
        if (row.size() != rows.columns.size() || row[key_at] != id)
            throw std::invalid_argument("a row of " + table.name + " is not of " + id);
    }
    for (std::size_t i = 0; table.read_as != nullptr && i < rows.columns.size(); ++i) {
        auto const* words = enumeration_of(table, rows.columns[i]);
        if (words == nullptr) continue;
        for (auto const& row : rows.rows) {
            if (row[i] && !core::enum_value(*words, *row[i]))
                throw std::invalid_argument(table.name + '.' + rows.columns[i] + " does not know the word " + *row[i]);
        }
    }
}

/// Of these entities those that have rows here.
std::set<std::string> with_rows(sql::Tx& tx, TableSchema const& schema, Table const& table,
                                std::vector<std::string> const& ids) {
    std::string text =
        "SELECT DISTINCT CAST(" + table.key + " AS TEXT) FROM " + table.name + " WHERE " + table.key + " {in $1}";
    std::vector<sql::Param> params{sql::to_param(ids)};
    if (schema.of_district) {
        text += " AND district_id = $2";
        params.push_back(std::int64_t{tx.district()});
    }
    std::set<std::string> found;
    tx.run_text(text, params, [&](sql::Cells const& cells) { found.emplace(cells.text(0)); });
    return found;
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
    write_all(tx, table, {{&id, &rows}});
    auto const& schema = table_schema(tx, table.name);
    return std::ranges::all_of(rows.columns, [&](auto const& name) { return schema.column(name) != nullptr; });
}

void write_all(sql::Tx& tx, Table const& table, std::vector<EntityRows> const& entities) {
    if (entities.empty()) return;
    auto const& schema = table_schema(tx, table.name);
    for (auto const& one : entities) check_rows(table, *one.id, *one.rows);
    if (!table.group.empty()) {
        for (auto const& one : entities) {
            auto const known = known_columns(schema, table, *one.rows);
            for (auto const& row : one.rows->rows) put_group(tx, schema, table, *one.id, known, row);
        }
        return;
    }
    bool const one_row = schema.primary_key.back() == table.key;  // the key names the row: no other can stand beside it
    if (!table.grows) {
        std::vector<std::string> looked;
        for (auto const& one : entities) {
            if (one.rows->rows.empty() || !one_row) looked.push_back(*one.id);
        }
        auto const here = looked.empty() ? std::set<std::string>{} : with_rows(tx, schema, table, looked);
        for (auto const& one : entities) {
            if (here.contains(*one.id)) drop_others(tx, schema, table, *one.id, *one.rows);
        }
    }
    std::map<std::vector<std::string>, std::vector<Cells const*>> by_columns;
    for (auto const& one : entities) {
        auto& rows = by_columns[one.rows->columns];
        for (auto const& row : one.rows->rows) rows.push_back(&row);
    }
    for (auto const& [columns, rows] : by_columns)
        put_rows(tx, schema, table, known_columns(schema, table, {table.name, columns, {}}), rows);
}

void drop_rows(sql::Tx& tx, Table const& table, std::string const& id) {
    if (!table.group.empty()) return;
    auto const& schema = table_schema(tx, table.name);
    Statement statement;
    statement.text = "DELETE FROM " + table.name + " WHERE " + of_entity(statement, schema, table, id, tx);
    tx.run_text(statement.text, statement.params, nullptr);
}

}  // namespace santong::sync
