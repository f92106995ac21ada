// Push between two places in one process: the district's hub (PushWorld) and the box of one of its schools.
#include <doctest/doctest.h>

#include "../../modules/push/tests/push_world.hpp"
#include "core/json.hpp"
#include "modules/nodes/service_served.hpp"
#include "modules/push/service_board.hpp"
#include "modules/push/store.hpp"
#include "modules/push/sync.hpp"
#include "platform/sync/incoming.hpp"
#include "platform/sync/outgoing.hpp"
#include "server/modules.hpp"

using namespace santong;
using test::PushWorld;

namespace {

constexpr char const* push_hub = "01900000-0000-7000-8000-00000000000a";
constexpr char const* push_box = "01900000-0000-7000-8000-00000000000b";

/// A district and the box of heba.
struct PushPlaces {
    PushPlaces() : box_store(world.folder + "/box") {
        feed::set_origin(push_hub);
        world.give_box(world.heba.id);
    }

    static sync::Taken take(sql::Database& db, sync::Shapes const& shapes, sync::Peer const& peer,
                            std::vector<sync::Change> const& changes) {
        auto const text = core::json::write(changes);
        return sync::take(db, test::district, shapes, peer, *core::json::read<std::vector<sync::Change>>(text),
                          {core::system_now(), {}, {}, {}});
    }
    /// Everything that waits goes down; answers what was taken.
    int pull() {
        int taken = 0;
        for (bool more = true; more;) {
            auto const batch = world.transact([&](sql::Tx& tx) { return sync::outgoing(tx, shapes, below, down); });
            feed::set_origin(push_box);
            auto const done = take(*box, shapes, above, batch.changes);
            feed::set_origin(push_hub);
            CHECK(done.parked == 0);
            taken += done.applied;
            more = batch.more;
            down = batch.cursor;
            last = batch.changes;
        }
        if (up.empty()) up = box->read(test::district, [](sql::Tx& tx) { return sync::cursor_here(tx); });
        return taken;
    }
    sync::Taken push() {
        auto const batch =
            box->read(test::district, [&](sql::Tx& tx) { return sync::outgoing(tx, shapes, above, up); });
        up = batch.cursor;
        last = batch.changes;
        return take(world.db(), shapes, below, batch.changes);
    }
    int look_at_box() {
        feed::set_origin(push_box);
        auto const changed = santong::push::look(*box, test::district, box_store, world.clock.now());
        feed::set_origin(push_hub);
        return changed;
    }
    std::int64_t at_box(char const* table) {
        return box->read(test::district, [&](sql::Tx& tx) {
            std::int64_t rows = 0;
            tx.run_text(std::string("SELECT COUNT(*) FROM ") + table + " WHERE district_id = $1",
                        {std::int64_t{test::district}}, [&](sql::Cells const& cells) { rows = cells.integer(0); });
            return rows;
        });
    }

    PushWorld world;
    test::TestDatabase box;
    sync::Shapes shapes = server::all_shapes();
    files::LocalContentStore box_store;
    sync::Peer const below{push_box, world.heba.id.text(), std::string(32, 'k'), false};
    sync::Peer const above{push_hub, world.heba.id.text(), std::string(32, 'k'), true};
    std::string down, up;
    std::vector<sync::Change> last;
};

}  // namespace

TEST_CASE("an order goes down to its school, the box fetches what it names, and the receipt comes up") {
    PushPlaces places;
    auto& world = places.world;
    auto const elsewhere = world.order(world.wish({world.jinpen.id}));
    auto wish = world.wish();
    wish.display = push::PushDisplay{false, false, true};
    auto const made = world.order(wish);
    places.pull();
    auto const at_box =
        places.box->read(test::district, [&](sql::Tx& tx) { return *push::store::order(tx, made.order.id); });
    CHECK(at_box.classroom);  // where it shows travels with it
    CHECK_FALSE(at_box.spaces);
    CHECK(places.at_box("push_order") == 1);
    CHECK(places.at_box("push_rule") == 0);
    auto const wanted =
        places.box->read(test::district, [&](sql::Tx& tx) { return push::contents_due(tx, world.clock.now()); });
    REQUIRE(wanted.size() == 2);
    for (auto const& one : wanted) {
        CHECK(world.contents.open(one.sha256).has_value());
        places.box_store.adopt(*world.contents.open(one.sha256));
    }
    CHECK(places.look_at_box() == 1);
    CHECK(places.push().applied == 1);
    auto const receipt = world.receipt(made.order.id, world.heba.id);
    CHECK(receipt.whole_at == world.clock.now());
    auto const again = places.last;
    auto const entries = world.rows("feed_entry");
    PushPlaces::take(world.db(), places.shapes, places.below, again);
    CHECK(world.rows("feed_entry") == entries);
    auto const view = push::order_view(world.desk, world.maths(), made.order.id).value();
    CHECK(view.order.whole == 1);
    CHECK(view.order.hosted == 0);
    CHECK(view.schools.front().standing == push::PushStanding::here);
    CHECK(places.look_at_box() == 0);
}

