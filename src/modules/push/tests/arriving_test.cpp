// What comes to a school's box: receipts, by which way, and who is told.
#include <doctest/doctest.h>

#include "modules/push/arriving.hpp"
#include "modules/push/service_board.hpp"
#include "modules/push/service_packs.hpp"
#include "modules/push/service_requests.hpp"
#include "modules/push/store.hpp"
#include "modules/push/sync.hpp"
#include "push_world.hpp"

using santong::test::PushWorld;
using namespace santong;
using namespace santong::push;

namespace {

/// A world in whose hub an order was made and whose store plays the box's.
struct BoxWorld : PushWorld {
    BoxWorld() : store_here(folder + "/box") {
        give_box(heba.id);
        made = order(wish());
        read([&](sql::Tx& tx) { wanted = contents_of_order(tx, made.order.id.value); });
    }
    int look_now() { return look(db(), district(), store_here, clock.now()); }
    void come(std::size_t number) {
        auto const path = contents.open(wanted.at(number).sha256);
        store_here.adopt(*path);
    }

    files::LocalContentStore store_here;
    PushOrderView made;
    std::vector<nodes::Wanted> wanted;
};

}  // namespace

TEST_CASE("a receipt follows what is here, is whole once, and is written only when something changed") {
    BoxWorld world;
    auto const id = world.made.order.id;
    REQUIRE(world.wanted.size() == 2);
    CHECK(world.look_now() == 0);
    CHECK(world.rows("push_receipt") == 0);
    world.come(0);
    CHECK(world.look_now() == 1);
    auto receipt = world.receipt(id, world.heba.id);
    CHECK(receipt.contents == 2);
    CHECK(receipt.contents_here == 1);
    CHECK(receipt.bytes_here == world.wanted.at(0).size);
    CHECK_FALSE(receipt.whole_at.has_value());
    CHECK(world.look_now() == 0);
    note_arrived(world.db(), world.district(), {world.wanted.at(1).sha256, 0, "pack"}, world.clock.now());
    world.come(1);
    world.clock.set(PushWorld::at(20, 23));
    CHECK(world.look_now() == 1);
    receipt = world.receipt(id, world.heba.id);
    CHECK(receipt.whole_at == PushWorld::at(20, 23));
    CHECK(receipt.first_at == PushWorld::at(20, 10));
    CHECK(receipt.checked_at == receipt.whole_at);
    CHECK(receipt.way == PushWay::pack);
    auto const entries = world.rows("feed_entry");
    CHECK(world.look_now() == 0);
    CHECK(world.rows("feed_entry") == entries);
}

TEST_CASE("what the line carried is counted; a paused order brings nothing, but what is here is here") {
    BoxWorld world;
    auto const id = world.made.order.id;
    auto const due = [&] { return world.read([&](sql::Tx& tx) { return contents_due(tx, world.clock.now()); }); };
    REQUIRE(due().size() == 2);
    CHECK(due().front().sha256 == world.wanted.front().sha256);
    auto const paused = act_on_order(world.desk, world.maths(), id, PushAct::pause, {world.made.order.updated_at});
    REQUIRE(paused.has_value());
    CHECK(due().empty());
    note_arrived(world.db(), world.district(), {world.wanted.at(0).sha256, 77, "line"}, world.clock.now());
    note_arrived(world.db(), world.district(), {world.wanted.at(0).sha256, 99, "pack"}, world.clock.now());
    world.come(0);
    CHECK(world.look_now() == 1);
    auto const receipt = world.receipt(id, world.heba.id);
    CHECK(receipt.line_bytes == 77);  // the first word counts
    CHECK(receipt.way == PushWay::line);
}

