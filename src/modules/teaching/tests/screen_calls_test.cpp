#include "modules/teaching/screen_calls.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <functional>
#include <map>

#include "classroom.hpp"
#include "modules/teaching/service_joint.hpp"
#include "modules/teaching/service_records.hpp"
#include "modules/timetable/service.hpp"

using namespace santong;
using teaching::ScreenCallKind;
using test::Classroom;

namespace {

/// Who was called, as long as it lives.
struct CallsHeard {
    struct Heard {
        core::PersonId person;
        teaching::ScreenCall what;
    };
    std::vector<Heard> all;

    CallsHeard() {
        teaching::on_screen_call([this](core::DistrictId, core::PersonId const& person,
                                        teaching::ScreenCall const& what) { all.push_back({person, what}); });
    }
    CallsHeard(CallsHeard const&) = delete;
    CallsHeard& operator=(CallsHeard const&) = delete;
    ~CallsHeard() { teaching::on_screen_call({}); }

    long count(core::PersonId const& person, ScreenCallKind kind) const {
        return std::ranges::count_if(all,
                                     [&](Heard const& one) { return one.person == person && one.what.kind == kind; });
    }
};

core::Result<timetable::Substitution> change_third(Classroom& room, timetable::SubstitutionKind kind) {
    timetable::NewSubstitution wish;
    wish.class_id = room.heba.classes[0];
    wish.date = room.today();
    wish.period = 3;
    wish.kind = kind;
    if (kind == timetable::SubstitutionKind::substitute) wish.teacher_id = room.heba.teachers[2];
    wish.reason = "开会";
    wish.anyway = true;
    return timetable::add_substitution(room.db(), room.academic(room.heba), room.clock, wish);
}

/// Statements that a piece of work runs, by the function that runs them.
std::map<std::string, std::int64_t> statements_of(std::function<void()> const& work) {
    std::map<std::string, std::int64_t> counted;
    for (auto const& one : sql::Database::statement_figures()) counted[one.name] -= one.count;
    work();
    for (auto const& one : sql::Database::statement_figures()) counted[one.name] += one.count;
    std::erase_if(counted, [](auto const& one) { return one.second == 0; });
    return counted;
}

}  // namespace

TEST_CASE("a screen is called when its lesson ends elsewhere, is given away or cancelled") {
    Classroom room;
    room.go_to(20, 10, 22);
    CallsHeard heard;
    auto const id = room.open().session.id;
    auto const teacher = room.heba.teachers[0];
    REQUIRE(teaching::end_class(room.db(), room.math(), room.clock, id).has_value());
    CHECK(heard.count(teacher, ScreenCallKind::pulse) == 1);
    CHECK(heard.all.back().what.session_id == id);
    room.open();
    REQUIRE(change_third(room, timetable::SubstitutionKind::substitute).has_value());
    CHECK(heard.count(teacher, ScreenCallKind::pulse) == 2);
    CHECK(teaching::heartbeat(room.db(), room.math(), room.clock, id)->handed_to == "河坝镇中心小学教师3");
}

TEST_CASE("nobody hears of lessons that no screen shows") {
    Classroom room;
    room.go_to(20, 9, 30);
    CallsHeard heard;
    REQUIRE(change_third(room, timetable::SubstitutionKind::cancelled).has_value());
    CHECK(heard.all.empty());
}

