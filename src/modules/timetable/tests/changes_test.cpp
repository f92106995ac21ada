#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <filesystem>

#include "changes.hpp"
#include "platform/text/table.hpp"

using namespace santong;
using namespace santong::timetable;
using santong::test::ChangeWeek;

TEST_CASE(
    "a teacher asks, the colleague agrees, the office approves: the lesson is the colleague's, and all are told") {
    ChangeWeek week;
    auto const made = week.ask(week.substitute(week.id(1, 1), 3));
    REQUIRE(made.has_value());
    CHECK(made->front().state == ChangeState::asked);
    CHECK(made->front().subject == "14");
    auto const asked = my_changes(week.db(), week.teacher(week.heba, 3), week.clock);
    REQUIRE(asked->to_answer.size() == 1);
    CHECK(asked->to_answer[0].request.reason.empty());  // private to the office
    CHECK(asked->to_answer[0].asker_name == "河坝镇中心小学教师1");
    CHECK(week.refusal(made->front()) == "timetable.change_waits");
    auto const agreed = week.answer(made->front(), 3);
    REQUIRE(agreed.has_value());
    CHECK(agreed->state == ChangeState::ready);
    CHECK(agreed->reason.empty());
    auto const done = week.decide(*agreed);
    CHECK(done.refused.empty());
    CHECK(week.lesson(1, 1).teacher_id == week.heba.teachers[3]);
    CHECK(week.lesson(1, 1).subject == "14");
    CHECK(week.lesson(1, 1).source == LessonSource::substitution);
    auto const mine = my_changes(week.db(), week.teacher(), week.clock);
    CHECK(mine->asked[0].request.state == ChangeState::approved);
    CHECK(mine->asked[0].request.reason == "家里有事");
    REQUIRE(mine->coming.size() == 1);
    CHECK(mine->coming[0].change.reason.empty());
    CHECK(my_changes(week.db(), week.teacher(week.heba, 3), week.clock)->coming.size() == 1);
    CHECK(my_changes(week.db(), week.homeroom(), week.clock)->coming.size() == 1);
    CHECK(my_changes(week.db(), week.teacher(week.heba, 2), week.clock)->coming.empty());
    CHECK(my_changes(week.db(), week.teacher(week.jinpen), week.clock)->coming.empty());
}

TEST_CASE("only a lesson of one's own can be asked for, within the days allowed, once, and not a changed one") {
    ChangeWeek week;
    CHECK(week.ask({week.id(1, 2)}).error().key == "timetable.change_not_yours");
    CHECK(week.ask({LessonId::make()}).error().code == core::ErrorCode::not_found);
    CHECK(week.ask({week.id(-8, 1)}).error().key == "timetable.change_too_far");
    CHECK(week.ask({week.id(-7, 1)}).has_value());
    CHECK(week.ask({week.id(14, 1)}).has_value());
    CHECK(week.ask({week.id(14, 1)}).error().key == "timetable.change_asked_already");
    CHECK(week.approved(week.substitute(week.id(1, 1), 3), 3).refused.empty());
    CHECK(ask_change(week.db(), week.teacher(week.heba, 3), week.clock, {ChangeCause::leave, "开会", {{week.id(1, 1)}}})
              .error()
              .key == "timetable.change_of_change");
    CHECK(ask_change(week.db(), week.teacher(), week.clock, {ChangeCause::leave, "", {{week.id(4, 1)}}})
              .error()
              .problems[0]
              .pointer == "/reason");
    CHECK(ask_change(week.db(), week.teacher(), week.clock, {ChangeCause::leave, "家里有事", {}}).has_error());
    AskedLesson cancelled{week.id(4, 1)};
    cancelled.way = ChangeWay::cancelled;
    CHECK(week.ask(cancelled).error().problems[0].key == "timetable.change_office_only");
    // Of several lessons all or none.
    auto const two = ask_change(week.db(), week.teacher(), week.clock,
                                {ChangeCause::training, "外出学习", {{week.id(4, 1)}, {week.id(14, 1)}}});
    CHECK(two.error().key == "timetable.change_asked_already");
    CHECK(week.ask({week.id(4, 1)}).has_value());
}

