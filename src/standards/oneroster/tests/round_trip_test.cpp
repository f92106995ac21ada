#include <doctest/doctest.h>

#include "modules/roster/service.hpp"
#include "oneroster_world.hpp"

using namespace santong::oneroster;
using santong::test::BundleFiles;
using santong::test::district;
using santong::test::OneRosterWorld;
using santong::test::rows_of;
namespace core = santong::core;
namespace roster = santong::roster;
namespace sql = santong::sql;
namespace test = santong::test;

namespace {

void check_equal(Bundle const& before, Bundle const& after) {
    for (auto const& [kind, table] : before.tables) {
        INFO(spec_of(kind).file_name());
        auto const old_rows = rows_of(before, kind);
        auto const new_rows = rows_of(after, kind);
        CHECK(old_rows.size() == new_rows.size());
        for (auto const& [id, columns] : old_rows) {
            INFO(id);
            REQUIRE(new_rows.contains(id));
            CHECK(new_rows.at(id) == columns);
        }
        for (auto const& column : table.header) CHECK(after.table(kind)->column(column) >= 0);
    }
}

}  // namespace

TEST_CASE("a bundle made elsewhere opens an empty folder and comes back with nothing lost") {
    OneRosterWorld world;
    BundleFiles files;
    auto const outcome = world.import(files);
    REQUIRE(outcome.has_value());
    for (auto const& line : report_of(outcome->findings, "en"))
        MESSAGE(line.file, ":", line.row, " ", line.column, " ", line.reason);
    CHECK(outcome->findings.empty());
    CHECK(outcome->written);
    CHECK(outcome->district == 430971);
    CHECK(sql::districts(*world.database) == std::vector<core::DistrictId>{430971});
    auto const before = read_bundle(world.zip());
    auto const after = world.exported();
    check_equal(before, after);
    CHECK(after.property("source.systemCode") == "sis-1");
    CHECK(after.property("file.users") == "bulk");
    CHECK(after.property("file.results") == "absent");
}

TEST_CASE("what was exported changes nothing when it is imported again, here or in another folder") {
    OneRosterWorld world;
    REQUIRE(world.import(BundleFiles{}).has_value());
    auto const exported = world.exported();
    write_bundle(world.zip("out.zip"), exported);
    auto const again = world.import_zip(world.zip("out.zip"));
    REQUIRE(again.has_value());
    CHECK(again->findings.empty());
    CHECK(again->counts.added == 0);
    CHECK(again->counts.changed == 0);
    CHECK(again->counts.ended == 0);
    CHECK_FALSE(again->written);
    OneRosterWorld other;
    REQUIRE(other.import_zip(world.zip("out.zip"))->findings.empty());
    check_equal(exported, other.exported());
}

TEST_CASE("the same file twice changes nothing") {
    OneRosterWorld world;
    REQUIRE(world.import(BundleFiles{})->written);
    auto const again = world.import(BundleFiles{});
    CHECK(again->counts.same > 20);
    CHECK(again->counts.added + again->counts.changed + again->counts.ended + again->counts.refused == 0);
    CHECK_FALSE(again->written);
}

TEST_CASE("people, classes, posts, guardians and terms of a bundle stand in the roster") {
    OneRosterWorld world;
    REQUIRE(world.import(BundleFiles{}).has_value());
    world.read([&](sql::Tx& tx) {
        auto const on = roster::today(tx, world.clock);
        auto const schools = roster::schools(tx);
        REQUIRE(schools.size() == 2);
        auto const& primary = schools[0].first_grade == 1 ? schools[0] : schools[1];
        auto const& middle = schools[0].first_grade == 1 ? schools[1] : schools[0];
        CHECK(primary.name == "河坝镇中心小学");
        CHECK(primary.kind == roster::SchoolKind::central_primary);
        CHECK(primary.school_code == "2143009999");
        CHECK(primary.township_name == "河坝镇");
        CHECK(middle.first_grade == 7);
        auto const classes = roster::classes(tx, primary.id, on);
        REQUIRE(classes.size() == 1);
        CHECK(classes[0].name == "五(1)班");
        CHECK(classes[0].pupils == 1);
        CHECK(classes[0].room == "201室");
        auto const pupils = roster::pupils_of_class(tx, classes[0].id, on);
        REQUIRE(pupils.size() == 1);
        CHECK(pupils[0].name == "欧阳明");
        CHECK(pupils[0].sex == roster::Sex::male);
        auto const guardians = roster::guardians_of_pupil(tx, pupils[0].person_id, on);
        REQUIRE(guardians.size() == 1);
        CHECK(roster::person(tx, guardians[0])->name == "欧阳建国");
        auto const teachers = roster::teachers(tx, primary.id, on);
        REQUIRE(teachers.size() == 1);
        CHECK(teachers[0].name == "王芳");
        CHECK(teachers[0].subject == "13");
        CHECK(roster::holders(tx, santong::auth::Role::principal, primary.id, "", on).size() == 1);
        CHECK(roster::holders(tx, santong::auth::Role::homeroom, classes[0].id, "", on).size() == 1);
        CHECK(roster::terms(tx).size() == 2);
        CHECK(roster::term_at(tx, on)->week_of(on) == 12);
    });
}

