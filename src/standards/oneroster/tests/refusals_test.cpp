#include <doctest/doctest.h>

#include <fstream>

#include "modules/roster/service.hpp"
#include "oneroster_world.hpp"
#include "platform/text/encoding.hpp"

using namespace santong::oneroster;
using santong::test::BundleFiles;
using santong::test::OneRosterWorld;
using santong::test::rows_of;
namespace core = santong::core;
namespace roster = santong::roster;
namespace sql = santong::sql;
namespace fs = std::filesystem;

namespace {

/// The only finding of an import that must be refused.
Finding only(OneRosterWorld& world, BundleFiles const& files) {
    auto const outcome = world.import(files);
    REQUIRE(outcome.has_value());
    for (auto const& line : report_of(outcome->findings, "en")) CAPTURE(line.reason);
    REQUIRE(outcome->findings.size() == 1);
    CHECK_FALSE(outcome->written);
    CHECK(sql::districts(*world.database).empty());
    auto const line = report_of(outcome->findings, "en").front();
    CHECK(line.reason != line.key);
    CHECK_FALSE(line.hint.empty());
    return outcome->findings.front();
}

void check_place(Finding const& finding, std::string const& file, int row, std::string const& column,
                 std::string const& key) {
    CHECK(finding.file == file);
    CHECK(finding.row == row);
    CHECK(finding.column == column);
    CHECK(finding.key == key);
}

}  // namespace

TEST_CASE("each broken rule is named with file, row and column, and nothing is written") {
    OneRosterWorld world;
    auto with = [&](std::string const& file, std::string const& from, std::string const& to) {
        return only(world, BundleFiles{}.replace(file, from, to));
    };
    check_place(with("roles", "r4,,,p2,primary,student,,,s2", "r4,,,p2,primary,student,,,s9"), "roles.csv", 6,
                "orgSourcedId", "oneroster.unknown_reference");
    check_place(with("demographics", "2004-03-12", "2004-02-31"), "demographics.csv", 2, "birthDate",
                "roster.date_no_such_day");
    check_place(with("demographics", "p2,,,2001-10-01,female", "p2,,,2001-10-01,girl"), "demographics.csv", 3, "sex",
                "oneroster.choice");
    check_place(with("enrollments", "e2,,,k2,s2,p2,student,,,", "e2,,,k2,s2,p2,student,maybe,,"), "enrollments.csv", 3,
                "primary", "oneroster.boolean");
    check_place(with("enrollments", "e2,,,k2,s2,p2,student,,,", "e2,,,k2,s2,p2,student,true,,"), "enrollments.csv", 3,
                "primary", "oneroster.primary_not_teacher");
    check_place(with("enrollments", "e2,,,k2,s2", "e2,,,k2,s1"), "enrollments.csv", 3, "schoolSourcedId",
                "oneroster.class_of_other_school");
    check_place(with("classes", "八年级2班,08", "八年级2班,8级"), "classes.csv", 3, "grades", "oneroster.grade");
    check_place(with("orgs", "s2,,,金盆镇中学,school", "s2,,,金盆镇中学,School"), "orgs.csv", 6, "type",
                "oneroster.choice_spelling");
    check_place(with("academicSessions", "2015-01-30,y", "2014-01-30,y"), "academicSessions.csv", 3, "endDate",
                "oneroster.ends_before_it_begins");
    check_place(with("academicSessions", "a1,,,第一学期,semester,2014-09-01", "a1,,,第一学期,semester,2014/9/1"),
                "academicSessions.csv", 3, "startDate", "oneroster.date_form");
    check_place(with("roles", "r1b,,,u1,secondary", "r1b,,,u1,primary"), "roles.csv", 3, "roleType",
                "oneroster.role_primary_twice");
    check_place(with("users", "{学籍号:G43098120040312001X}", "{学籍号:G430981200403120013}"), "users.csv", 4,
                "userIds", "roster.citizen_number_check");
    check_place(with("users", "{学籍号:G43098120040312001X}", "G430981"), "users.csv", 4, "userIds",
                "oneroster.user_ids");
    check_place(with("users", "明,欧阳", "?明,欧阳"), "users.csv", 4, "givenName", "roster.name_lost_character");
    check_place(with("users", "小红,张", ",张"), "users.csv", 5, "givenName", "oneroster.required");
    check_place(with("orgs", "t1,,,河坝镇,local,430971100,d1", "t1,,,河坝镇,local,430971100,t1"), "orgs.csv", 4,
                "parentSourcedId", "oneroster.org_cycle");
    check_place(with("orgs", "t1,,,河坝镇,local,430971100,d1", "t1,,,河坝镇,district,430971100,"), "orgs.csv", 4,
                "type", "oneroster.second_district");
}

