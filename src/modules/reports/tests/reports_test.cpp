#include <doctest/doctest.h>

#include <algorithm>
#include <filesystem>

#include "modules/indicators/service.hpp"
#include "modules/indicators/service_school.hpp"
#include "modules/messages/service.hpp"
#include "modules/reports/service.hpp"
#include "modules/reports/service_making.hpp"
#include "modules/teaching/service.hpp"
#include "modules/timetable/service.hpp"
#include "platform/feed/feed.hpp"
#include "platform/files/content_store.hpp"
#include "world.hpp"

using namespace santong;
using namespace santong::reports;

namespace {

constexpr char october[] = "2014-10";

/// October of a small district: 五(1) has a timetable with mathematics every day, an equipped room that nobody used,
/// and a declaration; the village school stands under the central one.
struct Month : santong::test::World {
    Month() {
        transact([&](sql::Tx& tx) {
            timetable::write_course_plan(tx, 2014, {{2014, 5, "14", 5}, {2014, 3, "13", 5}});
            for (auto const* school : {&heba, &mingxin, &jinpen}) timetable_of(tx, *school);
        });
        roster::BulkRoster bulk;
        bulk.rooms.push_back({roster::RoomId::make(), heba.id, "101", roster::RoomKind::classroom, true});
        transact([&](sql::Tx& tx) { roster::write_bulk(tx, bulk, clock); });
        for (auto const* school : {&heba, &mingxin, &jinpen}) {
            transact([&](sql::Tx& tx) {
                timetable::materialise(tx, school->id, {2014, 9, 29}, {2014, 11, 2}, clock.now());
            });
        }
        make_due(db(), district(), clock);
    }

    void timetable_of(sql::Tx& tx, santong::test::WorldSchool const& school) const {
        timetable::write_bell(tx, school.id, {2014, 9, 1}, {{1, "第一节", 480, 520}});
        timetable::Timetable one{timetable::TimetableId::make(),
                                 school.id,
                                 autumn,
                                 1,
                                 timetable::TimetableState::published,
                                 {2014, 9, 1},
                                 {},
                                 school.academic,
                                 clock.now()};
        std::vector<timetable::Entry> entries;
        bool const village = school.id == mingxin.id;
        for (int day = 1; day <= 5; ++day) {
            entries.push_back({timetable::EntryId::make(), one.id, school.classes[0], day, 1, village ? "13" : "14",
                               school.teachers[0], "101", timetable::WeekParity::all});
        }
        timetable::write_timetable(tx, one, entries);
    }

    ReportAt at(santong::test::WorldSchool const& school, int version = 0) const {
        return {school.id, october, version};
    }
    ReportView read_report(core::PersonId const& who, santong::test::WorldSchool const& school, int version = 0) const {
        auto const seen = report(db(), caller(who), clock, at(school, version));
        REQUIRE(seen.has_value());
        return *seen;
    }
    void explain_all(santong::test::WorldSchool const& school) const {
        auto const seen = read_report(school.principal, school);
        for (auto const& line : seen.content->lines) {
            REQUIRE(explain(db(), principal(school), clock, at(school), {line.line, "本月设备在检修"}).has_value());
        }
    }
    core::Result<ReportView> sign_as_read(santong::test::WorldSchool const& school) const {
        auto const hash = read_report(school.principal, school).content_hash;
        return sign(db(), principal(school), clock, at(school), {hash});
    }
    std::string refused(core::Result<ReportView> const& result) const {
        REQUIRE_FALSE(result.has_value());
        return result.error().problems.empty() ? result.error().key : result.error().problems[0].key;
    }
    ReportRow row(core::PersonId const& who, santong::test::WorldSchool const& school) const {
        auto const page = board(db(), caller(who), clock, october);
        REQUIRE(page.has_value());
        auto const found = std::ranges::find(page->rows, school.id, &ReportRow::school_id);
        REQUIRE(found != page->rows.end());
        return *found;
    }
};

}  // namespace

TEST_CASE("last month's reports make themselves, once, with rooms, hours and what is missing") {
    Month world;
    make_due(world.db(), world.district(), world.clock);
    auto const seen = world.read_report(world.heba.principal, world.heba);
    CHECK(seen.version == 1);
    CHECK(seen.state == ReportState::open);
    CHECK(seen.due_on == core::LocalDate{2014, 11, 5});
    CHECK(seen.late);
    REQUIRE(seen.content.has_value());
    CHECK(seen.content->equipped == 1);
    CHECK(seen.content->teachers == 6);
    CHECK(seen.content->lessons_held == 25);
    std::vector<LineKind> kinds;
    for (auto const& line : seen.content->lines) kinds.push_back(line.kind);
    // the idle room, and the second class of grade 5 that has no lesson at all
    CHECK(kinds == std::vector{LineKind::room_idle, LineKind::hours_short});
    CHECK(seen.effort.filled > 10);
    CHECK(seen.effort.typed == 0);
    CHECK(seen.effort.minutes == seen.effort.filled * seen.policy.seconds_per_field / 60);
}

