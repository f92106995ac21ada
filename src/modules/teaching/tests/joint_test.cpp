#include "modules/teaching/service_joint.hpp"

#include <doctest/doctest.h>

#include "classroom.hpp"
#include "modules/teaching/service_records.hpp"
#include "modules/timetable/service_unplanned.hpp"

using namespace santong;
using test::Classroom;

namespace {

/// Both fifth classes in the second period, which stands in no timetable.
teaching::ClassView open_both(Classroom& room) {
    room.go_to(20, 9, 15);
    teaching::OpenRequest wish;
    wish.class_id = room.heba.classes[0];
    wish.with_classes = std::vector{room.heba.classes[1]};
    wish.reason = "体育老师参加比赛";
    auto const view = teaching::open_class(room.db(), room.math(), room.clock, wish);
    REQUIRE(view.has_value());
    return *view;
}

}  // namespace

TEST_CASE(
    "a lesson with two classes stands in the record of each, counts once for each class and once for its teacher") {
    Classroom room;
    auto const view = open_both(room);
    REQUIRE(view.joined.size() == 1);
    CHECK(view.joined[0].class_name == "五(2)班");
    CHECK(view.reason == "体育老师参加比赛");
    auto const id = view.session.id;
    room.show(id, room.reviewed);
    room.stay(id, 11);
    auto const question =
        teaching::ask(room.db(), room.math(), room.clock, id, {"变不变？", {"变", "不变"}, {}, {}, {}});
    CHECK(question->present == 8);
    REQUIRE(teaching::end_class(room.db(), room.math(), room.clock, id).has_value());
    auto const other = room.stored(room.session(2, 2));
    CHECK(other.resource_count == 1);
    CHECK(other.question_count == 1);
    CHECK(other.minutes_band == teaching::MinutesBand::b10_20);
    CHECK_FALSE(other.running());
    auto const week = teaching::my_records(room.db(), room.math(), room.clock, 0);
    CHECK(week->used == 1);
    for (auto const& row : week->rows) {
        if (!row.record) continue;
        CHECK(row.lesson.unplanned);
        CHECK(row.record->company.classes.size() == 1);
        CHECK(row.record->company.reason == "体育老师参加比赛");
    }
    CHECK(room.read([&](sql::Tx& tx) { return teaching::session_totals(tx, room.heba.id, room.today(), room.today()); })
              .at(0)
              .measured == 2);
}

TEST_CASE("a class joins and leaves a running lesson; a colleague's lesson and another school's class do not") {
    Classroom room;
    room.go_to(20, 10, 30);
    auto const id = room.open().session.id;
    auto const join = [&](core::OrgId const& class_id) {
        return teaching::join_class(room.db(), room.math(), room.clock, id, {class_id});
    };
    CHECK(join(room.heba.classes[1]).error().key == "teaching.lesson_of_colleague");
    CHECK(join(room.jinpen.classes[0]).error().code == core::ErrorCode::not_found);
    CHECK(join(room.heba.classes[0]).error().key == "teaching.class_in_room");
    room.go_to(20, 11, 15);
    auto const next = room.open(2, 4).session.id;
    REQUIRE(teaching::join_class(room.db(), room.math(), room.clock, next, {room.heba.classes[0]}).has_value());
    CHECK(room.stored(room.session(1, 4)).running());
    CHECK(teaching::join_class(room.db(), room.chinese(), room.clock, next, {room.heba.classes[0]}).error().key ==
          "teaching.not_your_class");
    auto const leave = [&] {
        return teaching::leave_class(room.db(), room.math(), room.clock, next, room.heba.classes[0]);
    };
    CHECK(leave()->joined.empty());
    CHECK(leave().error().key == "teaching.class_not_in_room");
    CHECK(room.stored(room.session(1, 4)).state == teaching::SessionState::discarded);
    // taken in again it counts again
    REQUIRE(teaching::join_class(room.db(), room.math(), room.clock, next, {room.heba.classes[0]}).has_value());
    CHECK(room.stored(room.session(1, 4)).state == teaching::SessionState::provisional);
}

