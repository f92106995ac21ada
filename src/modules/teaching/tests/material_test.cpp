#include <doctest/doctest.h>

#include "classroom.hpp"
#include "modules/teaching/service_material.hpp"
#include "modules/teaching/service_records.hpp"

using namespace santong;
using teaching::MaterialKind;
using test::Classroom;

namespace {

/// The computer of room 302, where 五(1) has mathematics in the third period (10:20–11:00).
class Told : public Classroom {
public:
    Told() {
        computer.id = teaching::ComputerId::make();
        computer.school_id = heba.id;
        computer.room = "302";
        computer.enrolled_by = heba.technician;
        computer.enrolled_at = computer.seen_at = clock.now();
        transact([&](sql::Tx& tx) { teaching::write_computers(tx, {computer}, {}); });
        go_to(20, 12, 0);
    }
    core::Instant at(int hour, int minute, int day = 20) const {
        return core::Zone{}.at({2014, 11, static_cast<std::int8_t>(day)}, hour * 60 + minute);
    }
    core::Result<teaching::ReceivedUse> tell(std::vector<teaching::ToldBand> bands) {
        return teaching::receive_use(db(), {district(), computer.id}, clock, {std::move(bands)});
    }
    teaching::ToldBand band(int hour, int minute, std::vector<teaching::ToldMinutes> minutes, int day = 20) const {
        return {at(hour, minute, day), std::move(minutes)};
    }
    teaching::LessonUse use(int class_number = 1, int period = 3) {
        auto const found = teaching::lesson_use(db(), math(), clock, lesson(class_number, period));
        REQUIRE(found.has_value());
        return *found;
    }
    std::optional<teaching::ClassSession> record(int class_number = 1, int period = 3, int day = 20) {
        return read([&](sql::Tx& tx) { return teaching::session(tx, session(class_number, period, day)); });
    }
    core::Result<teaching::LessonUse> strike(int hour, int minute, bool struck,
                                             MaterialKind kind = MaterialKind::slides) {
        return teaching::strike_use(db(), math(), clock, lesson(1, 3), {at(hour, minute), kind, computer.id, struck});
    }

    teaching::RoomComputer computer;
};

}  // namespace

TEST_CASE("ten minutes of the teacher's own slides are evidence of the lesson in that room, and no less is") {
    Told told;
    REQUIRE(told.tell({told.band(10, 20, {{MaterialKind::slides, 4}}), told.band(10, 25, {{MaterialKind::slides, 5}})})
                .has_value());
    CHECK_FALSE(told.record().has_value());
    CHECK(told.use().minutes == 9);
    REQUIRE(told.tell({told.band(10, 30, {{MaterialKind::video, 3}, {MaterialKind::browser, 2}})}).has_value());
    auto const record = told.record();
    REQUIRE(record.has_value());
    CHECK(record->kind == teaching::EvidenceKind::helper);
    CHECK(record->minutes_band == teaching::MinutesBand::b10_20);
    CHECK(record->counts());
    CHECK(record->used());
    CHECK_FALSE(record->running());
    CHECK(record->teacher_id == told.heba.teachers[0]);
    CHECK(told.use().rows.size() == 4);
    CHECK(teaching::my_records(told.db(), told.math(), told.clock, 0)->used == 1);
}