TEST_CASE("a principal explains what he cannot mend and signs what he has read") {
    Month world;
    auto const& school = world.heba;
    CHECK(world.refused(world.sign_as_read(school)) == "reports.unexplained");
    auto const explain_as = [&](std::string const& line, std::string const& reason) {
        return explain(world.db(), world.principal(school), world.clock, world.at(school), {line, reason});
    };
    CHECK(world.refused(explain_as("room_idle/101", "无")) == "reports.reason_short");
    CHECK(world.refused(explain_as("room_idle/101", std::string(901, 'a'))) == "reports.reason_long");
    CHECK(world.refused(explain_as("room_idle/999", "教室在检修")) == "reports.no_such_line");
    world.explain_all(school);
    CHECK(world.refused(sign(world.db(), world.principal(school), world.clock, world.at(school), {"old"})) ==
          "reports.changed");
    auto const done = world.sign_as_read(school);
    REQUIRE(done.has_value());
    CHECK(done->state == ReportState::arrived);  // no central school above it
    CHECK(done->effort.typed == 2);
    CHECK(done->signed_by == school.name + "校长");
    CHECK(world.refused(explain_as("room_idle/101", "教室在检修")) == "reports.frozen");
    CHECK(world.refused(sign(world.db(), world.principal(school), world.clock, world.at(school), {"x"})) ==
          "reports.frozen");
}

TEST_CASE("an exception that was mended is gone, and its reason with it") {
    Month world;
    auto const& school = world.heba;
    world.explain_all(school);
    auto lesson = world.read([&](sql::Tx& tx) {
        return timetable::lessons_of_class(tx, school.classes[0], {2014, 10, 29}, {2014, 10, 29}).at(0);
    });
    world.transact([&](sql::Tx& tx) {
        teaching::ClassSession one;
        one.id = teaching::session_id(lesson.class_id, lesson.date, lesson.period);
        one.lesson_id = lesson.id;
        one.school_id = school.id;
        one.class_id = lesson.class_id;
        one.teacher_id = school.teachers[0];
        one.subject = "14";
        one.date = lesson.date;
        one.period = 1;
        one.room = "101";
        one.minutes_band = teaching::MinutesBand::b20_30;
        one.resource_count = 1;
        teaching::BulkSessions bulk;
        bulk.sessions.push_back(one);
        teaching::write_sessions(tx, bulk);
    });
    auto const seen = world.read_report(school.principal, school);
    CHECK(seen.content->lines.size() == 1);
    CHECK(seen.reasons.size() == 1);
    CHECK(seen.content->lessons_used == 1);
}

TEST_CASE("a village school's report goes through its central school to the county") {
    Month world;
    auto const& village = world.mingxin;
    auto const central = world.read([&](sql::Tx& tx) { return roster::self_and_ancestors(tx, village.id); });
    bool const below = std::ranges::find(central, world.heba.id) != central.end();
    world.explain_all(village);
    auto const done = world.sign_as_read(village);
    REQUIRE(done.has_value());
    CHECK(done->state == (below ? ReportState::signed_off : ReportState::arrived));
    if (!below) return;
    CHECK_FALSE(world.read_report(world.info_office, village).content.has_value());
    CHECK(world.row(world.heba.principal, village).to_pass_on);
    CHECK(waiting(world.db(), world.principal(world.heba), world.clock) == 2);
    CHECK(world.refused(pass_on(world.db(), world.principal(village), world.clock, world.at(village))) ==
          "core.forbidden");
    auto const passed = pass_on(world.db(), world.principal(world.heba), world.clock, world.at(village));
    REQUIRE(passed.has_value());
    CHECK(passed->state == ReportState::arrived);
    CHECK(world.refused(pass_on(world.db(), world.principal(world.heba), world.clock, world.at(village))) ==
          "reports.not_signed");
}