TEST_CASE("a joint lesson that somebody forgot is closed for all its classes") {
    Classroom room;
    auto const id = open_both(room).session.id;
    room.go_to(20, 10, 5);
    room.transact([&](sql::Tx& tx) { return teaching::close_sessions(tx, room.clock.now()); });
    CHECK_FALSE(room.stored(id).running());
    CHECK_FALSE(room.stored(room.session(2, 2)).running());
}

TEST_CASE("an assistant acts on the same screen; what he did is in his own record, the lesson counts once") {
    Classroom room;
    room.go_to(20, 10, 25);
    auto const id = room.open().session.id;
    auto const helper = room.heba.teachers[2];
    auto const who = room.caller(helper);
    CHECK(teaching::show(room.db(), who, room.clock, id, {room.reviewed, 1, {}, {}}).error().key ==
          "teaching.not_your_class");
    CHECK(teaching::colleagues(room.db(), room.math(), id)->size() == 5);
    CHECK(teaching::colleagues(room.db(), who, id).error().key == "teaching.not_your_class");
    auto const ask = [&](core::PersonId const& person) {
        return teaching::ask_assistant(room.db(), room.math(), room.clock, id, {person});
    };
    CHECK(ask(room.jinpen.teachers[0]).error().problems.at(0).key == "teaching.not_a_colleague");
    CHECK(ask(helper)->assistants.size() == 1);
    auto const seen = teaching::current_class(room.db(), who, room.clock)->running;
    REQUIRE(seen.has_value());
    CHECK(seen->assisting);
    CHECK_FALSE(seen->teacher_name.empty());
    REQUIRE(teaching::heartbeat(room.db(), who, room.clock, id).has_value());
    auto const own = teaching::session_id(room.heba.classes[0], room.today(), 3, helper);
    CHECK_FALSE(room.read([&](sql::Tx& tx) { return teaching::session(tx, own); }).has_value());
    REQUIRE(teaching::show(room.db(), who, room.clock, id, {room.reviewed, 1, {}, {}}).has_value());
    CHECK(room.stored(own).resource_count == 1);
    CHECK(room.stored(id).resource_count == 1);
    CHECK(teaching::end_class(room.db(), who, room.clock, id).error().key == "teaching.not_your_class");
    CHECK(room.stored(id).running());
    CHECK(room.read([&](sql::Tx& tx) { return teaching::session_totals(tx, room.heba.id, room.today(), room.today()); })
              .at(0)
              .measured == 1);
    auto const mine = teaching::my_records(room.db(), who, room.clock, 0);
    CHECK(std::ranges::any_of(mine->rows,
                              [](auto const& row) { return row.record && !row.record->company.assisted.empty(); }));
    REQUIRE(teaching::release_assistant(room.db(), room.math(), room.clock, id, helper).has_value());
    CHECK(teaching::heartbeat(room.db(), who, room.clock, id).error().key == "teaching.not_your_class");
}

