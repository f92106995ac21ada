// A central school pushes for its own area (片区): its village schools and teaching points, and nobody else.
#include <doctest/doctest.h>

#include <algorithm>

#include "modules/push/service_board.hpp"
#include "modules/push/service_rules.hpp"
#include "push_world.hpp"

using santong::test::PushWorld;
using namespace santong;
using namespace santong::push;
using santong::test::why;

namespace {

PushRuleContent area_rule(PushWorld const& world) {
    PushRuleContent rule;
    rule.title = "片区五年级数学";
    rule.subject = "14";
    rule.grade_from = 1;
    rule.grade_to = 9;
    rule.chapter_id = world.book.chapters.at(0).id;
    return rule;
}

std::vector<core::OrgId> schools_of(PushOrderView const& view) {
    std::vector<core::OrgId> found;
    for (auto const& one : view.schools) found.push_back(one.school_id);
    std::ranges::sort(found);
    return found;
}

}  // namespace

TEST_CASE("a central school orders for the schools under it, and by kind and grade for no others") {
    PushWorld world;
    auto const office = world.academic(world.heba);
    auto const made = make_order(world.desk, office, world.wish({world.mingxin.id})).value();
    CHECK(made.may_manage);
    CHECK(schools_of(made) == std::vector{world.mingxin.id});
    auto wish = world.wish();
    wish.schools.clear();
    wish.grade_from = 1;
    wish.grade_to = 9;
    auto const seen = preview(world.desk, office, wish).value();
    CHECK(seen.schools.size() == 2);  // heba and mingxin, not jinpen
    CHECK(seen.area == world.heba.name);
    CHECK(preview(world.desk, world.maths(), wish)->schools.size() == 3);
    CHECK(preview(world.desk, world.maths(), wish)->area.empty());
    CHECK(list_orders(world.desk, office, {}).value().may_manage);
    CHECK(board(world.desk, world.principal(world.heba), {}).value().may_manage);
}

TEST_CASE("a foreign school, a village school, a teacher and a pupil order nothing for an area") {
    PushWorld world;
    auto const wish = world.wish({world.mingxin.id});
    CHECK(why(make_order(world.desk, world.academic(world.heba), world.wish({world.jinpen.id}))) ==
          "push.not_your_area");
    CHECK(why(preview(world.desk, world.academic(world.heba), world.wish({world.mingxin.id, world.jinpen.id}))) ==
          "push.not_your_area");
    for (auto const& caller :
         {world.principal(world.mingxin), world.principal(world.jinpen), world.teacher(), world.pupil()})
        CHECK(why(make_order(world.desk, caller, wish)) == "push.not_your_area");
    CHECK_FALSE(list_orders(world.desk, world.principal(world.mingxin), {}).value().may_manage);
    CHECK(world.rows("push_order") == 0);
}

TEST_CASE("an area's order is its own and the district's to change; the district's order is not the area's") {
    PushWorld world;
    auto const office = world.academic(world.heba);
    auto own = make_order(world.desk, office, world.wish({world.mingxin.id})).value();
    auto const above = world.order(world.wish({world.mingxin.id}));
    CHECK_FALSE(order_view(world.desk, office, above.order.id).value().may_manage);
    CHECK(why(act_on_order(world.desk, office, above.order.id, PushAct::cancel, {above.order.updated_at})) ==
          "push.not_your_subject");
    CHECK(why(act_on_order(world.desk, world.principal(world.jinpen), own.order.id, PushAct::pause,
                           {own.order.updated_at})) == "push.not_your_subject");
    own = act_on_order(world.desk, world.principal(world.heba), own.order.id, PushAct::pause, {own.order.updated_at})
              .value();
    CHECK(own.order.state == PushState::paused);
    own = act_on_order(world.desk, world.maths(), own.order.id, PushAct::resume, {own.order.updated_at}).value();
    CHECK(own.order.state == PushState::open);
    CHECK(why(set_priority(world.desk, office, own.order.id,
                           {PushPriority::usual, above.order.id, own.order.updated_at})) == "push.not_your_area");
    CHECK(set_priority(world.desk, office, own.order.id, {PushPriority::high, {}, own.order.updated_at}).has_value());
}

TEST_CASE("what an area sends does not stand on the district's public page") {
    PushWorld world;
    auto wish = world.wish({world.mingxin.id});
    wish.display = PushDisplay{true, true, true};
    CHECK(why(make_order(world.desk, world.academic(world.heba), wish)) == "/display/portal push.nothing_for_portal");
    auto content = area_rule(world);
    content.display = wish.display;
    CHECK(why(add_rule(world.desk, world.academic(world.heba), content)) == "/display/portal push.portal_area");
}

TEST_CASE("a central school's rule makes orders for its area only, and is its own to change") {
    PushWorld world;
    auto const office = world.academic(world.heba);
    CHECK(try_rule(world.desk, world.maths(), {area_rule(world), {}}).value().schools == 3);
    CHECK(try_rule(world.desk, office, {area_rule(world), {}}).value().schools == 2);
    auto const made = add_rule(world.desk, office, area_rule(world)).value();
    CHECK(made.area == world.heba.name);
    CHECK(made.may_change);
    CHECK(run_rules(world.db(), world.district(), world.clock) == 1);
    auto const order = list_orders(world.desk, world.maths(), {}).value().items.at(0);
    CHECK(order.schools == 2);
    CHECK(order_view(world.desk, office, order.id).value().may_manage);

    auto const above = add_rule(world.desk, world.maths(), area_rule(world)).value().rule;
    CHECK(why(save_rule(world.desk, office, above.id, {area_rule(world), above.updated_at})) ==
          "push.not_your_subject");
    CHECK(why(run_rule(world.desk, office, above.id)) == "push.not_your_subject");
    CHECK(why(remove_rule(world.desk, world.academic(world.jinpen), made.rule.id)) == "push.not_your_subject");
    CHECK(why(add_rule(world.desk, world.academic(world.jinpen), area_rule(world))) == "push.not_your_subject");
    CHECK(why(add_rule(world.desk, world.pupil(), area_rule(world))) == "push.not_your_subject");
    CHECK(why(remove_rule(world.desk, world.principal(world.heba), made.rule.id)) == "done");
}
