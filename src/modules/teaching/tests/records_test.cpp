#include <doctest/doctest.h>

#include "classroom.hpp"

using namespace santong;
using teaching::MinutesBand;
using teaching::RecordMark;
using teaching::SessionState;
using test::Classroom;

namespace {

/// A lesson of 五(1) on this Thursday with the reviewed resource, twelve minutes, ended; it is 10:45.
teaching::SessionId taught(Classroom& room) {
    room.go_to(20, 10, 20);
    auto const id = room.open().session.id;
    room.show(id, room.reviewed);
    room.show(id, room.draft);
    room.stay(id, 12);
    REQUIRE(teaching::end_class(room.db(), room.math(), room.clock, id).has_value());
    return id;
}

std::int64_t measured_total(Classroom const& room) {
    std::int64_t sum = 0;
    for (auto const& one : room.read(
             [&](sql::Tx& tx) { return teaching::session_totals(tx, room.heba.id, room.today(), room.today()); })) {
        sum += one.measured;
    }
    return sum;
}

std::string key_of(core::Error const& error) {
    return error.problems.empty() ? error.key : error.problems[0].key;
}

}  // namespace

TEST_CASE("a teacher's week shows used, chalk and coming lessons, and chalk is nobody's fault") {
    Classroom room;
    taught(room);
    auto const week = teaching::my_records(room.db(), room.math(), room.clock, 0);
    REQUIRE(week.has_value());
    CHECK(week->week == 12);
    REQUIRE(week->rows.size() == 3);
    CHECK(week->rows[0].mark == RecordMark::chalk);
    CHECK(week->rows[0].can_declare);
    CHECK(week->rows[1].mark == RecordMark::used);
    REQUIRE(week->rows[1].record.has_value());
    CHECK(week->rows[1].record->days_left == 7);
    CHECK(week->rows[1].record->resources.size() == 2);
    CHECK(week->rows[2].mark == RecordMark::ahead);
    CHECK(week->used == 1);
    CHECK(week->chalk == 1);
    CHECK(teaching::my_records(room.db(), room.math(), room.clock, 99).error().code == core::ErrorCode::invalid);
    CHECK(teaching::my_records(room.db(), room.chinese(), room.clock, 0)->used == 0);
}

TEST_CASE(
    "a class that was opened and closed at once is in the record, and used nowhere until something was done in it") {
    Classroom room;
    room.go_to(20, 10, 20);
    auto const id = room.open().session.id;
    REQUIRE(teaching::end_class(room.db(), room.math(), room.clock, id).has_value());
    auto week = teaching::my_records(room.db(), room.math(), room.clock, 0).value();
    CHECK(week.rows[1].mark == RecordMark::opened);
    CHECK(week.used == 0);
    CHECK(measured_total(room) == 0);
    REQUIRE(room.open().session.id == id);  // a hasty end: the class goes on
    REQUIRE(
        teaching::ask(room.db(), room.math(), room.clock, id, {"变不变？", {"变", "不变"}, {}, {}, {}}).has_value());
    REQUIRE(teaching::end_class(room.db(), room.math(), room.clock, id).has_value());
    CHECK(room.stored(id).question_count == 1);
    auto const asked = teaching::my_records(room.db(), room.math(), room.clock, 0)->rows[1].record->questions;
    REQUIRE(asked.size() == 1);
    CHECK(asked[0].options.size() == 2);
    CHECK(asked[0].counts == std::vector{0, 0});
    week = teaching::my_records(room.db(), room.math(), room.clock, 0).value();
    CHECK(week.rows[1].mark == RecordMark::used);
    CHECK(week.used == 1);
    CHECK(measured_total(room) == 1);
}

