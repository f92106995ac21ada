#include <doctest/doctest.h>

#include "evidence.hpp"
#include "modules/indicators/service_detail.hpp"
#include "modules/indicators/service_school.hpp"
#include "modules/indicators/service_targets.hpp"
#include "modules/timetable/service.hpp"

using namespace santong;
using namespace santong::indicators;
using indicators::test::Evidence;
using indicators::test::last_monday;
using indicators::test::this_monday;

namespace {

/// Lessons of one class over a week; the first `used` of them with evidence.
void week(Evidence const& world, santong::test::WorldSchool const& school, core::LocalDate monday, int used,
          std::string const& subject = "14") {
    for (int i = 0; i < 30; ++i) {
        auto const lesson =
            world.lesson(school.id, school.classes[0], monday.plus_days(i % 5), 1 + i / 5,
                         school.teachers[static_cast<std::size_t>(i) % school.teachers.size()], subject);
        world.tell(lesson);
        if (i < used) world.tell(world.session(lesson));
    }
}

void equip(Evidence const& world, santong::test::WorldSchool const& school, bool equipped) {
    roster::BulkRoster bulk;
    bulk.rooms.push_back({roster::RoomId::make(), school.id, "101", roster::RoomKind::classroom, equipped});
    world.transact([&](sql::Tx& tx) { return roster::write_bulk(tx, bulk, world.clock); });
}

std::vector<Exception> exceptions_of(Evidence const& world, core::OrgId const& school) {
    auto page = cockpit(world.db(), world.caller(world.leader), world.clock, 0, "zh-CN");
    REQUIRE(page.has_value());
    std::erase_if(page->exceptions, [&](Exception const& one) { return one.org_id != school; });
    return page->exceptions;
}

Number number_of(Evidence const& world, std::string const& code, int at_week) {
    auto const page = cockpit(world.db(), world.caller(world.leader), world.clock, at_week, "zh-CN");
    REQUIRE(page.has_value());
    for (auto const& one : page->numbers) {
        if (one.code == code) return one;
    }
    return {};
}

}  // namespace

TEST_CASE("a school whose equipped rooms leave no evidence for a week is urgent if they did before") {
    Evidence world;
    equip(world, world.heba, true);
    week(world, world.heba, last_monday.plus_days(-14), 20);
    week(world, world.heba, last_monday.plus_days(-7), 20);
    week(world, world.heba, last_monday, 0);
    world.read_feed();
    auto const found = exceptions_of(world, world.heba.id);
    REQUIRE(found.size() == 1);
    CHECK(found[0].kind == ExceptionKind::silent);
    CHECK(found[0].severity == Severity::bad);
    CHECK(found[0].week == 11);
    CHECK(found[0].facts.at("held") == "30");
}

TEST_CASE("a school without any equipment is not blamed for lessons without a screen") {
    Evidence world;
    equip(world, world.heba, false);
    week(world, world.heba, last_monday, 0);
    world.read_feed();
    CHECK(exceptions_of(world, world.heba.id).empty());
}

TEST_CASE("a fall of more than ten points below its own last weeks is an exception") {
    Evidence world;
    for (int back = 1; back <= 3; ++back) week(world, world.heba, last_monday.plus_days(-7 * back), 24);
    week(world, world.heba, last_monday, 18);
    week(world, world.jinpen, last_monday, 18);
    world.read_feed();
    auto const found = exceptions_of(world, world.heba.id);
    REQUIRE(found.size() == 1);
    CHECK(found[0].kind == ExceptionKind::fell);
    CHECK(found[0].facts.at("points") == "20.0");
    CHECK(exceptions_of(world, world.jinpen.id).empty());
}

TEST_CASE("a school with rooms and less than half of the target is named with its rooms, one without rooms is not") {
    Evidence world;
    world.transact([&](sql::Tx& tx) { write_targets(tx, {{"I21", world.county, {2014, 12, 31}, 60}}); });
    equip(world, world.heba, true);
    equip(world, world.jinpen, false);
    week(world, world.heba, last_monday, 6);
    week(world, world.jinpen, last_monday, 6);
    world.read_feed();
    auto const found = exceptions_of(world, world.heba.id);
    REQUIRE(found.size() == 1);
    CHECK(found[0].kind == ExceptionKind::low);
    CHECK(found[0].facts.at("value") == "20.0");
    CHECK(found[0].facts.at("equipped") == "1");
    CHECK(exceptions_of(world, world.jinpen.id).empty());
}

TEST_CASE("what was declared of a month stands beside the measured value of that month, not of the week") {
    Evidence world;
    auto const october = core::LocalDate{2014, 10, 13};
    week(world, world.heba, october, 15);
    week(world, world.heba, last_monday, 24);
    world.read_feed();
    REQUIRE(declare(world.db(), world.principal(world.heba), world.clock, {"I21", world.heba.id, "2014-10", 90, ""})
                .has_value());
    auto const number = number_of(world, "I21", 11);
    REQUIRE(number.declared.has_value());
    CHECK(number.declared->month == "2014-10");
    CHECK(number.declared->measured == doctest::Approx(50));
    CHECK(number.value == doctest::Approx(80));
}