TEST_CASE("a proposed colleague must be free and of the school, and may decline; then the class has nobody again") {
    ChangeWeek week;
    CHECK(week.ask(week.substitute(week.id(1, 1), 1)).error().key == "timetable.colleague_not_free");
    AskedLesson far{week.id(1, 1), ChangeWay::substitute, week.jinpen.teachers[0], {}};
    CHECK(week.ask(far).error().key == "timetable.colleague_not_here");
    CHECK(week.ask(week.substitute(week.id(1, 1), 0)).error().problems[0].key == "timetable.change_own");
    auto const made = week.ask(week.substitute(week.id(1, 1), 3));
    CHECK(week.answer(made->front(), 2).error().code == core::ErrorCode::not_found);
    auto const declined = week.answer(made->front(), 3, false);
    REQUIRE(declined.has_value());
    CHECK(declined->state == ChangeState::open);
    CHECK(declined->word == "有会");
    CHECK(week.answer(made->front(), 3).error().key == "timetable.change_over");
    auto const queue = change_queue(week.db(), week.office(), week.clock, week.heba.id);
    REQUIRE(queue->size() == 1);
    CHECK((*queue)[0].uncovered);
    CHECK((*queue)[0].request.reason == "家里有事");
    CHECK(week.refusal(*declined) == "timetable.change_no_way");
    CHECK(change_queue(week.db(), week.teacher(), week.clock, week.heba.id).error().code == core::ErrorCode::forbidden);
    CHECK(change_queue(week.db(), week.academic(week.jinpen), week.clock, week.heba.id).error().code ==
          core::ErrorCode::not_found);
}

TEST_CASE(
    "the office changes a proposal, names somebody without asking, or leaves the class to itself as a last resort") {
    ChangeWeek week;
    auto const made = week.ask({week.id(1, 1)});
    auto const& request = made->front();
    Proposal study;
    study.way = ChangeWay::self_study;
    study.version = request.version;
    CHECK(propose_change(week.db(), week.teacher(), week.clock, request.id, study).error().problems[0].key ==
          "timetable.change_office_only");
    CHECK(propose_change(week.db(), week.academic(week.jinpen), week.clock, request.id, study).error().code ==
          core::ErrorCode::not_found);
    Proposal named;
    named.way = ChangeWay::substitute;
    named.colleague_id = week.heba.teachers[3];
    named.other_subject = "41";
    named.version = request.version;
    auto const ready = propose_change(week.db(), week.office(), week.clock, request.id, named);
    REQUIRE(ready.has_value());
    CHECK(ready->state == ChangeState::ready);
    CHECK(propose_change(week.db(), week.office(), week.clock, request.id, study).error().key ==
          "timetable.change_seen_changed");
    auto const first = week.decide(*ready);
    CHECK(week.lesson(1, 1).subject == "41");  // what is really taught counts
    REQUIRE(week.take_back(first).has_value());
    auto const again = week.ask({week.id(1, 1)});
    study.version = again->front().version;
    auto const left = propose_change(week.db(), week.office(), week.clock, again->front().id, study);
    CHECK(week.decide(*left).refused.empty());
    CHECK(week.lesson(1, 1).state == LessonState::not_taught);
    CHECK_FALSE(week.lesson(1, 1).teacher_id);
}

