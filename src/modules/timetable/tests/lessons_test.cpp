#include <doctest/doctest.h>

#include "modules/timetable/domain.hpp"

using namespace santong;
using namespace santong::timetable;

namespace {

core::LocalDate const thursday{2014, 11, 20};
std::vector<BellPeriod> const bell{{1, "", 500, 540}, {2, "", 550, 590}};

Entry entry(core::OrgId const& class_id, int weekday, int period, WeekParity parity = WeekParity::all) {
    return {EntryId::make(), {}, class_id, weekday, period, "14", core::PersonId::make(), "301", parity};
}

struct Day {
    core::OrgId school = core::OrgId::make();
    core::OrgId class_id = core::OrgId::make();
    std::vector<Entry> entries;
    std::optional<CalendarDay> calendar;
    std::vector<Substitution> substitutions;
    std::vector<PatrolException> patrol;

    std::vector<Lesson> lessons(int minute_now = 545) const {
        DayPlan const plan{school, thursday, 12, entries, bell, calendar, substitutions, patrol};
        return lessons_of_day(plan, core::Zone{}, core::Zone{}.at(thursday, minute_now));
    }
};

}  // namespace

TEST_CASE("a lesson whose bell has rung is held, the next one is planned") {
    Day day;
    day.entries = {entry(day.class_id, 4, 1), entry(day.class_id, 4, 2), entry(day.class_id, 3, 1)};
    auto const lessons = day.lessons();
    REQUIRE(lessons.size() == 2);
    CHECK(lessons[0].state == LessonState::held);
    CHECK(lessons[1].state == LessonState::planned);
    CHECK(lessons[1].start_at == core::Zone{}.at(thursday, 550));
}

TEST_CASE("the same class, day and period give the same lesson wherever it is computed") {
    auto const class_id = core::OrgId::make();
    CHECK(lesson_id(class_id, thursday, 1) == lesson_id(class_id, thursday, 1));
    CHECK(lesson_id(class_id, thursday, 1) != lesson_id(class_id, thursday, 2));
}

TEST_CASE("an odd-week lesson is not taught in week 12") {
    Day day;
    day.entries = {entry(day.class_id, 4, 1, WeekParity::odd), entry(day.class_id, 4, 2, WeekParity::even)};
    auto const lessons = day.lessons();
    REQUIRE(lessons.size() == 1);
    CHECK(lessons[0].period == 2);
}

TEST_CASE("a holiday has no lessons, and a moved workday follows the weekday that it stands for") {
    Day day;
    day.entries = {entry(day.class_id, 4, 1), entry(day.class_id, 2, 2)};
    day.calendar = CalendarDay{day.school, thursday, DayKind::holiday, "", {}};
    CHECK(day.lessons().empty());
    day.calendar = CalendarDay{day.school, thursday, DayKind::workday, "", 2};
    auto const lessons = day.lessons();
    REQUIRE(lessons.size() == 1);
    CHECK(lessons[0].period == 2);
}

TEST_CASE("a substitute teacher's lesson counts, a cancelled one does not") {
    Day day;
    day.entries = {entry(day.class_id, 4, 1), entry(day.class_id, 4, 2)};
    auto const substitute = core::PersonId::make();
    day.substitutions = {{SubstitutionId::make(),
                          day.school,
                          day.class_id,
                          thursday,
                          1,
                          SubstitutionKind::substitute,
                          "",
                          substitute,
                          "请假",
                          {},
                          {}},
                         {SubstitutionId::make(),
                          day.school,
                          day.class_id,
                          thursday,
                          2,
                          SubstitutionKind::cancelled,
                          "",
                          {},
                          "开会",
                          {},
                          {}}};
    auto const lessons = day.lessons();
    REQUIRE(lessons.size() == 2);
    CHECK(lessons[0].teacher_id == substitute);
    CHECK(lessons[0].state == LessonState::held);
    CHECK(lessons[1].state == LessonState::cancelled);
}

TEST_CASE("what a patrol found beats the timetable: not taught, or another subject") {
    Day day;
    day.entries = {entry(day.class_id, 4, 1), entry(day.class_id, 4, 2)};
    day.patrol = {
        {PatrolExceptionId::make(), day.school, day.class_id, thursday, 1, PatrolFinding::not_taught, "", "", {}, {}},
        {PatrolExceptionId::make(),
         day.school,
         day.class_id,
         thursday,
         2,
         PatrolFinding::other_subject,
         "22",
         "",
         {},
         {}}};
    auto const lessons = day.lessons();
    REQUIRE(lessons.size() == 2);
    CHECK(lessons[0].state == LessonState::not_taught);
    CHECK(lessons[1].subject == "22");
}

TEST_CASE("a teacher in two rooms at once is a clash; one room with two classes is a joint class") {
    auto const teacher = core::PersonId::make();
    auto first = entry(core::OrgId::make(), 1, 1), second = entry(core::OrgId::make(), 1, 1);
    first.teacher_id = second.teacher_id = teacher;
    CHECK(clashes(std::vector{first, second}).empty());
    second.room = "302";
    REQUIRE(clashes(std::vector{first, second}).size() == 1);
    first.week_parity = WeekParity::odd;
    second.week_parity = WeekParity::even;
    CHECK(clashes(std::vector{first, second}).empty());
    second.class_id = first.class_id;
    second.week_parity = WeekParity::all;
    CHECK(clashes(std::vector{first, second}).front().key == "timetable.class_twice");
}

TEST_CASE("a bell whose periods overlap, repeat or run backwards is refused") {
    CHECK(bell_problems(bell).empty());
    CHECK_FALSE(bell_problems(std::vector<BellPeriod>{{1, "", 540, 500}}).empty());
    CHECK_FALSE(bell_problems(std::vector<BellPeriod>{{1, "", 500, 560}, {2, "", 550, 590}}).empty());
    CHECK_FALSE(bell_problems(std::vector<BellPeriod>{{1, "", 500, 540}, {1, "", 550, 590}}).empty());
}