TEST_CASE("declared far above measured is an exception, stands beside the number and never in it") {
    Evidence world;
    week(world, world.heba, last_monday, 15);
    world.read_feed();
    auto const before = number_of(world, "I21", 11);
    auto const said =
        declare(world.db(), world.principal(world.heba), world.clock, {"I21", world.heba.id, "2014-11", 90, ""});
    REQUIRE(said.has_value());
    CHECK(said->declared_by == world.heba.name + "校长");
    auto const after = number_of(world, "I21", 11);
    CHECK(after.value == before.value);
    REQUIRE(after.declared.has_value());
    CHECK(after.declared->value == doctest::Approx(90));
    CHECK(after.declared->schools == 1);
    auto const found = exceptions_of(world, world.heba.id);
    REQUIRE(found.size() == 1);
    CHECK(found[0].kind == ExceptionKind::declared);
    CHECK(found[0].facts.at("points") == "40.0");
    REQUIRE(declare(world.db(), world.principal(world.heba), world.clock, {"I21", world.heba.id, "2014-11", 55, ""})
                .has_value());
    CHECK(exceptions_of(world, world.heba.id).empty());
    auto const profile =
        school_profile(world.db(), world.principal(world.heba), world.clock, world.heba.id, 0, "zh-CN");
    REQUIRE(profile.has_value());
    REQUIRE(profile->declarations.size() == 1);
    CHECK(profile->declarations[0].measured == doctest::Approx(50));
}

TEST_CASE("the profile of another school is not there, as no school is") {
    Evidence world;
    for (auto const& id : {world.jinpen.id, core::OrgId::make()}) {
        auto const profile = school_profile(world.db(), world.principal(world.heba), world.clock, id, 0, "zh-CN");
        REQUIRE_FALSE(profile.has_value());
        CHECK(profile.error().code == core::ErrorCode::not_found);
        CHECK(profile.error().key == "roster.org_not_found");
    }
}

TEST_CASE("a declaration is checked") {
    Evidence world;
    auto const who = world.principal(world.heba);
    auto const key = [&](NewDeclaration const& said) {
        auto const done = declare(world.db(), who, world.clock, said);
        return done ? std::string() : done.error().problems.empty() ? done.error().key : done.error().problems[0].key;
    };
    CHECK(key({"I99", world.heba.id, "2014-10", 5, ""}) == "indicators.not_found");
    CHECK(key({"I21", world.heba.id, "2014-13", 5, ""}) == "indicators.no_such_month");
    CHECK(key({"I21", world.heba.id, "2014-12", 5, ""}) == "indicators.no_such_month");
    CHECK(key({"I21", world.heba.id, "2014-10", 101, ""}) == "indicators.no_such_value");
    CHECK(key({"I21", world.heba.id, "2014-10", -1, ""}) == "indicators.no_such_value");
    CHECK(key({"ROOMS", world.heba.id, "2014-10", 120, ""}).empty());
    CHECK(key({"I21", world.jinpen.id, "2014-10", 50, ""}) == "core.forbidden");
}

TEST_CASE("subjects of the course plan that were not taught are named") {
    Evidence world;
    std::vector<timetable::CoursePlanRow> const plan{{2014, 5, "14", 5}, {2014, 5, "24", 2}, {2014, 8, "16", 2}};
    world.transact([&](sql::Tx& tx) { timetable::write_course_plan(tx, 2014, plan); });
    week(world, world.heba, last_monday, 15);
    world.read_feed();
    auto const found = exceptions_of(world, world.heba.id);
    REQUIRE(found.size() == 1);
    CHECK(found[0].kind == ExceptionKind::missing);
    CHECK(found[0].subjects == std::vector<std::string>{"音乐"});
    auto const profile = school_profile(world.db(), world.caller(world.leader), world.clock, world.heba.id, 0, "zh-CN");
    REQUIRE(profile.has_value());
    REQUIRE(profile->courses.size() == 2);
    CHECK(profile->courses[0].held == 30);
    CHECK(profile->courses[1].held == 0);
}

