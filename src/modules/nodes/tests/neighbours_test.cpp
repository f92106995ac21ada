// Which box may ask which other one: what is written, and who may write it.
#include "modules/nodes/neighbours.hpp"

#include <doctest/doctest.h>

#include "core/json.hpp"
#include "modules/nodes/store.hpp"
#include "modules/nodes/store_neighbours.hpp"
#include "platform/auth/grants.hpp"
#include "platform/sql/installation.hpp"
#include "world.hpp"

using namespace santong;
using santong::test::World;

namespace {

struct NeighboursWorld : World {
    sync::Shapes shapes;
    nodes::Site site{db(), clock, clock, shapes, "", "test"};

    NeighboursWorld() {
        box(heba.id);
        box(jinpen.id);
    }
    nodes::NodeId box(core::OrgId const& org) {
        nodes::store::NodeRow row;
        row.id = nodes::NodeId::make();
        row.org_id = org;
        row.open_key = "key of " + org.text();
        row.joined_at = clock.now();
        transact([&](sql::Tx& tx) { nodes::store::put_node(tx, row); });
        return row.id;
    }
    core::Result<nodes::NeighbourList> write(core::PersonId const& who, core::OrgId const& org,
                                             std::vector<nodes::NeighbourEntry> items) {
        return nodes::set_neighbours(site, caller(who), org, {std::move(items)});
    }
    std::vector<nodes::Neighbour> rows(core::OrgId const& org) {
        return read([&](sql::Tx& tx) { return nodes::store::neighbours_of(tx, org); });
    }
    std::int64_t told() {
        return read([](sql::Tx& tx) {
            return tx
                .value<std::int64_t>(
                    "SELECT COUNT(*) FROM feed_entry WHERE district_id = $1 AND type = 'nodes.Neighbour'",
                    tx.district())
                .value_or(0);
        });
    }
};

std::vector<std::string> said(core::Error const& error) {
    std::vector<std::string> all;
    for (auto const& one : error.problems) all.push_back(one.pointer + " " + one.key);
    return all;
}

}  // namespace

TEST_CASE("an address of a local network is kept in one form, and no other is taken") {
    using nodes::local_address;
    CHECK(local_address("http://192.168.3.10:8080") == "http://192.168.3.10:8080");
    CHECK(local_address(" HTTPS://Hezi.Zhenxin.lan/ ") == "https://hezi.zhenxin.lan");
    for (auto const* fine : {"http://10.0.0.1", "https://172.16.4.4:443", "http://127.0.0.1:1", "http://169.254.7.7",
                             "https://[fd00::12]:8443", "http://[fe80::1]", "http://[::1]:8080", "https://box-2"})
        CHECK_MESSAGE(local_address(fine).has_value(), fine);
    for (auto const* wrong : {"",
                              "192.168.3.10:8080",
                              "ftp://192.168.3.10",
                              "http://",
                              "http://8.8.8.8",
                              "http://172.32.0.1",
                              "http://[2001:db8::1]",
                              "http://[fd00::12",
                              "http://192.168.3.10:0",
                              "http://192.168.3.10:70000",
                              "http://192.168.3.10:80x",
                              "http://192.168.3.10/where",
                              "http://a@192.168.3.10",
                              "http://192.168.3.300",
                              "http://1234",
                              "http://-box",
                              "http://.lan",
                              "http://盒子",
                              "http://box?x",
                              "http://box#x",
                              "http://[]"})
        CHECK_MESSAGE(!local_address(wrong).has_value(), wrong);
}

TEST_CASE("the office names a box's neighbours, and both ends' keys are told with them") {
    NeighboursWorld world;
    auto const list = world.write(world.info_office, world.heba.id, {{world.jinpen.id, "http://192.168.3.10:8080/"}});
    REQUIRE(list.has_value());
    REQUIRE(list->items.size() == 1);
    CHECK(list->items[0].name == world.jinpen.name);
    CHECK(list->items[0].address == "http://192.168.3.10:8080");
    CHECK(list->editable);
    REQUIRE(list->choices.size() == 1);
    CHECK(list->choices[0].org_id == world.jinpen.id);
    CHECK(list->asked_by.empty());
    auto const other = nodes::list_neighbours(world.site, world.caller(world.jinpen.technician), world.jinpen.id);
    REQUIRE(other.has_value());
    CHECK(other->items.empty());
    CHECK(other->asked_by == std::vector<std::string>{world.heba.name});
    auto const row = world.rows(world.heba.id).at(0);
    CHECK(row.asker_key == "key of " + world.heba.id.text());
    CHECK(row.giver_key == "key of " + world.jinpen.id.text());
    auto const told = world.told();
    CHECK(told == 1);
    // The same once more is nothing new.
    REQUIRE(world.write(world.info_office, world.heba.id, {{world.jinpen.id, "http://192.168.3.10:8080"}}).has_value());
    CHECK(world.told() == told);
    REQUIRE(world.write(world.info_office, world.heba.id, {{world.jinpen.id, "http://192.168.3.11:8080"}}).has_value());
    CHECK(world.rows(world.heba.id).at(0).address == "http://192.168.3.11:8080");
    REQUIRE(world.write(world.info_office, world.heba.id, {}).has_value());
    CHECK(world.rows(world.heba.id).empty());
    CHECK(world.told() == told + 2);
}

TEST_CASE("several neighbours are asked in the order in which they were named") {
    NeighboursWorld world;
    world.box(world.mingxin.id);
    REQUIRE(world
                .write(world.info_office, world.mingxin.id,
                       {{world.jinpen.id, "http://10.1.1.1"}, {world.heba.id, "http://10.1.1.2"}})
                .has_value());
    REQUIRE(world
                .write(world.info_office, world.mingxin.id,
                       {{world.heba.id, "http://10.1.1.2"}, {world.jinpen.id, "http://10.1.1.1"}})
                .has_value());
    auto const rows = world.rows(world.mingxin.id);
    REQUIRE(rows.size() == 2);
    CHECK(rows[0].giver_org_id == world.heba.id);
    CHECK(rows[1].giver_org_id == world.jinpen.id);
}

