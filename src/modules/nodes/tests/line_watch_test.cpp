// Outages as the box itself sees them, and what they say of school hours (I65).
#include "modules/nodes/line_watch.hpp"

#include <doctest/doctest.h>

#include "modules/nodes/measuring.hpp"
#include "modules/nodes/probes.hpp"
#include "world.hpp"

using namespace santong;
using santong::test::World;

namespace {

/// A box on Thursday at 10:00 that is asked for something now and then.
struct Box : World {
    sync::Shapes shapes;
    nodes::Site site{db(), clock, clock, shapes, "", "test"};
    nodes::Activity activity;
    bool in_school = true;
    std::unique_ptr<nodes::LineWatch> watch;

    Box() { start(); }
    void start() {
        nodes::Surroundings around{[this] { return activity; }, [this](core::Instant) { return in_school; }};
        watch = std::make_unique<nodes::LineWatch>(site, district(), heba.id, around);
    }
    /// Looks every half minute, asked for `each` things in between.
    void minutes(int count, bool reached, int each = 0, int failing = 0) {
        for (int i = 0; i < 2 * count; ++i) {
            clock.set(clock.now().plus_seconds(30));
            activity.served += each;
            activity.failed += failing;
            watch->note(reached);
        }
    }
    std::vector<nodes::OutageView> outages() {
        return nodes::line_report(site, caller(info_office), heba.id, {})->outages;
    }
};

}  // namespace

TEST_CASE("a short silence is no outage; a longer one began with the last contact") {
    Box box;
    box.minutes(2, true);
    auto const last = box.clock.now();
    box.clock.set(last.plus_seconds(30));
    box.watch->note(false);
    box.minutes(1, true);
    CHECK(box.outages().empty());
    CHECK(box.watch->state().online);

    auto const heard = box.clock.now();
    box.minutes(5, false);
    REQUIRE(box.outages().size() == 1);
    CHECK(box.outages()[0].from_at == heard);
    CHECK_FALSE(box.outages()[0].until_at.has_value());
    CHECK_FALSE(box.watch->state().online);
    CHECK(box.watch->state().last_contact == heard);
    box.minutes(1, true);
    CHECK(box.outages()[0].until_at == heard.plus_seconds(330));
}

TEST_CASE(
    "an hour in which everything was answered worked, one with a fault did not, one without a question says nothing") {
    Box box;
    box.minutes(1, true);
    box.minutes(59, false, 2);
    box.minutes(60, false);
    box.minutes(59, false, 1, 1);
    box.minutes(2, true);
    auto const seen = box.outages();
    REQUIRE(seen.size() == 1);
    CHECK(seen[0].school_minutes >= 177);
    CHECK(seen[0].worked_minutes >= 57);
    CHECK(seen[0].worked_minutes <= 61);
    CHECK(seen[0].observed_minutes - seen[0].worked_minutes >= 57);
    CHECK(seen[0].school_minutes - seen[0].observed_minutes >= 57);
    auto const hours =
        box.read([&](sql::Tx& tx) { return nodes::offline_hours(tx, box.clock.now().plus_days(-1), box.clock.now()); });
    REQUIRE(hours.size() == 1);
    CHECK(hours[0].worked_minutes == seen[0].worked_minutes);
    CHECK(hours[0].observed_minutes == seen[0].observed_minutes);
}

TEST_CASE("the night counts for nothing") {
    Box box;
    box.in_school = false;
    box.minutes(1, true);
    box.minutes(10, false, 1);
    box.minutes(1, true);
    REQUIRE(box.outages().size() == 1);
    CHECK(box.outages()[0].school_minutes == 0);
    CHECK(box.outages()[0].served > 0);
}

TEST_CASE("a box that is switched off and on in an outage goes on with it, and does not count the time it was off") {
    Box box;
    box.minutes(1, true);
    box.minutes(10, false, 1);
    box.clock.set(box.clock.now().plus_seconds(20 * 60));
    box.activity = {};
    box.start();
    box.minutes(5, false, 1);
    box.minutes(1, true);
    auto const seen = box.outages();
    REQUIRE(seen.size() == 1);
    CHECK(seen[0].until_at.has_value());
    CHECK(seen[0].school_minutes >= 12);
    CHECK(seen[0].school_minutes <= 17);
}

TEST_CASE("a box measures six times a day at minutes of its own") {
    core::Zone const zone{480};
    auto const one = core::OrgId{core::Uuid::named("one")}, other = core::OrgId{core::Uuid::named("other")};
    CHECK(nodes::schedule_of(one).size() == 6);
    CHECK(nodes::schedule_of(one) != nodes::schedule_of(other));
    auto const morning = zone.at({2014, 11, 20}, nodes::schedule_of(one)[1]);
    CHECK(nodes::probe_due(one, zone, morning.plus_seconds(-60), morning.plus_seconds(1)));
    CHECK_FALSE(nodes::probe_due(one, zone, morning.plus_seconds(1), morning.plus_seconds(60)));
    CHECK(nodes::probe_due(one, zone, morning.plus_days(-3), morning.plus_seconds(60)));
    CHECK(nodes::probe_due(one, zone, {}, morning));
}

TEST_CASE("while a lesson runs a measurement takes a tenth of what the line carries in a minute") {
    CHECK(2 * nodes::lesson_bytes(4000) == 3'000'000);
    CHECK(nodes::lesson_bytes(1) == 16 << 10);
    CHECK(nodes::lesson_bytes(1'000'000) == 2 << 20);
    CHECK(nodes::noise(3'000'000).size() == 3'000'000);
}