TEST_CASE("a number has its target, eight weeks, and is provisional until teachers can no longer correct it") {
    Evidence world;
    world.transact([&](sql::Tx& tx) {
        write_targets(tx, {{"I21", world.county, {2014, 6, 30}, 40}, {"I21", world.county, {2014, 12, 31}, 60}});
    });
    week(world, world.heba, last_monday, 15);
    week(world, world.jinpen, last_monday.plus_days(-28), 30);
    world.read_feed();
    auto const now = number_of(world, "I21", 11);
    CHECK(now.target == doctest::Approx(60));
    CHECK(now.series.size() == 8);
    CHECK(now.provisional);
    CHECK(now.reach == Reach::central_schools);
    CHECK_FALSE(number_of(world, "I21", 7).provisional);
    CHECK(number_of(world, "I21", 7).value == doctest::Approx(100));
    CHECK(cockpit(world.db(), world.caller(world.leader), world.clock, 40, "en").error().key ==
          "indicators.no_such_week");
    CHECK(indicator(world.db(), world.caller(world.leader), world.clock, "I99", {}, "en").error().key ==
          "indicators.not_found");
}

TEST_CASE("the information office sets a target, the cockpit shows it at once, and a passed one stays on record") {
    Evidence world;
    auto const office = world.caller(world.info_office);
    auto const leader = world.caller(world.leader);
    auto const key = [](auto const& done) {
        return done ? std::string() : done.error().problems.empty() ? done.error().key : done.error().problems[0].key;
    };
    REQUIRE(key(set_target(world.db(), office, world.clock, {"I21", {2015, 6, 30}, 70, {}})).empty());
    REQUIRE(key(set_target(world.db(), office, world.clock, {"I21", {2015, 6, 30}, 75, {}})).empty());
    CHECK(number_of(world, "I21", 0).target == 75);
    CHECK(key(set_target(world.db(), office, world.clock, {"I21", {2015, 6, 30}, 80, 70})) ==
          "indicators.target_changed");
    CHECK(key(set_target(world.db(), office, world.clock, {"I21", {2015, 6, 30}, 80, 0})) ==
          "indicators.target_changed");
    CHECK(key(set_target(world.db(), office, world.clock, {"I21", {2015, 6, 30}, 75, 75})).empty());
    auto const seen = list_targets(world.db(), leader);
    REQUIRE(seen.has_value());
    CHECK(seen->items.size() == 1);
    CHECK_FALSE(seen->may_set);
    CHECK(list_targets(world.db(), office)->may_set);
    CHECK(key(set_target(world.db(), office, world.clock, {"I99", {2015, 6, 30}, 70, {}})) == "indicators.not_found");
    CHECK(key(set_target(world.db(), office, world.clock, {"I21", {2015, 6, 30}, 0, {}})) ==
          "indicators.no_such_value");
    CHECK(key(set_target(world.db(), office, world.clock, {"I21", {2014, 6, 30}, 70, {}})) ==
          "indicators.target_passed");
    CHECK(key(set_target(world.db(), leader, world.clock, {"I21", {2015, 6, 30}, 70, {}})) == "core.forbidden");
    CHECK(key(list_targets(world.db(), world.principal(world.heba))) == "core.forbidden");
    CHECK(key(drop_target(world.db(), leader, world.clock, "I21", {2015, 6, 30})) == "core.forbidden");
    CHECK(key(drop_target(world.db(), office, world.clock, "I21", {2015, 7, 1})) == "core.not_found");
    CHECK(key(drop_target(world.db(), office, world.clock, "I21", {2015, 6, 30})).empty());
    CHECK_FALSE(number_of(world, "I21", 0).target);
}

TEST_CASE("an answer follows the figures as soon as the feed has been read") {
    Evidence world;
    week(world, world.heba, last_monday, 15);
    world.read_feed();
    CHECK(number_of(world, "I21", 11).numerator == 15);
    world.tell(
        world.session(world.lesson(world.heba.id, world.heba.classes[0], last_monday, 6, world.heba.teachers[0])));
    world.read_feed();
    CHECK(number_of(world, "I21", 11).numerator == 16);
}

TEST_CASE("a principal's day names the lessons that nobody will teach") {
    Evidence world;
    auto const& school = world.heba;
    auto lesson = world.lesson(school.id, school.classes[0], world.today(), 6, school.teachers[0], "24");
    lesson.state = timetable::LessonState::planned;
    lesson.teacher_id.reset();
    lesson.start_at = core::Zone{}.at(world.today(), 14 * 60);
    lesson.end_at = lesson.start_at.plus_seconds(2400);
    world.transact([&](sql::Tx& tx) { return timetable::add_unplanned(tx, lesson); });
    auto const home = principal_home(world.db(), world.principal(school), world.clock, "", "zh-CN");
    REQUIRE(home.has_value());
    CHECK(home->lessons == 1);
    REQUIRE(home->today.size() == 1);
    CHECK(home->today[0].kind == LessonTrouble::no_teacher);
    CHECK(home->today[0].subject_title == "音乐");
    CHECK(home->today[0].free_teachers == 6);
    CHECK(home->numbers_week.number == 11);
    CHECK(principal_home(world.db(), world.caller(world.leader), world.clock, school.id.text(), "en").error().code ==
          core::ErrorCode::forbidden);
}
