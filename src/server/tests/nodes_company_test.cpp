// What stands beside lessons and homework: lessons beside the timetable, looks, templates, rules, a teacher's phrases.
#include "modules/homework/service_board.hpp"
#include "modules/teaching/service_joint.hpp"
#include "modules/teaching/service_records.hpp"
#include "modules/teaching/service_room.hpp"
#include "modules/teaching/tests/classroom.hpp"
#include "modules/timetable/service.hpp"
#include "modules/timetable/service_unplanned.hpp"
#include "two_places.hpp"

using namespace santong;
using test::count_rows;
using Phrases = std::vector<std::string>;

namespace {

using TwoSchoolDays = test::TwoPlacesOf<test::Classroom>;

}  // namespace

TEST_CASE("a lesson taken beside the timetable at the box is confirmed by the office at the hub") {
    TwoSchoolDays places;
    auto& world = places.world;
    auto& hub = world.db();
    world.go_to(20, 9, 15);
    places.pull();
    teaching::OpenRequest wish;
    wish.class_id = world.heba.classes[0];
    wish.reason = "体育老师参加比赛";
    places.at_box();
    auto const opened = teaching::open_class(*places.box, world.math(), world.clock, wish);
    REQUIRE(opened.has_value());
    CHECK(places.push().parked == 0);
    places.at_hub();
    CHECK(teaching::current_class(hub, world.math(), world.clock)->elsewhere);
    places.at_box();
    REQUIRE(teaching::end_class(*places.box, world.math(), world.clock, opened->session.id).has_value());
    world.go_to(20, 10, 5);
    places.box->transact(test::district, [&](sql::Tx& tx) { return timetable::close_lessons(tx, world.clock.now()); });
    CHECK(places.push().parked == 0);
    auto const office = world.academic(world.heba);
    auto const waiting = [&](sql::Database& db) {
        return teaching::unplanned_lessons(db, office, world.clock, world.heba.id, 0).value();
    };
    places.at_hub();
    REQUIRE(waiting(hub).size() == 1);
    CHECK(waiting(hub)[0].reason == "体育老师参加比赛");
    REQUIRE(timetable::confirm_unplanned(hub, office, world.clock, opened->lesson.id, {"代体育课"}).has_value());
    CHECK(places.pull().parked == 0);
    places.at_box();
    CHECK(waiting(*places.box).empty());
}

TEST_CASE("a teacher's phrases for homework are the same at both places, also when the last one is gone") {
    TwoSchoolDays places;
    auto& hub = places.world.db();
    places.pull();
    auto const math = places.world.math();
    places.at_box();
    REQUIRE(homework::put_my_phrases(*places.box, math, {{"写得认真", "再算一遍"}}).has_value());
    CHECK(places.push().parked == 0);
    CHECK(homework::my_phrases(hub, math)->phrases == Phrases{"写得认真", "再算一遍"});
    places.at_hub();
    REQUIRE(homework::put_my_phrases(hub, math, {{"再算一遍"}}).has_value());
    CHECK(places.pull().parked == 0);
    CHECK(homework::my_phrases(*places.box, math)->phrases == Phrases{"再算一遍"});
    places.at_box();
    REQUIRE(homework::put_my_phrases(*places.box, math, {}).has_value());
    CHECK(places.push().parked == 0);
    CHECK(homework::my_phrases(hub, math)->phrases.empty());
}

