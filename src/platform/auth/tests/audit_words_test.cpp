#include "platform/auth/audit_words.hpp"

#include <doctest/doctest.h>

#include <filesystem>

#include "auth_world.hpp"
#include "platform/auth/audit.hpp"
#include "platform/auth/masking.hpp"

namespace auth = santong::auth;
namespace core = santong::core;
using auth::Role;
using santong::test::AuthWorld;
using santong::test::district;
namespace sql = santong::sql;

namespace {

std::string const school = "0145c4c1-c2f8-7000-a65e-1c2d3e4f5a6b";
std::string const other = "0145c4c1-c2f8-7000-a65e-1c2d3e4f5a6c";

}  // namespace

TEST_CASE("a row's detail is told in words, with names for identifiers that are known") {
    auth::AuditNames const names{{school, "河坝镇中心小学"}};
    auto const detail = R"({"reason":"核对","end_in":[")" + school + R"(",")" + other +
                        R"("],"rows":2,"nothing":null,"given":true,"many":[1,2,3,4,5,6]})";
    auto const facts = auth::facts_of(detail, names, "zh-CN");
    REQUIRE(facts.size() == 5);
    CHECK(facts[0].value == "核对");
    CHECK(facts[1].value == "河坝镇中心小学、…3e4f5a6c");
    CHECK(facts[2].value == "2");
    CHECK(facts[3].value == "是");
    CHECK(facts[4].value == "6 个");
    CHECK(auth::facts_of("not json", names, "zh-CN").empty());
}

TEST_CASE("a day is told in words, and what its name tells is not told by its number too") {
    auth::AuditNames const names{{school, "信息中心"}};
    auto const detail =
        R"({"id":")" + school + R"(","name":"信息中心","from_date":"2014-11-20","org":{"id":")" + other + R"("}})";
    auto const facts = auth::facts_of(detail, names, "zh-CN");
    REQUIRE(facts.size() == 3);
    CHECK(facts[0].value == "信息中心");
    CHECK(facts[1].value == "2014年11月20日");
    CHECK(facts[2].value == "…3e4f5a6c");
    CHECK(auth::facts_of(R"({"from_date":"2014-11-02"})", names, "en").at(0).value == "2 Nov 2014");
}

TEST_CASE("of before and after only what differs is told") {
    auto const detail =
        R"({"before":{"org":{"a":"x","sort":1,"same":2}},"after":{"org":{"a":"y","sort":1,"same":2},"new":3}})";
    CHECK(auth::facts_of(detail, {}, "en").empty());
    auto const changes = auth::changes_of(detail, {}, "en");
    REQUIRE(changes.size() == 2);
    CHECK(changes[0].before == "x");
    CHECK(changes[0].after == "y");
    CHECK(changes[1].before.empty());
    CHECK(changes[1].after == "3");
}

TEST_CASE("fields of one name in different objects are not taken for each other") {
    auto const detail = R"({"before":{"org":{"kind":"school","short_name":"x"},"school":{"kind":"village_primary"}},)"
                        R"("after":{"org":{"kind":"school","short_name":"y"},"school":{"kind":"village_primary"}}})";
    auto const changes = auth::changes_of(detail, {}, "zh-CN");
    REQUIRE(changes.size() == 1);
    CHECK(changes[0].after == "y");
}

TEST_CASE("an open end of a period says nothing, and a list of people is no number of them") {
    auto const facts =
        auth::facts_of(R"({"from":0,"to":0,"people":[")" + school + R"("]})", {{school, "陈**"}}, "zh-CN");
    REQUIRE(facts.size() == 1);
    CHECK(facts[0].field == "人员");
    CHECK(facts[0].value == "陈**");
}

TEST_CASE("identifiers are found wherever they stand") {
    auto const found =
        auth::identifiers_in("{\"a\":\"" + school + "\",\"b\":[\"" + other + "\",\"" + school + "\"]}-x");
    REQUIRE(found.size() == 2);
    CHECK(found[0].text() == school);
}

TEST_CASE("of a name that is not to be shown the first character stays") {
    CHECK(auth::mask_name("张海林") == "张**");
    CHECK(auth::mask_name("") == "");
}

TEST_CASE("acts of the command line bear the machine's user, and stand under his name in the log") {
    AuthWorld world;
    world.db->transact(district,
                       [](sql::Tx& tx) { auth::audit(tx, auth::terminal_caller(district), {"test.act", "x"}); });
    world.build_audit_log();
    auto const auditor = world.as(world.bare("aud"), Role::auditor, world.tree.district_org);
    auth::AuditQuery query;
    query.action = "test.act";
    auto const page = auth::list_audit(*world.db, world.gate, auditor, query, "zh-CN");
    REQUIRE(page->items.size() == 1);
    CHECK(page->items[0].by == auth::AuditActor::terminal);
    CHECK(page->items[0].actor.starts_with("命令行（"));
}

TEST_CASE("an export of the log needs a reason, is for the auditor, and stands in the log itself") {
    AuthWorld world;
    auto const path = std::filesystem::temp_directory_path() / (core::Uuid::make().text() + ".xlsx");
    auto const auditor = world.as(world.bare("aud"), Role::auditor, world.tree.district_org);
    auto const office = world.as(world.bare("off"), Role::info_office, world.tree.district_org);
    auth::AuditExport wish;
    CHECK(auth::export_audit(*world.db, world.gate, auditor, wish, path, "zh-CN").error().problems.at(0).key ==
          "audit.reason_too_short");
    wish.reason = "年度安全检查";
    CHECK(auth::export_audit(*world.db, world.gate, office, wish, path, "zh-CN").error().code ==
          core::ErrorCode::forbidden);
    CHECK_FALSE(std::filesystem::exists(path));
    REQUIRE(auth::export_audit(*world.db, world.gate, auditor, wish, path, "zh-CN").has_value());
    CHECK(std::filesystem::file_size(path) > 1000);
    std::filesystem::remove(path);
    world.build_audit_log();
    auth::AuditQuery query;
    query.action = "audit.exported";
    CHECK(auth::list_audit(*world.db, world.gate, auditor, query, "zh-CN")->items.size() == 1);
}