TEST_CASE("a swap exchanges two lessons of the class in one act and is taken back in one act") {
    ChangeWeek week;
    auto const before = week.all_lessons();
    auto const options = swap_options(week.db(), week.teacher(), week.clock, {week.id(1, 1)});
    REQUIRE(options.has_value());
    CHECK(
        std::ranges::all_of(*options, [&](SwapOption const& one) { return one.teacher_id == week.heba.teachers[1]; }));
    // Teacher 1 has 五(2) in period 1, so no swap fits until that lesson is away.
    CHECK(options->empty());
    NewSubstitution away{
        week.heba.classes[1], week.today().plus_days(1), 1, SubstitutionKind::cancelled, {}, {}, "考试", {}};
    auto const off = add_substitution(week.db(), week.office(), week.clock, away);
    REQUIRE(off.has_value());
    auto const now = swap_options(week.db(), week.teacher(), week.clock, {week.id(1, 1)});
    REQUIRE(now->size() >= 2);
    CHECK(swap_options(week.db(), week.teacher(week.heba, 2), week.clock, {week.id(1, 1)}).error().code ==
          core::ErrorCode::forbidden);
    CHECK(swap_options(week.db(), week.teacher(week.jinpen), week.clock, {week.id(1, 1)}).error().code ==
          core::ErrorCode::not_found);
    auto const& option = now->back();
    AskedLesson const swap{week.id(1, 1), ChangeWay::swap, {}, option.lesson_id};
    auto const done = week.approved(swap, 1);
    CHECK(done.refused.empty());
    CHECK(week.lesson(1, 1).subject == "13");
    CHECK(week.lesson(1, 1).teacher_id == week.heba.teachers[1]);
    auto const other = week.read([&](sql::Tx& tx) { return lesson(tx, option.lesson_id); });
    CHECK(other->subject == "14");
    CHECK(other->teacher_id == week.heba.teachers[0]);
    // His lesson of 五(2) cannot come back while he stands in 五(1).
    CHECK(remove_substitution(week.db(), week.office(), week.clock, off->id).error().key ==
          "timetable.teacher_twice_then");
    REQUIRE(week.take_back(done).has_value());
    REQUIRE(remove_substitution(week.db(), week.office(), week.clock, off->id).has_value());
    CHECK(week.all_lessons() == before);
    CHECK(my_changes(week.db(), week.teacher(), week.clock)->asked[0].request.state == ChangeState::taken_back);
}

TEST_CASE("many requests are decided at once; one that cannot be does not hold the others up") {
    ChangeWeek week;
    auto const first = week.answer(week.ask(week.substitute(week.id(1, 1), 3))->front(), 3);
    auto const second = week.ask(week.substitute(week.id(4, 1), 3));
    auto const third = week.answer(week.ask(week.substitute(week.id(5, 1), 3))->front(), 3);
    auto const done = decide_changes(
        week.db(), week.office(), week.clock,
        {{{first->id, first->version}, {second->front().id, 1}, {third->id, third->version - 1}}, true, "", {}});
    REQUIRE(done->size() == 3);
    CHECK((*done)[0].refused.empty());
    CHECK((*done)[1].refused == "timetable.change_waits");
    CHECK((*done)[2].refused == "timetable.change_seen_changed");
    CHECK(week.decide(*third, false).refused.empty());
    CHECK(my_changes(week.db(), week.teacher(), week.clock)->asked[2].request.note == "那天有考试");
    CHECK(decide_changes(week.db(), week.office(), week.clock, {{{third->id, 3}}, false, "", {}}).has_error());
    CHECK(decide_changes(week.db(), week.academic(week.jinpen), week.clock, {{{third->id, 3}}, true, "", {}})
              .error()
              .code == core::ErrorCode::not_found);
    auto const open = withdraw_change(week.db(), week.teacher(), week.clock, second->front().id);
    CHECK(open->state == ChangeState::withdrawn);
    CHECK(withdraw_change(week.db(), week.teacher(), week.clock, second->front().id).error().key ==
          "timetable.change_over");
    CHECK(withdraw_change(week.db(), week.teacher(week.heba, 1), week.clock, second->front().id).error().code ==
          core::ErrorCode::not_found);
}