TEST_CASE("each entry that cannot be is named; nothing is written then") {
    NeighboursWorld world;
    auto const good = std::string("http://10.1.1.1");
    auto const refused =
        world
            .write(world.info_office, world.heba.id,
                   {{world.heba.id, good}, {world.jinpen.id, "http://8.8.8.8"}, {world.mingxin.id, good}})
            .error();
    CHECK(said(refused) == std::vector<std::string>{"/items/0/org_id nodes.neighbour.itself",
                                                    "/items/1/address nodes.neighbour.address",
                                                    "/items/2/org_id nodes.neighbour.no_box"});
    auto const twice =
        world.write(world.info_office, world.heba.id, {{world.jinpen.id, good}, {world.jinpen.id, good}}).error();
    CHECK(said(twice) == std::vector<std::string>{"/items/1/org_id nodes.neighbour.twice"});
    auto const many = world
                          .write(world.info_office, world.heba.id,
                                 std::vector<nodes::NeighbourEntry>(4, nodes::NeighbourEntry{world.jinpen.id, good}))
                          .error();
    CHECK(said(many) == std::vector<std::string>{"/items nodes.neighbour.too_many"});
    CHECK(world.write(world.info_office, world.mingxin.id, {{world.jinpen.id, good}}).error().key ==
          "nodes.neighbour.no_box");
    CHECK(world.write(world.info_office, core::OrgId::make(), {}).error().key == "roster.org_not_found");
    CHECK(world.rows(world.heba.id).empty());
    CHECK(world.told() == 0);
}

TEST_CASE("who may not is refused: a school's technician and principal, a leader, another school's") {
    NeighboursWorld world;
    nodes::NeighbourEntry const entry{world.jinpen.id, "http://10.1.1.1"};
    for (auto const& who : {world.heba.technician, world.heba.principal, world.leader, world.jinpen.technician})
        CHECK(world.write(who, world.heba.id, {entry}).error().code == core::ErrorCode::forbidden);
    REQUIRE(world.write(world.info_office, world.heba.id, {entry}).has_value());
    // They may look at their own; of another school's they are told nothing.
    auto const seen = nodes::list_neighbours(world.site, world.caller(world.heba.technician), world.heba.id);
    REQUIRE(seen.has_value());
    CHECK(seen->items.size() == 1);
    CHECK(!seen->editable);
    CHECK(seen->choices.empty());
    CHECK(nodes::list_neighbours(world.site, world.caller(world.jinpen.technician), world.heba.id).error().code ==
          core::ErrorCode::forbidden);
    CHECK(nodes::list_neighbours(world.site, world.teacher(), world.heba.id).error().code ==
          core::ErrorCode::forbidden);
    CHECK(nodes::list_neighbours(world.site, world.caller(world.info_office), core::OrgId::make()).error().key ==
          "roster.org_not_found");
}

TEST_CASE("an officer names only boxes of his own area, on both ends") {
    NeighboursWorld world;
    world.box(world.mingxin.id);
    auto const officer = world.heba.technician;
    world.transact([&](sql::Tx& tx) {
        auth::GrantRow row;
        row.person_id = officer;
        row.role = auth::Role::info_office;
        row.org_id = world.heba_town;
        row.from_date = world.today();
        REQUIRE(auth::add_grants(tx, {row}).has_value());
    });
    std::string const at = "http://10.1.1.1";
    CHECK(world.write(officer, world.heba.id, {{world.jinpen.id, at}}).error().code == core::ErrorCode::forbidden);
    CHECK(world.write(officer, world.jinpen.id, {{world.heba.id, at}}).error().code == core::ErrorCode::forbidden);
    CHECK(world.rows(world.heba.id).empty());
    auto const list = world.write(officer, world.heba.id, {{world.mingxin.id, at}});
    REQUIRE(list.has_value());
    REQUIRE(list->choices.size() == 1);  // that of the other town is not offered
    CHECK(list->choices[0].org_id == world.mingxin.id);
}

TEST_CASE("neighbours are named above only") {
    NeighboursWorld world;
    nodes::Parent above;
    above.node = nodes::NodeId::make();
    above.district = world.district();
    world.db().transact(0, [&](sql::Tx& tx) { sql::set_installation_value(tx, "parent", core::json::write(above)); });
    CHECK(world.write(world.info_office, world.heba.id, {{world.jinpen.id, "http://10.1.1.1"}}).error().key ==
          "nodes.below");
    auto const list = nodes::list_neighbours(world.site, world.caller(world.info_office), world.heba.id).value();
    CHECK(!list.editable);
}

TEST_CASE("a school's new box stands where the old one stood") {
    NeighboursWorld world;
    REQUIRE(world.write(world.info_office, world.heba.id, {{world.jinpen.id, "http://10.1.1.1"}}).has_value());
    world.transact([&](sql::Tx& tx) {
        auto row = nodes::store::active_node_of(tx, world.jinpen.id).value();
        row.open_key = "another key";
        nodes::store::put_node(tx, row);
        nodes::renew_neighbours(tx, world.jinpen.id, world.clock.now());
    });
    CHECK(world.rows(world.heba.id).at(0).giver_key == "another key");
    CHECK(world.told() == 2);
    world.transact([&](sql::Tx& tx) { nodes::renew_neighbours(tx, world.jinpen.id, world.clock.now()); });
    CHECK(world.told() == 2);
}