TEST_CASE("an unplanned lesson counts as taught only when the office confirms it") {
    Classroom room;
    auto const view = open_both(room);
    REQUIRE(teaching::end_class(room.db(), room.math(), room.clock, view.session.id).has_value());
    room.go_to(20, 10, 5);
    room.transact([&](sql::Tx& tx) { return timetable::close_lessons(tx, room.clock.now()); });
    auto const said = [&] {
        int told = 0;
        for (auto const& entry : room.read([](sql::Tx& tx) { return feed::read(tx, 0, 10'000); })) {
            bool const as_taught = entry.body.value.find("\"planned\"") == std::string::npos;
            bool const this_one = entry.entity_id == view.lesson.id.text();
            told += entry.type == "timetable.TaughtLesson" && this_one && as_taught ? 1 : 0;
        }
        return told;
    };
    CHECK(said() == 0);
    auto const open = [&](auth::Caller const& who) {
        return teaching::unplanned_lessons(room.db(), who, room.clock, room.heba.id, 0);
    };
    REQUIRE(open(room.academic(room.heba))->size() == 2);
    CHECK((*open(room.academic(room.heba)))[0].together);
    CHECK((*open(room.academic(room.heba)))[0].reason == "体育老师参加比赛");
    CHECK(open(room.principal(room.jinpen)).error().code == core::ErrorCode::not_found);
    auto const confirm = [&](auth::Caller const& who, char const* reason) {
        return timetable::confirm_unplanned(room.db(), who, room.clock, view.lesson.id, {reason});
    };
    CHECK(confirm(room.academic(room.jinpen), "代体育课").error().code == core::ErrorCode::not_found);
    CHECK(confirm(room.academic(room.heba), "").error().code == core::ErrorCode::invalid);
    CHECK(confirm(room.academic(room.heba), "代体育课")->kind == timetable::SubstitutionKind::added);
    CHECK(confirm(room.academic(room.heba), "代体育课").error().key == "timetable.not_unplanned");
    CHECK(said() == 1);
    CHECK(open(room.academic(room.heba))->size() == 1);
    CHECK(room.stored(view.session.id).teacher_id == room.heba.teachers[0]);
}

TEST_CASE("the reason of an unplanned lesson is short") {
    Classroom room;
    room.go_to(20, 9, 15);
    teaching::OpenRequest wish;
    wish.class_id = room.heba.classes[0];
    wish.reason = std::string(1000, 'x');
    CHECK(teaching::open_class(room.db(), room.math(), room.clock, wish).error().problems.at(0).key ==
          "teaching.text_too_long");
}

TEST_CASE("one teacher with two grades in a room: one works with him, the other alone; a question may be for one") {
    Classroom room;
    auto const view = open_both(room);
    auto const id = view.session.id;
    auto const first = room.heba.classes[0];
    auto const second = room.heba.classes[1];
    CHECK_FALSE(view.place.taught.has_value());
    auto const set = [&](auth::Caller const& who, teaching::GradesWish const& wish) {
        return teaching::set_grades(room.db(), who, room.clock, id, wish);
    };
    CHECK(set(room.math(), {second, teaching::GradeWork{first, 2}})->taught == second);
    auto const place = set(room.math(), {{}, teaching::GradeWork{first, 3}});
    REQUIRE(place->work.size() == 1);
    CHECK(place->work[0].part == 3);
    CHECK(set(room.math(), {core::OrgId::make(), {}}).error().key == "teaching.class_not_in_room");
    CHECK(set(room.math(), {{}, teaching::GradeWork{room.jinpen.classes[0], 0}}).error().key ==
          "teaching.class_not_in_room");
    CHECK(set(room.math(), {{}, teaching::GradeWork{first, 20}}).error().problems.at(0).key == "teaching.no_such_part");
    CHECK(set(room.chinese(), {second, {}}).error().key == "teaching.not_your_class");
    CHECK(set(room.teacher(room.jinpen, 0), {second, {}}).error().key == "teaching.not_your_class");
    // it stands after a crash of the screen
    auto const again = teaching::current_class(room.db(), room.math(), room.clock)->running;
    REQUIRE(again.has_value());
    CHECK(again->place.taught == second);
    CHECK(again->place.work[0].part == 3);
    REQUIRE(teaching::heartbeat(room.db(), room.math(), room.clock, id)->taught == second);

    teaching::NewQuestion wish{"等于几？", {"4", "5"}, 1, {}, {}};
    wish.class_id = second;
    auto const asked = teaching::ask(room.db(), room.math(), room.clock, id, wish);
    CHECK(asked->present == 4);
    CHECK(asked->class_id == second);
    REQUIRE(teaching::count_hands(room.db(), room.math(), room.clock, id, asked->id, {{{1, 2}}, 3, true}).has_value());
    CHECK_FALSE(room.stored(id).present.has_value());
    wish.class_id = core::OrgId::make();
    CHECK(teaching::ask(room.db(), room.math(), room.clock, id, wish).error().key == "teaching.class_not_in_room");
    REQUIRE(teaching::end_class(room.db(), room.math(), room.clock, id).has_value());
    CHECK(room.stored(room.session(1, 2)).question_count == 1);
    CHECK(room.stored(room.session(2, 2)).question_count == 1);
}
