#include <doctest/doctest.h>

#include "evidence.hpp"
#include "modules/indicators/service_detail.hpp"
#include "modules/timetable/service.hpp"
#include "modules/workflow/domain.hpp"

using namespace santong;
using namespace santong::indicators;
using indicators::test::Evidence;
using indicators::test::last_monday;
using timetable::LessonState;

namespace {

/// A course plan for grade 5: three periods of mathematics and one of music a week.
void plan(Evidence const& world) {
    world.transact(
        [](sql::Tx& tx) { timetable::write_course_plan(tx, 2014, {{2014, 5, "14", 3}, {2014, 5, "24", 1}}); });
}

void teach(Evidence const& world, int day, int period, std::string const& subject,
           LessonState state = LessonState::held) {
    auto const& school = world.heba;
    auto one =
        world.lesson(school.id, school.classes[0], last_monday.plus_days(day), period, school.teachers[0], subject);
    one.state = state;
    world.tell(one);
}

}  // namespace

TEST_CASE("of the subjects in a week's timetable those with evidence count; one only declared does not") {
    Evidence world;
    auto const& school = world.heba;
    auto const maths = world.lesson(school.id, school.classes[0], last_monday, 1, school.teachers[0], "14");
    auto const music = world.lesson(school.id, school.classes[0], last_monday, 2, school.teachers[1], "24");
    auto said = world.session(music);
    said.kind = teaching::EvidenceKind::declared;
    for (auto const& one : {maths, music}) world.tell(one);
    world.tell(world.session(maths));
    world.tell(said);
    world.read_feed();
    CHECK(world.figure("I22", school.id, last_monday).numerator == 1);
    CHECK(world.figure("I22", school.id, last_monday).denominator == 2);
}

TEST_CASE("a class is held against its course plan: courses taught once, periods up to what was due") {
    Evidence world;
    plan(world);
    for (int day = 0; day < 5; ++day) teach(world, day, 1, "14");
    teach(world, 1, 2, "24", LessonState::not_taught);
    world.read_feed();
    auto const courses = world.figure("I34", world.heba.id, last_monday);
    CHECK(courses.numerator == 1);
    CHECK(courses.denominator == 2);
    auto const periods = world.figure("I35", world.heba.id, last_monday);
    CHECK(periods.numerator == 3);  // five of mathematics do not make up for music
    CHECK(periods.denominator == 4);
}

TEST_CASE("a week of three school days says nothing of courses, and a changed plan counts the weeks anew") {
    Evidence world;
    plan(world);
    for (int day = 0; day < 3; ++day) teach(world, day, 1, "14");
    world.read_feed();
    CHECK(world.figure("I34", world.heba.id, last_monday).denominator == 0);
    for (int day = 3; day < 5; ++day) teach(world, day, 1, "14");
    world.read_feed();
    CHECK(world.figure("I35", world.heba.id, last_monday).denominator == 4);
    world.transact([](sql::Tx& tx) { timetable::write_course_plan(tx, 2014, {{2014, 5, "14", 5}}); });
    world.read_feed();
    CHECK(world.figure("I35", world.heba.id, last_monday).denominator == 5);
    CHECK(world.figure("I35", world.heba.id, last_monday).numerator == 5);
    auto const kept = world.now();
    world.transact([](sql::Tx& tx) { recompute(tx); });
    CHECK(world.now() == kept);
}

TEST_CASE("a public resource without an approved review counts against the school; a recalled one not at all") {
    Evidence world;
    auto const& school = world.heba;
    auto const publish = [&](resources::Resource const& one) {
        world.transact([&](sql::Tx& tx) { feed::put(tx, {"resources.Resource", one.id.text(), school.id}, one); });
    };
    std::vector<resources::Resource> shelf(2);
    for (auto& one : shelf) {
        one.id = resources::ResourceId::make();
        one.school_id = school.id;
        one.state = resources::State::published;
        one.scope = resources::Scope::district;
        one.published_at = core::Zone{}.at(last_monday, 600);
        publish(one);
    }
    workflow::Item item;
    item.id = workflow::ItemId::make();
    item.subject_kind = "resource";
    item.subject_id = shelf[0].id.text();
    item.state = workflow::ItemState::approved;
    item.opened_at = core::Zone{}.at(last_monday.plus_days(-2), 600);
    item.closed_at = core::Zone{}.at(last_monday, 600);
    world.transact([&](sql::Tx& tx) { feed::put(tx, {"workflow.Item", item.id.text(), school.id}, item); });
    world.read_feed();
    CHECK(world.figure("I33", school.id, last_monday).numerator == 1);
    CHECK(world.figure("I33", school.id, last_monday).denominator == 2);
    shelf[1].state = resources::State::recalled;
    publish(shelf[1]);
    world.read_feed();
    CHECK(world.figure("I33", school.id, last_monday).denominator == 1);
}

TEST_CASE("village schools stand by themselves, with the figures of all teachers and under the same guard") {
    Evidence world;
    auto const& village = world.mingxin;
    auto const lesson = world.lesson(village.id, village.classes[0], last_monday, 1, village.teachers[0]);
    world.tell(lesson);
    world.tell(world.session(lesson));
    world.read_feed();
    FigureQuery query;
    query.week = 11;
    auto const seen = indicator(world.db(), world.caller(world.leader), world.clock, "I28T", query, "zh-CN");
    REQUIRE(seen.has_value());
    CHECK(seen->number.reach == Reach::village_schools);
    CHECK(seen->number.hidden);  // two teachers
    query.org = village.id.text();
    auto const own = indicator(world.db(), world.principal(village), world.clock, "I28T", query, "zh-CN");
    REQUIRE(own.has_value());
    CHECK(own->number.numerator == 1);
    CHECK(own->number.denominator == 2);
}
