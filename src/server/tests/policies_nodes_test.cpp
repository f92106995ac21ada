// What a district sets for all, at the box of a school: own codes, targets, limits of homework; and the way of a
// report.
#include <algorithm>

#include "modules/homework/service_set.hpp"
#include "modules/indicators/service.hpp"
#include "modules/indicators/service_school.hpp"
#include "modules/indicators/service_targets.hpp"
#include "modules/nodes/parent.hpp"
#include "modules/reports/service.hpp"
#include "modules/reports/service_making.hpp"
#include "modules/roster/service_codes.hpp"
#include "modules/timetable/domain.hpp"
#include "platform/sql/installation.hpp"
#include "two_places.hpp"

using namespace santong;
using test::count_rows;

namespace {

struct SetForAll : test::TwoPlaces {
    SetForAll() { roster::load_code_tables(world.db()); }
    /// Own subjects count in the whole process.
    ~SetForAll() { roster::use_own_subjects({}); }

    auth::Caller office() const { return world.caller(world.info_office); }
    void down_all() {
        CHECK(pull().parked == 0);
        at_box();
    }
    void up_all() {
        auto const taken = push();
        CHECK(taken.parked == 0);
        CHECK(taken.refused == 0);
        at_hub();
    }
    static bool is_subject(std::string const& code) {
        return std::ranges::any_of(roster::subjects(), [&](auto const& one) { return one.code == code; });
    }
    std::vector<indicators::DistrictTarget> targets_at(sql::Database& db) {
        return indicators::list_targets(db, office()).value().items;
    }
    std::string limits_at_box() {
        at_box();
        auto const seen = homework::homework_limits(*box, world.principal(world.heba), school).value();
        return seen.of + " " + std::to_string(seen.limits.front().minutes);
    }
};

}  // namespace

TEST_CASE("a subject that the district adds is one at every box, by its newest name, until it is retired") {
    SetForAll places;
    places.down_all();
    places.at_hub();
    REQUIRE(roster::add_own_code(places.world.db(), places.office(), places.world.clock, "ZXXKC", {"L01", "生态", ""})
                .has_value());
    roster::use_own_subjects({});  // as a box that has not heard of it
    places.down_all();
    CHECK(places.is_subject("L01"));
    CHECK(roster::subject_title("L01", "zh-CN") == "生态");
    places.at_hub();
    REQUIRE(roster::change_own_code(places.world.db(), places.office(), places.world.clock, "ZXXKC", "L01",
                                    {"湿地", "Wetlands", true})
                .has_value());
    roster::use_own_subjects({});
    places.down_all();
    CHECK_FALSE(places.is_subject("L01"));
    CHECK(roster::subject_title("L01", "en") == "Wetlands");
    CHECK(count_rows(*places.box, "own_code") == 1);
}

TEST_CASE("targets of the district stand at every box as above, a dropped one goes, and another school's do not come") {
    SetForAll places;
    auto const set = [&](double value) {
        places.at_hub();
        REQUIRE(indicators::set_target(places.world.db(), places.office(), places.world.clock,
                                       {"I21", {2014, 12, 31}, value, std::nullopt})
                    .has_value());
    };
    set(60);
    places.world.transact([&](sql::Tx& tx) {
        indicators::write_targets(
            tx, {{"I21", places.school, {2014, 12, 31}, 70}, {"I21", places.world.jinpen.id, {2014, 12, 31}, 80}});
    });
    places.down_all();  // with the snapshot
    CHECK(count_rows(*places.box, "indicator_target") == 2);
    REQUIRE(places.targets_at(*places.box).size() == 1);
    CHECK(places.targets_at(*places.box)[0].value == 60);
    set(65);
    places.down_all();  // with the tail
    CHECK(places.targets_at(*places.box)[0].value == 65);
    places.at_hub();
    REQUIRE(indicators::drop_target(places.world.db(), places.office(), places.world.clock, "I21", {2014, 12, 31})
                .has_value());
    places.down_all();
    CHECK(places.targets_at(*places.box).empty());
    CHECK(count_rows(*places.box, "indicator_target") == 1);  // the school's own
}

