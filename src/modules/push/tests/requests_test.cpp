// What a teacher sees of pushing, asking, and what happens when something is taken away.
#include <doctest/doctest.h>

#include "modules/push/arriving.hpp"
#include "modules/push/service_display.hpp"
#include "modules/push/service_listening.hpp"
#include "modules/push/service_requests.hpp"
#include "modules/push/store.hpp"
#include "modules/push/sync.hpp"
#include "push_world.hpp"

using santong::test::PushWorld;
using namespace santong;
using namespace santong::push;
using santong::test::why;

namespace {

/// The world seen at a box: its store is empty at first.
struct BoxSide : PushWorld {
    BoxSide() : here(folder + "/box") {
        give_box(heba.id);
        desk.box = true;
        desk.contents = &here;
        desk.ask = [this](nodes::Wanted const& wanted) { asked.push_back(wanted.sha256); };
    }
    void come(resources::ResourceId const& id) {
        auto const digest = read([&](sql::Tx& tx) { return resources::version(tx, id, 1)->sha256; });
        here.adopt(*contents.open(digest));
    }
    AtSchool where(auth::Caller const& caller, resources::ResourceId const& id) {
        return at_school(desk, caller, {id.text()}).value().items.at(0);
    }

    files::LocalContentStore here;
    std::vector<std::string> asked;
};

int listen(PushWorld& world, Standpoint const& standpoint) {
    auto const listener = push_listener(standpoint);
    return static_cast<int>(feed::run_consumer(world.db(), world.district(), *listener));
}

}  // namespace

TEST_CASE("at a box a teacher sees what is not here, asks, is told when it is, and finds it here") {
    BoxSide world;
    auto const part = world.parts.at(0);
    auto const teacher = world.teacher();
    CHECK(world.where(teacher, part).where == Whereabouts::away);
    CHECK(world.where(teacher, part).speed == RequestSpeed::now);
    auto const made = ask_for(world.desk, teacher, {part}).value();
    CHECK(made.request.expected_at.has_value());
    CHECK(world.asked.size() == 1);
    CHECK(world.where(teacher, part).request_id == made.request.id);
    CHECK(world.where(world.teacher(world.heba, 1), part).where == Whereabouts::coming);
    CHECK_FALSE(world.where(world.teacher(world.heba, 1), part).request_id.has_value());
    CHECK(why(ask_for(world.desk, teacher, {part})) == "push.already_asked");
    CHECK(world.read([&](sql::Tx& tx) { return contents_due(tx, world.clock.now()).size(); }) == 1);
    world.come(part);
    CHECK(look(world.db(), world.district(), world.here, world.clock.now()) == 1);
    CHECK(look(world.db(), world.district(), world.here, world.clock.now()) == 0);
    auto const mine = my_requests(world.desk, teacher).value();
    REQUIRE(mine.items.size() == 1);
    CHECK(mine.items.front().request.state == RequestState::here);
    CHECK_FALSE(mine.items.front().title.empty());
    CHECK(world.where(teacher, part).where == Whereabouts::here);
    CHECK(why(ask_for(world.desk, teacher, {part})) == "push.already_here");
}

TEST_CASE("seen at the box, its own school has one: what has not come waits") {
    BoxSide world;
    world.desk.box = false;
    auto const id = world.order(world.wish()).order.id;
    world.transact([&](sql::Tx& tx) {
        tx.execute("UPDATE node SET state = 'revoked' WHERE district_id = $1",
                   tx.district());  // a box knows of none below
    });
    world.desk.box = true;
    auto const seen = order_view(world.desk, world.principal(world.heba), id).value();
    CHECK(seen.schools.front().standing != PushStanding::hosted);
    CHECK(seen.schools.front().expected_at.has_value());
    CHECK_FALSE(seen.may_manage);
}

TEST_CASE("a pack is asked for whole; a request is taken back by its owner alone") {
    BoxSide world;
    auto const made = ask_for(world.desk, world.teacher(), {world.pack_id}).value();
    CHECK(world.asked.size() == 2);
    CHECK(why(take_request_back(world.desk, world.teacher(world.heba, 1), made.request.id)) ==
          "push.request_not_found");
    CHECK(take_request_back(world.desk, world.teacher(), made.request.id).has_value());
    CHECK(why(take_request_back(world.desk, world.teacher(), made.request.id)) == "push.request_not_found");
    CHECK(ask_for(world.desk, world.teacher(), {world.pack_id}).has_value());
}