TEST_CASE("a record can be corrected downwards only, with a reason, and keeps its history") {
    Classroom room;
    auto const id = taught(room);
    auto const correct = [&](teaching::CorrectRequest const& request) {
        return teaching::correct(room.db(), room.math(), room.clock, id, request);
    };
    using Kept = std::vector<resources::ResourceId>;
    CHECK(key_of(correct({MinutesBand::b40, {}, {}, "讲得久"}).error()) == "teaching.not_measured");
    CHECK(key_of(correct({MinutesBand::b0_10, {}, {}, ""}).error()) == "teaching.reason_too_short");
    CHECK(key_of(correct({{}, {}, Kept{room.elsewhere}, "不对"}).error()) == "teaching.not_measured");
    CHECK(key_of(correct({{}, -1, {}, "不对"}).error()) == "teaching.present_out_of_range");
    auto const changed = correct({MinutesBand::b0_10, 4, Kept{room.draft}, "方格没用上"});
    REQUIRE(changed.has_value());
    CHECK(changed->session.minutes_band == MinutesBand::b0_10);
    CHECK(changed->session.resource_count == 1);
    CHECK_FALSE(changed->session.reviewed_resource);
    REQUIRE(changed->changes.size() == 1);
    CHECK(changed->changes[0].reason == "方格没用上");
    CHECK(changed->changes[0].before.value.find("b10_20") != std::string::npos);
    CHECK(teaching::correct(room.db(), room.chinese(), room.clock, id, {{}, {}, {}, "不是我的"}).error().key ==
          "teaching.session_not_found");
}

TEST_CASE("a discarded record counts nowhere until it is restored") {
    Classroom room;
    auto const id = taught(room);
    CHECK(measured_total(room) == 1);
    CHECK(teaching::restore(room.db(), room.math(), room.clock, id).error().key == "teaching.record_not_discarded");
    REQUIRE(teaching::discard(room.db(), room.math(), room.clock, id, {""}).has_value());
    CHECK(measured_total(room) == 0);
    CHECK_FALSE(room.stored(id).counts());
    CHECK(teaching::my_records(room.db(), room.math(), room.clock, 0)->used == 0);
    CHECK(teaching::discard(room.db(), room.math(), room.clock, id, {""}).error().key == "teaching.record_discarded");
    CHECK(teaching::release(room.db(), room.math(), room.clock, id).error().key == "teaching.record_discarded");
    CHECK(teaching::correct(room.db(), room.math(), room.clock, id, {{}, {}, {}, "再改"}).error().key ==
          "teaching.record_discarded");
    auto const restored = teaching::restore(room.db(), room.math(), room.clock, id);
    REQUIRE(restored.has_value());
    CHECK(restored->session.state == SessionState::provisional);
    CHECK(restored->changes.size() == 2);
    CHECK(measured_total(room) == 1);
    CHECK(teaching::discard(room.db(), room.chinese(), room.clock, id, {""}).error().key ==
          "teaching.session_not_found");
}

TEST_CASE("seven days after the lesson the record is fixed") {
    Classroom room;
    auto const id = taught(room);
    room.go_to(27, 23, 59);
    REQUIRE(teaching::discard(room.db(), room.math(), room.clock, id, {"写错班"}).has_value());
    REQUIRE(teaching::restore(room.db(), room.math(), room.clock, id).has_value());
    room.go_to(28, 0, 0);
    CHECK(teaching::discard(room.db(), room.math(), room.clock, id, {""}).error().key == "teaching.too_late");
    teaching::keep_house(room.db(), room.district(), room.clock);
    CHECK(room.stored(id).state == SessionState::fixed);
    CHECK(teaching::release(room.db(), room.math(), room.clock, id).error().key == "teaching.too_late");
}

TEST_CASE("the school sees totals at once and single lessons only when released or after seven days") {
    Classroom room;
    auto const id = taught(room);
    auto const seen = [&] {
        return teaching::school_records(room.db(), room.principal(room.heba), room.clock, room.heba.id, 12);
    };
    REQUIRE(seen().has_value());
    CHECK(seen()->lessons.empty());
    CHECK(seen()->not_yet_open == 1);
    REQUIRE(seen()->totals.size() == 1);
    CHECK(seen()->totals[0].measured == 1);
    REQUIRE(teaching::release(room.db(), room.math(), room.clock, id).has_value());
    CHECK(teaching::release(room.db(), room.math(), room.clock, id).error().key == "teaching.already_released");
    REQUIRE(seen()->lessons.size() == 1);
    CHECK(seen()->lessons[0].class_name == "五(1)班");
    CHECK(seen()->lessons[0].resources.size() == 2);
    auto const other = [&](auth::Caller const& caller) {
        return teaching::school_records(room.db(), caller, room.clock, room.heba.id, 12).error().code;
    };
    CHECK(other(room.principal(room.jinpen)) == core::ErrorCode::not_found);
    CHECK(other(room.caller(room.leader)) == core::ErrorCode::not_found);
    CHECK(other(room.caller(room.supervisor)) == core::ErrorCode::not_found);
    CHECK(other(room.chinese()) == core::ErrorCode::not_found);
}