TEST_CASE("what happened in the meantime is answered clearly: a holiday, another timetable, a colleague who is busy") {
    ChangeWeek week;
    auto const holiday = week.answer(week.ask(week.substitute(week.id(4, 1), 3))->front(), 3);
    auto const busy = week.answer(week.ask(week.substitute(week.id(5, 1), 3))->front(), 3);
    auto const moved = week.answer(week.ask(week.substitute(week.id(6, 1), 3))->front(), 3);
    CalendarDay const day{week.heba.id, week.today().plus_days(4), DayKind::holiday, "停电", {}};
    REQUIRE(set_calendar_day(week.db(), week.office(), week.clock, day).has_value());
    CHECK(week.refusal(*holiday) == "timetable.change_lesson_gone");
    NewSubstitution elsewhere{week.heba.classes[1],
                              week.today().plus_days(5),
                              1,
                              SubstitutionKind::substitute,
                              {},
                              week.heba.teachers[3],
                              "开会",
                              {}};
    REQUIRE(add_substitution(week.db(), week.office(), week.clock, elsewhere).has_value());
    auto const refused = week.decide(*busy);
    CHECK(refused.refused == "timetable.colleague_not_free");
    CHECK(refused.params.at("name") == "河坝镇中心小学教师4");
    NewSubstitution taken{week.heba.classes[0],
                          week.today().plus_days(6),
                          1,
                          SubstitutionKind::substitute,
                          {},
                          week.heba.teachers[2],
                          "开会",
                          {}};
    REQUIRE(add_substitution(week.db(), week.office(), week.clock, taken).has_value());
    CHECK(week.refusal(*moved) == "timetable.change_lesson_moved");
    auto const queue = change_queue(week.db(), week.office(), week.clock, week.heba.id);
    CHECK(std::ranges::count(*queue, "timetable.change_lesson_gone", &ChangeView::trouble) == 1);
    CHECK(std::ranges::count(*queue, "timetable.change_lesson_moved", &ChangeView::trouble) == 1);
}

TEST_CASE("a holiday that comes onto one half of a swap leaves no lesson on it, and the list says so") {
    ChangeWeek week;
    add_substitution(
        week.db(), week.office(), week.clock,
        {week.heba.classes[1], week.today().plus_days(1), 1, SubstitutionKind::cancelled, {}, {}, "考试", {}})
        .value();
    auto const option = swap_options(week.db(), week.teacher(), week.clock, {week.id(1, 1)})->back();
    CHECK(week.approved({week.id(1, 1), ChangeWay::swap, {}, option.lesson_id}, 1).refused.empty());
    CalendarDay const day{week.heba.id, option.date, DayKind::holiday, "停电", {}};
    REQUIRE(set_calendar_day(week.db(), week.office(), week.clock, day).has_value());
    CHECK_FALSE(week.read([&](sql::Tx& tx) { return lesson(tx, option.lesson_id); }));
    auto const list = substitutions_of(week.db(), week.office(), week.heba.id, option.date, option.date);
    REQUIRE(list->size() == 1);
    CHECK(list->front().gone);
    CHECK(list->front().asked_by_name == "河坝镇中心小学教师1");
    CHECK(list->front().change.reason == "家里有事");
}

TEST_CASE(
    "the lesson that a teacher has already held counts by what was really taught, and again after the take-back") {
    ChangeWeek week;
    auto const held = [&](std::string const& subject) {
        auto const rows = course_check(week.db(), week.office(), week.clock, week.heba.id);
        auto const row = std::ranges::find_if(*rows, [&](CourseCheckRow const& one) {
            return one.class_id == week.heba.classes[0] && one.subject == subject;
        });
        return row == rows->end() ? -1.0 : row->taught;
    };
    REQUIRE(set_course_plan(week.db(), week.caller(week.info_office), 2014,
                            {{2014, 5, "13", 5}, {2014, 5, "14", 5}, {2014, 5, "41", 1}})
                .has_value());
    auto const before = held("14");
    CHECK(before > 0);
    auto const made = week.ask({week.id(-6, 1)});
    Proposal other;
    other.way = ChangeWay::substitute;
    other.colleague_id = week.heba.teachers[2];
    other.other_subject = "41";
    other.version = 1;
    auto const done = week.decide(*propose_change(week.db(), week.office(), week.clock, made->front().id, other));
    CHECK(done.refused.empty());
    CHECK(week.lesson(-6, 1).state == LessonState::held);
    CHECK(held("14") < before);
    CHECK(held("41") > 0);
    REQUIRE(week.take_back(done).has_value());
    CHECK(held("14") == doctest::Approx(before));
    CHECK(held("41") == doctest::Approx(0));
}

