#include <doctest/doctest.h>

#include "modules/roster/service.hpp"
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

namespace {

/// Own subjects count in the whole process: they go again with the test.
struct Codes : World {
    Codes() { roster::load_code_tables(db()); }
    ~Codes() { roster::use_own_subjects({}); }

    santong::core::Result<roster::CodeTableView> add(santong::auth::Caller const& who, std::string const& code,
                                                     std::string const& title, std::string const& table = "ZXXKC") {
        return roster::add_own_code(db(), who, clock, table, {code, title, ""});
    }
    std::string refused(std::string const& code, std::string const& title, std::string const& table = "ZXXKC") {
        auto const done = add(caller(info_office), code, title, table);
        REQUIRE_FALSE(done.has_value());
        return done.error().problems.empty() ? done.error().key : done.error().problems[0].key;
    }
    bool is_subject(std::string const& code) const {
        for (auto const& one : roster::subjects()) {
            if (one.code == code) return true;
        }
        return false;
    }
};

}  // namespace

TEST_CASE("a subject that the district adds counts as one in the whole program, until it is retired; its name stays") {
    Codes world;
    auto const office = world.caller(world.info_office);
    auto const added = world.add(office, "L01", " 大通湖生态 ");
    REQUIRE(added.has_value());
    CHECK(added->items.back().version == roster::own_version);
    CHECK(added->items.back().title == "大通湖生态");
    CHECK(world.is_subject("L01"));
    CHECK(roster::subject_title("L01", "en") == "大通湖生态");
    auto const retired =
        roster::change_own_code(world.db(), office, world.clock, "ZXXKC", "L01", {"大通湖生态", "Wetlands", true});
    REQUIRE(retired.has_value());
    CHECK(retired->items.back().valid_to == world.today());
    CHECK_FALSE(world.is_subject("L01"));
    CHECK(roster::subject_title("L01", "en") == "Wetlands");
    CHECK(world.refused("L01", "别的") == "roster.code_known");  // a retired code is not given away again
    REQUIRE(roster::change_own_code(world.db(), office, world.clock, "ZXXKC", "L01", {"大通湖湿地", "", false})
                .has_value());
    CHECK(world.is_subject("L01"));
    CHECK(roster::subject_title("L01", "zh-CN") == "大通湖湿地");
    roster::use_own_subjects({});
    CHECK_FALSE(world.is_subject("L01"));
    roster::load_code_tables(world.db());  // a start
    CHECK(world.is_subject("L01"));
}

TEST_CASE("a code of the district has its own form and a name that no other has, in a table that leaves room") {
    Codes world;
    CHECK(world.refused("14", "数学二") == "roster.code_form");
    CHECK(world.refused("L00", "农事") == "roster.code_form");
    CHECK(world.refused("L1", "农事") == "roster.code_form");
    CHECK(world.refused("L01", "数学") == "roster.code_title_known");
    CHECK(world.refused("L01", "  ") == "core.required");
    CHECK(world.refused("L01", std::string(300, 'a')) == "core.too_long");
    CHECK(world.refused("L01", "别的民族", "MZ") == "roster.code_no_room");
    CHECK(world.refused("L01", "x", "NONE") == "roster.code_table_unknown");
    auto const office = world.caller(world.info_office);
    CHECK(roster::change_own_code(world.db(), office, world.clock, "ZXXKC", "14", {"算术", "", false}).error().key ==
          "roster.code_not_own");
}

TEST_CASE("only the bureau's information office manages code tables") {
    Codes world;
    for (auto const& who : {world.caller(world.leader), world.principal(world.heba), world.academic(world.heba),
                            world.teacher(), world.caller(world.sysadmin), world.nobody()}) {
        CHECK_FALSE(world.add(who, "L01", "农事").has_value());
        CHECK_FALSE(roster::list_code_tables(world.db(), who).has_value());
        CHECK_FALSE(roster::export_code_table(world.db(), who, "MZ", "zh-CN").has_value());
        CHECK_FALSE(
            roster::change_own_code(world.db(), who, world.clock, "ZXXKC", "L01", {"农事", "", true}).has_value());
    }
}

TEST_CASE("tables are listed with what the district has added, and leave as CSV") {
    Codes world;
    auto const office = world.caller(world.info_office);
    REQUIRE(world.add(office, "L01", "=农事").has_value());
    auto const list = roster::list_code_tables(world.db(), office);
    REQUIRE(list.has_value());
    CHECK(list->items.size() >= 29);
    for (auto const& one : list->items) {
        CHECK(one.room == (one.name == "ZXXKC"));
        CHECK(one.own == (one.name == "ZXXKC" ? 1 : 0));
        CHECK(one.codes > 0);
    }
    auto const file = roster::export_code_table(world.db(), office, "ZXXKC", "zh-CN");
    REQUIRE(file.has_value());
    CHECK(file->find("代码") != std::string::npos);
    CHECK(file->find("本区自设") != std::string::npos);
    CHECK(file->find(",=农事") == std::string::npos);  // no formula for a spreadsheet
    CHECK(roster::export_code_table(world.db(), office, "NONE", "zh-CN").error().key == "roster.code_table_unknown");
}
