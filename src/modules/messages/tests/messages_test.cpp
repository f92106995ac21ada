#include <doctest/doctest.h>

#include "modules/messages/service.hpp"
#include "world.hpp"

using namespace santong;
using namespace santong::messages;

namespace {

struct Post : santong::test::World {
    void put(std::vector<core::PersonId> people, MessageKind kind = MessageKind::report_returned,
             std::string about = "") const {
        Notice notice;
        notice.kind = kind;
        notice.about = std::move(about);
        notice.href = "/reports";
        notice.who = info_office;
        notice.place = heba.id;
        notice.month = "2014-10";
        transact([&](sql::Tx& tx) { send(tx, clock.now(), notice, people); });
    }
    Inbox of(core::PersonId const& person, InboxQuery const& query = {}) const {
        auto page = inbox(db(), caller(person), clock, query);
        REQUIRE(page.has_value());
        return std::move(*page);
    }
};

}  // namespace

TEST_CASE("a message is told to each person once, with names as they are when it is read") {
    Post world;
    world.put({world.heba.principal, world.heba.principal, world.jinpen.principal});
    auto const page = world.of(world.heba.principal);
    REQUIRE(page.items.size() == 1);
    CHECK(page.unread == 1);
    CHECK(page.items[0].place == world.heba.name);
    CHECK_FALSE(page.items[0].who.empty());
    CHECK_FALSE(page.items[0].asks);
    CHECK(world.of(world.jinpen.principal).items.size() == 1);
    CHECK(world.of(world.mingxin.principal).items.empty());
}

TEST_CASE("messages are read one by one or up to the newest that was seen, and by their owner only") {
    Post world;
    auto const who = world.heba.principal;
    for (int i = 0; i < 3; ++i) world.put({who});
    auto const page = world.of(who);
    REQUIRE(page.items.size() == 3);
    auto const read = [&](core::PersonId const& reader, MessageId const& id) {
        return read_one(world.db(), world.caller(reader), world.clock, id);
    };
    CHECK(read(world.jinpen.principal, page.items[0].id).error().key == "messages.not_found");
    CHECK(read(who, MessageId::make()).error().code == core::ErrorCode::not_found);
    CHECK(read(who, page.items[0].id)->unread == 2);
    CHECK(read(who, page.items[0].id)->unread == 2);
    world.put({who});
    CHECK(read_all(world.db(), world.caller(who), world.clock, {page.items[0].id})->unread == 1);
    CHECK(world.of(who, {"", true, 30}).items.size() == 1);
}

TEST_CASE("the inbox is turned page by page") {
    Post world;
    auto const who = world.heba.principal;
    for (int i = 0; i < 5; ++i) world.put({who});
    auto const first = world.of(who, {"", false, 2});
    REQUIRE(first.items.size() == 2);
    REQUIRE(first.next.has_value());
    auto const second = world.of(who, {*first.next, false, 2});
    CHECK(second.items.size() == 2);
    CHECK(second.items[0].id < first.items[1].id);
    CHECK_FALSE(world.of(who, {*second.next, false, 2}).next.has_value());
    CHECK(inbox(world.db(), world.caller(who), world.clock, {"x", false, 2}).has_error());
}

TEST_CASE("what was asked and has been done is nobody's turn any more; what was only told stays") {
    Post world;
    auto const who = world.heba.principal;
    world.put({who}, MessageKind::report_to_sign, "a");
    world.put({who}, MessageKind::report_to_sign, "b");
    world.put({who}, MessageKind::report_returned, "a");
    world.transact([&](sql::Tx& tx) { settle(tx, world.clock.now(), "a"); });
    CHECK(world.of(who).unread == 2);
    CHECK(world.of(who).items.size() == 3);
}

TEST_CASE("a message is kept for ninety days") {
    Post world;
    world.put({world.heba.principal});
    CHECK(keep_house(world.db(), world.district(), world.clock) == 0);
    core::FixedClock const later(world.clock.now().plus_days(91));
    CHECK(keep_house(world.db(), world.district(), later) == 1);
    CHECK(world.of(world.heba.principal).items.empty());
}

TEST_CASE("open screens of those concerned hear that something is new, once a transaction, and nothing else") {
    Post world;
    std::vector<core::PersonId> heard;
    on_change([&](core::DistrictId, core::PersonId const& person) { heard.push_back(person); });
    world.transact([&](sql::Tx& tx) {
        send(tx, world.clock.now(), {}, {world.guardian});
        send(tx, world.clock.now(), {}, {world.guardian});
    });
    CHECK(heard == std::vector{world.guardian});
    on_change({});
    world.put({world.guardian});
    CHECK(heard.size() == 1);
    CHECK(may_hear(world.caller(world.guardian), topic_of(world.guardian)));
    CHECK_FALSE(may_hear(world.caller(world.guardian), topic_of(world.other_guardian)));
}
