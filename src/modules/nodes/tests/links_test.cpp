// The register of lines: what is written, what follows from it, and who may.
#include "modules/nodes/links.hpp"

#include <doctest/doctest.h>

#include <algorithm>

#include "modules/nodes/probes.hpp"
#include "modules/nodes/store.hpp"
#include "modules/roster/sync.hpp"
#include "world.hpp"

using namespace santong;
using santong::test::World;

namespace {

struct LinksWorld : World {
    sync::Shapes shapes;
    nodes::Site site{db(), clock, clock, shapes, "", "test"};

    nodes::LinkEntry entry(core::OrgId const& org) const {
        nodes::LinkEntry one;
        one.org_id = org;
        one.medium = nodes::Medium::fibre;
        one.down_kbit = 8000;
        one.up_kbit = 2000;
        one.operator_name = "中国电信";
        one.since = core::LocalDate{2014, 9, 1};
        return one;
    }
    core::Result<nodes::LinksWritten> write(core::PersonId const& who, std::vector<nodes::LinkEntry> rows) {
        return nodes::set_links(site, caller(who), {std::move(rows)});
    }
    nodes::LinkPlan plan(core::OrgId const& org) {
        return read([&](sql::Tx& tx) { return nodes::link_plan(tx, org); });
    }
    nodes::Probe probe(core::OrgId const& org, int hour, std::int64_t down_kbit,
                       nodes::ProbeSource source = nodes::ProbeSource::schedule) {
        nodes::Probe one;
        one.id = nodes::ProbeId::make();
        one.org_id = org;
        one.measured_at = core::Zone{480}.at(today(), hour * 60);
        one.source = source;
        one.down_kbit = down_kbit;
        one.up_kbit = down_kbit / 4;
        one.latency_ms = 20;
        return one;
    }
};

std::vector<std::string> pointers(core::Error const& error) {
    std::vector<std::string> all;
    for (auto const& one : error.problems) all.push_back(one.pointer);
    return all;
}

}  // namespace

TEST_CASE("windows are read as people type them and kept in one form") {
    using nodes::windows_of;
    using nodes::windows_text;
    CHECK(windows_text(*windows_of("22:00-06:00")) == "22:00-06:00");
    CHECK(windows_text(*windows_of("22:00—6:00，12:30～13:30")) == "22:00-06:00 12:30-13:30");
    CHECK(windows_of("always")->empty());
    CHECK(windows_of("不限")->empty());
    CHECK(windows_of("20:00-24:00")->front().until == 0);
    for (auto const* wrong : {"22-6", "25:00-26:00", "22:00", "22:60-23:00", "abends", "22:00-06:00x"})
        CHECK_FALSE(windows_of(wrong).has_value());
}

