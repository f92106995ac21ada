#include <doctest/doctest.h>

#include "modules/timetable/service.hpp"
#include "review_world.hpp"

using santong::test::ReviewWorld;
using namespace santong;
using namespace santong::workflow;

namespace {

std::vector<std::string> pools(ReviewWorld const& world, std::string const& note) {
    std::vector<std::string> names;
    auto const id = world.row(note).id;
    for (auto const& step : world.read([&](sql::Tx& tx) { return workflow::steps(tx, id); }))
        names.push_back(step.pool_role);
    return names;
}

}  // namespace

TEST_CASE("a thing for its school passes the research-group head and the academic office") {
    ReviewWorld world;
    auto const item = world.submit(world.teacher(), world.heba.id, "n1").value();
    CHECK(world.queue(world.research_head(world.heba)) == std::vector<std::string>{"n1"});
    CHECK(world.queue(world.academic(world.heba)).empty());
    CHECK(world.approve(world.academic(world.heba), item.id).error().code == core::ErrorCode::not_found);
    REQUIRE(world.approve(world.research_head(world.heba), item.id).has_value());
    CHECK(world.queue(world.academic(world.heba)) == std::vector<std::string>{"n1"});
    REQUIRE(world.approve(world.academic(world.heba), item.id).has_value());
    CHECK(world.row("n1").state == ItemState::approved);
    CHECK(ReviewWorld::outcomes() == std::vector<std::string>{"n1 passed_step", "n1 approved"});
}

TEST_CASE("a thing for the district needs the researcher of its subject as well, a public one the information office") {
    ReviewWorld world;
    REQUIRE(world.submit(world.teacher(), world.heba.id, "wide", "district").has_value());
    REQUIRE(world.submit(world.teacher(), world.heba.id, "open", "public").has_value());
    CHECK(pools(world, "wide") == std::vector<std::string>{"research_head", "academic", "researcher"});
    CHECK(pools(world, "open") == std::vector<std::string>{"research_head", "academic", "researcher", "info_office"});
    CHECK(world.submit(world.teacher(), world.heba.id, "n3", "moon").error().problems.at(0).key ==
          "workflow.unknown_scope");
}

TEST_CASE("reviewers of another school or subject, teachers and pupils do not see what is in review") {
    ReviewWorld world;
    world.appoint(world.heba.teachers[1], world.heba.id, auth::Role::research_head, "13");
    auto const item = world.submit(world.teacher(), world.heba.id, "n1").value();
    for (auto const& caller :
         {world.research_head(world.jinpen), world.caller(world.heba.teachers[1]), world.teacher(world.heba, 3),
          world.pupil(), world.caller(world.researcher), world.caller(world.guardian)}) {
        CHECK(world.queue(caller).empty());
        CHECK(review(world.db(), caller, item.id).error().code == core::ErrorCode::not_found);
        CHECK(world.approve(caller, item.id).error().code == core::ErrorCode::not_found);
        CHECK(save_checklist(world.db(), world.clock, caller, item.id, {{"note.true"}}).has_error());
    }
    CHECK(world.row("n1").state == ItemState::open);
}

TEST_CASE("nobody reviews his own: the step of an author who is the only reviewer falls to the next level") {
    ReviewWorld world;
    auto const head = world.research_head(world.heba);
    auto const item = world.submit(head, world.heba.id, "n1").value();
    CHECK(world.queue(head).empty());
    CHECK(world.approve(head, item.id).error().key == "workflow.own_item");
    auto const steps = world.read([&](sql::Tx& tx) { return workflow::steps(tx, item.id); });
    REQUIRE(steps.size() == 1);  // the academic office takes the first step, and so is not asked twice
    CHECK(steps[0].pool_role == "academic");
    CHECK(steps[0].fell_back);
    REQUIRE(world.approve(world.academic(world.heba), item.id).has_value());
    CHECK(world.row("n1").state == ItemState::approved);
}

TEST_CASE("a second research-group head reviews what the first one sends") {
    ReviewWorld world;
    world.appoint(world.heba.teachers[3], world.heba.id, auth::Role::research_head, "14");
    auto const item = world.submit(world.research_head(world.heba), world.heba.id, "n1").value();
    CHECK(pools(world, "n1") == std::vector<std::string>{"research_head", "academic"});
    CHECK(world.queue(world.caller(world.heba.teachers[3])) == std::vector<std::string>{"n1"});
    CHECK(world.approve(world.caller(world.heba.teachers[3]), item.id).has_value());
}