TEST_CASE("what an assistant does calls the teacher's screen and not his own; leaving he hears no more") {
    Classroom room;
    room.go_to(20, 10, 25);
    auto const id = room.open().session.id;
    auto const helper = room.heba.teachers[2];
    auto const who = room.caller(helper);
    CallsHeard heard;
    REQUIRE(teaching::ask_assistant(room.db(), room.math(), room.clock, id, {helper}).has_value());
    CHECK(heard.count(helper, ScreenCallKind::picture) == 1);
    CHECK(teaching::teacher_today(room.db(), who, room.clock)->assisting.size() == 1);
    REQUIRE(teaching::show(room.db(), who, room.clock, id, {room.reviewed, 1, {}, {}}).has_value());
    CHECK(heard.count(room.heba.teachers[0], ScreenCallKind::picture) == 1);
    CHECK(heard.count(helper, ScreenCallKind::picture) == 1);
    CHECK(heard.count(helper, ScreenCallKind::mine) == 1);  // his other devices follow
    CHECK(teaching::leave_lesson(room.db(), room.math(), room.clock, id).error().key == "teaching.not_your_class");
    CHECK(teaching::leave_lesson(room.db(), room.chinese(), room.clock, id).error().key == "teaching.not_your_class");
    CHECK(teaching::leave_lesson(room.db(), room.teacher(room.jinpen, 0), room.clock, id).error().key ==
          "teaching.not_your_class");
    REQUIRE(teaching::leave_lesson(room.db(), who, room.clock, id).has_value());
    CHECK(heard.count(room.heba.teachers[0], ScreenCallKind::picture) == 2);
    CHECK(teaching::teacher_today(room.db(), who, room.clock)->assisting.empty());
    auto const rows = teaching::my_records(room.db(), who, room.clock, 0)->rows;
    CHECK(
        std::ranges::any_of(rows, [](auto const& row) { return row.record && !row.record->company.assisted.empty(); }));
    CHECK(teaching::heartbeat(room.db(), who, room.clock, id).error().key == "teaching.not_your_class");
    room.show(id, room.reviewed);
    CHECK(heard.count(helper, ScreenCallKind::picture) == 1);
    CHECK(room.stored(teaching::session_id(room.heba.classes[0], room.today(), 3, helper)).resource_count == 1);
}

TEST_CASE("what a teacher does on his phone calls his own wall screen") {
    Classroom room;
    room.go_to(20, 10, 25);
    auto const id = room.open().session.id;
    CallsHeard heard;
    room.show(id, room.reviewed, 2);
    CHECK(heard.count(room.heba.teachers[0], ScreenCallKind::mine) == 1);
    CHECK(heard.count(room.heba.teachers[0], ScreenCallKind::picture) == 0);
}

TEST_CASE("a topic of classroom screens is heard by its own teacher alone") {
    Classroom room;
    auto const own = teaching::classroom_topic(room.heba.teachers[0]);
    CHECK(teaching::may_hear_classroom(room.math(), own));
    CHECK_FALSE(teaching::may_hear_classroom(room.chinese(), own));
    CHECK_FALSE(teaching::may_hear_classroom(room.principal(room.heba), own));
}

// Six statements before, with the lesson of the timetable read each time; what the office does is written beside the
// screen now.
TEST_CASE("a sign of life is five statements and reads no timetable") {
    Classroom room;
    room.go_to(20, 10, 25);
    auto const id = room.open().session.id;
    room.go_to(20, 10, 25, 15);
    auto const teacher = room.math();
    auto const run =
        statements_of([&] { REQUIRE(teaching::heartbeat(room.db(), teacher, room.clock, id).has_value()); });
    std::int64_t sum = 0;
    std::string all;
    for (auto const& [name, count] : run) {
        CAPTURE(name);
        CHECK(name.find("timetable") == std::string::npos);
        if (name.starts_with("sql.PostgresDatabase")) continue;  // what every transaction there begins with
        sum += count;
        all += name + " " + std::to_string(count) + "; ";
    }
    CAPTURE(all);
    CHECK(sum == 5);
}

TEST_CASE("a lesson that the office gives back is its teacher's again on his screen") {
    Classroom room;
    room.go_to(20, 10, 22);
    auto const id = room.open().session.id;
    auto const given = change_third(room, timetable::SubstitutionKind::substitute);
    REQUIRE(given.has_value());
    auto const told = [&] { return teaching::heartbeat(room.db(), room.math(), room.clock, id)->handed_to; };
    CHECK_FALSE(told().empty());
    REQUIRE(timetable::remove_substitution(room.db(), room.academic(room.heba), room.clock, given->id).has_value());
    CHECK(told().empty());
}
