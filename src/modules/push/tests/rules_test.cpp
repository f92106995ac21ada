// Rules: tried without writing, run once a day, writing nothing twice.
#include <doctest/doctest.h>

#include "modules/push/service_rules.hpp"
#include "modules/push/store.hpp"
#include "push_world.hpp"

using santong::test::PushWorld;
using namespace santong;
using namespace santong::push;
using santong::test::why;

namespace {

PushRuleContent rule_for(PushWorld const& world) {
    PushRuleContent rule;
    rule.title = "五年级数学资源包";
    rule.subject = "14";
    rule.grade_from = rule.grade_to = 5;
    rule.chapter_id = world.book.chapters.at(0).id;  // the unit: its lessons are part of it
    return rule;
}

}  // namespace

TEST_CASE("a rule is tried: orders, schools and needs, and nothing is written") {
    PushWorld world;
    auto const trial = try_rule(world.desk, world.maths(), {rule_for(world), {}}).value();
    CHECK(trial.schools == 1);
    REQUIRE(trial.orders.size() == 1);
    auto const& plan = trial.orders.front();
    CHECK(plan.title == "多边形的面积");
    CHECK(plan.items == 3);
    CHECK(plan.schools == 1);
    CHECK(plan.due_at == PushWorld::at(21, 8, 20));
    CHECK(plan.changes);
    CHECK(world.rows("push_rule") == 0);
    CHECK(world.rows("push_order") == 0);
}

TEST_CASE("the orders of a rule show where the rule says; one that says nothing shows as usual") {
    PushWorld world;
    auto content = rule_for(world);
    content.display = PushDisplay{false, false, true};
    add_rule(world.desk, world.maths(), content).value();
    CHECK(list_rules(world.desk, world.maths()).value().items.front().rule.display->classroom);
    CHECK(run_rules(world.db(), world.district(), world.clock) == 1);
    auto const display = [&] { return list_orders(world.desk, world.maths(), {}).value().items.front().display; };
    CHECK_FALSE(display().spaces);
    CHECK(display().classroom);
    content.display.reset();
    content.title = "另一条";
    auto const usual = add_rule(world.desk, world.maths(), content).value().rule;
    CHECK_FALSE(usual.display.has_value());
}

TEST_CASE("rules run once a day and write nothing twice; what is published later joins the order") {
    PushWorld world;
    auto const rule = add_rule(world.desk, world.maths(), rule_for(world)).value().rule;
    CHECK(run_rules(world.db(), world.district(), world.clock) == 1);
    CHECK(world.rows("push_order") == 1);
    auto const entries = world.rows("feed_entry");
    CHECK(run_rules(world.db(), world.district(), world.clock) == 0);
    CHECK(world.rows("feed_entry") == entries);
    world.clock.set(PushWorld::at(20, 10).plus_days(1));
    world.clock.set(PushWorld::at(21, 7));  // the next day, before the lesson
    CHECK(run_rules(world.db(), world.district(), world.clock) == 0);
    CHECK(world.rows("push_order") == 1);
    world.pack();
    world.clock.set(PushWorld::at(22, 7));
    CHECK(run_rules(world.db(), world.district(), world.clock) == 1);
    CHECK(world.rows("push_order") == 1);
    auto const list = list_rules(world.desk, world.maths()).value();
    REQUIRE(list.items.size() == 1);
    CHECK(list.items.front().running == 1);
    CHECK(list.items.front().rule.id == rule.id);
    auto const again = try_rule(world.desk, world.maths(), {rule, rule.id}).value();
    CHECK_FALSE(again.orders.front().changes);
    CHECK(again.orders.front().order_id.has_value());
}