TEST_CASE("a school's templates and its rule for calling are said at either place") {
    TwoSchoolDays places;
    auto& world = places.world;
    auto& hub = world.db();
    places.at_hub();
    auto const plan = world.plan_with_resource().plan;
    REQUIRE(teaching::save_plan(hub, world.math(), world.clock, plan.id,
                                {plan.version, plan.content, teaching::Sharing::school})
                .has_value());
    auto const head = world.research_head(world.heba);
    auto const made = teaching::add_template(hub, head, world.clock, {"本校新授课", plan.id, false});
    REQUIRE(made.has_value());
    places.pull();
    CHECK(teaching::templates(*places.box, world.math(), "14")->own.size() == 1);
    places.at_box();
    REQUIRE(teaching::remove_template(*places.box, head, made->id).has_value());
    REQUIRE(teaching::set_classroom_rule(*places.box, world.principal(world.heba), world.heba.id,
                                         {teaching::Calling::number})
                .has_value());
    CHECK(places.push().parked == 0);
    CHECK(teaching::templates(hub, world.math(), "14")->own.empty());
    CHECK(teaching::classroom_rule(hub, world.principal(world.heba), world.heba.id)->calling ==
          teaching::Calling::number);
}

TEST_CASE("a teacher reads at the box who has looked at his lesson at the hub") {
    TwoSchoolDays places;
    auto& world = places.world;
    auto& hub = world.db();
    places.at_hub();
    world.go_to(20, 10, 25);
    auto const id = world.open().session.id;
    world.show(id, world.reviewed);
    REQUIRE(teaching::end_class(hub, world.math(), world.clock, id).has_value());
    world.go_to(28, 9, 0);
    teaching::LookRequest const request{world.heba.classes[0], core::LocalDate{2014, 11, 20}, 3,
                                        "核查一起家长来信反映"};
    REQUIRE(teaching::look(hub, world.caller(world.supervisor), world.clock, request).has_value());
    CHECK(places.pull().parked == 0);
    places.at_box();
    auto const week = teaching::my_records(*places.box, world.math(), world.clock, 12);
    REQUIRE(week.has_value());
    std::vector<std::string> reasons;
    for (auto const& row : week->rows) {
        if (!row.record) continue;
        for (auto const& one : row.record->looks) reasons.push_back(one.reason);
    }
    CHECK(reasons == Phrases{"核查一起家长来信反映"});
    // What was said of it is not said otherwise by a box.
    places.at_hub();
    auto forged = test::change_of(
        world.transact([&](sql::Tx& tx) { return sync::outgoing(tx, places.shapes, places.below(), "t:0"); }).changes,
        "teaching.Look");
    forged.origin = test::box_name;
    forged.origin_seq = 900'001;
    forged.version += 1;
    auto& rows = forged.tables.front();
    for (std::size_t i = 0; i < rows.columns.size(); ++i) {
        if (rows.columns[i] == "reason") rows.rows.front()[i] = "随便看看而已";
    }
    CHECK(places.give_hub({forged}).refused == 1);
}

TEST_CASE("a box says of its own school only how one is called and which templates there are") {
    TwoSchoolDays places;
    auto& world = places.world;
    places.pull();
    places.at_box();
    REQUIRE(teaching::set_classroom_rule(*places.box, world.principal(world.heba), world.heba.id,
                                         {teaching::Calling::number})
                .has_value());
    REQUIRE(homework::put_my_phrases(*places.box, world.math(), {{"写得认真"}}).has_value());
    auto const batch = places.box->read(
        test::district, [&](sql::Tx& tx) { return sync::outgoing(tx, places.shapes, places.above(), places.up); });
    auto const with = [&](char const* type, char const* column, std::string const& value) {
        auto change = test::change_of(batch.changes, type);
        change.id = value;
        change.body.value = "{}";
        change.scope_org_id.clear();
        auto& rows = change.tables.front();
        for (std::size_t i = 0; i < rows.columns.size(); ++i) {
            if (rows.columns[i] == column) rows.rows.front()[i] = value;
        }
        return change;
    };
    CHECK(places.give_hub({with("teaching.ClassroomRule", "school_id", world.jinpen.id.text())}).refused == 1);
    CHECK(places.give_hub({with("homework.Phrases", "teacher_id", world.jinpen.teachers[0].text())}).refused == 1);
    CHECK(count_rows(world.db(), "classroom_rule") == 0);
    CHECK(count_rows(world.db(), "homework_phrase") == 0);
}