TEST_CASE("what somebody may not use he cannot ask for; without a school, or on the hub, nothing needs to come") {
    BoxSide world;
    auto const own = world.published(world.teacher(world.jinpen), "别校的", resources::Scope::school);
    CHECK(why(ask_for(world.desk, world.teacher(), {own})) == "resources.not_found");
    CHECK(at_school(world.desk, world.teacher(), {own.text()}).value().items.empty());
    CHECK(why(ask_for(world.desk, world.maths(), {world.pack_id})) == "push.ask_at_school");
    CHECK(at_school(world.desk, world.maths(), {world.pack_id.text()}).value().school.empty());
    world.desk.box = false;
    world.desk.contents = &world.contents;
    CHECK(why(ask_for(world.desk, world.teacher(world.jinpen), {world.pack_id})) == "push.hosted_school");
    CHECK(world.where(world.teacher(world.jinpen), world.pack_id).where == Whereabouts::hosted);
    CHECK(ask_for(world.desk, world.teacher(), {world.pack_id}).has_value());  // from home, for his school's box
}

TEST_CASE("what came lately is new at the school, for those who teach it") {
    PushWorld world;
    world.give_box(world.heba.id);
    auto const id = world.order(world.wish()).order.id;
    CHECK(my_arrivals(world.desk, world.teacher()).value().items.empty());
    world.write_receipt(id, world.heba.id, world.clock.now());
    auto const news = my_arrivals(world.desk, world.teacher()).value();
    REQUIRE(news.items.size() == 1);  // the pack, without what is in it
    CHECK(news.items.front().resource_id == world.pack_id);
    CHECK(my_arrivals(world.desk, world.teacher(world.heba, 1)).value().items.empty());  // teaches Chinese
    CHECK(my_arrivals(world.desk, world.teacher(world.jinpen)).value().items.empty());
}

TEST_CASE("a use is counted once, on the receipts of its school") {
    PushWorld world;
    auto const id = world.order(world.wish()).order.id;  // heba works on the hub
    Standpoint const hub{{}, &world.contents, &world.clock};
    listen(world, hub);
    auto const teacher = world.teacher();
    auto const use = [&](auth::Caller const& who) {
        world.transact([&](sql::Tx& tx) {
            resources::record_view(tx, world.clock, who, *resources::resource(tx, world.parts.at(0)));
        });
        listen(world, hub);
    };
    use(teacher);
    auto receipt = world.receipt(id, world.heba.id);
    CHECK(receipt.uses == 1);
    CHECK(receipt.used_at == world.clock.now());
    use(world.teacher(world.jinpen));
    CHECK(world.receipt(id, world.heba.id).uses == 1);
    world.give_box(world.heba.id);
    use(teacher);
    CHECK(world.receipt(id, world.heba.id).uses == 1);  // its box counts now
}

TEST_CASE("a recall takes the thing out of orders above, and a box answers once") {
    PushWorld world;
    world.give_box(world.heba.id);
    world.give_box(world.jinpen.id);
    auto const id = world.order(world.wish()).order.id;
    Standpoint const hub{{}, &world.contents, &world.clock};
    Standpoint const box{world.heba.id, &world.contents, &world.clock};
    listen(world, hub);
    auto const gone = world.parts.at(0);
    CHECK(why(recall_status(world.desk, world.maths(), gone)) == "resources.not_found");
    REQUIRE(resources::recall(world.library, world.caller(world.info_office), gone, {"配乐没有授权"}).has_value());
    CHECK(why(ask_for(world.desk, world.teacher(), {gone})) == "resources.recalled");
    listen(world, hub);
    CHECK(world.rows("push_content") == 1);
    CHECK(order_view(world.desk, world.maths(), id).value().things.size() == 2);
    auto status = recall_status(world.desk, world.maths(), gone).value();
    CHECK(status.boxes == 2);
    CHECK(status.done == 0);
    // The same feed as a box hears it.
    auto const listener = push_listener(box);
    world.transact([&](sql::Tx& tx) {
        for (auto const& entry : feed::read(tx, 0, 1000)) {
            if (entry.type == "resources.Resource") listener->handle(tx, entry);
        }
    });
    status = recall_status(world.desk, world.maths(), gone).value();
    CHECK(status.done == 1);
    REQUIRE(status.items.size() == 2);
    CHECK(status.items.at(0).school_id == world.jinpen.id);  // has not answered: first
    CHECK(status.items.at(1).was_here);
    CHECK(recall_status(world.desk, world.principal(world.heba), gone).value().boxes == 1);
    CHECK(world.rows("push_recall") == 1);
}
