// Writing rows into a fresh schema.
#include <algorithm>
#include <charconv>

#include "platform/sql/dump.hpp"
#include "platform/sql/dump_lines.hpp"
#include "platform/sql/rewrite.hpp"

namespace santong::sql {

class TableLoader::Way {
public:
    virtual ~Way() = default;
    virtual void add(DumpRow const& row) = 0;
    virtual void finish() {}
};

namespace {

constexpr std::size_t lines_at_once = 256 << 10;

template <class Number>
std::optional<Number> number(std::string const& text) {
    Number value{};
    auto const [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
    return value;
}

/// SQLite takes any cell in any column; a text that is no number stays a text, as it was in the source.
Param param_of(std::optional<std::string> const& cell, CellType type) {
    if (!cell) return Null{};
    if (type == CellType::bytes) return core::Bytes{*cell};
    if (type == CellType::integer || type == CellType::boolean) {
        if (auto const value = number<std::int64_t>(*cell)) return *value;
    }
    if (type == CellType::real) {
        if (auto const value = number<double>(*cell)) return *value;
    }
    return *cell;
}

/// One prepared INSERT a row: SQLite has nothing faster.
class Inserting final : public TableLoader::Way {
public:
    Inserting(Tx& tx, DumpTable const& table) : connection_(TxAccess::connection(tx)), columns_(table.columns) {
        text_ = "INSERT INTO " + quoted(table.name) + " (" + column_list(columns_) + ") VALUES (";
        for (std::size_t i = 1; i <= columns_.size(); ++i) text_ += (i == 1 ? "$" : ", $") + std::to_string(i);
        text_ += ")";
    }
    void add(DumpRow const& row) override {
        params_.clear();
        for (std::size_t i = 0; i < columns_.size(); ++i) params_.push_back(param_of(row[i], columns_[i].type));
        connection_.run(Sql(text_.c_str()), params_, nullptr);
    }

private:
    Connection& connection_;
    std::vector<DumpColumn> columns_;
    std::string text_;
    std::vector<Param> params_;
};

class Copying final : public TableLoader::Way {
public:
    Copying(Tx& tx, DumpTable const& table) : connection_(TxAccess::connection(tx)), columns_(table.columns) {
        connection_.copy_in("COPY " + quoted(table.name) + " (" + column_list(columns_) + ") FROM STDIN");
    }
    void add(DumpRow const& row) override {
        append_line(lines_, columns_, row);
        if (lines_.size() >= lines_at_once) put();
    }
    void finish() override {
        put();
        connection_.copy_in_end();
    }

private:
    void put() {
        if (!lines_.empty()) connection_.copy_in_put(lines_);
        lines_.clear();
    }
    Connection& connection_;
    std::vector<DumpColumn> columns_;
    std::string lines_;
};

/// A row of a full-text index: words that were split when they were first written.
class Indexing final : public TableLoader::Way {
public:
    Indexing(Tx& tx, DumpTable const& table)
        : tx_(tx), name_(quoted(table.name)), words_(quoted(table.name + "_words")) {}
    void add(DumpRow const& row) override {
        auto const district = param_of(row[0], CellType::integer);
        auto const key = param_of(row[1], CellType::text);
        auto const words = param_of(row[2], CellType::text);
        if (tx_.dialect() == Dialect::postgresql) {
            tx_.run_text(
                "INSERT INTO " + name_ + " (district_id, key, words) VALUES ($1, $2, to_tsvector('simple', $3))",
                {district, key, words}, nullptr);
            return;
        }
        tx_.run_text("INSERT INTO " + name_ + " (district_id, key) VALUES ($1, $2)", {district, key}, nullptr);
        tx_.run_text("INSERT INTO " + words_ + " (rowid, words) VALUES (last_insert_rowid(), $1)", {words}, nullptr);
    }

private:
    Tx& tx_;
    std::string name_, words_;
};

class Counting final : public TableLoader::Way {
public:
    Counting(Tx& tx, DumpTable const& table) : tx_(tx), name_(table.name) {}
    void add(DumpRow const& row) override {
        auto const last = number<std::int64_t>(row[1].value_or("")).value_or(0);
        if (tx_.dialect() == Dialect::sqlite) {
            tx_.run_text("UPDATE " + quoted(name_) + " SET last = $1", {to_param(last)}, nullptr);
            return;
        }
        tx_.run_text("SELECT setval(CAST(CAST($1 AS TEXT) AS regclass), $2, $3)",
                     {to_param(quoted(name_)), to_param(std::max<std::int64_t>(last, 1)), to_param(last > 0)},
                     [](Cells const&) {});
    }

private:
    Tx& tx_;
    std::string name_;
};

void check_schema(std::vector<DumpTable> const& here, DumpTable const& table) {
    auto const found = std::find_if(here.begin(), here.end(), [&](auto const& one) { return one.name == table.name; });
    if (found != here.end() && found->kind == table.kind && found->columns == table.columns) return;
    throw DatabaseError("this program has no table " + table.name + " of that form", "42P01");
}

std::unique_ptr<TableLoader::Way> way_for(Tx& tx, DumpTable const& table) {
    if (table.kind == TableKind::search) return std::make_unique<Indexing>(tx, table);
    if (table.kind == TableKind::counter) return std::make_unique<Counting>(tx, table);
    if (tx.dialect() == Dialect::postgresql) return std::make_unique<Copying>(tx, table);
    return std::make_unique<Inserting>(tx, table);
}

}  // namespace

TableLoader::TableLoader(Tx& tx, std::vector<DumpTable> const& here, DumpTable const& table) {
    check_schema(here, table);
    way_ = way_for(tx, table);
}
TableLoader::~TableLoader() = default;
void TableLoader::add(DumpRow const& row) {
    way_->add(row);
}
void TableLoader::finish() {
    way_->finish();
}

}  // namespace santong::sql