TEST_CASE("what a school declares at its box stands above, and the other way round; it is not said otherwise later") {
    SetForAll places;
    auto const principal = places.world.principal(places.world.heba);
    auto const say = [&](sql::Database& db, double value) {
        REQUIRE(indicators::declare(db, principal, places.world.clock, {"I21", places.school, "2014-10", value, ""})
                    .has_value());
    };
    places.down_all();
    auto const from = places.box->read(test::district, [](sql::Tx& tx) { return sync::cursor_here(tx); });
    say(*places.box, 50);
    places.up_all();
    CHECK(count_rows(places.world.db(), "declaration") == 1);
    say(places.world.db(), 55);
    places.down_all();
    CHECK(count_rows(*places.box, "declaration") == 2);
    auto const batch = places.box->read(
        test::district, [&](sql::Tx& tx) { return sync::outgoing(tx, places.shapes, places.above(), from); });
    auto forged = test::change_of(batch.changes, "indicators.Declaration");
    auto& rows = forged.tables.front();
    auto const value = std::ranges::find(rows.columns, "value") - rows.columns.begin();
    rows.rows.front()[static_cast<std::size_t>(value)] = "99";
    forged.origin_seq += 1'000;
    forged.version += std::int64_t{1} << 16;
    CHECK(places.give_hub({forged}).refused == 1);
}

TEST_CASE("the county's limits of homework hold at a box, the school's own go both ways, the county's never come up") {
    SetForAll places;
    auto const set = [&](sql::Database& db, auth::Caller const& who, core::OrgId const& org,
                         std::vector<homework::DailyLimit> limits) {
        REQUIRE(homework::put_homework_limits(db, who, places.world.clock, org, {std::move(limits)}).has_value());
    };
    places.down_all();
    places.at_hub();
    set(places.world.db(), places.office(), places.world.county, {{3, 6, 40}});
    places.down_all();
    CHECK(places.limits_at_box() == "大通湖区 40");
    auto const principal = places.world.principal(places.world.heba);
    set(*places.box, principal, places.school, {{3, 6, 30}});
    places.up_all();
    auto const above = homework::homework_limits(places.world.db(), principal, places.school).value();
    CHECK(above.own);
    CHECK(above.limits.front().minutes == 30);
    set(places.world.db(), principal, places.school, {});
    places.down_all();
    CHECK(places.limits_at_box() == "大通湖区 40");
    // A box that writes the county's own row is refused.
    set(*places.box, places.office(), places.world.county, {{3, 6, 5}});
    CHECK(places.push().refused == 1);
    CHECK(homework::homework_limits(places.world.db(), principal, places.school).value().limits.front().minutes == 40);
}

namespace {

constexpr char october[] = "2014-10";

/// October's reports at the hub, and the box of heba, which knows its parent.
struct ReportPlaces : SetForAll {
    ReportPlaces() {
        at_hub();
        reports::make_due(world.db(), world.district(), world.clock);
        nodes::Parent above;
        above.url = "https://hub.example";
        above.district = world.district();
        above.org_id = school;
        box->transact(0, [&](sql::Tx& tx) { sql::set_installation_value(tx, "parent", core::json::write(above)); });
        down_all();
    }
    auth::Caller principal() const { return world.principal(world.heba); }
    reports::ReportAt at() const { return {school, october, 0}; }
    reports::ReportView seen(sql::Database& db) const {
        return reports::report(db, principal(), world.clock, at()).value();
    }
    std::vector<sync::Change> batch_down_anew() {
        down.clear();
        return batch_down().changes;
    }
    void sign_above() {
        at_hub();
        auto const report = seen(world.db());
        for (auto const& line : report.content->lines)
            REQUIRE(reports::explain(world.db(), principal(), world.clock, at(), {line.line, "本月设备在检修"})
                        .has_value());
        REQUIRE(reports::sign(world.db(), principal(), world.clock, at(), {seen(world.db()).content_hash}).has_value());
    }
};

}  // namespace

