// Indicators of lines and boxes (I01–I06, I09, I65): what is known counts, what is not is said.
#include <doctest/doctest.h>

#include <algorithm>

#include "modules/indicators/line_weeks.hpp"
#include "modules/indicators/service_cockpit.hpp"
#include "modules/indicators/service_detail.hpp"
#include "modules/nodes/links.hpp"
#include "modules/nodes/probes.hpp"
#include "modules/nodes/store.hpp"
#include "modules/nodes/store_links.hpp"
#include "world.hpp"

using namespace santong;
using test::World;

namespace {

struct LineFigures : World {
    indicators::IndicatorView view(char const* code) {
        return indicators::indicator(db(), caller(info_office), clock, code, {}, "zh-CN").value();
    }
    void line(core::OrgId const& org, nodes::Medium medium, std::int64_t down_kbit) {
        transact([&](sql::Tx& tx) {
            nodes::LinkEntry entry;
            entry.org_id = org;
            entry.medium = medium;
            entry.down_kbit = down_kbit;
            nodes::write_link(tx, entry, clock.now());
        });
    }
    void probe(core::OrgId const& org, std::int64_t down_kbit) {
        transact([&](sql::Tx& tx) {
            nodes::Probe one;
            one.id = nodes::ProbeId::make();
            one.org_id = org;
            one.measured_at = clock.now();
            one.down_kbit = down_kbit;
            nodes::keep_probe(tx, one);
        });
    }
    void box(core::OrgId const& org, core::Instant heard) {
        transact([&](sql::Tx& tx) {
            nodes::store::NodeRow row;
            row.id = nodes::NodeId::make();
            row.org_id = org;
            row.joined_at = heard;
            row.last_contact_at = heard;
            nodes::store::put_node(tx, row);
        });
    }
    void outage_hour(core::OrgId const& org, int hour, std::int64_t served, std::int64_t failed, bool school = true) {
        transact([&](sql::Tx& tx) {
            auto const at = core::Zone{480}.at(today(), hour * 60);
            nodes::Outage const outage{nodes::OutageId::make(), org, at, at.plus_seconds(3600)};
            nodes::store::put_outage(tx, outage);
            nodes::store::put_hour(tx, {outage.id, at, 60, school, served, failed, 0, 0});
        });
    }
};

}  // namespace

TEST_CASE("before anybody registers or measures there is no value, and each school is said to be unknown") {
    LineFigures world;
    for (auto const* code : {"I02", "I03", "I04", "I05", "I65"}) {
        auto const view = world.view(code);
        CHECK_FALSE(view.number.value.has_value());
        CHECK(view.number.points.back() == indicators::PointState::nothing);
    }
    auto const fibre = world.view("I04");
    CHECK(fibre.rows.size() == 3);
    CHECK(std::ranges::all_of(fibre.rows, [](indicators::RowView const& row) { return row.total.empty; }));
    CHECK(fibre.denominator_parts.back().key == "unmeasured");
    CHECK(fibre.denominator_parts.back().count == 3);
    CHECK(world.view("I01").number.value == 0);
    CHECK(world.view("I06").number.value == 100);
}

TEST_CASE("a registered line counts for fibre, a measured one for its rate; on paper alone nothing is fast") {
    LineFigures world;
    world.line(world.heba.id, nodes::Medium::fibre, 1'000'000);
    world.line(world.mingxin.id, nodes::Medium::mobile, 4000);
    CHECK(world.view("I04").number.numerator == 1);
    CHECK(world.view("I04").number.denominator == 3);
    CHECK(world.view("I05").number.numerator == 0);
    world.probe(world.heba.id, 620'000);
    world.probe(world.jinpen.id, 12'000);
    CHECK(world.view("I05").number.numerator == 1);
    CHECK(world.view("I02").number.numerator == 1);
    CHECK(world.view("I03").number.numerator == 2);
    CHECK(world.view("I03").number.value == doctest::Approx(66.7).epsilon(0.01));
    CHECK(world.view("I01").number.numerator == 2);
}

TEST_CASE("a box that spoke within thirty days joins its school and those it serves") {
    LineFigures world;
    world.box(world.heba.id, core::system_now());
    CHECK(world.view("I01").number.numerator == 2);  // the village school stands under the central one
    LineFigures silent;
    silent.box(silent.heba.id, core::system_now().plus_days(-31));
    CHECK(silent.view("I01").number.numerator == 0);
}

TEST_CASE("without the line only hours in which somebody asked say anything") {
    LineFigures world;
    world.outage_hour(world.heba.id, 8, 40, 0);
    world.outage_hour(world.heba.id, 9, 40, 1);
    world.outage_hour(world.heba.id, 10, 0, 0);
    world.outage_hour(world.heba.id, 20, 40, 9, false);
    world.outage_hour(world.jinpen.id, 8, 0, 0);
    auto const view = world.view("I65");
    CHECK(view.number.numerator == 60);
    CHECK(view.number.denominator == 120);
    CHECK(view.number.value == 50);
    CHECK(view.denominator_parts.back().key == "unseen");
    CHECK(view.denominator_parts.back().count == 120);
    REQUIRE(view.rows.size() == 2);
    CHECK(std::ranges::count(view.rows, true, [](indicators::RowView const& row) { return row.total.empty; }) == 1);
}

TEST_CASE("a week that is over keeps what was known then; one in which nobody looked has no value") {
    LineFigures world;
    world.line(world.heba.id, nodes::Medium::fibre, 8000);
    auto const today = world.today();
    world.transact([&](sql::Tx& tx) { indicators::keep_line_weeks(tx, today); });
    world.line(world.mingxin.id, nodes::Medium::fibre, 8000);
    auto const next = today.plus_days(7);
    auto const numerator = [&](core::LocalDate monday, core::LocalDate now) {
        return world.transact([&](sql::Tx& tx) {
            auto const facts = indicators::line_weeks(tx, monday, monday, now);
            return indicators::line_figure(facts, "I04", monday).numerator;
        });
    };
    auto const monday = indicators::monday_of(today);
    CHECK(numerator(monday, today) == 2);
    CHECK(numerator(monday, next) == 1);
    CHECK(numerator(indicators::monday_of(next), next) == 2);
    CHECK(numerator(monday.plus_days(-7), today) == 0);
    // Kept again and again, it stays as it was.
    for (int week = 1; week <= 3; ++week)
        world.transact([&](sql::Tx& tx) { indicators::keep_line_weeks(tx, today.plus_days(7 * week)); });
    CHECK(numerator(monday, today.plus_days(21)) == 1);
}

TEST_CASE("the district's list holds them, a school's own list does not, and a teacher sees none") {
    LineFigures world;
    auto const all = indicators::list_indicators(world.db(), world.caller(world.leader), world.clock, {}).value();
    CHECK(std::ranges::count(all.items, std::string("I03"), &indicators::Number::code) == 1);
    auto const own =
        indicators::list_indicators(world.db(), world.caller(world.heba.principal), world.clock, {}).value();
    CHECK(std::ranges::count(own.items, std::string("I03"), &indicators::Number::code) == 0);
    CHECK(indicators::indicator(world.db(), world.caller(world.heba.principal), world.clock, "I03", {}, "zh-CN")
              .error()
              .code == core::ErrorCode::not_found);
}
