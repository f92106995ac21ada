#include <doctest/doctest.h>

#include "classroom.hpp"
#include "modules/teaching/service_records.hpp"
#include "modules/timetable/service_changes.hpp"

using namespace santong;
using test::Classroom;

namespace {

/// The third period of 五(1): begun by teacher 0, whom teacher 2 stands in for.
struct StandIn : Classroom {
    StandIn() { go_to(20, 10, 22); }

    auth::Caller substitute() const { return teacher(heba, 2); }
    core::Result<timetable::Substitution> give(std::optional<bool> anyway) {
        return timetable::add_substitution(db(), academic(heba), clock,
                                           {heba.classes[0],
                                            today(),
                                            3,
                                            timetable::SubstitutionKind::substitute,
                                            {},
                                            heba.teachers[2],
                                            "开会",
                                            anyway});
    }
    core::Result<teaching::ClassView> begin(auth::Caller const& caller) {
        teaching::OpenRequest request;
        request.lesson_id = lesson(1, 3);
        return teaching::open_class(db(), caller, clock, request);
    }
    std::vector<teaching::ClassSession> sessions() const {
        return read([&](sql::Tx& tx) { return teaching::sessions_of_class(tx, heba.classes[0], today(), today()); });
    }
};

}  // namespace

TEST_CASE("a substitute has a session of her own; what runs of the first teacher ends at that moment and stays his") {
    StandIn room;
    auto const first = room.open().session.id;
    room.show(first, room.reviewed);
    REQUIRE(room.give(true).has_value());
    auto const told = teaching::heartbeat(room.db(), room.math(), room.clock, first);
    REQUIRE(told.has_value());
    CHECK(told->handed_to == "河坝镇中心小学教师3");
    CHECK_FALSE(told->cancelled);
    auto const view = room.begin(room.substitute());
    REQUIRE(view.has_value());
    auto const second = view->session.id;
    CHECK(second != first);
    CHECK(view->session.teacher_id == room.heba.teachers[2]);
    CHECK(view->place.handed_to.empty());
    CHECK(view->opened.empty());
    CHECK(teaching::heartbeat(room.db(), room.substitute(), room.clock, second).has_value());
    auto const stored = room.stored(first);
    CHECK_FALSE(stored.running());
    CHECK(stored.teacher_id == room.heba.teachers[0]);
    CHECK(stored.resource_count == 1);
    auto const over = teaching::heartbeat(room.db(), room.math(), room.clock, first);
    CHECK(over.error().key == "teaching.session_handed_over");
    CHECK(over.error().params.at("name") == "河坝镇中心小学教师3");
    CHECK(teaching::heartbeat(room.db(), room.substitute(), room.clock, first).error().key ==
          "teaching.not_your_class");
    CHECK(room.begin(room.math()).error().key == "teaching.lesson_of_colleague");
    // She goes on with her own, after a break too.
    REQUIRE(teaching::end_class(room.db(), room.substitute(), room.clock, second).has_value());
    CHECK(teaching::current_class(room.db(), room.substitute(), room.clock)->begun);
    CHECK(room.begin(room.substitute())->session.id == second);
    CHECK(room.sessions().size() == 2);
}

TEST_CASE("a session that the first teacher has ended is not opened again by the substitute") {
    StandIn room;
    auto const first = room.open().session.id;
    REQUIRE(teaching::end_class(room.db(), room.math(), room.clock, first).has_value());
    auto const before = room.stored(first);
    REQUIRE(room.give(true).has_value());
    REQUIRE(room.begin(room.substitute()).has_value());
    CHECK(room.stored(first).ended_at == before.ended_at);
    CHECK(room.stored(first).teacher_id == room.heba.teachers[0]);
}

TEST_CASE("a lesson of two teachers stands in both their records and counts once for the school") {
    StandIn room;
    auto const first = room.open().session.id;
    room.show(first, room.reviewed);
    REQUIRE(room.give(true).has_value());
    auto const second = room.begin(room.substitute())->session.id;
    REQUIRE(teaching::show(room.db(), room.substitute(), room.clock, second, {room.reviewed, 1, {}, {}}).has_value());
    REQUIRE(teaching::end_class(room.db(), room.substitute(), room.clock, second).has_value());
    auto const week = teaching::my_records(room.db(), room.math(), room.clock, 0);
    CHECK(week->used == 1);
    REQUIRE(week->rows.size() == 3);
    CHECK(week->rows[1].handed_to == "河坝镇中心小学教师3");
    CHECK(week->rows[1].lesson.end_at == core::Zone{}.at(room.today(), 660));
    CHECK(week->rows[0].handed_to.empty());
    CHECK(teaching::my_records(room.db(), room.substitute(), room.clock, 0)->used == 1);
    auto const seen = [&] {
        return *teaching::school_records(room.db(), room.principal(room.heba), room.clock, room.heba.id, 12);
    };
    REQUIRE(seen().totals.size() == 1);
    CHECK(seen().totals[0].measured == 1);
    CHECK(seen().not_yet_open == 1);
    REQUIRE(teaching::release(room.db(), room.substitute(), room.clock, second).has_value());
    CHECK(seen().not_yet_open == 0);
    CHECK(seen().lessons.size() == 1);
    auto const look = teaching::look(room.db(), room.caller(room.supervisor), room.clock,
                                     {room.heba.classes[0], room.today(), 3, "核查一起家长来信反映"});
    REQUIRE(look.has_value());
    CHECK(look->session.id == second);
}