TEST_CASE("the county sees sums, no grades, rooms or small figures, and sends back with a reason") {
    Month world;
    auto const& school = world.heba;
    world.explain_all(school);
    REQUIRE(world.sign_as_read(school).has_value());
    auto const seen = world.read_report(world.info_office, school);
    REQUIRE(seen.content.has_value());
    CHECK_FALSE(seen.within);
    CHECK(seen.content->rooms.empty());
    CHECK(seen.content->grades.empty());
    CHECK(seen.content->equipped == 1);
    auto const back = [&](std::string const& reason) {
        return send_back(world.db(), world.caller(world.info_office), world.clock, world.at(school), {reason});
    };
    CHECK(world.refused(back("")) == "reports.reason_short");
    auto const returned = back("教室数与台账不符");
    REQUIRE(returned.has_value());
    CHECK(returned->state == ReportState::returned);
    CHECK(returned->version == 2);
    CHECK(world.refused(back("教室数与台账不符")) == "reports.not_signed");
    CHECK(world.read_report(school.principal, school).return_reason == "教室数与台账不符");
    CHECK(world.read_report(school.principal, school, 1).state == ReportState::arrived);
    REQUIRE(world.sign_as_read(school).has_value());
    CHECK(world.read_report(world.info_office, school).versions.size() == 2);
}

TEST_CASE("a correction is a new version with what has changed since") {
    Month world;
    auto const& school = world.heba;
    auto const again = [&] { return correct(world.db(), world.principal(school), world.clock, world.at(school)); };
    CHECK(world.refused(again()) == "reports.not_signed");
    world.explain_all(school);
    REQUIRE(world.sign_as_read(school).has_value());
    REQUIRE(again().has_value());
    roster::BulkRoster bulk;
    bulk.rooms.push_back({roster::RoomId::make(), school.id, "102", roster::RoomKind::classroom, false});
    world.transact([&](sql::Tx& tx) { roster::write_bulk(tx, bulk, world.clock); });
    auto const seen = world.read_report(school.principal, school);
    CHECK(seen.version == 2);
    REQUIRE(seen.changes.size() == 1);
    CHECK(seen.changes[0].key == "classrooms");
    CHECK(seen.changes[0].after == "2");
    CHECK(world.read_report(school.principal, school, 1).content->classrooms == 1);
}

TEST_CASE("nobody of another school, no teacher and no guardian sees or signs a report") {
    Month world;
    auto const& school = world.heba;
    for (auto const& who : {world.jinpen.principal, school.teachers[0], world.guardian, world.finance}) {
        auto const seen = report(world.db(), world.caller(who), world.clock, world.at(school));
        REQUIRE_FALSE(seen.has_value());
        CHECK(seen.error().key == "reports.not_found");
        CHECK_FALSE(sign(world.db(), world.caller(who), world.clock, world.at(school), {"x"}).has_value());
    }
    CHECK_FALSE(sign(world.db(), world.caller(school.academic), world.clock, world.at(school), {"x"}).has_value());
    CHECK_FALSE(sign(world.db(), world.caller(world.info_office), world.clock, world.at(school), {"x"}).has_value());
    auto const page = board(world.db(), world.principal(world.jinpen), world.clock, october);
    REQUIRE(page.has_value());
    CHECK(page->rows.size() == 1);
    CHECK(page->scope == "school");
    CHECK_FALSE(board(world.db(), world.teacher(), world.clock, october).has_value());
}

TEST_CASE("the running month may be looked at as it stands and cannot be signed") {
    Month world;
    ReportAt const november{world.heba.id, "2014-11", 0};
    auto const seen = report(world.db(), world.principal(world.heba), world.clock, november);
    REQUIRE(seen.has_value());
    CHECK(seen->preview);
    CHECK_FALSE(seen->may_sign);
    CHECK_FALSE(sign(world.db(), world.principal(world.heba), world.clock, november, {seen->content_hash}).has_value());
    CHECK_FALSE(report(world.db(), world.caller(world.leader), world.clock, november).has_value());
}

TEST_CASE("the office sets the due day and the seconds of a field; nobody else does") {
    Month world;
    auto const set = [&](core::PersonId const& who, ReportPolicy const& policy) {
        return set_policy(world.db(), world.caller(who), policy);
    };
    CHECK(set(world.info_office, {8, 60}).has_value());
    CHECK_FALSE(set(world.info_office, {29, 60}).has_value());
    CHECK_FALSE(set(world.info_office, {8, 0}).has_value());
    CHECK_FALSE(set(world.heba.principal, {8, 60}).has_value());
    CHECK(world.read_report(world.heba.principal, world.heba).policy.seconds_per_field == 60);
}

