#include <doctest/doctest.h>

#include <algorithm>
#include <filesystem>

#include "platform/sql/dump.hpp"
#include "platform/sql/dump_lines.hpp"
#include "platform/sql/full_text.hpp"
#include "platform/sql/migrate.hpp"
#include "test_database.hpp"

using namespace santong;

namespace {

std::vector<sql::Migration> odd_schema() {
    return {
        {"odd", 1, "0001_odd.sql",
         "CREATE TABLE odd_parent (district_id INTEGER NOT NULL, id {uuid} NOT NULL, PRIMARY KEY (district_id, id));\n"
         "CREATE TABLE a_child (district_id INTEGER NOT NULL, number BIGINT NOT NULL, yes BOOLEAN, share DOUBLE "
         "PRECISION,"
         " day DATE, text TEXT, raw {bytes}, body {json}, parent_id {uuid}, PRIMARY KEY (district_id, number),"
         " FOREIGN KEY (district_id, parent_id) REFERENCES odd_parent (district_id, id));\n"
         "--sqlite:CREATE TABLE odd_search (number INTEGER PRIMARY KEY, district_id INTEGER NOT NULL, key TEXT NOT "
         "NULL, UNIQUE (district_id, key));\n"
         "--sqlite:CREATE VIRTUAL TABLE odd_search_words USING fts5(words, tokenize = 'unicode61');\n"
         "--postgresql:CREATE TABLE odd_search (district_id INTEGER NOT NULL, key {uuid} NOT NULL, words TSVECTOR NOT "
         "NULL, PRIMARY KEY (district_id, key));\n"}};
}

std::vector<sql::Migration> full_schema() {
    auto const known = sql::embedded_migrations();
    std::vector<sql::Migration> all(known.begin(), known.end());
    auto const odd = odd_schema();
    all.insert(all.end(), odd.begin(), odd.end());
    return all;
}

constexpr char const* parent = "0193b7a0-0000-7000-8000-000000000001";
constexpr sql::FullText odd_words("odd_search");

void fill(sql::Database& db) {
    db.transact(test::district, [](sql::Tx& tx) {
        tx.execute("INSERT INTO odd_parent (district_id, id) VALUES ($1, $2)", tx.district(), std::string(parent));
        auto const row = [&](std::int64_t number, std::string const& text, std::string const& raw) {
            tx.execute(
                "INSERT INTO a_child (district_id, number, yes, share, day, text, raw, body, parent_id)"
                " VALUES ($1, $2, $3, $4, '2014-11-20', $5, $6, '{\"a\": 1}', $7)",
                tx.district(), number, number % 2 == 0, 0.1 + 0.2, text, core::Bytes{raw}, std::string(parent));
        };
        row(-1, "tab\there, line\nbreak, back\\slash, \\N, \"quotes\", '单引号', 😀",
            std::string("\0\x01\xff\\x\n\t", 7));
        row(std::int64_t{1} << 60, "", "");
        tx.execute("INSERT INTO a_child (district_id, number) VALUES ($1, 3)", tx.district());
        odd_words.put(tx, parent, "三通两平台 Datong Lake 2014");
    });
}

using Dump = std::vector<std::pair<std::string, std::vector<sql::DumpRow>>>;

Dump dump(sql::Database& db) {
    return db.read(0, [](sql::Tx& tx) {
        Dump all;
        for (auto const& table : sql::dump_tables(tx)) {
            auto& rows = all.emplace_back(table.name, std::vector<sql::DumpRow>{}).second;
            sql::dump_rows(tx, table, [&](sql::DumpRow const& row) { rows.push_back(row); });
            std::sort(rows.begin(), rows.end());
        }
        return all;
    });
}

void copy(sql::Database& from, sql::Database& to) {
    from.read(0, [&](sql::Tx& source) {
        to.transact(0, [&](sql::Tx& target) {
            auto const here = sql::prepare_load(target);
            for (auto const& table : sql::dump_tables(source)) {
                sql::TableLoader loader(target, here, table);
                sql::dump_rows(source, table, [&](sql::DumpRow const& row) { loader.add(row); });
                loader.finish();
            }
        });
    });
}

std::vector<std::string> found(sql::Database& db, char const* typed) {
    return db.read(test::district, [&](sql::Tx& tx) {
        sql::Query query;
        auto const condition = odd_words.condition(tx, query, "odd_search.key", typed);
        query.text = "SELECT CAST(key AS TEXT) AS key FROM odd_search WHERE " + condition;
        std::vector<std::string> keys;
        tx.run_text(query.text, query.params, [&](sql::Cells const& cells) { keys.emplace_back(cells.text(0)); });
        return keys;
    });
}

}  // namespace

TEST_CASE("records move to a fresh database of the same kind and of the other kind, and nothing changes") {
    test::TestDatabase source, same;
    auto const schema = full_schema();
    sql::migrate(*source, schema);
    sql::migrate(*same, schema);
    fill(*source);
    auto const before = dump(*source);
    copy(*source, *same);
    CHECK(dump(*same) == before);
    auto const folder = source.folder() + "/embedded";
    auto const embedded = sql::Database::open({"", folder, 2, 1});
    sql::migrate(*embedded, schema);
    copy(*source, *embedded);
    test::TestDatabase back;
    sql::migrate(*back, schema);
    copy(*embedded, *back);
    CHECK(dump(*back) == before);
    for (auto* db : {&*source, &*same, embedded.get(), &*back}) {
        CHECK(found(*db, "两平台") == std::vector<std::string>{parent});
        CHECK(found(*db, "lake") == std::vector<std::string>{parent});
        CHECK(found(*db, "洞庭湖").empty());
    }
}

TEST_CASE("a table comes after those that its foreign keys name") {
    test::TestDatabase db;
    sql::migrate(*db, full_schema());
    auto const tables = db->read(0, [](sql::Tx& tx) { return sql::dump_tables(tx); });
    auto const place = [&](std::string const& name) {
        return std::find_if(tables.begin(), tables.end(), [&](auto const& table) { return table.name == name; }) -
               tables.begin();
    };
    CHECK(place("odd_parent") < place("a_child"));
    CHECK(place("file_object") < place("file_reference"));
    CHECK(place("feed_number") < static_cast<std::ptrdiff_t>(tables.size()));
}

TEST_CASE("rows for a table that is not there, or of another form, are refused") {
    test::TestDatabase db;
    db->transact(0, [](sql::Tx& tx) {
        auto const here = sql::prepare_load(tx);
        CHECK_THROWS_AS(
            sql::TableLoader(tx, here, {"not_there", sql::TableKind::records, {{"a", sql::CellType::text}}}),
            sql::DatabaseError);
        CHECK_THROWS_AS(
            sql::TableLoader(tx, here, {"installation", sql::TableKind::records, {{"a", sql::CellType::text}}}),
            sql::DatabaseError);
    });
}

TEST_CASE("a COPY line with too few cells is refused") {
    std::vector<sql::DumpColumn> const columns{{"a", sql::CellType::text}, {"b", sql::CellType::text}};
    sql::DumpRow row;
    CHECK_THROWS_AS(sql::read_line("only one", columns, row), sql::DatabaseError);
    sql::read_line("\\N\ttwo\\twords", columns, row);
    CHECK_FALSE(row[0].has_value());
    CHECK(*row[1] == "two\twords");
}