TEST_CASE(
    "what a school has of its own comes before what is usual in the district, and what was measured before both") {
    nodes::PlanFacts facts;
    CHECK(nodes::plan_of(facts).rate_kbit == 4000);
    facts.usual = nodes::Link{};
    facts.usual->windows = "22:00-06:00";
    facts.usual->cap_kbit = 2000;
    facts.usual->down_kbit = 10'000;
    auto plan = nodes::plan_of(facts);
    CHECK(plan.rate_kbit == 10'000);
    CHECK(plan.cap_kbit == 2000);
    CHECK(plan.windows == std::vector<nodes::Window>{{22 * 60, 6 * 60}});
    CHECK(plan.day_percent == 10);
    facts.own = nodes::Link{};
    facts.own->cap_kbit = 1000;
    facts.own->day_percent = 0;
    plan = nodes::plan_of(facts);
    CHECK(plan.cap_kbit == 1000);
    CHECK(plan.day_percent == 0);
    CHECK(plan.rate_kbit == 10'000);
    CHECK(plan.windows.size() == 1);
    facts.own->windows = "always";
    facts.own->down_kbit = 4000;
    facts.measured_kbit = 3300;
    plan = nodes::plan_of(facts);
    CHECK(plan.windows.empty());
    CHECK(plan.rate_kbit == 3300);
    facts.measured_kbit.reset();
    facts.own->medium = nodes::Medium::none;
    facts.own->down_kbit = 0;
    CHECK(nodes::plan_of(facts).rate_kbit == 0);
}

TEST_CASE("the office registers lines; the school sees its own, and what it was") {
    LinksWorld world;
    REQUIRE(world.write(world.info_office, {world.entry(world.heba.id), world.entry(world.mingxin.id)})->changed == 2);
    CHECK(world.write(world.info_office, {world.entry(world.heba.id)})->changed == 0);
    world.clock.set(world.clock.now().plus_days(1));
    auto faster = world.entry(world.heba.id);
    faster.down_kbit = 100'000;
    faster.windows = "22:00 — 6:00";
    CHECK(world.write(world.info_office, {faster})->changed == 1);

    auto const all = nodes::list_links(world.site, world.caller(world.info_office)).value();
    REQUIRE(all.items.size() == 4);
    CHECK(all.editable);
    CHECK(all.items[0].link.org_id == world.county);
    auto const seen = nodes::list_links(world.site, world.caller(world.heba.technician)).value();
    REQUIRE(seen.items.size() == 2);  // and that of the village school which it manages
    CHECK_FALSE(seen.editable);
    REQUIRE(seen.items[0].link.org_id == world.heba.id);
    CHECK(seen.items[0].link.down_kbit == 100'000);
    CHECK(seen.items[0].link.windows == "22:00-06:00");
    CHECK(seen.items[0].changes == 2);
    auto const past =
        nodes::link_history(world.site, world.caller(world.heba.technician), world.heba.id, nodes::LinkTier::access)
            .value();
    REQUIRE(past.items.size() == 2);
    CHECK(past.items[0].down_kbit == 100'000);
    CHECK(past.items[1].down_kbit == 8000);

    // Another plan is not another line.
    faster.cap_kbit = 5000;
    CHECK(world.write(world.info_office, {faster})->changed == 1);
    CHECK(nodes::list_links(world.site, world.caller(world.heba.technician))->items[0].changes == 2);
}

TEST_CASE("who may not is refused: another school's line, a technician who writes, a teacher") {
    LinksWorld world;
    REQUIRE(world.write(world.info_office, {world.entry(world.heba.id)}).has_value());
    auto const technician = world.caller(world.jinpen.technician);
    CHECK(nodes::link_history(world.site, technician, world.heba.id, nodes::LinkTier::access).error().code ==
          core::ErrorCode::forbidden);
    CHECK(nodes::line_report(world.site, technician, world.heba.id, {}).error().code == core::ErrorCode::not_found);
    CHECK(world.write(world.heba.technician, {world.entry(world.heba.id)}).error().code == core::ErrorCode::forbidden);
    CHECK(nodes::list_links(world.site, world.teacher()).error().code == core::ErrorCode::forbidden);
}

TEST_CASE("rows are written all or none, and each wrong cell is named") {
    LinksWorld world;
    auto wrong = world.entry(world.mingxin.id);
    wrong.windows = "nachts";
    wrong.day_percent = 140;
    wrong.medium = nodes::Medium::none;
    auto nowhere = world.entry(world.heba.classes[0]);
    auto const refused = world.write(world.info_office, {world.entry(world.heba.id), wrong, nowhere}).error();
    CHECK(refused.code == core::ErrorCode::invalid);
    CHECK(pointers(refused) ==
          std::vector<std::string>{"/items/1/medium", "/items/1/windows", "/items/1/day_percent", "/items/2/org_id"});
    CHECK_FALSE(nodes::list_links(world.site, world.caller(world.info_office))->items[1].registered);
}

TEST_CASE("the usual plan of the district holds for a school that has none of its own") {
    LinksWorld world;
    auto usual = world.entry(world.county);
    usual.windows = "22:00-06:00";
    usual.cap_kbit = 1000;
    REQUIRE(world.write(world.info_office, {usual, world.entry(world.heba.id)}).has_value());
    CHECK(world.plan(world.mingxin.id).cap_kbit == 1000);
    CHECK(world.plan(world.mingxin.id).windows.size() == 1);
    CHECK(world.plan(world.heba.id).rate_kbit == 8000);
}

TEST_CASE("a trunk and a school's own network are lines, too") {
    LinksWorld world;
    auto trunk = world.entry(world.county);
    trunk.tier = nodes::LinkTier::backbone;
    trunk.down_kbit = 3'000'000;
    auto rooms = world.entry(world.heba.id);
    rooms.tier = nodes::LinkTier::terminal;
    rooms.down_kbit = 100'000;
    REQUIRE(world.write(world.info_office, {trunk, rooms})->changed == 2);
    auto const all = nodes::list_links(world.site, world.caller(world.info_office)).value();
    CHECK(all.items.size() == 6);
    CHECK(std::ranges::count(all.items, nodes::LinkTier::backbone,
                             [](nodes::LinkView const& one) { return one.link.tier; }) == 1);
    auto const tiers = [&](core::OrgId const& org) {
        return nodes::line_report(world.site, world.caller(world.info_office), org, {}).value().tiers;
    };
    REQUIRE(tiers(world.heba.id).size() == 1);
    CHECK(tiers(world.heba.id)[0].link.tier == nodes::LinkTier::terminal);
    CHECK(tiers(world.heba.id)[0].link.down_kbit == 100'000);
    CHECK(tiers(world.mingxin.id).empty());
}

TEST_CASE("a day has its median and its slow tenth; planning takes the median of days, and never a browser's") {
    LinksWorld world;
    REQUIRE(world.write(world.info_office, {world.entry(world.heba.id)}).has_value());
    world.transact([&](sql::Tx& tx) {
        for (int i = 1; i <= 5; ++i) nodes::keep_probe(tx, world.probe(world.heba.id, 8 + i, i * 1000));
        nodes::keep_probe(tx, world.probe(world.heba.id, 3, 100'000));
        nodes::keep_probe(tx, world.probe(world.heba.id, 10, 60'000, nodes::ProbeSource::browser));
    });
    CHECK(world.plan(world.heba.id).rate_kbit == 3000);
    auto const report = nodes::line_report(world.site, world.caller(world.heba.principal), world.heba.id, {}).value();
    REQUIRE(report.days.size() == 2);
    auto const& browser = report.days[0].kind == nodes::ProbeKind::browser ? report.days[0] : report.days[1];
    auto const& line = report.days[0].kind == nodes::ProbeKind::line ? report.days[0] : report.days[1];
    CHECK(browser.samples == 1);
    CHECK(line.samples == 6);
    CHECK(line.down_p50 == 3000);
    CHECK(line.down_p10 == 1000);
    CHECK(line.daytime_p50 == 3000);
    CHECK(line.latency_p50 == 20);
    CHECK_FALSE(line.loss_permille.has_value());
    CHECK(report.line.measured->down_p50 == 3000);
    CHECK_FALSE(report.may_probe);
}

TEST_CASE("a browser measures for a school without a box, marked as such; at a box it may not") {
    LinksWorld world;
    nodes::BrowserProbe seen{world.mingxin.id, 3700, 900, 35, 2'000'000};
    auto const kept = nodes::keep_browser_probe(world.site, world.caller(world.mingxin.technician), seen).value();
    CHECK(kept.source == nodes::ProbeSource::browser);
    auto const view = nodes::list_links(world.site, world.caller(world.mingxin.technician))->items[0];
    CHECK(view.measured->kind == nodes::ProbeKind::browser);
    CHECK(view.plan.rate_kbit == 4000);
    CHECK(nodes::keep_browser_probe(world.site, world.caller(world.jinpen.technician), seen).error().code ==
          core::ErrorCode::forbidden);
    CHECK(nodes::keep_browser_probe(world.site, world.teacher(), seen).error().code == core::ErrorCode::forbidden);
    seen.down_kbit = 0;
    CHECK(nodes::keep_browser_probe(world.site, world.caller(world.mingxin.technician), seen).error().code ==
          core::ErrorCode::invalid);
}

TEST_CASE("single measurements are forgotten after a quarter, their days stay") {
    LinksWorld world;
    world.transact([&](sql::Tx& tx) { nodes::keep_probe(tx, world.probe(world.heba.id, 9, 5000)); });
    world.clock.set(world.clock.now().plus_days(120));
    nodes::keep_house(world.db(), world.district(), world.clock);
    CHECK(world.plan(world.heba.id).rate_kbit == 5000);
    CHECK(nodes::line_report(world.site, world.caller(world.info_office), world.heba.id, {200})->days.size() == 1);
}

namespace {

/// A box of mingxin with three changes set aside here and two of ours there, and files whose bytes are not here yet.
struct BacklogWorld : LinksWorld {
    nodes::NodeId const box = nodes::NodeId::make(), stranger = nodes::NodeId::make();

    BacklogWorld() {
        transact([&](sql::Tx& tx) {
            nodes::store::NodeRow row;
            row.id = box;
            row.org_id = mingxin.id;
            row.joined_at = clock.now();
            nodes::store::put_node(tx, row);
            nodes::Report report;
            report.parked = 2;
            nodes::store::note_contact(tx, box, report, clock.now());
            for (auto const& node : {box, box, box, stranger}) {
                tx.execute(
                    "INSERT INTO sync_parked (district_id, id, node, type, entity_id, reason, change, at)"
                    " VALUES ($1, $2, $3, 'teaching.LessonPlan', 'x', 'of another school', '{}', 7)",
                    tx.district(), core::Uuid::make(), node.text());
            }
            nodes::store::put_due(tx, box, {std::string(64, 'a'), 600'000, {5'000}});
            nodes::store::put_due(tx, box, {std::string(64, 'b'), 400'000, {3'000}});
            nodes::store::put_due(tx, stranger, {std::string(64, 'c'), 1'000'000, {1'000}});
        });
    }
    std::optional<nodes::Backlog> seen_by(core::PersonId const& who, core::OrgId const& org) {
        return nodes::line_report(site, caller(who), org, {}).value().backlog;
    }
};

}  // namespace

TEST_CASE(
    "a school's line tells what of its box does not come through; the changes themselves to whoever deals with them") {
    BacklogWorld world;
    auto const office = world.seen_by(world.info_office, world.mingxin.id).value();
    CHECK(office.parked_here == 3);
    CHECK(office.parked_there == 2);
    CHECK(office.parked.size() == 3);
    CHECK(office.parked[0].reason == "of another school");
    CHECK(office.contents_up == 2);
    CHECK(office.bytes_up == 1'000'000);
    CHECK(office.since == core::Instant{3'000});
    auto const technician = world.seen_by(world.mingxin.technician, world.mingxin.id).value();
    CHECK(technician.parked_here == 3);
    CHECK(technician.contents_up == 2);
    CHECK(technician.parked.empty());
    CHECK_FALSE(world.seen_by(world.info_office, world.heba.id).has_value());  // it has no box
    auto const other = world.caller(world.jinpen.technician);
    CHECK(nodes::line_report(world.site, other, world.mingxin.id, {}).error().code == core::ErrorCode::not_found);
}