TEST_CASE("an order that was cancelled is not made again, and a rule that sleeps makes none") {
    PushWorld world;
    auto content = rule_for(world);
    auto rule = add_rule(world.desk, world.maths(), content).value().rule;
    auto const ran = run_rule(world.desk, world.maths(), rule.id).value();
    REQUIRE(ran.orders.size() == 1);
    auto const made = list_orders(world.desk, world.maths(), {}).value().items.front();
    REQUIRE(act_on_order(world.desk, world.maths(), made.id, PushAct::cancel, {made.updated_at}).has_value());
    auto const again = run_rule(world.desk, world.maths(), rule.id).value();
    CHECK(again.orders.front().why_not == "push.order_is_over");
    CHECK(world.rows("push_order") == 1);
    content.active = false;
    content.what = PushWhat::chapter;
    rule = save_rule(world.desk, world.maths(), rule.id, {content, rule.updated_at}).value().rule;
    world.clock.set(PushWorld::at(25, 7));
    CHECK(run_rules(world.db(), world.district(), world.clock) == 0);
    CHECK(remove_rule(world.desk, world.maths(), rule.id).has_value());
    CHECK(why(remove_rule(world.desk, world.maths(), rule.id)) == "push.rule_not_found");
    CHECK(world.rows("push_order") == 1);
}

TEST_CASE("a rule for what is new bundles a week; one without things says so") {
    PushWorld world;
    auto content = rule_for(world);
    content.chapter_id.reset();
    content.what = PushWhat::newest;
    content.due = PushDue::weekday;
    auto const trial = try_rule(world.desk, world.maths(), {content, {}}).value();
    REQUIRE(trial.orders.size() == 1);
    CHECK(trial.orders.front().items >= 3);
    CHECK(trial.orders.front().due_at == PushWorld::at(24, 7, 30));
    content.subject = "13";
    auto const chinese = try_rule(world.desk, world.caller(world.info_office), {content, {}}).value();
    CHECK(chinese.orders.front().why_not == "push.nothing_published");
    content = rule_for(world);
    content.chapter_id.reset();  // what teachers have planned: nothing yet
    CHECK(try_rule(world.desk, world.maths(), {content, {}}).value().orders.empty());
}

TEST_CASE("rules are refused that cannot be, of another subject, of somebody who may not, or that changed meanwhile") {
    PushWorld world;
    auto content = rule_for(world);
    content.title = "";
    CHECK(why(add_rule(world.desk, world.maths(), content)) == "/title core.required");
    content = rule_for(world);
    content.grade_from = 6;
    CHECK(why(add_rule(world.desk, world.maths(), content)) == "/grade_to push.grades_turned");
    content = rule_for(world);
    content.days_ahead = 40;
    CHECK(why(add_rule(world.desk, world.maths(), content)) == "/days_ahead push.days_out_of_bounds");
    content = rule_for(world);
    content.minute = 1440;
    CHECK(why(try_rule(world.desk, world.maths(), {content, {}})) == "/minute push.no_such_time");
    content = rule_for(world);
    content.what = PushWhat::newest;
    CHECK(why(add_rule(world.desk, world.maths(), content)) == "/chapter_id push.newest_has_no_chapter");
    content = rule_for(world);
    content.chapter_id = ChapterId::make();
    CHECK(why(add_rule(world.desk, world.maths(), content)) == "/chapter_id push.no_such_chapter");
    content = rule_for(world);
    content.subject = "13";
    CHECK(why(add_rule(world.desk, world.maths(), content)) == "push.not_your_subject");
    CHECK(why(add_rule(world.desk, world.principal(world.mingxin), rule_for(world))) == "push.not_your_subject");
    CHECK(why(run_rule(world.desk, world.maths(), RuleId::make())) == "push.rule_not_found");
    auto const rule = add_rule(world.desk, world.maths(), rule_for(world)).value().rule;
    CHECK(why(save_rule(world.desk, world.maths(), rule.id, {rule_for(world), rule.updated_at.plus_ms(-1)})) ==
          "push.changed");
    CHECK(why(run_rule(world.desk, world.teacher(), rule.id)) == "push.not_your_subject");
    world.desk.box = true;
    CHECK(why(add_rule(world.desk, world.maths(), rule_for(world))) == "push.made_above");
}

TEST_CASE("an order ends by itself three weeks after everything has come and was needed") {
    PushWorld world;
    auto const id = world.order(world.wish()).order.id;
    world.clock.set(PushWorld::at(21, 9).plus_days(20));
    CHECK(run_rules(world.db(), world.district(), world.clock) == 0);
    world.clock.set(PushWorld::at(21, 9).plus_days(22));
    CHECK(run_rules(world.db(), world.district(), world.clock) == 1);
    CHECK(world.read([&](sql::Tx& tx) { return store::order(tx, id)->state; }) == PushState::ended);
    CHECK(run_rules(world.db(), world.district(), world.clock) == 0);
}
