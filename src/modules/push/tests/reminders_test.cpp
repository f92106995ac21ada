// Who is told: a school's office of what lies unused there, those who asked of what was taken away.
#include <doctest/doctest.h>

#include "modules/messages/service.hpp"
#include "modules/push/arriving.hpp"
#include "modules/push/service_listening.hpp"
#include "modules/push/service_reminders.hpp"
#include "modules/push/service_requests.hpp"
#include "modules/push/store.hpp"
#include "push_world.hpp"

using santong::test::PushWorld;
using namespace santong;
using namespace santong::push;

namespace {

std::vector<messages::MessageView> told(PushWorld const& world, core::PersonId const& person,
                                        messages::MessageKind kind) {
    std::vector<messages::MessageView> found;
    for (auto& one : messages::inbox(world.db(), world.caller(person), world.clock, {}).value().items) {
        if (one.kind == kind) found.push_back(std::move(one));
    }
    return found;
}

int remind(PushWorld const& world) {
    return remind_unused(world.db(), world.district(), world.clock);
}

}  // namespace

TEST_CASE("after fourteen days without a use the school's office is told once, and nobody else") {
    PushWorld world;
    world.give_box(world.heba.id);
    world.give_box(world.jinpen.id);
    auto const id = world.order(world.wish({world.heba.id, world.jinpen.id})).order.id;
    world.write_receipt(id, world.heba.id, PushWorld::at(20, 23));
    world.clock.set(PushWorld::at(20, 22).plus_days(14));
    CHECK(remind(world) == 0);
    world.clock.set(PushWorld::at(20, 23).plus_days(14));
    CHECK(remind(world) == 1);
    CHECK(remind(world) == 0);
    using messages::MessageKind;
    auto const office = told(world, world.heba.academic, MessageKind::push_unused);
    REQUIRE(office.size() == 1);
    CHECK(office.front().href == "/push/orders/" + id.text());
    CHECK(office.front().place == world.heba.name);
    CHECK(office.front().subject == "14");
    CHECK(office.front().who.empty());
    CHECK(told(world, world.heba.teachers[0], MessageKind::push_unused).empty());
    CHECK(told(world, world.heba.principal, MessageKind::push_unused).empty());
    CHECK(told(world, world.jinpen.academic, MessageKind::push_unused).empty());  // nothing has come there
}

TEST_CASE("nobody is told of what was used, what was cancelled, or what lies at the hub itself") {
    PushWorld world;
    auto const hosted = world.order(world.wish({world.jinpen.id})).order.id;
    world.give_box(world.heba.id);
    auto const used = world.order(world.wish()).order.id;
    world.write_receipt(used, world.heba.id, world.clock.now());
    world.transact([&](sql::Tx& tx) {
        auto receipt = *store::receipt(tx, receipt_id(used, world.heba.id));
        receipt.used_at = world.clock.now();
        keep_receipt(tx, receipt);
    });
    auto const cancelled = world.order(world.wish());
    world.write_receipt(cancelled.order.id, world.heba.id, world.clock.now());
    REQUIRE(act_on_order(world.desk, world.maths(), cancelled.order.id, PushAct::cancel, {cancelled.order.updated_at})
                .has_value());
    world.clock.set(world.clock.now().plus_days(20));
    CHECK(world.receipt(hosted, world.jinpen.id).way == PushWay::hosted);
    CHECK(remind(world) == 0);
}

TEST_CASE("who asked for a thing hears that it was taken away, once, whether it had come or not") {
    PushWorld world;
    world.give_box(world.heba.id);
    auto const gone = world.parts.at(0);
    auto const other = world.heba.teachers[1];
    REQUIRE(ask_for(world.desk, world.teacher(), {gone}).has_value());
    auto const second = ask_for(world.desk, world.caller(other), {gone}).value();
    world.transact([&](sql::Tx& tx) {
        auto request = second.request;
        request.state = RequestState::here;
        request.arrived_at = world.clock.now();
        keep_request(tx, request);
    });
    REQUIRE(resources::recall(world.library, world.caller(world.info_office), gone, {"配乐没有授权"}).has_value());
    // A box that hears of it leaves the telling to the place above.
    auto const box = push_listener({world.heba.id, &world.contents, &world.clock});
    auto const hub = push_listener({{}, &world.contents, &world.clock});
    auto const hear = [&](feed::Consumer& listener) {
        world.transact([&](sql::Tx& tx) {
            for (auto const& entry : feed::read(tx, 0, 1000)) {
                if (entry.type == "resources.Resource") listener.handle(tx, entry);
            }
        });
    };
    hear(*hub);
    hear(*hub);
    for (auto const& person : {world.heba.teachers[0], other}) {
        auto const messages = told(world, person, messages::MessageKind::request_gone);
        REQUIRE(messages.size() == 1);
        CHECK(messages.front().href == "/resources/" + gone.text());
    }
    auto const mine = my_requests(world.desk, world.teacher()).value();
    CHECK(mine.items.front().request.state == RequestState::gone);
    auto const asked = world.parts.at(1);
    REQUIRE(ask_for(world.desk, world.teacher(), {asked}).has_value());
    REQUIRE(resources::recall(world.library, world.caller(world.info_office), asked, {"配乐没有授权"}).has_value());
    hear(*box);
    CHECK(told(world, world.heba.teachers[0], messages::MessageKind::request_gone).size() == 1);
}
