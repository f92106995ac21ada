#include "modules/teaching/service_wish.hpp"

#include <doctest/doctest.h>

#include <algorithm>

#include "classroom.hpp"
#include "modules/teaching/service_records.hpp"
#include "modules/teaching/service_today.hpp"

using namespace santong;
using test::Classroom;

namespace {

/// In the third period mathematics is in 五(1) and a colleague's Chinese in 五(2).
class BothTeach : public Classroom {
public:
    BothTeach() {
        go_to(20, 10, 25);
        id = open().session.id;
    }
    core::Result<std::vector<teaching::ClassAskRow>> ask(core::OrgId const& class_id) {
        return teaching::ask_for_class(db(), math(), clock, id, {class_id});
    }
    core::Result<std::vector<teaching::ClassAskRow>> answer(teaching::WishId const& wish, bool accept) {
        return teaching::answer_ask(db(), chinese(), clock, wish, {accept});
    }
    std::vector<teaching::ClassAskRow> waiting(auth::Caller const& caller) {
        return teaching::asked_of_me(db(), caller).value();
    }
    teaching::SessionId taken_along() const {
        return teaching::session_id(heba.classes[1], today(), 3, heba.teachers[0]);
    }

    teaching::SessionId id;
};

}  // namespace

TEST_CASE("a colleague says yes: his class is in the lesson, and the use stands with the teacher who teaches it") {
    BothTeach both;
    teaching::OpenRequest his;
    his.lesson_id = both.lesson(2, 3);
    auto const own = teaching::open_class(both.db(), both.chinese(), both.clock, his);
    REQUIRE(own.has_value());
    auto const asked = both.ask(both.heba.classes[1]);
    REQUIRE(asked.has_value());
    REQUIRE(asked->size() == 1);
    CHECK(asked->at(0).class_name == "五(2)班");
    auto const waits = both.waiting(both.chinese());
    REQUIRE(waits.size() == 1);
    CHECK(waits[0].period == 3);
    CHECK(both.waiting(both.teacher(both.heba, 2)).empty());
    CHECK(both.waiting(both.math()).empty());
    CHECK(both.answer(waits[0].wish.id, true)->empty());
    CHECK_FALSE(both.stored(own->session.id).running());
    // Whose lesson it was sees with whom it is, and is not asked to teach it.
    auto const day = teaching::teacher_today(both.db(), both.chinese(), both.clock).value();
    auto const there = std::ranges::find(day.lessons, both.lesson(2, 3),
                                         [](teaching::TodayLesson const& one) { return one.lesson.id; });
    REQUIRE(there != day.lessons.end());
    CHECK_FALSE(there->taken_along_by.empty());
    CHECK(day.next != both.lesson(2, 3));
    for (auto const& task : day.tasks) CHECK(task.id != both.lesson(2, 3).text());
    auto const other = teaching::teacher_today(both.db(), both.math(), both.clock).value();
    for (auto const& one : other.lessons) CHECK(one.taken_along_by.empty());
    both.show(both.id, both.reviewed);
    both.stay(both.id, 11);
    REQUIRE(teaching::end_class(both.db(), both.math(), both.clock, both.id).has_value());
    auto const along = both.stored(both.taken_along());
    CHECK(along.teacher_id == both.heba.teachers[0]);
    CHECK(along.resource_count == 1);
    CHECK(along.minutes_band == teaching::MinutesBand::b10_20);
    auto const week = teaching::my_records(both.db(), both.math(), both.clock, 0);
    CHECK(week->used == 1);
    for (auto const& row : week->rows) CHECK(row.handed_to.empty());
    // answered once
    CHECK(both.answer(waits[0].wish.id, false).error().key == "teaching.ask_over");
}

TEST_CASE("a colleague says no, or nothing: his class stays his, and he may be asked again") {
    BothTeach both;
    auto const first = both.ask(both.heba.classes[1])->at(0).wish.id;
    CHECK(both.answer(first, false)->empty());
    CHECK(teaching::asked_for(both.db(), both.math(), both.id)->at(0).wish.state == teaching::WishState::refused);
    CHECK_FALSE(both.read([&](sql::Tx& tx) { return teaching::session(tx, both.taken_along()); }).has_value());
    auto const again = both.ask(both.heba.classes[1]);
    REQUIRE(again->size() == 1);
    CHECK(again->at(0).wish.state == teaching::WishState::asked);
    auto const taken_back = teaching::take_back_ask(both.db(), both.math(), both.id, again->at(0).wish.id);
    CHECK(taken_back->at(0).wish.state == teaching::WishState::taken_back);
    CHECK(both.waiting(both.chinese()).empty());
    CHECK(both.answer(first, true).error().key == "teaching.ask_over");
}

TEST_CASE("nobody says yes for somebody else, and nothing is asked where no leave is needed or the lesson is over") {
    BothTeach both;
    CHECK(both.ask(both.heba.classes[0]).error().key == "teaching.class_in_room");
    CHECK(both.ask(both.jinpen.classes[0]).error().code == core::ErrorCode::not_found);
    CHECK(teaching::ask_for_class(both.db(), both.chinese(), both.clock, both.id, {both.heba.classes[1]}).error().key ==
          "teaching.not_your_class");
    auto const wish = both.ask(both.heba.classes[1])->at(0).wish.id;
    for (auto const& other : {both.math(), both.teacher(both.heba, 2), both.teacher(both.jinpen, 0)}) {
        CHECK(teaching::answer_ask(both.db(), other, both.clock, wish, {true}).error().code ==
              core::ErrorCode::not_found);
    }
    CHECK(teaching::take_back_ask(both.db(), both.chinese(), both.id, wish).error().key == "teaching.not_your_class");
    REQUIRE(teaching::end_class(both.db(), both.math(), both.clock, both.id).has_value());
    CHECK(both.waiting(both.chinese()).empty());
    CHECK(both.answer(wish, true).error().key == "teaching.ask_over");
    both.go_to(20, 11, 15);
    auto const next = both.open(2, 4).session.id;
    CHECK(teaching::ask_for_class(both.db(), both.math(), both.clock, next, {both.heba.classes[0]}).error().key ==
          "teaching.lesson_not_of_colleague");
}
