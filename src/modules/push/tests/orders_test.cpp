// Orders: looked at before they are sent, made, held back, moved; and who may.
#include <doctest/doctest.h>

#include <algorithm>

#include "modules/push/store.hpp"
#include "modules/resources/service_author.hpp"
#include "push_world.hpp"

using santong::test::PushWorld;
using namespace santong;
using namespace santong::push;
using santong::test::why;

TEST_CASE("a preview says schools, bytes and the lesson that needs them, and writes nothing") {
    PushWorld world;
    world.give_box(world.heba.id);
    auto const view = preview(world.desk, world.maths(), world.wish({world.heba.id, world.jinpen.id})).value();
    CHECK(view.title == "平行四边形的面积 资源包");
    CHECK(view.subject == "14");
    CHECK(view.items == 3);
    CHECK(view.bytes > 0);
    CHECK(view.bytes_to_send == view.bytes);  // the other school works on the hub
    REQUIRE(view.schools.size() == 2);
    auto const& heba = view.schools.at(0);
    CHECK(heba.name == world.heba.name);
    CHECK(heba.due_at == PushWorld::at(21, 8, 20));
    CHECK(heba.due_period == 1);
    CHECK(heba.due_class == "五(1)班");
    CHECK(heba.boxed);
    CHECK(heba.expected_at.has_value());
    CHECK(view.schools.at(1).standing == PushStanding::hosted);
    CHECK_FALSE(view.schools.at(1).due_at.has_value());
    CHECK(world.rows("push_order") == 0);
}

TEST_CASE("schools on one box have one plan: what lies there for one is there for all, and travels once") {
    PushWorld world;
    world.give_box(world.heba.id);
    auto const plan = [&] {
        return preview(world.desk, world.maths(), world.wish({world.heba.id, world.mingxin.id})).value();
    };
    auto const before = plan();
    REQUIRE(before.schools.size() == 2);
    CHECK(before.bytes_to_send == before.bytes);
    CHECK(before.schools.at(0).expected_at == before.schools.at(1).expected_at);
    CHECK(before.schools.at(0).rate_kbit == before.schools.at(1).rate_kbit);
    auto const first = world.order(world.wish({world.mingxin.id})).order.id;
    world.write_receipt(first, world.mingxin.id, world.clock.now());
    auto const after = plan();
    CHECK(after.bytes_to_send == 0);
    for (auto const& school : after.schools) {
        CHECK(school.bytes_left == 0);
        CHECK(school.expected_at == world.clock.now());
    }
    world.give_box(world.mingxin.id);
    auto const apart = plan();
    CHECK(apart.bytes_to_send == apart.bytes);
    for (auto const& school : apart.schools)
        CHECK(school.bytes_left == (school.school_id == world.heba.id ? apart.bytes : 0));
}

TEST_CASE("an order holds what is in the pack, documents first, and is said to its schools") {
    PushWorld world;
    world.give_box(world.heba.id);
    auto const made = world.order(world.wish());
    CHECK(made.order.state == PushState::open);
    CHECK(made.order.schools == 1);
    CHECK(made.order.whole == 0);
    CHECK(made.things.size() == 3);
    CHECK(made.things.at(1).pack_id == world.pack_id);
    CHECK(made.may_manage);
    CHECK(world.rows("push_content") == 2);
    CHECK(world.rows("push_receipt") == 0);
    auto const listed = list_orders(world.desk, world.caller(world.leader), {}).value();
    REQUIRE(listed.items.size() == 1);
    CHECK_FALSE(listed.may_manage);
    CHECK(list_orders(world.desk, world.maths(), {"", "", world.pack_id.text()}).value().items.size() == 1);
    CHECK(list_orders(world.desk, world.maths(), {"cancelled", "", ""}).value().items.empty());
    CHECK(list_orders(world.desk, world.maths(), {"nonsense", "", ""}).has_error());
}

TEST_CASE("a school that works on the hub has everything at once, and its receipt says so") {
    PushWorld world;
    auto const made = world.order(world.wish());
    CHECK(made.order.whole == 1);
    CHECK(made.order.hosted == 1);
    auto const receipt = world.receipt(made.order.id, world.heba.id);
    CHECK(receipt.way == PushWay::hosted);
    CHECK(receipt.whole_at == world.clock.now());
}

