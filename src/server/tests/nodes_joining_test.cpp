// How a place joins, and how its requests are believed.
#include <doctest/doctest.h>

#include <algorithm>

#include "core/base64.hpp"
#include "modules/nodes/line_state.hpp"
#include "modules/nodes/node_keys.hpp"
#include "modules/nodes/packing.hpp"
#include "modules/nodes/parent.hpp"
#include "modules/nodes/service.hpp"
#include "modules/nodes/service_invitations.hpp"
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

TEST_CASE("open join codes are listed with who made them, can be withdrawn, and fall away when they expire") {
    World world;
    auto const shapes = server::all_shapes();
    core::FixedClock machine(core::system_now());
    nodes::Site const site{world.db(), machine, world.clock, shapes, world.application().parts().place.keys_folder(),
                           "0.2.0",    false};
    auto const office = world.caller(world.info_office);
    auto const open = [&] { return nodes::list_invitations(site, office).value().items; };
    auto const join = [&](std::string const& code) {
        nodes::JoinWish const wish{code, nodes::NodeId::make(), core::base64(auth::ed25519::make_pair().open),
                                   core::base64(nodes::exchange_pair().open), "0.2.0"};
        return nodes::join(site, wish);
    };
    CHECK(open().empty());
    auto const heba = nodes::invite(site, office, world.heba.id).value();
    machine.set(machine.now().plus_seconds(60));
    auto const mingxin = nodes::invite_at_machine(site, world.district(), world.mingxin.name).value();
    REQUIRE(open().size() == 2);
    CHECK(open()[0].org_id == world.mingxin.id);
    CHECK(open()[0].made_by.empty());
    CHECK(open()[1].org_name == world.heba.name);
    CHECK(open()[1].made_by == office.name);
    CHECK(open()[1].expires_at == heba.expires_at);
    CHECK(nodes::list_invitations(site, world.principal(world.heba)).value().items.empty());
    CHECK(nodes::invitations_at_machine(site, world.district()).size() == 2);

    CHECK(nodes::withdraw_invitation(site, world.principal(world.heba), world.heba.id).error().code ==
          core::ErrorCode::forbidden);
    CHECK(nodes::withdraw_invitation(site, office, world.heba.id).has_value());
    CHECK(nodes::withdraw_invitation(site, office, world.heba.id).error().key == "nodes.invitation_unknown");
    CHECK(join(heba.code).error().key == "nodes.code_withdrawn");
    CHECK(open().size() == 1);
    CHECK(nodes::withdraw_at_machine(site, world.district(), "nowhere").error().key == "roster.org_not_found");
    CHECK(nodes::withdraw_at_machine(site, world.district(), world.mingxin.name).value() == world.mingxin.name);
    CHECK(join(mingxin.code).error().key == "nodes.code_withdrawn");

    // A new code after a withdrawn one is good, and a used one is open no more.
    auto const second = nodes::invite(site, office, world.heba.id).value();
    CHECK(open().size() == 1);
    CHECK(join(second.code).has_value());
    CHECK(open().empty());
    REQUIRE(nodes::invite(site, office, world.mingxin.id).has_value());
    machine.set(machine.now().plus_days(8));
    CHECK(open().empty());
    CHECK(nodes::withdraw_invitation(site, office, world.mingxin.id).error().key == "nodes.invitation_unknown");
    world.read([](sql::Tx& tx) {
        CHECK(tx.value<std::int64_t>("SELECT COUNT(*) FROM feed_entry WHERE district_id = $1"
                                     " AND body LIKE '%nodes.withdraw_invitation%'",
                                     tx.district()) == 2);
    });
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