TEST_CASE("a sourcedId that stands twice is refused the second time") {
    OneRosterWorld world;
    auto const finding = only(world, BundleFiles{}.append("users", "u1,,,true,other,,四,李,,,,,,,,,,,,,,,"));
    check_place(finding, "users.csv", 8, "sourcedId", "oneroster.twice");
    CHECK(finding.params.at("row") == "2");
}

TEST_CASE("personal values are masked in the report") {
    OneRosterWorld world;
    auto const finding = only(world, BundleFiles{}.replace("users", "G43098120040312001X", "G430981200403120013"));
    CHECK(finding.value.find("20040312") == std::string::npos);
}

TEST_CASE("the good rows are taken on request, and the rest when it is mended") {
    OneRosterWorld world;
    BundleFiles broken;
    broken.replace("users", "小红,张", ",张");
    ImportOptions options;
    options.accept_good = true;
    auto const outcome = world.import(broken, options);
    REQUIRE(outcome.has_value());
    CHECK(outcome->findings.size() == 1);
    CHECK(outcome->findings[0].dependants == 3);  // role, enrolment, demographics
    CHECK(outcome->counts.refused == 4);
    CHECK(outcome->written);
    CHECK_FALSE(rows_of(world.exported(), FileKind::users).contains("p2"));
    auto const mended = world.import(BundleFiles{});
    CHECK(mended->findings.empty());
    CHECK(mended->counts.added == 4);
    CHECK(mended->counts.changed == 0);
    CHECK(rows_of(world.exported(), FileKind::enrollments).contains("e2"));
}

TEST_CASE("a row refused today is not taken for one that has gone") {
    OneRosterWorld world;
    REQUIRE(world.import(BundleFiles{})->written);
    BundleFiles broken;
    broken.replace("demographics", "2004-03-12", "2004-02-31");
    ImportOptions options;
    options.accept_good = true;
    auto const outcome = world.import(broken, options);
    CHECK(outcome->counts.ended == 0);
    CHECK(rows_of(world.exported(), FileKind::demographics).at("p1").at("birthDate") == "2004-03-12");
}

TEST_CASE("a dry run writes nothing") {
    OneRosterWorld world;
    ImportOptions options;
    options.dry_run = true;
    auto const outcome = world.import(BundleFiles{}, options);
    CHECK(outcome->counts.added > 20);
    CHECK_FALSE(outcome->written);
    CHECK(sql::districts(*world.database).empty());
}

TEST_CASE("a district whose number nobody says is asked for") {
    OneRosterWorld world;
    BundleFiles files;
    files.replace("orgs", "430971,state,413207", ",state,413207");
    auto const outcome = world.import(files);
    REQUIRE(outcome.has_error());
    CHECK(outcome.error().key == "oneroster.district_code_needed");
    ImportOptions options;
    options.district = 430971;
    CHECK(world.import(files, options)->written);
    OneRosterWorld other;
    files.replace("orgs", "metadata.postcode", "metadata.areaCode").replace("orgs", ",state,413207", ",state,430971");
    CHECK(other.import(files)->district == 430971);
}

