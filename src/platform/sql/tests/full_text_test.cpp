#include "platform/sql/full_text.hpp"

#include <doctest/doctest.h>

#include "test_database.hpp"

using santong::test::district;
using santong::test::TestDatabase;
namespace sql = santong::sql;
namespace core = santong::core;

namespace {

constexpr sql::FullText index_of_tests("full_text_test_search");

struct Found {
    core::Uuid key;
};
BOOST_DESCRIBE_STRUCT(Found, (), (key))

/// The tables that a module would make by its migration.
void make_tables(sql::Database& db) {
    if (db.dialect() == sql::Dialect::sqlite) {
        db.script(
            "CREATE TABLE full_text_test_search (number INTEGER PRIMARY KEY, district_id INTEGER NOT NULL,"
            " key TEXT NOT NULL, UNIQUE (district_id, key));"
            "CREATE VIRTUAL TABLE full_text_test_search_words USING fts5(words, tokenize = 'unicode61');");
    } else {
        db.script(
            "CREATE TABLE full_text_test_search (district_id INTEGER NOT NULL, key UUID NOT NULL,"
            " words TSVECTOR NOT NULL, PRIMARY KEY (district_id, key))");
    }
}

std::vector<core::Uuid> find(sql::Tx& tx, std::string_view typed) {
    sql::Query query;
    auto const condition = index_of_tests.condition(tx, query, "t.key", typed);
    if (condition.empty()) return {};
    query.text = "SELECT t.key FROM full_text_test_search t WHERE " + condition + " ORDER BY t.key";
    std::vector<core::Uuid> keys;
    for (auto const& row : query.rows<Found>(tx)) keys.push_back(row.key);
    return keys;
}

}  // namespace

TEST_CASE("Chinese text is found by any part of it that was typed, and by nothing else") {
    TestDatabase db;
    make_tables(*db);
    auto const area = core::Uuid::make(), fraction = core::Uuid::make();
    db->transact(district, [&](sql::Tx& tx) {
        index_of_tests.put(tx, area.text(), "平行四边形的面积 课件 人教版五上");
        index_of_tests.put(tx, fraction.text(), "分数的初步认识 Fractions 微课");
    });
    db->read(district, [&](sql::Tx& tx) {
        CHECK(find(tx, "四边形") == std::vector{area});
        CHECK(find(tx, "面积 五上") == std::vector{area});
        CHECK(find(tx, "课件") == std::vector{area});
        CHECK(find(tx, "fraction") == std::vector{fraction});
        CHECK(find(tx, "面积 微课").empty());
        CHECK(find(tx, "，。").empty());
        CHECK(find(tx, "'); DROP TABLE x; --").empty());
    });
    CHECK(db->read(district + 1, [&](sql::Tx& tx) { return find(tx, "面积"); }).empty());
}

TEST_CASE("text that was replaced or removed is found no more") {
    TestDatabase db;
    make_tables(*db);
    auto const key = core::Uuid::make();
    db->transact(district, [&](sql::Tx& tx) { index_of_tests.put(tx, key.text(), "圆的周长"); });
    db->transact(district, [&](sql::Tx& tx) { index_of_tests.put(tx, key.text(), "圆的面积"); });
    db->transact(district, [&](sql::Tx& tx) {
        CHECK(find(tx, "周长").empty());
        CHECK(find(tx, "面积").size() == 1);
        index_of_tests.remove(tx, key.text());
        CHECK(find(tx, "面积").empty());
    });
}

TEST_CASE("a conditional change counts its own rows, whatever the index still has to write") {
    TestDatabase db;
    make_tables(*db);
    db->script(
        "CREATE TABLE full_text_test_part (id INTEGER PRIMARY KEY, seats INTEGER NOT NULL);"
        "CREATE TABLE full_text_test_seat (id INTEGER PRIMARY KEY, part INTEGER NOT NULL"
        " REFERENCES full_text_test_part (id) ON DELETE CASCADE);"
        "INSERT INTO full_text_test_part VALUES (1, 5), (2, 5), (3, 0);"
        "INSERT INTO full_text_test_seat VALUES (1, 1), (2, 1), (3, 2);");
    db->transact(district, [&](sql::Tx& tx) {
        auto const write_words = [&tx] { index_of_tests.put(tx, core::Uuid::make().text(), "平行四边形的面积 课件"); };
        write_words();
        CHECK(tx.execute("UPDATE full_text_test_part SET seats = seats - 1 WHERE seats > $1", 90) == 0);
        write_words();
        CHECK(tx.execute("UPDATE full_text_test_part SET seats = seats - 1 WHERE seats > $1", 0) == 2);
        write_words();
        CHECK(tx.execute("UPDATE full_text_test_part SET seats = 1 WHERE id = $1 AND seats = 0", 3) == 1);
        write_words();
        CHECK(tx.execute("DELETE FROM full_text_test_part WHERE id = $1", 1) == 1);  // and two seats with it
        CHECK(tx.execute("DELETE FROM full_text_test_part WHERE id = $1", 1) == 0);
        write_words();
        CHECK(tx.execute("INSERT INTO full_text_test_part VALUES ($1, 1) ON CONFLICT DO NOTHING", 2) == 0);
    });
    db->read(district,
             [](sql::Tx& tx) { CHECK(tx.execute("SELECT 1 FROM full_text_test_part WHERE id = $1", 99) == 0); });
}