TEST_CASE("by kind and grade an order reaches the schools that have such classes") {
    PushWorld world;
    PushWish wish;
    wish.resources = {world.pack_id};
    auto const made = world.order(wish);
    REQUIRE(made.schools.size() == 1);  // only heba has a grade 5
    CHECK(made.schools.front().school_id == world.heba.id);
    wish.school_kinds = {roster::SchoolKind::junior};
    CHECK(why(make_order(world.desk, world.maths(), wish)) == "/schools push.no_schools");
    wish.school_kinds.clear();
    wish.grade_from = 6;
    wish.grade_to = 4;
    CHECK(why(make_order(world.desk, world.maths(), wish)) == "/grade_to push.grades_turned");
}

TEST_CASE("what the teachers of a school could not find is not sent to it, nor is what has no bytes") {
    PushWorld world;
    auto wish = world.wish({world.heba.id, world.jinpen.id});
    auto const own = world.published(world.teacher(), "只给本校", resources::Scope::school);
    wish.resources = {own};  // nor can the researcher find it
    CHECK(why(make_order(world.desk, world.maths(), wish)) == "push.out_of_reach");
    wish.resources = {resources::ResourceId::make()};
    CHECK(why(make_order(world.desk, world.maths(), wish)) == "push.out_of_reach");
    wish.resources.clear();
    CHECK(why(make_order(world.desk, world.maths(), wish)) == "/resources core.required");
    wish = world.wish({core::OrgId::make()});
    CHECK(why(make_order(world.desk, world.maths(), wish)) == "/schools push.no_such_school");
    wish = world.wish();
    wish.title = std::string(300, 'x');
    CHECK(why(make_order(world.desk, world.maths(), wish)) == "/title core.too_long");
}

TEST_CASE("a fixed time must lie ahead") {
    PushWorld world;
    auto wish = world.wish();
    wish.due = PushDue::weekday;
    CHECK(why(make_order(world.desk, world.maths(), wish)) == "/due_at core.required");
    wish.due_at = world.clock.now().plus_seconds(-1);
    CHECK(why(make_order(world.desk, world.maths(), wish)) == "/due_at push.due_is_over");
    wish.due_at = PushWorld::at(24, 7, 30);
    CHECK(world.order(wish).schools.front().due_at == PushWorld::at(24, 7, 30));
}

TEST_CASE("a researcher orders for his own subject, a school for nobody; who sees none of its schools finds no order") {
    PushWorld world;
    auto const id = world.order(world.wish()).order.id;
    auto const chinese = world.published(world.teacher(), "数学", resources::Scope::district);
    world.transact([&](sql::Tx& tx) {
        tx.execute("UPDATE resource SET subject = '13' WHERE district_id = $1 AND id = $2", tx.district(), chinese);
    });
    auto wish = world.wish();
    wish.resources = {chinese};
    CHECK(why(make_order(world.desk, world.maths(), wish)) == "push.not_your_subject");
    CHECK(why(make_order(world.desk, world.caller(world.info_office), wish)) == "done");
    CHECK(why(make_order(world.desk, world.principal(world.mingxin), world.wish())) == "push.not_your_area");
    CHECK(why(preview(world.desk, world.teacher(), world.wish())) == "push.not_your_area");
    CHECK(order_view(world.desk, world.principal(world.heba), id).has_value());
    CHECK(why(order_view(world.desk, world.principal(world.jinpen), id)) == "push.not_found");
    CHECK(list_orders(world.desk, world.principal(world.jinpen), {}).value().items.empty());
    auto const seen = order_view(world.desk, world.principal(world.heba), id).value();
    CHECK_FALSE(seen.may_manage);
    PushSeen const as_seen{seen.order.updated_at};
    CHECK(why(act_on_order(world.desk, world.principal(world.heba), id, PushAct::cancel, as_seen)) ==
          "push.not_your_subject");
    CHECK(why(order_view(world.desk, world.maths(), OrderId::make())) == "push.not_found");
}