TEST_CASE("a district beside the one that stands there is opened only when that is said; a dry run warns") {
    OneRosterWorld world;
    REQUIRE(world.import(BundleFiles{})->written);
    ImportOptions options;
    options.district = 430981;
    options.dry_run = true;
    auto const tried = world.import(BundleFiles{}, options);
    REQUIRE(tried.has_value());
    REQUIRE(tried->warnings.size() == 2);
    CHECK(tried->warnings[0].key == "oneroster.other_district");
    CHECK(tried->warnings[0].params.at("districts") == "430971");
    CHECK(tried->warnings[1].key == "oneroster.other_bundle");
    options.dry_run = false;
    CHECK(world.import(BundleFiles{}, options).error().key == "oneroster.other_district");
    CHECK(sql::districts(*world.database).size() == 1);
    options.district = 430971;
    CHECK(world.import(BundleFiles{}, options)->warnings.empty());
    options.district = 430981;
    options.add_district = true;
    CHECK(world.import(BundleFiles{}, options).has_value());
    CHECK(sql::districts(*world.database).size() == 2);
}

TEST_CASE("files that cannot be read are named") {
    OneRosterWorld world;
    check_place(only(world,
                     [] {
                         BundleFiles files;
                         files.with_manifest = false;
                         return files;
                     }()),
                "manifest.csv", 0, "", "oneroster.manifest_missing");
    check_place(only(world,
                     [] {
                         BundleFiles files;
                         files.modes["results"] = "bulk";
                         return files;
                     }()),
                "results.csv", 0, "", "oneroster.file_missing");
    check_place(only(world,
                     [] {
                         BundleFiles files;
                         files.modes["users"] = "some";
                         return files;
                     }()),
                "manifest.csv", 8, "value", "oneroster.manifest_mode");
    check_place(only(world, BundleFiles{}.replace("users", ",familyName,", ",surname,")), "users.csv", 1, "familyName",
                "oneroster.column_missing");
    BundleFiles gb;
    gb.files["orgs"] = "sourcedId,name,type\r\nd1,\xB4\xF3\xCD\xA8\xBA\xFE\xC7\xF8,district\r\n";
    auto const finding = only(world, gb);
    check_place(finding, "orgs.csv", 1, "", "oneroster.not_utf8");
    CHECK(finding.params.at("encoding") == "GB18030");
}

TEST_CASE("a byte order mark does no harm") {
    OneRosterWorld world;
    BundleFiles files;
    files.files["users"].insert(0, "\xEF\xBB\xBF");
    CHECK(world.import(files)->findings.empty());
}

TEST_CASE("broken and hostile archives are refused and nothing is written") {
    OneRosterWorld world;
    BundleFiles{}.write(world.zip("good.zip"));
    auto bytes = [&] {
        std::ifstream file(world.zip("good.zip"), std::ios::binary);
        return std::string(std::istreambuf_iterator<char>(file), {});
    }();
    auto import_bytes = [&](std::string const& content) {
        std::ofstream(world.zip("bad.zip"), std::ios::binary) << content;
        auto const outcome = world.import_zip(world.zip("bad.zip"));
        REQUIRE(outcome.has_value());
        REQUIRE_FALSE(outcome->findings.empty());
        return outcome->findings.front().key;
    };
    import_bytes(bytes.substr(0, bytes.size() / 2));
    CHECK(import_bytes("no zip at all") == "text.zip_broken");
    CHECK(import_bytes("") == "text.zip_broken");
    for (std::size_t at = 40; at < bytes.size(); at += bytes.size() / 60) {
        auto copy = bytes;
        copy[at] = static_cast<char>(copy[at] ^ 0x55);
        std::ofstream(world.zip("bad.zip"), std::ios::binary) << copy;
        static_cast<void>(read_bundle(world.zip("bad.zip")));
    }
    BundleFiles bomb;
    bomb.files["orgs"] = "sourcedId,name,type\r\n" + std::string(300u << 20, 'a');
    bomb.write(world.zip("bomb.zip"));
    auto const outcome = world.import_zip(world.zip("bomb.zip"));
    CHECK(outcome->findings.front().key == "text.zip_bomb");
    CHECK(sql::districts(*world.database).empty());
}