TEST_CASE("held back above, an order is held back at the box; no longer for this school, it leaves") {
    PushPlaces places;
    auto& world = places.world;
    auto const made = world.order(world.wish());
    places.pull();
    auto const due = [&] {
        return places.box->read(test::district,
                                [&](sql::Tx& tx) { return push::contents_due(tx, world.clock.now()).size(); });
    };
    CHECK(due() == 2);
    REQUIRE(push::act_on_order(world.desk, world.maths(), made.order.id, push::PushAct::pause, {made.order.updated_at})
                .has_value());
    places.pull();
    CHECK(due() == 0);
    world.transact([&](sql::Tx& tx) {
        auto const order = *push::store::order(tx, made.order.id);
        push::store::replace_targets(tx, order.id, {{order.id, world.jinpen.id, {}, 0, {}, false}});
        feed::put(tx, {"push.Order", order.id.text(), {}}, order);
    });
    places.pull();
    CHECK(places.at_box("push_order") == 0);
    CHECK(places.at_box("push_target") == 0);
}

TEST_CASE("a box writes no receipt for another school") {
    PushPlaces places;
    auto& world = places.world;
    auto const made = world.order(world.wish({world.heba.id, world.jinpen.id}));
    places.pull();
    for (auto const& one :
         places.box->read(test::district, [&](sql::Tx& tx) { return push::contents_due(tx, world.clock.now()); }))
        places.box_store.adopt(*world.contents.open(one.sha256));
    CHECK(places.look_at_box() == 1);
    places.push();
    REQUIRE(places.last.size() == 1);
    // The same word, as if it were of the other school.
    auto text = core::json::write(places.last);
    auto const replace = [&](std::string const& from, std::string const& to) {
        for (auto at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size()))
            text.replace(at, from.size(), to);
    };
    replace(world.heba.id.text(), world.jinpen.id.text());
    replace(push::receipt_id(made.order.id, world.heba.id).text(),
            push::receipt_id(made.order.id, world.jinpen.id).text());
    auto const before = world.receipt(made.order.id, world.jinpen.id);
    auto const taken =
        PushPlaces::take(world.db(), places.shapes, places.below, *core::json::read<std::vector<sync::Change>>(text));
    CHECK(taken.refused == 1);
    CHECK(world.receipt(made.order.id, world.jinpen.id).way == before.way);
    CHECK(before.way == push::PushWay::hosted);
}

TEST_CASE("a central school's box fetches and receipts nothing for a point that has a box of its own") {
    PushPlaces places;
    auto& world = places.world;
    world.order(world.wish());
    places.pull();
    auto const point = world.heba.id;
    places.box->transact(test::district, [&](sql::Tx& tx) { nodes::note_served_elsewhere(tx, {point}); });
    CHECK(places.box->read(test::district, [&](sql::Tx& tx) { return push::contents_due(tx, world.clock.now()); })
              .empty());
    for (auto const& one : world.read([&](sql::Tx& tx) {
             return tx.column<std::string>("SELECT sha256 FROM push_content WHERE district_id = $1", tx.district());
         }))
        places.box_store.adopt(*world.contents.open(one));
    CHECK(places.look_at_box() == 0);
    CHECK(places.at_box("push_receipt") == 0);
    // The point's box is taken away again: the central school's serves it.
    places.box->transact(test::district, [&](sql::Tx& tx) { nodes::note_served_elsewhere(tx, {}); });
    CHECK(places.look_at_box() == 1);
}

TEST_CASE("a hub tells the box of a central school which points under it have boxes of their own") {
    PushPlaces places;
    auto& world = places.world;
    auto const told = [&] { return world.read([&](sql::Tx& tx) { return nodes::boxed_within(tx, places.below); }); };
    CHECK(told().empty());
    world.give_box(world.jinpen.id);  // not under it
    CHECK(told().empty());
    world.give_box(world.mingxin.id);
    CHECK(told() == std::vector<core::OrgId>{world.mingxin.id});
}
