// I31: what was pushed in time, by the receipts of boxes.
#include <doctest/doctest.h>

#include "../../push/tests/push_world.hpp"
#include "modules/indicators/service_cockpit.hpp"
#include "modules/indicators/service_detail.hpp"

using santong::test::PushWorld;
using namespace santong;
using namespace santong::indicators;

TEST_CASE("I31 is what was whole before its lesson, opens to schools, and leaves out schools on the hub") {
    PushWorld world;
    world.give_box(world.heba.id);
    auto wish = world.wish({world.heba.id, world.mingxin.id, world.jinpen.id});
    wish.due = push::PushDue::weekday;
    wish.due_at = PushWorld::at(21, 8, 20);
    auto const id = world.order(wish).order.id;
    auto const leader = world.caller(world.leader);
    auto const seen = [&] { return indicator(world.db(), leader, world.clock, "I31", {0, ""}, "zh-CN").value(); };
    CHECK_FALSE(seen().number.value.has_value());
    world.write_receipt(id, world.heba.id, PushWorld::at(20, 23));
    world.clock.set(PushWorld::at(21, 10));
    auto const view = seen();
    CHECK(view.number.value == 50.0);
    CHECK(view.number.numerator == 1);
    CHECK(view.number.denominator == 2);  // the village school under heba has its box too; jinpen works on the hub
    REQUIRE(view.rows.size() == 2);
    CHECK(view.rows.front().name == world.heba.name);
    auto const own = indicator(world.db(), world.principal(world.heba), world.clock, "I31", {0, ""}, "zh-CN");
    CHECK(own.has_error());
    CHECK(indicator(world.db(), world.teacher(), world.clock, "I31", {0, ""}, "zh-CN").has_error());
}
