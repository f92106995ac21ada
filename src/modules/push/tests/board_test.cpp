// The board: what came in time, what was not used, what needs somebody.
#include <doctest/doctest.h>

#include <filesystem>

#include "modules/push/arriving.hpp"
#include "modules/push/service_board.hpp"
#include "modules/push/store.hpp"
#include "push_world.hpp"

using santong::test::PushWorld;
using namespace santong;
using namespace santong::push;
using santong::test::why;

TEST_CASE("on time is what was whole before its lesson; hosted schools and what nobody needs by a day do not count") {
    PushWorld world;
    world.give_box(world.heba.id);
    world.give_box(world.mingxin.id);
    auto wish = world.wish({world.heba.id, world.mingxin.id, world.jinpen.id});
    wish.due = PushDue::weekday;
    wish.due_at = PushWorld::at(21, 8, 20);
    auto const id = world.order(wish).order.id;
    auto const seen = [&] { return board(world.desk, world.maths(), {}).value(); };
    CHECK(seen().rate.pending == 2);
    CHECK(seen().rate.hosted == 1);
    CHECK_FALSE(seen().rate.percent.has_value());
    world.write_receipt(id, world.heba.id, PushWorld::at(20, 23));
    world.write_receipt(id, world.mingxin.id, PushWorld::at(21, 9));
    world.clock.set(PushWorld::at(21, 10));
    auto const rate = seen().rate;
    CHECK(rate.on_time == 1);
    CHECK(rate.counted == 2);
    CHECK(rate.percent == 50.0);
    CHECK(rate.pending == 0);
    world.clock.set(PushWorld::at(24, 10));
    CHECK(seen().rate.counted == 0);
    CHECK(seen().rate.before == 50.0);
    CHECK(board(world.desk, world.maths(), {12}).value().rate.percent == 50.0);
    auto const list = list_receipts(world.desk, world.maths(), {"", 12}).value();
    REQUIRE(list.items.size() == 3);
    CHECK(list.items.front().school.standing == PushStanding::here_late);
    CHECK(list_receipts(world.desk, world.maths(), {world.heba.id.text(), 12}).value().items.size() == 1);
}

TEST_CASE("a lesson that began without its things is a trouble, and late") {
    PushWorld world;
    world.give_box(world.heba.id);
    auto const id = world.order(world.wish()).order.id;
    CHECK(board(world.desk, world.maths(), {}).value().tonight.bytes > 0);
    world.clock.set(PushWorld::at(21, 9));
    auto const seen = board(world.desk, world.maths(), {}).value();
    REQUIRE(seen.troubles.size() == 1);
    CHECK(seen.troubles.front().order_id == id);
    CHECK(seen.troubles.front().school.standing == PushStanding::missed);
    CHECK(seen.rate.counted == 1);
    CHECK(seen.rate.on_time == 0);
    REQUIRE(seen.orders.size() == 1);
    CHECK(seen.orders.front().late == 1);
    CHECK(board(world.desk, world.principal(world.jinpen), {}).value().troubles.empty());
    CHECK(board(world.desk, world.principal(world.heba), {}).value().troubles.size() == 1);
}

TEST_CASE("what lies unused for fourteen days is named by school, and a use ends that") {
    PushWorld world;
    world.give_box(world.heba.id);
    auto const id = world.order(world.wish()).order.id;
    world.write_receipt(id, world.heba.id, PushWorld::at(20, 23));
    world.clock.set(PushWorld::at(20, 23).plus_days(13));
    CHECK(board(world.desk, world.maths(), {}).value().unused.delivered == 0);
    world.clock.set(PushWorld::at(20, 23).plus_days(14));
    auto unused = board(world.desk, world.maths(), {}).value().unused;
    CHECK(unused.unused == 1);
    CHECK(unused.used_percent == 0.0);
    REQUIRE(unused.items.size() == 1);
    CHECK(unused.items.front().school == world.heba.name);
    world.transact([&](sql::Tx& tx) {
        auto receipt = *store::receipt(tx, receipt_id(id, world.heba.id));
        receipt.used_at = world.clock.now();
        keep_receipt(tx, receipt);
    });
    CHECK(board(world.desk, world.maths(), {}).value().unused.used_percent == 100.0);
    CHECK(board(world.desk, world.principal(world.jinpen), {}).value().unused.delivered == 0);
}

TEST_CASE("each list of the board leaves as CSV that a spreadsheet reads, as far as the caller sees it") {
    PushWorld world;
    auto wish = world.wish();
    wish.title = "=1+1";
    world.order(wish);
    auto const csv = [&](auth::Caller const& who, std::string const& part) {
        return csv_of(world.desk, who, {0, part}, "zh-CN");
    };
    auto const orders = csv(world.maths(), "").value();
    CHECK(
        orders.starts_with("\xEF\xBB\xBF"
                           "推送单,"));
    CHECK(orders.find("'=1+1") != std::string::npos);
    auto const receipts = csv(world.maths(), "receipts").value();
    CHECK(receipts.find(world.heba.name) != std::string::npos);
    CHECK(csv(world.principal(world.jinpen), "receipts").value().find(world.heba.name) == std::string::npos);
    CHECK(why(csv(world.maths(), "else")) == "part core.unknown_choice");
}

TEST_CASE("the board leaves as a workbook") {
    PushWorld world;
    world.order(world.wish());
    auto const path = world.folder + "/push.xlsx";
    REQUIRE(write_workbook(world.desk, world.maths(), {}, path, "zh-CN").has_value());
    CHECK(std::filesystem::file_size(path) > 1000);
}
