#include <doctest/doctest.h>

#include "modules/timetable/service.hpp"
#include "modules/timetable/service_office.hpp"
#include "world.hpp"

using namespace santong;
using namespace santong::timetable;
using santong::test::World;

namespace {

/// The first class of heba has mathematics with teacher 0 in periods 1 and 2 of every day, its second Chinese with
/// teacher 1.
struct OfficeDay {
    OfficeDay() {
        world.transact([&](sql::Tx& tx) {
            write_bell(tx, world.heba.id, {2014, 9, 1}, {{1, "", 500, 540}, {2, "", 640, 680}});
            Timetable const table{TimetableId::make(),       world.heba.id, world.autumn, 1,
                                  TimetableState::published, {2014, 9, 1},  {},           world.heba.academic,
                                  core::Instant{1}};
            std::vector<Entry> entries;
            for (int weekday = 1; weekday <= 5; ++weekday) {
                for (int period = 1; period <= 2; ++period) {
                    entries.push_back({EntryId::make(), table.id, world.heba.classes[0], weekday, period, "14",
                                       world.heba.teachers[0], "", WeekParity::all});
                    entries.push_back({EntryId::make(), table.id, world.heba.classes[1], weekday, period, "13",
                                       world.heba.teachers[1], "", WeekParity::all});
                }
            }
            write_timetable(tx, table, entries);
            materialise(tx, world.heba.id, world.today(), world.today(), world.clock.now());
        });
    }
    World world;
};

}  // namespace

TEST_CASE("staff choose among their school's classes and teachers, a guardian only among the children's classes") {
    OfficeDay day;
    auto& world = day.world;
    auto const staff = choices(world.db(), world.teacher(), world.clock, {});
    REQUIRE(staff.has_value());
    CHECK(staff->school_id == world.heba.id);
    CHECK(staff->teaches);
    CHECK(staff->classes.size() == 2);
    auto const parent = choices(world.db(), world.caller(world.guardian), world.clock, {});
    REQUIRE(parent.has_value());
    CHECK(parent->schools.empty());
    REQUIRE(parent->own_classes.size() == 1);
    CHECK(parent->own_classes[0].id == world.heba.classes[0]);
    CHECK(choices(world.db(), world.pupil(), world.clock, {})->own_classes.size() == 1);
    CHECK(choices(world.db(), world.teacher(world.jinpen), world.clock, world.heba.id).error().code ==
          core::ErrorCode::not_found);
}

TEST_CASE("a substitution is listed beside what was planned, for the office only") {
    OfficeDay day;
    auto& world = day.world;
    auto const caller = world.academic(world.heba);
    REQUIRE(add_substitution(world.db(), caller, world.clock,
                             {world.heba.classes[0],
                              world.today(),
                              2,
                              SubstitutionKind::substitute,
                              {},
                              world.heba.teachers[2],
                              "老师开会"})
                .has_value());
    auto const list = substitutions_of(world.db(), caller, world.heba.id, world.today(), world.today());
    REQUIRE(list.has_value());
    REQUIRE(list->size() == 1);
    CHECK((*list)[0].planned_subject == "14");
    CHECK_FALSE((*list)[0].planned_teacher_name.empty());
    CHECK((*list)[0].teacher_name != (*list)[0].planned_teacher_name);
    CHECK(substitutions_of(world.db(), world.teacher(), world.heba.id, world.today(), world.today()).error().code ==
          core::ErrorCode::forbidden);
    CHECK(substitutions_of(world.db(), world.academic(world.jinpen), world.heba.id, world.today(), world.today())
              .error()
              .code == core::ErrorCode::not_found);
    CHECK(substitutions_of(world.db(), caller, world.heba.id, world.today(), world.today().plus_days(90)).has_error());
}

TEST_CASE("a patrol exception is listed beside what was planned, for the office only") {
    OfficeDay day;
    auto& world = day.world;
    auto const caller = world.principal(world.heba);
    REQUIRE(add_patrol_exception(world.db(), caller, world.clock,
                                 {world.heba.classes[1], world.today(), 1, PatrolFinding::no_teacher, {}, ""})
                .has_value());
    auto const list = patrol_of(world.db(), caller, world.heba.id, world.today(), world.today());
    REQUIRE(list.has_value());
    REQUIRE(list->size() == 1);
    CHECK((*list)[0].planned_subject == "13");
    CHECK(patrol_of(world.db(), world.teacher(), world.heba.id, world.today(), world.today()).error().code ==
          core::ErrorCode::forbidden);
}

TEST_CASE("free teachers of the subject come first, busy ones last; the lesson's own teacher may ask too") {
    OfficeDay day;
    auto& world = day.world;
    auto const list = candidates(world.db(), world.academic(world.heba), world.heba.classes[0], world.today(), 2);
    REQUIRE(list.has_value());
    REQUIRE(list->size() == world.heba.teachers.size() - 1);
    CHECK(list->front().same_subject);
    CHECK(list->front().busy_with.empty());
    CHECK(list->back().id == world.heba.teachers[1]);
    CHECK_FALSE(list->back().busy_with.empty());
    CHECK(candidates(world.db(), world.teacher(), world.heba.classes[0], world.today(), 2).has_value());  // his own
    CHECK(candidates(world.db(), world.teacher(world.heba, 2), world.heba.classes[0], world.today(), 2).error().code ==
          core::ErrorCode::forbidden);
    CHECK(candidates(world.db(), world.academic(world.jinpen), world.heba.classes[0], world.today(), 2).error().code ==
          core::ErrorCode::not_found);
}

TEST_CASE("the calendar of a school holds the district's days; versions are for those who edit") {
    OfficeDay day;
    auto& world = day.world;
    world.transact(
        [&](sql::Tx& tx) { write_calendar(tx, {{world.county, {2014, 12, 1}, DayKind::holiday, "停电", {}}}); });
    auto const list = calendar_of(world.db(), world.teacher(), world.clock, world.heba.id);
    REQUIRE(list.has_value());
    CHECK(list->size() == 1);
    CHECK(calendar_of(world.db(), world.teacher(world.jinpen), world.clock, world.heba.id).error().code ==
          core::ErrorCode::not_found);
    CHECK(versions(world.db(), world.academic(world.heba), world.clock, world.heba.id)->size() == 1);
    CHECK(versions(world.db(), world.teacher(), world.clock, world.heba.id).error().code == core::ErrorCode::forbidden);
}

TEST_CASE("a course plan that somebody has changed since is not overwritten; the last word is said on what was seen") {
    OfficeDay day;
    auto& world = day.world;
    auto const office = world.caller(world.info_office);
    std::vector<CoursePlanRow> const first{{2014, 1, "13", 8}, {2014, 1, "14", 4}};
    REQUIRE(set_course_plan(world.db(), office, 2014, first).has_value());
    auto const seen = version_of({first.rbegin(), first.rend()});
    auto changed = first;
    changed[1].weekly_periods = 5;
    REQUIRE(set_course_plan(world.db(), office, 2014, changed, seen).has_value());
    auto late = first;
    late[0].weekly_periods = 7;
    CHECK(set_course_plan(world.db(), office, 2014, late, seen).error().key == "timetable.plan_changed");
    CHECK(course_plan_now(world.db(), office, world.clock)->at(1).weekly_periods == 5);
    CHECK(set_course_plan(world.db(), office, 2014, late, version_of(changed)).has_value());
    CHECK(set_course_plan(world.db(), world.academic(world.heba), 2014, first).error().code ==
          core::ErrorCode::forbidden);
}