TEST_CASE("a report stands at the school's box as it stands above, and whoever signs is shown the way there") {
    ReportPlaces places;
    auto const open = places.seen(*places.box);
    CHECK(open.state == reports::ReportState::open);
    CHECK_FALSE(open.preview);
    CHECK(open.above_url == "https://hub.example/reports/" + places.school.text() + "/2014-10");
    CHECK_FALSE(open.may_sign);
    CHECK_FALSE(open.may_explain);
    CHECK(places.seen(places.world.db()).above_url.empty());
    CHECK(places.seen(places.world.db()).may_sign);
    CHECK(reports::waiting(*places.box, places.principal(), places.world.clock) ==
          reports::waiting(places.world.db(), places.principal(), places.world.clock));

    places.sign_above();
    places.down_all();
    auto const done = places.seen(*places.box);
    CHECK(done.state == reports::ReportState::arrived);
    CHECK(done.content_hash == places.seen(places.world.db()).content_hash);
    CHECK_FALSE(done.signed_by.empty());
    CHECK_FALSE(done.may_correct);

    places.at_hub();
    REQUIRE(
        reports::send_back(places.world.db(), places.office(), places.world.clock, places.at(), {"教室数与台账不符"})
            .has_value());
    places.down_all();
    auto const back = places.seen(*places.box);
    CHECK(back.state == reports::ReportState::returned);
    CHECK(back.version == 2);
    CHECK(back.return_reason == "教室数与台账不符");
    CHECK(back.versions.size() == 2);
}

TEST_CASE("nothing of a report is done at a box, and a box of another school holds none of it") {
    ReportPlaces places;
    auto& db = *places.box;
    auto const who = places.principal();
    auto const& clock = places.world.clock;
    auto const key = [](core::Result<reports::ReportView> const& done) { return done ? "" : done.error().key; };
    CHECK(key(reports::explain(db, who, clock, places.at(), {"room_idle/101", "教室在检修"})) == "reports.above");
    CHECK(key(reports::sign(db, who, clock, places.at(), {"x"})) == "reports.above");
    CHECK(key(reports::pass_on(db, who, clock, places.at())) == "reports.above");
    CHECK(key(reports::send_back(db, who, clock, places.at(), {"请核对教室数"})) == "reports.above");
    CHECK(key(reports::correct(db, who, clock, places.at())) == "reports.above");
    CHECK(reports::report(db, places.world.principal(places.world.jinpen), clock, {places.world.jinpen.id, october})
              .error()
              .key == "reports.not_found");
    // Nor does one come from below.
    auto forged = test::change_of(places.batch_down_anew(), "reports.Report");
    forged.origin = test::box_name;
    CHECK(places.give_hub({forged}).refused == 1);
}

TEST_CASE("what is said of an exception above is read at the school's box, until it is taken back") {
    ReportPlaces places;
    auto const& school = places.world.heba;
    places.at_hub();
    roster::BulkRoster bulk;
    bulk.rooms.push_back({roster::RoomId::make(), school.id, "101", roster::RoomKind::classroom, true});
    places.world.transact([&](sql::Tx& tx) {
        roster::write_bulk(tx, bulk, places.world.clock);
        timetable::Lesson held;  // a month without one asks nothing of a room
        held.school_id = school.id;
        held.class_id = school.classes[0];
        held.date = {2014, 10, 29};
        held.week = 9;
        held.period = 1;
        held.subject = "14";
        held.state = timetable::LessonState::held;
        held.id = timetable::lesson_id(held.class_id, held.date, held.period);
        tx.insert_one("taught_lesson", held);
        feed::put(tx, {"timetable.TaughtLesson", held.id.text(), school.id}, held);
    });
    auto const say = [&](std::string const& reason) {
        places.at_hub();
        REQUIRE(reports::explain(places.world.db(), places.principal(), places.world.clock, places.at(),
                                 {"room_idle/101", reason})
                    .has_value());
        places.down_all();
    };
    say("教室在检修");
    auto const seen = places.seen(*places.box);
    REQUIRE(seen.reasons.size() == 1);
    CHECK(seen.reasons[0].reason == "教室在检修");
    say("教室在检修，下月恢复");
    CHECK(places.seen(*places.box).reasons.at(0).reason == "教室在检修，下月恢复");
    say("");
    CHECK(places.seen(*places.box).reasons.empty());
    CHECK(count_rows(*places.box, "report_reason") == 0);
}

TEST_CASE("the day on which reports are due is the district's at every box") {
    ReportPlaces places;
    places.at_hub();
    REQUIRE(reports::set_policy(places.world.db(), places.office(), {8, 60}).has_value());
    places.down_all();
    CHECK(places.seen(*places.box).policy.due_day == 8);
    CHECK(places.seen(*places.box).policy.seconds_per_field == 60);
}