TEST_CASE("a changed file adds, changes and ends what it says") {
    OneRosterWorld world;
    BundleFiles files;
    REQUIRE(world.import(files).has_value());
    files.replace("users", "小红,张", "晓红,张");
    files.replace("users", "u2,,,true,lilei,,雷,李,,T002,,,,,,secret,,,,,,,\r\n", "");
    files.replace("roles", "r2,,,u2,primary,teacher,,,s2,\r\n", "");
    files.append("users", "u3,,,true,new,,新,陈,,T003,,,,,,,,,,,,,");
    files.append("roles", "r9,,,u3,primary,teacher,,,s2,");
    auto const outcome = world.import(files);
    REQUIRE(outcome.has_value());
    CHECK(outcome->findings.empty());
    CHECK(outcome->by_file.at(FileKind::users).added == 1);
    CHECK(outcome->by_file.at(FileKind::users).changed == 1);
    CHECK(outcome->by_file.at(FileKind::users).ended == 1);
    CHECK(outcome->by_file.at(FileKind::roles).ended == 1);
    world.read([&](sql::Tx& tx) {
        auto const on = roster::today(tx, world.clock);
        for (auto const& school : roster::schools(tx)) {
            if (school.name != "金盆镇中学") continue;
            auto const teachers = roster::teachers(tx, school.id, on);
            REQUIRE(teachers.size() == 1);
            CHECK(teachers[0].name == "陈新");
        }
    });
    check_equal(read_bundle(world.zip()), world.exported());
}

TEST_CASE("what the roster has changed since comes out changed, all else as it came") {
    OneRosterWorld world;
    REQUIRE(world.import(BundleFiles{}).has_value());
    world.database
        ->transact(district,
                   [&](sql::Tx& tx) -> core::Result<void> {
                       roster::BulkRoster bulk;
                       for (auto org : roster::subtree(tx, roster::district(tx).org_id, roster::OrgKind::school)) {
                           if (org.name != "金盆镇中学") continue;
                           org.name = "金盆镇初级中学";
                           bulk.orgs.push_back(org);
                       }
                       return roster::write_bulk(tx, bulk, world.clock);
                   })
        .value();
    auto const rows = rows_of(world.exported(), FileKind::orgs);
    CHECK(rows.at("s2").at("name") == "金盆镇初级中学");
    CHECK(rows.at("s1").at("metadata.postcode") == "413208");
    CHECK(rows.at("s1").at("name") == "河坝镇中心小学");
}

TEST_CASE("a delta changes only what it names") {
    OneRosterWorld world;
    REQUIRE(world.import(BundleFiles{}).has_value());
    BundleFiles delta;
    auto const header = delta.files.at("users").substr(0, delta.files.at("users").find("\r\n") + 2);
    delta.files = {{"users", header + "p2,active,2014-11-19T08:00:00Z,true,xh,,小洪,张,,,,,,,08,,,,,,,,O\r\n"
                                      "u2,tobedeleted,2014-11-19T08:00:00Z,true,lilei,,雷,李,,T002,,,,,,,,,,,,,\r\n"}};
    delta.modes = {{"users", "delta"}};
    auto const outcome = world.import(delta);
    REQUIRE(outcome.has_value());
    CHECK(outcome->findings.empty());
    CHECK(outcome->counts.changed == 1);
    CHECK(outcome->counts.ended == 1);
    auto const exported = world.exported();
    auto const users = rows_of(exported, FileKind::users);
    CHECK(users.at("p2").at("givenName") == "小洪");
    CHECK_FALSE(users.contains("u2"));
    CHECK_FALSE(rows_of(exported, FileKind::roles).contains("r2"));
    CHECK(rows_of(exported, FileKind::demographics).at("p2").at("birthDate") == "2001-10-01");
}

TEST_CASE("a roster made here is exported under its own ids and comes home unchanged") {
    OneRosterWorld world;
    auto& db = world.prepared.db();
    auto const bundle = db.read(district, [&](sql::Tx& tx) { return export_bundle(tx, world.prepared.clock); });
    CHECK(rows_of(bundle, FileKind::classes).size() == 5);
    CHECK(rows_of(bundle, FileKind::demographics).size() >= 20);
    write_bundle(world.zip("own.zip"), bundle);
    ImportOptions options;
    options.zip = world.zip("own.zip");
    CHECK(rows_of(bundle, FileKind::orgs).at(world.prepared.county.text()).at("identifier") == "430971");
    auto const home = import_bundle(world.prepared.db(), world.prepared.clock, options);
    REQUIRE(home.has_value());
    CHECK(home->findings.empty());
    CHECK(home->counts.added + home->counts.changed + home->counts.ended == 0);
    auto const elsewhere = world.import_zip(world.zip("own.zip"));
    REQUIRE(elsewhere.has_value());
    for (auto const& line : report_of(elsewhere->findings, "en"))
        MESSAGE(line.file, ":", line.row, " ", line.column, " ", line.reason);
    CHECK(elsewhere->written);
    check_equal(bundle, world.exported());
}
