// A line's plan goes down to its school; measurements and outages come up.
#include <doctest/doctest.h>

#include "core/json.hpp"
#include "modules/nodes/probes.hpp"
#include "modules/nodes/store_links.hpp"
#include "modules/nodes/sync.hpp"
#include "modules/roster/sync.hpp"
#include "platform/feed/feed.hpp"
#include "platform/sync/incoming.hpp"
#include "platform/sync/outgoing.hpp"
#include "world.hpp"

using namespace santong;
using santong::test::World;

namespace {

constexpr char const* hub_node = "01900000-0000-7000-8000-00000000000a";
constexpr char const* box_node = "01900000-0000-7000-8000-00000000000b";

/// A district and the box of one of its schools, with lines registered.
struct LinePlaces {
    World world;
    test::TestDatabase box;
    sync::Shapes shapes;
    core::OrgId const school = world.heba.id;
    std::string const key = std::string(32, 'k');
    std::string down, up;

    LinePlaces() {
        roster::add_shapes(shapes);
        nodes::add_shapes(shapes);
        feed::set_origin(hub_node);
        world.transact([&](sql::Tx& tx) {
            for (auto const& org : {world.county, school, world.jinpen.id}) {
                nodes::LinkEntry entry;
                entry.org_id = org;
                entry.down_kbit = org == school ? 4000 : 8000;
                if (org == world.county) entry.windows = "22:00-06:00";
                nodes::write_link(tx, entry, world.clock.now());
            }
        });
        // What a box is told when it joins.
        box->transact(test::district, [&](sql::Tx& tx) { roster::set_district(tx, {world.county, "大通湖区", 480}); });
        pull();
        up = box->read(test::district, [](sql::Tx& tx) { return sync::cursor_here(tx); });
    }
    sync::Peer below() const { return {box_node, school.text(), key, false}; }
    sync::Peer above() const { return {hub_node, school.text(), key, true}; }

    sync::Taken pull() {
        sync::Taken all;
        for (bool more = true; more;) {
            feed::set_origin(hub_node);
            auto const batch = world.transact([&](sql::Tx& tx) { return sync::outgoing(tx, shapes, below(), down); });
            feed::set_origin(box_node);
            auto const taken =
                sync::take(*box, test::district, shapes, above(), batch.changes, {core::system_now(), {}, {}, {}});
            all.applied += taken.applied;
            all.parked += taken.parked;
            more = batch.more;
            down = batch.cursor;
        }
        return all;
    }
    sync::Taken push() {
        feed::set_origin(box_node);
        auto const batch =
            box->read(test::district, [&](sql::Tx& tx) { return sync::outgoing(tx, shapes, above(), up); });
        feed::set_origin(hub_node);
        return sync::take(world.db(), test::district, shapes, below(), batch.changes, {core::system_now(), {}, {}, {}});
    }
    nodes::LinkPlan plan_at_box() {
        return box->read(test::district, [&](sql::Tx& tx) { return nodes::link_plan(tx, school); });
    }
    nodes::Probe probe(core::OrgId const& org, std::int64_t down_kbit) const {
        nodes::Probe one;
        one.id = nodes::ProbeId::make();
        one.org_id = org;
        one.measured_at = world.clock.now();
        one.down_kbit = down_kbit;
        return one;
    }
};

}  // namespace

TEST_CASE("a box knows its own line and the district's usual plan, and no other school's line") {
    LinePlaces places;
    auto const plan = places.plan_at_box();
    CHECK(plan.rate_kbit == 4000);
    CHECK(plan.windows == std::vector<nodes::Window>{{22 * 60, 6 * 60}});
    auto const known = places.box->read(test::district, [](sql::Tx& tx) { return nodes::store::links(tx); });
    CHECK(known.size() == 2);
    feed::set_origin(hub_node);
    places.world.transact([&](sql::Tx& tx) {
        nodes::LinkEntry entry;
        entry.org_id = places.school;
        entry.down_kbit = 4000;
        entry.cap_kbit = 1000;
        nodes::write_link(tx, entry, places.world.clock.now());
    });
    CHECK(places.pull().parked == 0);
    CHECK(places.plan_at_box().cap_kbit == 1000);
}

TEST_CASE("what a box measured comes up, is counted by day there, and told twice changes nothing") {
    LinePlaces places;
    feed::set_origin(box_node);
    places.box->transact(test::district, [&](sql::Tx& tx) {
        nodes::keep_probe(tx, places.probe(places.school, 3000));
        nodes::keep_probe(tx, places.probe(places.school, 3600));
        nodes::Outage outage{nodes::OutageId::make(), places.school, places.world.clock.now(), std::nullopt};
        nodes::store::put_outage(tx, outage);
        nodes::store::put_hour(tx, {outage.id, places.world.clock.now(), 30, true, 12, 0, 2, 1});
        feed::put(tx, {"nodes.Outage", outage.id.text(), places.school}, outage);
    });
    CHECK(places.plan_at_box().rate_kbit == 3000);
    for (int time = 0; time < 2; ++time) {
        auto const taken = places.push();
        CHECK(taken.parked == 0);
        CHECK(taken.refused == 0);
    }
    CHECK(places.world.read([&](sql::Tx& tx) { return nodes::link_plan(tx, places.school); }).rate_kbit == 3000);
    auto const hours = places.world.read([&](sql::Tx& tx) {
        return nodes::offline_hours(tx, places.world.clock.now().plus_days(-1), places.world.clock.now().plus_days(1));
    });
    REQUIRE(hours.size() == 1);
    CHECK(hours[0].worked_minutes == 30);
}

TEST_CASE("a box may neither measure for another school nor register its own line") {
    LinePlaces places;
    feed::set_origin(box_node);
    places.box->transact(test::district, [&](sql::Tx& tx) {
        nodes::keep_probe(tx, places.probe(places.world.jinpen.id, 1));
        nodes::LinkEntry entry;
        entry.org_id = places.school;
        entry.down_kbit = 900'000;
        nodes::write_link(tx, entry, places.world.clock.now());
    });
    places.push();
    CHECK(places.world.read([&](sql::Tx& tx) { return nodes::link_plan(tx, places.school); }).rate_kbit == 4000);
    CHECK(places.world.read([&](sql::Tx& tx) { return nodes::store::last_days(tx, places.world.jinpen.id, 10); })
              .empty());
}
