#include <doctest/doctest.h>

#include "modules/roster/service_session.hpp"
#include "world.hpp"

using santong::test::World;
namespace roster = santong::roster;
namespace sql = santong::sql;
namespace core = santong::core;

TEST_CASE("a village school stands under its central school and belongs to the township above") {
    World world;
    world.read([&](sql::Tx& tx) {
        auto const path = roster::self_and_ancestors(tx, world.mingxin.id);
        CHECK(path == std::vector{world.mingxin.id, world.heba.id, world.heba_town, world.county});
        auto const school = roster::school(tx, world.mingxin.id);
        REQUIRE(school.has_value());
        CHECK(school->township_name == "河坝镇");
        CHECK(roster::schools(tx).size() == 3);
        CHECK(roster::subtree(tx, world.heba.id, roster::OrgKind::class_group).size() == 3);
        CHECK(*roster::school_of(tx, world.mingxin.classes[0]) == world.mingxin.id);
        CHECK(roster::school_of(tx, world.county).error().key == "roster.no_school");
    });
}

TEST_CASE("a class bears the grade of the school year and is gone after its last one") {
    World world;
    world.read([&](sql::Tx& tx) {
        auto const now = roster::classes(tx, world.heba.id, world.today());
        REQUIRE(now.size() == 2);
        CHECK(now[0].name == "五(1)班");
        CHECK(now[0].grade == 5);
        CHECK(now[0].pupils == 4);
        CHECK(roster::classes(tx, world.heba.id, {2015, 9, 1}).at(1).name == "六(2)班");
        CHECK(roster::classes(tx, world.heba.id, {2016, 9, 1}).empty());
    });
}

TEST_CASE("a clock years before a class began, or long after, names it by its year of entry") {
    World world;
    world.read([&](sql::Tx& tx) {
        auto const before = roster::class_groups(tx, {world.heba.classes[0]}, {1999, 11, 20});
        REQUIRE(before.size() == 1);
        CHECK(before[0].name == "2010级1班");
        CHECK(roster::class_group(tx, world.heba.classes[0], {2140, 1, 1})->name == "2010级1班");
    });
}

// What the answers to a sign-in and to a changed password say of the caller's classes.
TEST_CASE("a session is described with a clock that stands years too early") {
    World world;
    world.clock.set(core::Zone{}.at({1999, 11, 20}, 600));
    auto const details = roster::session_details(world.clock);
    world.read([&](sql::Tx& tx) {
        auto const places = details->places(tx, {world.heba.classes[0]});
        CHECK(places.at(world.heba.classes[0]).name == "2010级1班");
        CHECK(details->pupils(tx, world.heba.classes[0]).empty());
    });
}

TEST_CASE("the twentieth of November 2014 lies in week 12 of the autumn term") {
    World world;
    world.read([&](sql::Tx& tx) {
        CHECK(roster::today(tx, world.clock) == world.today());
        auto const term = roster::term_at(tx, world.today());
        REQUIRE(term.has_value());
        CHECK(term->week_of(world.today()) == 12);
        CHECK(term->monday_of_week(12).text() == "2014-11-17");
        CHECK(roster::term_at(tx, {2015, 2, 10})->number == 1);
        CHECK(roster::term_at(tx, {2015, 3, 10})->number == 2);
    });
}

TEST_CASE("teachers, pupils and guardians are found where they are") {
    World world;
    world.read([&](sql::Tx& tx) {
        CHECK(roster::teachers(tx, world.heba.id, world.today()).size() == 6);
        CHECK(roster::teacher_count(tx, world.heba.id, {2009, 1, 1}) == 0);
        CHECK(roster::teacher_counts(tx, world.today()).at(world.mingxin.id) == 2);
        CHECK(roster::pupils_of_class(tx, world.heba.classes[0], world.today()).size() == 4);
        CHECK(roster::pupil_class(tx, world.heba.pupils[1][0], world.today()) == world.heba.classes[1]);
        CHECK(roster::pupils_of_guardian(tx, world.guardian, world.today()) == std::vector{world.heba.pupils[0][0]});
        auto const at_class = roster::teachers_of_class(tx, world.heba.classes[0], world.today());
        REQUIRE(at_class.size() == 1);
        CHECK(at_class[0].homeroom);
        CHECK(roster::holders(tx, santong::auth::Role::researcher, world.county, "14", world.today()).size() == 1);
        CHECK(roster::holders(tx, santong::auth::Role::researcher, world.county, "13", world.today()).empty());
    });
}

TEST_CASE("the same piece of roster written twice changes nothing") {
    World world;
    auto const before = world.read([&](sql::Tx& tx) { return roster::subtree(tx, world.county).size(); });
    world.transact([&](sql::Tx& tx) {
        roster::BulkRoster bulk;
        bulk.orgs = roster::subtree(tx, world.county);
        roster::write_bulk(tx, bulk, world.clock);
    });
    CHECK(world.read([&](sql::Tx& tx) { return roster::subtree(tx, world.county).size(); }) == before);
}