TEST_CASE("the sheet of a day is for everybody at the school and says neither why nor who asked") {
    ChangeWeek week;
    CHECK(week.approved(week.substitute(week.id(1, 1), 3), 3).refused.empty());
    auto const sheet = change_sheet(week.db(), week.teacher(week.heba, 2), week.heba.id, week.today().plus_days(1));
    REQUIRE(sheet.has_value());
    REQUIRE(sheet->items.size() == 1);
    CHECK(sheet->items[0].planned_teacher_name == "河坝镇中心小学教师1");
    CHECK(sheet->items[0].teacher_name == "河坝镇中心小学教师4");
    CHECK(sheet->items[0].change.reason.empty());
    CHECK_FALSE(sheet->items[0].asked_by);
    CHECK(change_sheet(week.db(), week.teacher(week.jinpen), week.heba.id, week.today()).error().code ==
          core::ErrorCode::not_found);
    CHECK(change_sheet(week.db(), week.pupil(), week.heba.id, week.today()).error().code == core::ErrorCode::not_found);
}

TEST_CASE("the month's book gives the office all with counts by name, and a teacher only what concerns himself") {
    ChangeWeek week;
    CHECK(week.approved(week.substitute(week.id(1, 1), 3), 3).refused.empty());
    auto const path = std::filesystem::temp_directory_path() / (core::Uuid::make().text() + ".xlsx");
    auto const rows = [&](auth::Caller const& caller, std::size_t sheet) {
        REQUIRE(write_changes(week.db(), caller, week.heba.id, "2014-11", {path.string(), "zh-CN"}).has_value());
        auto const table = text::open_table(path).value();
        REQUIRE(table->select(sheet).has_value());
        std::vector<std::string> found;
        for (text::TableRow row; table->next(row).value();) {
            std::string line;
            for (auto const& cell : row.cells) line += cell.text + '|';
            found.push_back(line);
        }
        return found;
    };
    CHECK(rows(week.office(), 0).at(1) ==
          "2014-11-21|1|五(1)班|数学|河坝镇中心小学教师1|代课|数学|河坝镇中心小学教师4|河坝镇中心小学教师1|");
    auto const counts = rows(week.office(), 1);
    REQUIRE(counts.size() == 3);
    CHECK(counts[1] == "河坝镇中心小学教师1|1|0|0|0|");
    CHECK(counts[2] == "河坝镇中心小学教师4|0|1|0|0|");
    CHECK(rows(week.teacher(week.heba, 3), 1).size() == 2);
    CHECK(rows(week.teacher(week.heba, 2), 0).size() == 1);
    auto const write = [&](auth::Caller const& caller, char const* month) {
        return write_changes(week.db(), caller, week.heba.id, month, {path.string(), "zh-CN"});
    };
    CHECK(write(week.office(), "2014-13").error().problems[0].key == "timetable.no_such_month");
    CHECK(write(week.teacher(week.jinpen), "2014-11").error().code == core::ErrorCode::not_found);
    std::filesystem::remove(path);
}

TEST_CASE("lessons change places only where neither teacher is twice at a time and no room is taken") {
    auto const at = [](core::OrgId const& group, int period, core::PersonId const& teacher, char const* room) {
        Lesson lesson;
        lesson.id = lesson_id(group, {2014, 11, 21}, period);
        lesson.class_id = group;
        lesson.date = {2014, 11, 21};
        lesson.period = period;
        lesson.teacher_id = teacher;
        lesson.room = room;
        return lesson;
    };
    auto const group = core::OrgId::make(), elsewhere = core::OrgId::make();
    auto const one = core::PersonId::make(), other = core::PersonId::make(), third = core::PersonId::make();
    auto const lesson = at(group, 1, one, "实验室");
    auto const second = at(group, 2, other, "");
    CHECK(swaps_for(lesson, std::vector{lesson, second}).size() == 1);
    CHECK(swaps_for(lesson, std::vector{lesson, second, at(elsewhere, 1, other, "")}).empty());  // he teaches then
    CHECK(swaps_for(lesson, std::vector{lesson, second, at(elsewhere, 2, one, "")}).empty());
    CHECK(swaps_for(lesson, std::vector{lesson, second, at(elsewhere, 2, third, "实验室")}).empty());
    auto off = at(elsewhere, 2, third, "实验室");
    off.state = LessonState::cancelled;
    CHECK(swaps_for(lesson, std::vector{lesson, second, off}).size() == 1);
    auto changed = second;
    changed.source = LessonSource::substitution;
    CHECK(swaps_for(lesson, std::vector{lesson, changed}).empty());
}
