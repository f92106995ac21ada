// How a place joins, and how its requests are believed.
#include <doctest/doctest.h>

#include <algorithm>

#include "core/base64.hpp"
#include "modules/nodes/line_state.hpp"
#include "modules/nodes/node_keys.hpp"
#include "modules/nodes/packing.hpp"
#include "modules/nodes/parent.hpp"
#include "modules/nodes/service.hpp"
#include "modules/nodes/tickets.hpp"
#include "server/modules.hpp"
#include "server/parts.hpp"
#include "world.hpp"

using namespace santong;
using test::World;

TEST_CASE("a node's signed request opens once, with its own key and ticket only") {
    World const world;
    core::FixedClock machine(core::system_now());
    nodes::Tickets tickets(world.db(), machine);
    auto const box = nodes::NodeId::make(), other = nodes::NodeId::make();
    auto const ticket = tickets.give(box);
    CHECK(!tickets.take(other, ticket));
    CHECK(tickets.take(box, ticket));
    CHECK(!tickets.take(box, ticket));
    CHECK(!tickets.take(box, ticket + "x"));
    CHECK(!tickets.take(box, "made up"));
    auto const old = tickets.give(box);
    machine.set({machine.now().ms + 11 * 60'000});
    CHECK(!tickets.take(box, old));
    auto const pair = auth::ed25519::make_pair();
    auto const text = nodes::request_text("POST", "/api/v1/node/pull", ticket, "body");
    auto const signature = auth::ed25519::sign(pair.secret, text);
    CHECK(auth::ed25519::verify(pair.open, text, signature));
    CHECK(
        !auth::ed25519::verify(pair.open, nodes::request_text("POST", "/api/v1/node/push", ticket, "body"), signature));
    CHECK(
        !auth::ed25519::verify(pair.open, nodes::request_text("POST", "/api/v1/node/pull", ticket, "bod"), signature));
    auto const a = nodes::exchange_pair(), b = nodes::exchange_pair();
    CHECK(nodes::agree(a.secret, b.open) == nodes::agree(b.secret, a.open));
    CHECK(nodes::agree(a.secret, "short").empty());
    CHECK(nodes::unpack(nodes::pack("一二三")) == "一二三");
    CHECK(!nodes::unpack("no frame"));
    CHECK(!nodes::unpack(nodes::pack(std::string(1000, 'a')), 999));
}

TEST_CASE("a join code is good once and for seven days, and a new box takes the part of a dead one") {
    World world;
    auto const shapes = server::all_shapes();
    core::FixedClock machine(core::system_now());
    nodes::Site const site{world.db(), machine, world.clock, shapes, world.application().parts().place.keys_folder(),
                           "0.2.0",    false};
    auto const office = world.caller(world.info_office);
    auto const wish = [](std::string const& code) {
        auto const pair = auth::ed25519::make_pair();
        return nodes::JoinWish{code, nodes::NodeId::make(), core::base64(pair.open),
                               core::base64(nodes::exchange_pair().open), "0.2.0"};
    };
    auto const made = nodes::invite(site, office, world.heba.id);
    REQUIRE(made.has_value());
    CHECK(nodes::invite(site, world.principal(world.heba), world.heba.id).error().code == core::ErrorCode::forbidden);
    CHECK(nodes::invite(site, office, world.county).error().key == "nodes.not_a_school");
    CHECK(nodes::join(site, wish("AAAA-BBBB-CCCC")).error().key == "nodes.code_unknown");
    auto const joined = nodes::join(site, wish(made->code));
    REQUIRE(joined.has_value());
    CHECK(joined->org_id == world.heba.id);
    CHECK(nodes::join(site, wish(made->code)).error().key == "nodes.code_unknown");
    CHECK(nodes::child(site, world.district(), joined->node).has_value());
    CHECK(nodes::child(site, world.district(), nodes::NodeId::make()).error().key == "nodes.unknown");

    auto const second = nodes::invite_at_machine(site, world.district(), world.heba.name);
    REQUIRE(second.has_value());
    machine.set({machine.now().ms + 8LL * 24 * 3'600'000});
    CHECK(nodes::join(site, wish(second->code)).error().key == "nodes.code_unknown");
    auto const third = nodes::invite_at_machine(site, world.district(), world.heba.name);
    auto const replaced = nodes::join(site, wish(third->code));
    REQUIRE(replaced.has_value());
    CHECK(replaced->node == joined->node);
    CHECK(nodes::status(site, world.district()).size() == 1);

    CHECK(nodes::revoke(site, world.principal(world.heba), joined->node).error().code == core::ErrorCode::forbidden);
    CHECK(nodes::revoke(site, office, joined->node).has_value());
    CHECK(nodes::child(site, world.district(), joined->node).error().key == "nodes.revoked");
    CHECK(nodes::list_nodes(site, world.teacher()).error().code == core::ErrorCode::forbidden);
}

TEST_CASE("the box of a central school serves the schools below that have none of their own") {
    World world;
    auto const shapes = server::all_shapes();
    core::FixedClock machine(core::system_now());
    nodes::Site const site{world.db(), machine, world.clock, shapes, world.application().parts().place.keys_folder(),
                           "0.2.0",    false};
    auto const office = world.caller(world.info_office);
    auto const box_of = [&](core::OrgId const& school) {
        auto const code = nodes::invite(site, office, school).value().code;
        nodes::JoinWish const wish{code, nodes::NodeId::make(), core::base64(auth::ed25519::make_pair().open),
                                   core::base64(nodes::exchange_pair().open), "0.2.0"};
        return nodes::join(site, wish).value().node;
    };
    auto const serves = [&](nodes::NodeId const& box) { return nodes::node_detail(site, office, box).value().serves; };
    auto const central = box_of(world.heba.id);
    CHECK(std::ranges::count(serves(central), world.mingxin.name) == 1);
    auto const village = box_of(world.mingxin.id);
    CHECK(std::ranges::count(serves(central), world.mingxin.name) == 0);
    auto const map = nodes::node_map(site, office).value();
    auto const shown = std::ranges::find(map.nodes, central, [](auto const& one) { return one.status.id; });
    REQUIRE(shown != map.nodes.end());
    CHECK(shown->serves == serves(central));
    REQUIRE(nodes::revoke(site, office, village).has_value());
    CHECK(std::ranges::count(serves(central), world.mingxin.name) == 1);
}

TEST_CASE("a box that has never called is neither online nor cut off in the sync state of the hub") {
    World world;
    auto const shapes = server::all_shapes();
    core::FixedClock machine(core::system_now());
    nodes::Site const site{world.db(), machine, world.clock, shapes, world.application().parts().place.keys_folder(),
                           "0.2.0",    false};
    auto const office = world.caller(world.info_office);
    auto const code = nodes::invite(site, office, world.heba.id).value().code;
    nodes::JoinWish const wish{code, nodes::NodeId::make(), core::base64(auth::ed25519::make_pair().open),
                               core::base64(nodes::exchange_pair().open), "0.2.0"};
    REQUIRE(nodes::join(site, wish).has_value());
    auto const silent = nodes::sync_status(site, office, nullptr).value();
    CHECK(silent.state == "alone");
    CHECK(silent.boxes == 0);
    world.transact([&](sql::Tx& tx) {
        tx.execute("UPDATE node SET last_contact_at = $2 WHERE district_id = $1", tx.district(), machine.now());
    });
    auto const called = nodes::sync_status(site, office, nullptr).value();
    CHECK(called.state == "above");
    CHECK(called.boxes == 1);
    CHECK(called.online == 1);
    machine.set({machine.now().ms + 3 * 60'000});
    CHECK(nodes::sync_status(site, office, nullptr).value().online == 0);
    CHECK(nodes::sync_status(site, world.teacher(), nullptr).value().state == "alone");
}

TEST_CASE("where several processes serve one district, a ticket that one gave is good at another, and once") {
    World const world;
    core::FixedClock const machine(core::system_now());
    nodes::Tickets here(world.db(), machine), there(world.db(), machine);
    auto const box = nodes::NodeId::make();
    auto const ticket = here.give(box);
    CHECK(there.take(box, ticket));
    if (world.db().dialect() == sql::Dialect::postgresql) {
        CHECK(!here.take(box, ticket));
        CHECK(!there.take(box, ticket));
    }
}
