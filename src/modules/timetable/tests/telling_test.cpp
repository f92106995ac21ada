#include <doctest/doctest.h>

#include <algorithm>

#include "changes.hpp"
#include "modules/messages/service.hpp"

using namespace santong;
using namespace santong::timetable;
using messages::MessageKind;
using santong::test::ChangeWeek;

namespace {

/// Unread messages of somebody, newest first.
std::vector<messages::MessageView> unread(ChangeWeek const& week, core::PersonId const& person) {
    return messages::inbox(week.db(), week.caller(person), week.clock, {"", true, 50})->items;
}
std::vector<MessageKind> kinds(ChangeWeek const& week, core::PersonId const& person) {
    std::vector<MessageKind> all;
    for (auto const& one : unread(week, person)) all.push_back(one.kind);
    return all;
}
std::int64_t waiting(ChangeWeek const& week, auth::Caller const& caller) {
    auto const found = week.read([&](sql::Tx& tx) { return waiting_changes(tx, caller, week.clock); });
    return found.to_answer + found.to_decide;
}

}  // namespace

TEST_CASE("each step of a request is told to those whose turn it is, and is no longer asked once they have acted") {
    ChangeWeek week;
    auto const asker = week.heba.teachers[0], colleague = week.heba.teachers[3], office = week.heba.academic;
    auto const made = week.ask(week.substitute(week.id(1, 1), 3));
    auto const asked = unread(week, colleague);
    REQUIRE(asked.size() == 1);
    CHECK(asked[0].kind == MessageKind::change_asked);
    CHECK(asked[0].asks);
    CHECK(asked[0].who == "河坝镇中心小学教师1");
    CHECK(asked[0].place == "五(1)班");
    CHECK(asked[0].date == week.today().plus_days(1));
    CHECK(asked[0].subject == "14");
    CHECK(kinds(week, office).empty());
    CHECK(waiting(week, week.caller(colleague)) == 1);
    CHECK(waiting(week, week.office()) == 0);
    auto const agreed = week.answer(made->front(), 3);
    CHECK(kinds(week, colleague).empty());
    CHECK(kinds(week, asker) == std::vector{MessageKind::change_agreed});
    CHECK(kinds(week, office) == std::vector{MessageKind::change_ready});
    CHECK(waiting(week, week.office()) == 1);
    CHECK(waiting(week, week.academic(week.jinpen)) == 0);
    auto const done = week.decide(*agreed);
    CHECK(kinds(week, office).empty());
    CHECK(kinds(week, asker) == std::vector{MessageKind::change_approved, MessageKind::change_agreed});
    CHECK(kinds(week, colleague) == std::vector{MessageKind::change_approved});
    REQUIRE(week.take_back(done).has_value());
    CHECK(kinds(week, asker).front() == MessageKind::change_taken_back);
    CHECK(kinds(week, colleague).front() == MessageKind::change_taken_back);
}

TEST_CASE("a changed lesson is told to the class's pupils, guardians and homeroom teacher, and to nobody else") {
    ChangeWeek week;
    auto const done = week.approved(week.substitute(week.id(1, 1), 3), 3);
    auto const told = unread(week, week.heba.pupils[0][0]);
    REQUIRE(told.size() == 1);
    CHECK(told[0].kind == MessageKind::lesson_changed);
    CHECK(told[0].who == "河坝镇中心小学教师4");
    CHECK(told[0].href == "/timetable?date=2014-11-21");
    CHECK(kinds(week, week.guardian) == std::vector{MessageKind::lesson_changed});
    CHECK(kinds(week, week.heba.pupils[1][0]).empty());
    CHECK(kinds(week, week.other_guardian).empty());
    REQUIRE(week.take_back(done).has_value());
    CHECK(kinds(week, week.guardian).front() == MessageKind::lesson_restored);
}

TEST_CASE("a lesson without a colleague is told to the office, once for lessons asked for together, and withdrawn") {
    ChangeWeek week;
    auto const made = ask_change(week.db(), week.teacher(), week.clock,
                                 {ChangeCause::leave, "家里有事", {{week.id(1, 1)}, {week.id(4, 1)}}});
    REQUIRE(made.has_value());
    CHECK(kinds(week, week.heba.academic) == std::vector{MessageKind::change_filed});
    CHECK(waiting(week, week.office()) == 2);
    for (auto const& one : *made) CHECK(withdraw_change(week.db(), week.teacher(), week.clock, one.id).has_value());
    CHECK(kinds(week, week.heba.academic).empty());
    auto const other = week.ask(week.substitute(week.id(5, 1), 3));
    CHECK(week.decide(other->front(), false).refused.empty());
    CHECK(kinds(week, week.heba.teachers[0]) == std::vector{MessageKind::change_refused});
    CHECK(kinds(week, week.heba.teachers[3]) == std::vector{MessageKind::change_refused});
}