TEST_CASE("who has decided in a round does not decide its next step, though he holds both posts") {
    ReviewWorld world;
    world.appoint(world.heba.research_head, world.heba.id, auth::Role::academic);
    auto const item = world.submit(world.teacher(), world.heba.id, "n1").value();
    auto const both = world.research_head(world.heba);
    REQUIRE(world.approve(both, item.id).has_value());
    CHECK(world.queue(both).empty());
    CHECK(world.approve(both, item.id).error().key == "workflow.decided_already");
    CHECK(world.approve(world.academic(world.heba), item.id).has_value());
}

TEST_CASE("a village school without an academic office is served by its central school's") {
    ReviewWorld world;
    world.vacate(world.mingxin.academic);
    auto const item = world.submit(world.teacher(world.mingxin), world.mingxin.id, "n1").value();
    REQUIRE(world.approve(world.research_head(world.mingxin), item.id).has_value());
    CHECK(world.queue(world.academic(world.heba)) == std::vector<std::string>{"n1"});
    CHECK(world.queue(world.academic(world.jinpen)).empty());
    CHECK(world.approve(world.academic(world.heba), item.id).has_value());
}

TEST_CASE("when a post falls vacant during a review, the next step goes to whoever is there then") {
    ReviewWorld world;
    auto const item = world.submit(world.teacher(), world.heba.id, "n1").value();
    world.vacate(world.heba.academic);
    REQUIRE(world.approve(world.research_head(world.heba), item.id).has_value());
    CHECK(world.row("n1").pool_role == "principal");
    CHECK(world.approve(world.principal(world.heba), item.id).has_value());
    CHECK(world.row("n1").state == ItemState::approved);
}

TEST_CASE("a thing that nobody could review is not taken") {
    ReviewWorld world;
    for (auto const& person : {world.heba.research_head, world.heba.academic, world.heba.principal, world.researcher,
                               world.info_office, world.leader}) {
        world.vacate(person);
    }
    CHECK(world.submit(world.teacher(), world.heba.id, "n1").error().key == "workflow.no_reviewer");
}

TEST_CASE("a step is due at the end of the third school day") {
    ReviewWorld world;
    auto const item = world.submit(world.teacher(), world.heba.id, "n1").value();
    CHECK(item.due_at == core::Zone{}.at({2014, 11, 25}, 17 * 60));
    world.clock.set(world.clock.now().plus_days(2));
    REQUIRE(world.approve(world.research_head(world.heba), item.id).has_value());
    CHECK(world.row("n1").due_at == core::Zone{}.at({2014, 11, 26}, 17 * 60));
}

TEST_CASE("no deadline falls on a holiday, and a school's made-up Saturday counts for that school alone") {
    ReviewWorld world;
    world.transact([&](sql::Tx& tx) {
        using timetable::DayKind;
        timetable::write_calendar(tx, {{world.county, {2014, 11, 24}, DayKind::holiday, "停课", {}},
                                       {world.heba.id, {2014, 11, 22}, DayKind::workday, "补课", 1}});
    });
    auto const at_heba = world.submit(world.teacher(), world.heba.id, "n1").value();
    CHECK(at_heba.due_at == core::Zone{}.at({2014, 11, 25}, 17 * 60));  // Friday, Saturday, Tuesday
    auto const at_jinpen = world.submit(world.teacher(world.jinpen), world.jinpen.id, "n2").value();
    CHECK(at_jinpen.due_at == core::Zone{}.at({2014, 11, 26}, 17 * 60));  // Friday, Tuesday, Wednesday
}

TEST_CASE("what is sent in just before the holidays is due in the next term") {
    ReviewWorld world;
    world.clock.set(core::Zone{}.at({2015, 1, 29}, 10 * 60));
    auto const spring = world.read([](sql::Tx& tx) { return roster::terms(tx); }).back();
    REQUIRE(spring.from_date > core::LocalDate{2015, 1, 30});
    auto const due = core::Zone{}.date_of(world.submit(world.teacher(), world.heba.id, "n1").value().due_at);
    CHECK(due > spring.from_date);
    CHECK(due <= spring.from_date.plus_days(4));
    CHECK(due.weekday() <= 5);
}

TEST_CASE("where no calendar reaches, Mondays to Fridays count") {
    auto const thursday = core::Zone{}.at({2014, 11, 20}, 18 * 60);
    CHECK(due_after(thursday, 3, {}, {}) == core::Zone{}.at({2014, 11, 25}, 17 * 60));
    CHECK(due_after(thursday, 1, {}, {}) == core::Zone{}.at({2014, 11, 21}, 17 * 60));
    CHECK(due_after(thursday, 3, {}, {{2014, 11, 21}}) == core::Zone{}.at({2014, 11, 25}, 17 * 60));
    CHECK(due_after(thursday, 2, {}, {{2014, 11, 20}, {2014, 11, 22}, {2014, 11, 23}}) ==
          core::Zone{}.at({2014, 11, 23}, 17 * 60));
}