TEST_CASE("bands that are sent again are taken once, and what is no band is not asked for again") {
    Told told;
    auto const first = told.band(10, 20, {{MaterialKind::slides, 5}});
    REQUIRE(told.tell({first}).has_value());
    auto more = first;
    more.minutes = {{MaterialKind::slides, 1}};
    auto const answer = told.tell({first, more});
    REQUIRE(answer.has_value());
    CHECK(answer->received.size() == 2);
    CHECK(told.use().minutes == 5);
    auto const strange = told.tell({
        {told.at(10, 21), {{MaterialKind::slides, 5}}},
        told.band(10, 25, {{MaterialKind::slides, 4}, {MaterialKind::video, 4}}),
        told.band(10, 30, {{MaterialKind::slides, 0}}),
        told.band(10, 35, {{MaterialKind::slides, 2}, {MaterialKind::slides, 2}}),
        told.band(13, 0, {{MaterialKind::slides, 5}}),
        {core::Instant{300'000}, {{MaterialKind::slides, 5}}},
    });
    REQUIRE(strange.has_value());
    CHECK(strange->received.size() == 6);
    CHECK(told.use().minutes == 5);
    std::vector<teaching::ToldBand> many(301, first);
    CHECK(told.tell(many).error().code == core::ErrorCode::invalid);
}

TEST_CASE("a browser and other programs stand beside the lesson and are no evidence") {
    Told told;
    for (int minute = 20; minute < 55; minute += 5) {
        REQUIRE(told.tell({told.band(10, minute, {{MaterialKind::browser, 3}, {MaterialKind::other, 2}})}).has_value());
    }
    CHECK(told.use().rows.size() == 14);
    CHECK(told.use().minutes == 0);
    CHECK_FALSE(told.record().has_value());
}

TEST_CASE("minutes beside every lesson of the room are the school's figure and nobody's record") {
    Told told;
    REQUIRE(told.tell({told.band(7, 30, {{MaterialKind::video, 5}}), told.band(9, 5, {{MaterialKind::slides, 4}})})
                .has_value());
    auto const view =
        teaching::school_computers(told.db(), told.caller(told.heba.technician), told.clock, told.heba.id);
    CHECK(view->computers.at(0).loose_minutes == 9);
    CHECK(teaching::my_records(told.db(), told.math(), told.clock, 0)->used == 0);
}

TEST_CASE("a class view of the same lesson stays what it is, the rows stand beside it") {
    Told told;
    told.go_to(20, 10, 25);
    auto const id = told.open().session.id;
    REQUIRE(teaching::end_class(told.db(), told.math(), told.clock, id).has_value());
    told.go_to(20, 12, 0);
    for (int minute = 20; minute < 40; minute += 5) {
        REQUIRE(told.tell({told.band(10, minute, {{MaterialKind::slides, 5}})}).has_value());
    }
    CHECK(told.stored(id).kind == teaching::EvidenceKind::class_view);
    CHECK(told.stored(id).minutes_band == teaching::MinutesBand::b0_10);
    CHECK(told.use().minutes == 20);
}

TEST_CASE("a teacher strikes what is wrong: below ten minutes the record goes, and comes back with the row") {
    Told told;
    for (int minute = 20; minute < 35; minute += 5) {
        REQUIRE(told.tell({told.band(10, minute, {{MaterialKind::slides, 5}})}).has_value());
    }
    CHECK(told.use().can_strike);
    CHECK(told.strike(10, 20, true)->minutes == 10);
    CHECK(told.record()->state == teaching::SessionState::provisional);
    CHECK(told.strike(10, 25, true)->minutes == 5);
    CHECK(told.record()->state == teaching::SessionState::discarded);
    CHECK_FALSE(told.record()->counts());
    // the computer says the same again: it stays struck
    REQUIRE(told.tell({told.band(10, 25, {{MaterialKind::slides, 5}})}).has_value());
    CHECK(told.use().minutes == 5);
    CHECK(told.strike(10, 25, false)->minutes == 10);
    CHECK(told.record()->counts());
    CHECK(told.strike(10, 50, true).error().key == "teaching.use_not_found");
}

TEST_CASE("the rows of a lesson are its teacher's alone, and after seven days nobody's to change") {
    Told told;
    REQUIRE(told.tell({told.band(10, 20, {{MaterialKind::slides, 5}}), told.band(10, 25, {{MaterialKind::slides, 5}})})
                .has_value());
    auto const look = [&](auth::Caller const& caller) {
        return teaching::lesson_use(told.db(), caller, told.clock, told.lesson(1, 3));
    };
    CHECK(look(told.chinese()).error().code == core::ErrorCode::not_found);
    CHECK(look(told.teacher(told.jinpen, 0)).error().code == core::ErrorCode::not_found);
    CHECK(look(told.caller(told.heba.principal)).error().code == core::ErrorCode::not_found);
    CHECK(teaching::strike_use(told.db(), told.chinese(), told.clock, told.lesson(1, 3),
                               {told.at(10, 20), MaterialKind::slides, told.computer.id, true})
              .error()
              .code == core::ErrorCode::not_found);
    told.go_to(28, 8, 0);
    CHECK_FALSE(told.use().can_strike);
    CHECK(told.strike(10, 20, true).error().key == "teaching.too_late");
}

TEST_CASE("what comes when the seven days are over is kept and makes no record") {
    Told told;
    told.go_to(28, 8, 0);
    REQUIRE(told.tell({told.band(10, 20, {{MaterialKind::slides, 5}}), told.band(10, 25, {{MaterialKind::slides, 5}})})
                .has_value());
    CHECK(told.use().minutes == 10);
    CHECK_FALSE(told.record().has_value());
}

TEST_CASE("rows go with the traces of the term") {
    Told told;
    REQUIRE(told.tell({told.band(10, 20, {{MaterialKind::slides, 5}})}).has_value());
    CHECK(told.transact([&](sql::Tx& tx) { return teaching::erase_traces(tx, {2014, 11, 21}); }) >= 1);
    CHECK(told.use().rows.empty());
}