TEST_CASE("an order is held back, goes on, and is cancelled once") {
    PushWorld world;
    world.give_box(world.heba.id);
    auto view = world.order(world.wish());
    auto const id = view.order.id;
    PushSeen const old{view.order.updated_at};
    auto const act = [&](PushAct what) {
        return act_on_order(world.desk, world.maths(), id, what, {view.order.updated_at});
    };
    view = act(PushAct::pause).value();
    CHECK(view.order.state == PushState::paused);
    CHECK(view.schools.front().standing == PushStanding::paused);
    CHECK_FALSE(view.schools.front().expected_at.has_value());
    CHECK(why(act_on_order(world.desk, world.maths(), id, PushAct::cancel, old)) == "push.changed");
    view = act(PushAct::resume).value();
    CHECK(view.order.state == PushState::open);
    view = act(PushAct::cancel).value();
    CHECK(view.order.state == PushState::cancelled);
    CHECK(why(act(PushAct::resume)) == "push.not_running");
    CHECK(why(set_priority(world.desk, world.maths(), id, {PushPriority::high, {}, view.order.updated_at})) ==
          "push.not_running");
    CHECK(why(act_on_order(world.desk, world.maths(), OrderId::make(), PushAct::pause, old)) == "push.not_found");
}

TEST_CASE("priorities change the queue; an order may be put before another") {
    PushWorld world;
    world.give_box(world.heba.id);
    auto const first = world.order(world.wish());
    auto const other = world.published(world.teacher(), "另一件", resources::Scope::district);
    auto wish = world.wish();
    wish.resources = {other};
    auto second = world.order(wish);
    CHECK(second.before == std::vector<std::string>{first.order.title});
    second = set_priority(world.desk, world.maths(), second.order.id,
                          {PushPriority::usual, first.order.id, second.order.updated_at})
                 .value();
    CHECK(second.before.empty());
    CHECK(order_view(world.desk, world.maths(), first.order.id).value().before ==
          std::vector<std::string>{second.order.title});
    auto const stale = second.order.updated_at.plus_ms(-1);
    CHECK(why(set_priority(world.desk, world.maths(), second.order.id, {PushPriority::high, {}, stale})) ==
          "push.changed");
    auto const seen = second.order.updated_at;
    CHECK(why(set_priority(world.desk, world.maths(), second.order.id, {PushPriority::usual, OrderId::make(), seen})) ==
          "/before push.not_found");
}

TEST_CASE("an order goes just before another one, and stays behind those that go before that") {
    PushWorld world;
    world.give_box(world.heba.id);
    std::vector<PushOrderView> made;
    for (int i = 0; i < 3; ++i) {
        auto wish = world.wish();
        wish.title = std::to_string(i);
        made.push_back(world.order(wish));
        world.clock.set(world.clock.now().plus_ms(1));
    }
    auto const titles = [&] {
        std::string found;
        for (auto const& row : list_orders(world.desk, world.maths(), {}).value().items) found += row.title;
        return found;
    };
    auto const put = [&](std::size_t which, std::size_t before) {
        auto& one = made.at(which);
        one = set_priority(world.desk, world.maths(), one.order.id,
                           {PushPriority::usual, made.at(before).order.id, one.order.updated_at})
                  .value();
    };
    CHECK(titles() == "012");
    put(2, 1);
    CHECK(titles() == "021");
    put(1, 0);
    CHECK(titles() == "102");
    put(2, 1);
    CHECK(titles() == "210");
}

TEST_CASE("a need is moved while the lesson is still to come") {
    PushWorld world;
    world.give_box(world.heba.id);
    auto const id = world.order(world.wish()).order.id;
    auto const move = [&](core::OrgId const& school, core::Instant to) {
        return move_need(world.desk, world.maths(), id, {school, to});
    };
    CHECK(why(move(world.jinpen.id, PushWorld::at(25, 9))) == "/school_id push.no_such_school");
    CHECK(why(move(world.heba.id, PushWorld::at(19, 9))) == "/due_at push.due_is_over");
    // Without a time the school would drop out of what is watched: its need is moved, never taken away.
    CHECK(why(move_need(world.desk, world.maths(), id, {world.heba.id, {}})) == "/due_at core.required");
    auto const moved = move(world.heba.id, PushWorld::at(25, 9)).value();
    CHECK(moved.schools.front().due_at == PushWorld::at(25, 9));
    CHECK(moved.schools.front().moved);
    world.clock.set(PushWorld::at(25, 10));
    CHECK(why(move(world.heba.id, PushWorld::at(28, 9))) == "push.need_is_over");
    CHECK(why(move_need(world.desk, world.teacher(), id, {world.heba.id, {}})) == "push.not_your_subject");
}

TEST_CASE("orders are made above: a school's own server makes none") {
    PushWorld world;
    world.desk.box = true;
    CHECK(why(make_order(world.desk, world.maths(), world.wish())) == "push.made_above");
    CHECK(why(preview(world.desk, world.maths(), world.wish())) == "push.made_above");
}
