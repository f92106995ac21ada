#include <doctest/doctest.h>

#include <algorithm>

#include "changes.hpp"
#include "modules/messages/service.hpp"

using namespace santong;
using namespace santong::timetable;
using santong::test::ChangeWeek;

namespace {

/// Mathematics of tomorrow goes to Monday's second period, Chinese from there to Tuesday's third, music from there
/// here.
struct Ring : ChangeWeek {
    Ring() : ChangeWeek(true) {}

    AskedLesson wish() const { return {id(1, 1), ChangeWay::swap, {}, id(5, 3), id(4, 2)}; }
    core::PersonId music() const { return heba.teachers[4]; }
    void check_moved() const {
        CHECK(lesson(1, 1).subject == "22");
        CHECK(lesson(1, 1).teacher_id == music());
        CHECK(lesson(5, 3).subject == "13");
        CHECK(lesson(5, 3).teacher_id == heba.teachers[1]);
        CHECK(lesson(4, 2).subject == "14");
        CHECK(lesson(4, 2).teacher_id == heba.teachers[0]);
    }
};

}  // namespace

TEST_CASE("three lessons change places in a ring: both colleagues agree, one act, taken back as one") {
    Ring week;
    auto const before = week.all_lessons();
    auto const made = week.ask(week.wish());
    REQUIRE(made.has_value());
    CHECK(made->front().third_id == week.heba.teachers[1]);
    CHECK(my_changes(week.db(), week.caller(week.music()), week.clock)->to_answer.size() == 1);
    auto const first = week.answer(made->front(), 1);
    REQUIRE(first.has_value());
    CHECK(first->state == ChangeState::asked);
    CHECK(week.answer(*first, 1).error().key == "timetable.change_over");
    auto const waiting = [&](core::PersonId const& who) {
        return week.read([&](sql::Tx& tx) { return messages::unread(tx, who); });
    };
    CHECK(waiting(week.heba.teachers[1]) == 0);
    CHECK(waiting(week.music()) == 1);
    auto const mine = my_changes(week.db(), week.teacher(week.heba, 1), week.clock);
    CHECK(mine->to_answer.empty());
    REQUIRE(mine->answered.size() == 1);
    CHECK(mine->answered[0].third_name == "河坝镇中心小学教师2");
    auto const waits = week.decide(*first);
    CHECK(waits.refused == "timetable.change_waits");
    CHECK(waits.params.at("name") == "河坝镇中心小学教师5");
    CHECK(week.answer(*first, 2).error().code == core::ErrorCode::not_found);
    auto const both = week.answer(*first, 4);
    REQUIRE(both.has_value());
    CHECK(both->state == ChangeState::ready);
    auto const done = week.decide(*both);
    CHECK(done.refused.empty());
    week.check_moved();
    auto const sheet = change_sheet(week.db(), week.teacher(), week.heba.id, week.today().plus_days(1));
    CHECK(sheet->items.size() == 1);
    REQUIRE(week.take_back(done).has_value());
    CHECK(week.all_lessons() == before);
    CHECK(my_changes(week.db(), week.teacher(), week.clock)->asked[0].request.state == ChangeState::taken_back);
}

TEST_CASE("a colleague who declines ends the ring; another proposal forgets who had agreed") {
    Ring week;
    auto const made = week.ask(week.wish());
    auto const declined = week.answer(*week.answer(made->front(), 1), 4, false);
    REQUIRE(declined.has_value());
    CHECK(declined->state == ChangeState::open);
    CHECK_FALSE(declined->agreed_by);
    Proposal again;
    again.way = ChangeWay::swap;
    again.swap_lesson_id = week.id(5, 3);
    again.version = declined->version;
    auto const two = propose_change(week.db(), week.teacher(), week.clock, declined->id, again);
    REQUIRE(two.has_value());
    CHECK_FALSE(two->third_id);
    CHECK(week.answer(*two, 1).error().code == core::ErrorCode::not_found);
    CHECK(week.answer(*two, 4)->state == ChangeState::ready);
}

TEST_CASE("choices of a ring clash for nobody, and are for the lesson's teacher and his office") {
    Ring week;
    auto const who = week.teacher();
    auto const seconds = swap_options(week.db(), who, week.clock, {week.id(1, 1), true, {}});
    REQUIRE(seconds.has_value());
    CHECK_FALSE(seconds->empty());
    // Teacher 1 stands before 五(2) in period 1, so his lesson cannot come here, but it can close the ring.
    CHECK(std::ranges::all_of(*seconds, [&](SwapOption const& one) { return one.teacher_id == week.music(); }));
    auto const thirds = swap_options(week.db(), who, week.clock, {week.id(1, 1), true, week.id(5, 3)});
    CHECK(std::ranges::any_of(*thirds, [&](SwapOption const& one) { return one.lesson_id == week.id(4, 2); }));
    auto const refused = [&](auth::Caller const& caller) {
        return swap_options(week.db(), caller, week.clock, {week.id(1, 1), true, week.id(5, 3)}).error().code;
    };
    CHECK(refused(week.teacher(week.heba, 2)) == core::ErrorCode::forbidden);
    CHECK(refused(week.teacher(week.jinpen)) == core::ErrorCode::not_found);
    CHECK(swap_options(week.db(), who, week.clock, {week.id(1, 1), true, week.id(4, 1, 1)}).has_error());
    AskedLesson twice{week.id(1, 1), ChangeWay::swap, {}, week.id(5, 3), week.id(4, 3)};
    CHECK(week.ask(twice).error().problems[0].key == "timetable.swap_needs_three");
    AskedLesson other{week.id(1, 1), ChangeWay::swap, {}, week.id(5, 3), week.id(4, 1, 1)};
    CHECK(week.ask(other).error().problems[0].key == "timetable.swap_not_possible");
    AskedLesson busy{week.id(1, 1), ChangeWay::swap, {}, week.id(5, 2), week.id(4, 3)};
    CHECK(week.ask(busy).error().key == "timetable.colleague_not_free");
}

TEST_CASE("lessons are not exchanged across the end of a term") {
    Ring week;
    auto const last = week.today().plus_days(4);
    week.transact([&](sql::Tx& tx) {
        tx.execute("UPDATE term SET to_date = $2 WHERE district_id = $1 AND id = $3", tx.district(), last, week.autumn);
        tx.execute("UPDATE term SET from_date = $2 WHERE district_id = $1 AND id = $3", tx.district(),
                   last.plus_days(1), week.spring);
    });
    auto const across = week.ask({week.id(1, 1), ChangeWay::swap, {}, week.id(5, 3), {}});
    CHECK(across.error().key == "timetable.swap_other_term");
    CHECK(across.error().params.at("date") == last.text());
    CHECK(week.ask({week.id(1, 1), ChangeWay::swap, {}, week.id(4, 3), week.id(5, 2)}).error().key ==
          "timetable.swap_other_term");
    auto const options = swap_options(week.db(), week.teacher(), week.clock, {week.id(1, 1)});
    REQUIRE(options.has_value());
    for (auto const& one : *options) CHECK(one.date <= last);
    CHECK(week.ask({week.id(1, 1), ChangeWay::swap, {}, week.id(4, 3), {}}).has_value());
}