TEST_CASE(
    "lessons called off stand in the report by day; a reason that the office gave is enough, a private one is not") {
    Month world;
    auto const& school = world.heba;
    auto const off = [&](core::LocalDate date, std::string const& reason) {
        timetable::Substitution row;
        row.id = timetable::SubstitutionId::make();
        row.school_id = school.id;
        row.class_id = school.classes[0];
        row.date = date;
        row.period = 1;
        row.kind = timetable::SubstitutionKind::cancelled;
        row.reason = reason;
        row.created_by = school.academic;
        row.created_at = world.clock.now();
        world.transact([&](sql::Tx& tx) {
            timetable::write_substitutions(tx, {row});
            timetable::materialise(tx, school.id, date, date, world.clock.now());
        });
    };
    off({2014, 10, 21}, "全校体检");
    off({2014, 10, 22}, "");
    auto const lines = [&](core::PersonId const& who) {
        auto all = world.read_report(who, school).content->lines;
        std::erase_if(all, [](ReportLine const& one) { return one.kind != LineKind::cancelled; });
        return all;
    };
    auto const seen = lines(school.principal);
    REQUIRE(seen.size() == 2);
    CHECK(seen[0].line == "cancelled/2014-10-21");
    CHECK(seen[0].lessons == 1);
    CHECK(seen[0].place == "五(1)班");
    CHECK(seen[0].note == "全校体检");
    CHECK_FALSE(seen[1].note);
    CHECK(world.refused(world.sign_as_read(school)) == "reports.unexplained");
    auto const left = world.read_report(school.principal, school);
    for (auto const& line : left.content->lines) {
        if (line.note) continue;
        REQUIRE(explain(world.db(), world.principal(school), world.clock, world.at(school), {line.line, "已补上"})
                    .has_value());
    }
    REQUIRE(world.sign_as_read(school).has_value());
    auto const above = lines(world.info_office);
    REQUIRE(above.size() == 2);
    CHECK(above[0].note == "");
    CHECK(above[0].place.empty());
    CHECK_FALSE(above[0].date);
    auto const row = world.row(world.info_office, school);
    CHECK(row.lines == row.explained);
}

TEST_CASE("a job makes the month's reports, once, its progress is on the board, and who has to sign is told") {
    Month world;
    world.clock.set(core::Zone{}.at({2014, 12, 1}, 480));
    auto const folder = std::filesystem::temp_directory_path() / ("making-" + core::Uuid::make().text());
    files::LocalContentStore contents{folder};
    files::Files files{world.db(), contents, world.clock};
    jobs::Jobs jobs{world.db(), files, world.clock};
    MakingPlace const place{world.db(), jobs, world.clock};
    queue_due(place, world.district());
    queue_due(place, world.district());  // the next hour's look finds it queued
    auto const before = board(world.db(), world.caller(world.info_office), world.clock, "");
    REQUIRE(before.has_value());
    CHECK(before->making.has_value());
    CHECK_FALSE(board(world.db(), world.principal(world.heba), world.clock, "")->making.has_value());
    jobs::RunnerOptions options;
    options.districts = {world.district()};
    jobs::JobRunner runner(jobs, nullptr, options);
    register_making(runner, place);
    REQUIRE(runner.run_one());
    CHECK_FALSE(runner.run_one());
    auto const after = board(world.db(), world.caller(world.info_office), world.clock, "");
    CHECK(after->month == "2014-11");
    CHECK(after->rows.size() == 3);
    CHECK_FALSE(after->making.has_value());
    auto const told = [&](core::PersonId const& who) {
        return messages::inbox(world.db(), world.caller(who), world.clock, {"", true, 10})->items;
    };
    REQUIRE(told(world.heba.principal).size() == 2);  // October's still waits as well
    CHECK(told(world.heba.principal)[0].kind == messages::MessageKind::report_to_sign);
    CHECK(told(world.heba.principal)[0].month == "2014-11");
    queue_due(place, world.district());
    CHECK_FALSE(runner.run_one());
    std::filesystem::remove_all(folder);
}

TEST_CASE("a report's way is told to those whose turn it is") {
    Month world;
    auto const kinds = [&](core::PersonId const& who) {
        std::vector<messages::MessageKind> all;
        for (auto const& one :
             messages::inbox(world.db(), world.caller(who), world.clock, {"", true, 10}).value().items)
            all.push_back(one.kind);
        return all;
    };
    using messages::MessageKind;
    CHECK(kinds(world.mingxin.principal) == std::vector{MessageKind::report_to_sign});
    world.explain_all(world.mingxin);
    REQUIRE(world.sign_as_read(world.mingxin).has_value());
    CHECK(kinds(world.mingxin.principal).empty());
    CHECK(kinds(world.heba.principal) == std::vector{MessageKind::report_to_pass_on, MessageKind::report_to_sign});
    REQUIRE(send_back(world.db(), world.principal(world.heba), world.clock, world.at(world.mingxin), {"请核对教室数"})
                .has_value());
    CHECK(kinds(world.heba.principal) == std::vector{MessageKind::report_to_sign});
    CHECK(kinds(world.mingxin.principal) == std::vector{MessageKind::report_returned});
}