TEST_CASE("what boxes of the same local network gave is counted apart from what the line carried") {
    BoxWorld world;
    auto const& first = world.wanted.at(0).sha256;
    auto const& second = world.wanted.at(1).sha256;
    note_arrived(world.db(), world.district(), {first, 0, "neighbour", 500}, world.clock.now());
    world.come(0);
    CHECK(world.look_now() == 1);
    auto receipt = world.receipt(world.made.order.id, world.heba.id);
    CHECK(receipt.way == PushWay::neighbour);
    CHECK(receipt.near_bytes == 500);
    CHECK(receipt.line_bytes == 0);
    note_arrived(world.db(), world.district(), {second, 60, "line", 40}, world.clock.now());
    world.come(1);
    CHECK(world.look_now() == 1);
    receipt = world.receipt(world.made.order.id, world.heba.id);
    CHECK(receipt.way == PushWay::line);
    CHECK(receipt.near_bytes == 540);
    CHECK(receipt.line_bytes == 60);
    auto const view = order_view(world.desk, world.maths(), world.made.order.id).value();
    CHECK(std::ranges::any_of(view.schools, [](PushSchoolRow const& row) { return row.near_bytes == 540; }));
}

TEST_CASE("contents of two orders come once, in the order in which lessons need them") {
    BoxWorld world;
    auto const other = world.published(world.teacher(), "周二要用", resources::Scope::district);
    auto wish = world.wish();
    wish.resources = {other, world.parts.at(0)};
    wish.due = PushDue::weekday;
    wish.due_at = PushWorld::at(20, 12);
    world.order(wish);
    auto const due = world.read([&](sql::Tx& tx) { return contents_due(tx, world.clock.now()); });
    REQUIRE(due.size() == 3);
    // The newer order is needed first; of the older only what is left comes after it.
    CHECK(due.at(2).sha256 == world.wanted.at(1).sha256);
}

TEST_CASE("what a school had on the hub is receipted anew by its first box, unless it was needed before") {
    BoxWorld world;
    auto const id = world.made.order.id;
    world.write_receipt(id, world.heba.id, world.clock.now(), PushWay::hosted);
    world.come(0);
    CHECK(world.look_now() == 1);
    CHECK(world.receipt(id, world.heba.id).contents_here == 1);
    CHECK(world.receipt(id, world.heba.id).way == PushWay::line);
    world.write_receipt(id, world.heba.id, world.clock.now(), PushWay::hosted);
    world.clock.set(PushWorld::at(21, 12));
    CHECK(world.look_now() == 0);
    CHECK(world.receipt(id, world.heba.id).way == PushWay::hosted);
}

TEST_CASE("a school whose box was taken away works on the hub: what it waited for is there, and nothing is late") {
    PushWorld world;
    world.give_box(world.heba.id);
    auto const id = world.order(world.wish()).order.id;
    world.write_receipt(id, world.heba.id, std::nullopt);
    auto const asked = ask_for(world.desk, world.teacher(), {world.parts.at(1)}).value();
    auto const school = [&] { return order_view(world.desk, world.maths(), id).value().schools.at(0); };
    CHECK(school().boxed);
    CHECK(settle_hosted(world.db(), world.district(), world.clock.now()) == 0);
    world.take_box(world.heba.id);
    CHECK_FALSE(school().boxed);
    CHECK(school().standing == PushStanding::hosted);
    CHECK(world.read([](sql::Tx& tx) { return boxed_schools_of(tx); }).empty());
    world.clock.set(PushWorld::at(21, 12));
    CHECK(board(world.desk, world.maths(), {}).value().troubles.empty());
    CHECK(settle_hosted(world.db(), world.district(), world.clock.now()) == 2);
    CHECK(settle_hosted(world.db(), world.district(), world.clock.now()) == 0);
    CHECK(world.receipt(id, world.heba.id).way == PushWay::hosted);
    auto const mine = my_requests(world.desk, world.teacher()).value().items;
    REQUIRE(mine.size() == 1);
    CHECK(mine.at(0).request.id == asked.request.id);
    CHECK(mine.at(0).request.state == RequestState::here);
    // What it had on the hub does not lie on its next box.
    world.give_box(world.heba.id);
    auto const next = preview(world.desk, world.maths(), world.wish()).value();
    CHECK(next.bytes_to_send == next.bytes);
}
