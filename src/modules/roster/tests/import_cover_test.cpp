// For whom a file speaks: whom a write may end, what a row's faults are, what the log keeps.
#include <doctest/doctest.h>

#include <algorithm>
#include <set>

#include "core/json.hpp"
#include "import_world.hpp"
#include "modules/roster/import_rows.hpp"
#include "platform/auth/audit_log.hpp"

using namespace santong::roster;
using santong::test::ImportWorld;
namespace auth = santong::auth;
namespace core = santong::core;
namespace feed = santong::feed;
namespace sql = santong::sql;

namespace {

std::string const heading = "学校名称,年级,班,姓名,性别,出生年月日,学籍号,身份证件号,入学时间,家长姓名,家长电话,备注";
std::string const good_rows =
    "河坝镇中心小学,五年级,1班,张三丰,男,2003-11-05,,,2009-09,张大山,13800138000,好\n"
    "河坝镇中心小学,五,2,李小红,女,2003.6.12,,,2009-09,李大海,13900139000,\n";

}  // namespace

TEST_CASE("a file of one class speaks for nobody of another class") {
    ImportWorld world;
    auto const one_class = good_rows.substr(0, good_rows.find('\n') + 1);
    auto const view = world.begin_csv(world.office(), heading + "\n" + one_class);
    auto const tried = world.try_out(world.office(), view.id);
    REQUIRE(tried.cover.size() == 1);
    CHECK(tried.cover[0].place_id == world.heba.classes[0]);
    CHECK(tried.totals.ended == 4);
    auto const other = start_write(world.place, world.office(), view.id, {{world.heba.classes[1]}});
    CHECK(other.error().key == "roster.import_not_covered");
    CHECK(world.rows(world.office(), view.id, "ended").size() == 4);
}

TEST_CASE("nobody is ended in a class while a refused row of it may be one of them") {
    ImportWorld world;
    auto const view = world.begin_csv(world.office(),
                                      heading + "\n" + good_rows + "河坝镇中心小学,五年级,1班,,女,2003-11-05,,,,,,\n");
    auto const tried = world.try_out(world.office(), view.id);
    CHECK(tried.cover[0].unknown == 1);
    CHECK(tried.cover[1].unknown == 0);
    CHECK(start_write(world.place, world.office(), view.id, {{world.heba.classes[0]}}).error().key ==
          "roster.import_mend_first");
    CHECK(world.write(world.office(), view.id, {world.heba.classes[1]}).totals.written == 6);
}

TEST_CASE("all faults of a row are named, each at its place and with a hint, and found by each") {
    ImportWorld world;
    auto const view = world.begin_csv(
        world.office(), heading + "\n" + "河坝镇中心小学,十二年级,乱班,,Q,2003-02-31,,,2012-13,,1387256,\n");
    auto const tried = world.try_out(world.office(), view.id);
    auto const refused = world.rows(world.office(), view.id, "refused");
    REQUIRE(refused.size() == 1);
    std::set<std::string> fields;
    for (auto const& problem : refused[0].problems) {
        fields.insert(problem.field);
        CHECK(problem.column >= 0);
        CHECK_FALSE(problem.hint_key.empty());
    }
    for (auto const* field : {"name", "sex", "birth_date", "grade", "entry_month", "guardian_phone"}) {
        CAPTURE(field);
        CHECK(fields.contains(field));
    }
    CHECK(fields.size() == 7);  // and the class
    CHECK(tried.refused_by_reason.size() == refused[0].problems.size());
    auto const by_last = list_import_rows(world.place, world.office(), view.id,
                                          {"refused", "", refused[0].problems.back().key, "", 0, 50});
    CHECK(by_last->items.size() == 1);
    CHECK(tried.by_school.size() == 1);
    CHECK(tried.by_school[0].refused == 1);
}

TEST_CASE("the audit log tells what an import has found and written") {
    ImportWorld world;
    world.take(world.office(), heading + "\n" + good_rows);
    std::vector<auth::AuditRecord> acts;
    world.read([&](sql::Tx& tx) {
        for (auto const& entry : feed::read(tx, 0, 10'000)) {
            if (entry.type != auth::audit_event_type) continue;
            acts.push_back(*core::json::read<auth::AuditRecord>(entry.body.value, core::json::UnknownFields::ignore));
        }
    });
    auto detail = [&](char const* action) {
        auto const found = std::ranges::find(acts, action, &auth::AuditRecord::action);
        REQUIRE(found != acts.end());
        CHECK(found->person_id == world.info_office.text());
        CHECK_FALSE(found->account_id.empty());
        return core::json::read<ImportNote>(found->detail).value();
    };
    CHECK(detail("roster.import_check").added == 2);
    CHECK(detail("roster.import_check").written == 0);
    CHECK(detail("roster.import_write").rows == 2);
    CHECK(detail("roster.import_written").written == 2);
    CHECK(detail("roster.import_begin").file == "名册.csv");
}