TEST_CASE("a substitute may declare what she used in a lesson that has the first teacher's record") {
    StandIn room;
    auto const first = room.open().session.id;
    REQUIRE(room.give(true).has_value());
    room.go_to(20, 11, 5);
    auto const made = teaching::declare(room.db(), room.substitute(), room.clock,
                                        {room.lesson(1, 3), teaching::MinutesBand::b10_20, "自己的 PPT"});
    REQUIRE(made.has_value());
    CHECK(made->session.id != first);
    CHECK(teaching::my_records(room.db(), room.substitute(), room.clock, 0)->declared == 1);
    auto const school = teaching::school_records(room.db(), room.principal(room.heba), room.clock, room.heba.id, 12);
    CHECK(school->not_yet_open == 0);  // the first one was opened and nothing done in it
    CHECK(school->declared_not_yet_open == 1);
}

TEST_CASE("the office is told that a lesson has a record before it is given to somebody else") {
    StandIn room;
    auto const id = room.open().session.id;
    auto const running = room.give({});
    CHECK(running.error().key == "timetable.lesson_runs");
    CHECK(running.error().params.at("name") == "河坝镇中心小学教师1");
    REQUIRE(teaching::end_class(room.db(), room.math(), room.clock, id).has_value());
    CHECK(room.give(false).error().key == "timetable.lesson_on_record");
    REQUIRE(teaching::discard(room.db(), room.math(), room.clock, id, {""}).has_value());
    auto const made = room.give({});  // what its teacher discarded is his own affair
    REQUIRE(made.has_value());
    REQUIRE(timetable::remove_substitution(room.db(), room.academic(room.heba), room.clock, made->id).has_value());
    REQUIRE(teaching::restore(room.db(), room.math(), room.clock, id).has_value());
    CHECK(room.give(true).has_value());
}

TEST_CASE("the first teacher's screen learns that the office has cancelled the lesson") {
    StandIn room;
    auto const id = room.open().session.id;
    timetable::NewSubstitution wish;
    wish.class_id = room.heba.classes[0];
    wish.date = room.today();
    wish.period = 3;
    wish.kind = timetable::SubstitutionKind::cancelled;
    wish.reason = "停电";
    wish.anyway = true;
    REQUIRE(timetable::add_substitution(room.db(), room.academic(room.heba), room.clock, wish).has_value());
    auto const told = teaching::heartbeat(room.db(), room.math(), room.clock, id);
    REQUIRE(told.has_value());
    CHECK(told->cancelled);
}

TEST_CASE("of the classes for an unplanned lesson those with a colleague's lesson say whose it is") {
    Classroom room;
    room.go_to(20, 10, 25);
    auto const choices = teaching::current_class(room.db(), room.math(), room.clock)->classes;
    REQUIRE(choices.size() >= 2);
    for (auto const& one : choices) {
        CHECK(one.taken == (one.id == room.heba.classes[1]));
        CHECK(one.taken_by == (one.taken ? "河坝镇中心小学教师2" : ""));
    }
    room.go_to(20, 23, 0);
    CHECK(teaching::current_class(room.db(), room.math(), room.clock)->classes.empty());
}

TEST_CASE("lessons that change places take their plans along, and back again") {
    Classroom room;
    room.plan_with_resource({room.lesson(2, 4)});
    timetable::NewSubstitution off;
    off.class_id = room.heba.classes[0];
    off.date = room.today();
    off.period = 3;
    off.kind = timetable::SubstitutionKind::cancelled;
    off.reason = "体检";
    REQUIRE(timetable::add_substitution(room.db(), room.academic(room.heba), room.clock, off).has_value());
    timetable::AskedLesson const wish{room.lesson(2, 4), timetable::ChangeWay::swap, {}, room.lesson(2, 3)};
    auto const asked =
        timetable::ask_change(room.db(), room.math(), room.clock, {timetable::ChangeCause::other, "对调", {wish}});
    REQUIRE(asked.has_value());
    auto const agreed = timetable::answer_change(room.db(), room.chinese(), room.clock, asked->front().id, {true, ""});
    REQUIRE(agreed.has_value());
    auto const done = timetable::decide_changes(room.db(), room.academic(room.heba), room.clock,
                                                {{{agreed->id, agreed->version}}, true, "", {}});
    REQUIRE(done.has_value());
    REQUIRE(done->front().substitution_id.has_value());
    auto const prepared = [&] {
        auto const day = teaching::teacher_today(room.db(), room.math(), room.clock);
        REQUIRE(day.has_value());
        for (auto const& one : day->lessons) {
            if (one.plan) return one.lesson.id;
        }
        return timetable::LessonId{};
    };
    CHECK(prepared() == room.lesson(2, 3));
    REQUIRE(
        timetable::remove_substitution(room.db(), room.academic(room.heba), room.clock, *done->front().substitution_id)
            .has_value());
    CHECK(prepared() == room.lesson(2, 4));
}
