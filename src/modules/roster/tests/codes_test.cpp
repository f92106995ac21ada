#include <doctest/doctest.h>

#include "modules/roster/service_codes.hpp"
#include "world.hpp"

using santong::test::World;
namespace roster = santong::roster;
namespace sql = santong::sql;

TEST_CASE("subjects of 2012 and those that the curriculum of 2022 added are known in both languages") {
    CHECK(roster::subject_title("14", "zh-CN") == "数学");
    CHECK(roster::subject_title("14", "en") == "Mathematics");
    CHECK(roster::subject_title("E2", "zh-CN") == "信息科技");
    CHECK(roster::subject_title("??", "en") == "??");
    for (auto const& subject : roster::subjects()) CHECK_FALSE(subject.title_en.empty());
}

TEST_CASE("code tables come into the database once, with their versions side by side") {
    World world;
    roster::load_code_tables(world.db());
    roster::load_code_tables(world.db());
    world.read([](sql::Tx& tx) {
        auto const table = roster::code_table(tx, "ZXXKC");
        REQUIRE(table.has_value());
        CHECK(table->versions == std::vector<std::string>{"2012", "2022"});
        CHECK(table->items.size() == roster::subjects().size());
        CHECK(roster::code_table(tx, "MZ")->items.front().title == "汉族");
        CHECK(roster::code_table(tx, "NONE").error().key == "roster.code_table_unknown");
    });
}