TEST_CASE("after seven days the school sees the lesson without anybody's doing") {
    Classroom room;
    taught(room);
    room.go_to(28, 8, 0);
    CHECK(
        teaching::school_records(room.db(), room.principal(room.heba), room.clock, room.heba.id, 12)->lessons.size() ==
        1);
}

TEST_CASE("above the school only a supervisor opens a named lesson, with a reason that its teacher reads") {
    Classroom room;
    taught(room);
    teaching::LookRequest request{room.heba.classes[0], room.today(), 3, "核查一起家长来信反映"};
    auto const look = [&](core::PersonId const& person) {
        return teaching::look(room.db(), room.caller(person), room.clock, request);
    };
    CHECK(look(room.supervisor).error().key == "teaching.still_with_teacher");
    room.go_to(28, 9, 0);
    CHECK(look(room.leader).error().code == core::ErrorCode::not_found);
    CHECK(look(room.heba.principal).error().code == core::ErrorCode::not_found);
    request.reason = "看一看吧就";
    CHECK(key_of(look(room.supervisor).error()) == "teaching.reason_too_short");
    request.reason = "核查一起家长来信反映";
    auto const seen = look(room.supervisor);
    REQUIRE(seen.has_value());
    CHECK(seen->teacher_name == "河坝镇中心小学教师1");
    request.period = 1;
    CHECK(look(room.supervisor).error().key == "teaching.session_not_found");
    auto const week = teaching::my_records(room.db(), room.math(), room.clock, 12);
    REQUIRE(week->rows[1].record->looks.size() == 1);
    CHECK(week->rows[1].record->looks[0].reason == "核查一起家长来信反映");
    CHECK(week->rows[1].record->looks[0].name == "督学");
    int audited = 0;
    for (auto const& entry : room.read([](sql::Tx& tx) { return feed::read(tx, 0, 10'000); })) {
        audited += entry.body.value.find("teaching.look") != std::string::npos ? 1 : 0;
    }
    CHECK(audited == 1);
}

TEST_CASE("a declaration is kept apart from what was measured") {
    Classroom room;
    auto const id = taught(room);
    room.go_to(20, 11, 5);
    auto const declare = [&](int class_number, int period, char const* note) {
        return teaching::declare(room.db(), room.math(), room.clock,
                                 {room.lesson(class_number, period), MinutesBand::b10_20, note});
    };
    auto const made = declare(1, 1, "自己的 PPT");
    REQUIRE(made.has_value());
    CHECK_FALSE(made->session.measured());
    CHECK(measured_total(room) == 1);
    auto const week = teaching::my_records(room.db(), room.math(), room.clock, 0);
    CHECK(week->declared == 1);
    CHECK(week->used == 1);
    CHECK(declare(1, 1, "再报一次").error().key == "teaching.already_recorded");
    CHECK(declare(1, 3, "量过的课").error().key == "teaching.already_recorded");
    CHECK(declare(2, 4, "还没上").error().key == "teaching.cannot_declare");
    CHECK(key_of(declare(1, 1, " ").error()) == "teaching.note_missing");
    CHECK(teaching::declare(room.db(), room.chinese(), room.clock, {room.lesson(1, 1), MinutesBand::b0_10, "别人的课"})
              .error()
              .key == "teaching.lesson_not_found");
    room.transact([&](sql::Tx& tx) {
        REQUIRE(teaching::add_evidence(tx, room.clock,
                                       {room.lesson(1, 1), room.heba.teachers[0], teaching::EvidenceKind::helper, {}})
                    .has_value());
    });
    CHECK(measured_total(room) == 2);
    CHECK(room.stored(id).measured());
}

TEST_CASE("sessions written in bulk count like lived ones") {
    Classroom room;
    room.transact([&](sql::Tx& tx) {
        auto const lesson = timetable::lesson(tx, room.lesson(1, 3, 13));
        teaching::BulkSessions bulk;
        auto session =
            teaching::session_of(*lesson, room.heba.teachers[0], teaching::EvidenceKind::class_view, core::Zone{});
        session.ended_at = lesson->end_at;
        session.state = SessionState::provisional;
        bulk.sessions = {session};
        bulk.resources = {{session.id, room.reviewed, 1, 1, true, MinutesBand::b10_20, false}};
        teaching::write_sessions(tx, bulk);
    });
    CHECK(room.stored(room.session(1, 3, 13)).reviewed_resource);
    CHECK(teaching::my_records(room.db(), room.math(), room.clock, 0)->used_last_week == 1);
}
