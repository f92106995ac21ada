#include <doctest/doctest.h>

#include <algorithm>

#include "desk.hpp"
#include "modules/homework/http.hpp"
#include "modules/homework/service_set.hpp"
#include "modules/indicators/service.hpp"
#include "modules/messages/service.hpp"
#include "platform/http/router.hpp"

using namespace santong;
using namespace santong::homework;
using test::Desk;

namespace {

InkSheet ticked(std::int32_t sheet) {
    return {sheet, {{StrokeKind::tick, 0, {5000, 2000}, ""}, {StrokeKind::pen, 1, {10, 10, 400, 420}, ""}}};
}

core::Result<MarkSaved> mark(Desk& desk, SubmissionId const& id, MarkRequest const& request) {
    return save_mark(desk.db(), desk.math(), desk.clock, id, request);
}

}  // namespace

TEST_CASE("a pupil hands in, puts it right, and it is marked, given back, corrected: all rounds stay") {
    Desk desk;
    auto const made = desk.set();
    auto const id = desk.submission(made, 0);
    auto const first = desk.picture(desk.child(0)), second = desk.picture(desk.child(0));
    REQUIRE(desk.hand_in(made, 0, "", {first}).has_value());
    auto const again = desk.hand_in(made, 0, "第 5 题不会", {second});
    REQUIRE(again.has_value());
    REQUIRE(again->rounds.size() == 1);
    CHECK(again->rounds[0].work.files[0].file_id == second);
    CHECK(desk.row(made, 0).state == SubmissionState::handed_in);

    REQUIRE(mark(desk, id, {1, 0, MarkResult::b, "单位", {ticked(1)}}).has_value());
    CHECK(desk.hand_in(made, 0, "再改").error().key == "homework.being_marked");
    auto const waiting = pupil_homework_view(desk.db(), desk.child(0), desk.clock, made.homework.id);
    CHECK(waiting->rounds[0].ink.empty());
    CHECK(waiting->rounds[0].work.comment.empty());
    REQUIRE(give_back(desk.db(), desk.math(), desk.clock, id, {true}).has_value());
    auto const back = pupil_homework_view(desk.db(), desk.child(0), desk.clock, made.homework.id);
    CHECK(back->homework.state == SubmissionState::correction);
    REQUIRE(back->rounds[0].ink.size() == 1);
    CHECK(back->rounds[0].ink[0].strokes.size() == 2);
    CHECK(back->homework.comment == "单位");
    CHECK(back->may_hand_in);

    REQUIRE(desk.hand_in(made, 0, "订正好了").has_value());
    REQUIRE(give_back(desk.db(), desk.math(), desk.clock, id, {false}).has_value());
    auto const done = pupil_homework_view(desk.db(), desk.child(0), desk.clock, made.homework.id);
    CHECK(done->rounds.size() == 2);
    CHECK(done->homework.result == MarkResult::read);
    CHECK_FALSE(done->may_hand_in);
    CHECK(desk.hand_in(made, 0, "又来").error().key == "homework.given_back");
}

TEST_CASE("handing in late is allowed and noted") {
    Desk desk;
    auto const made = desk.set();
    desk.go_to(22, 9, 0);
    auto const late = desk.hand_in(made, 0, "补交");
    REQUIRE(late.has_value());
    CHECK(late->homework.late);
    CHECK(desk.row(made, 0).late);
}

TEST_CASE("handing in nothing, somebody else's file, a program, or a homework on paper is refused") {
    Desk desk;
    auto const made = desk.set();
    CHECK(desk.hand_in(made, 0, "  ").error().key == "homework.nothing_to_hand_in");
    auto const foreign = desk.picture(desk.child(1));
    CHECK(desk.hand_in(made, 0, "", {foreign}).error().key == "files.not_found");
    CHECK(desk.hand_in(made, 0, std::string(3 * (longest_text + 1), 'x')).has_value() == false);
    auto wish = desk.content();
    wish.form = Form::paper;
    CHECK(desk.hand_in(desk.set(wish), 0, "写了").error().key == "homework.on_paper_only");
    CHECK(homework::hand_in(desk.db(), desk.files, desk.child(0, 1), desk.clock, made.homework.id, {"我也交", {}})
              .error()
              .key == "homework.not_found");
}

TEST_CASE("the class list is ticked in a moment, and unticked; what came online stays") {
    Desk desk;
    auto const made = desk.set();
    REQUIRE(desk.hand_in(made, 0, "网上交").has_value());
    auto const all = desk.heba.pupils[0];
    auto const board =
        collect(desk.db(), desk.files, desk.math(), desk.clock, made.homework.id, desk.first_class(), {all, true});
    REQUIRE(board.has_value());
    CHECK(board->homework.handed_in == 4);
    CHECK(desk.row(made, 0).how == HandedBy::online);
    CHECK(desk.row(made, 1).how == HandedBy::paper);
    REQUIRE(collect(desk.db(), desk.files, desk.math(), desk.clock, made.homework.id, desk.first_class(), {all, false})
                .has_value());
    CHECK(desk.row(made, 0).state == SubmissionState::handed_in);
    CHECK(desk.row(made, 1).state == SubmissionState::open);
    CHECK(collect(desk.db(), desk.files, desk.math(), desk.clock, made.homework.id, desk.first_class(),
                  {{desk.heba.pupils[1][0]}, true})
              .error()
              .key == "homework.pupil_not_found");
}

TEST_CASE("a stack of photographs goes to its owners, several pages each, and a page can change its owner") {
    Desk desk;
    auto const made = desk.set();
    auto const teacher = desk.with_account(desk.heba.teachers[0]);
    auto const pupils = desk.heba.pupils[0];
    std::vector<core::FileId> pages;
    for (int i = 0; i < 3; ++i) pages.push_back(desk.picture(teacher));
    auto const put = [&](std::vector<PhotographedWork> works) {
        return put_photos(desk.db(), desk.files, teacher, desk.clock, made.homework.id, desk.first_class(),
                          {std::move(works)});
    };
    REQUIRE(put({{pupils[0], {pages[0], pages[1]}}, {pupils[1], {pages[2]}}}).has_value());
    CHECK(desk.row(made, 0).files == 2);
    REQUIRE(put({{pupils[0], {pages[0]}}, {pupils[1], {pages[2], pages[1]}}}).has_value());
    CHECK(desk.row(made, 1).photos.size() == 2);
    CHECK(put({{pupils[0], {pages[0]}}, {pupils[2], {pages[0]}}}).error().key == "homework.page_twice");
    REQUIRE(put({{pupils[1], {}}}).has_value());
    CHECK(desk.row(made, 1).how == HandedBy::paper);
    REQUIRE(desk.hand_in(made, 2, "网上交").has_value());
    CHECK(put({{pupils[2], {pages[2]}}}).error().key == "homework.handed_in_online");
    REQUIRE(mark(desk, desk.submission(made, 0), {1, 0, MarkResult::a, "", {}}).has_value());
    CHECK(put({{pupils[0], {pages[2]}}}).error().key == "homework.marked_already");
    CHECK(put({{pupils[3], {desk.picture(desk.child(0))}}}).error().key == "files.not_found");
}

TEST_CASE("ink is bounded, stays on its sheet, and a mark made elsewhere meanwhile is not written over") {
    Desk desk;
    auto const made = desk.set();
    auto const id = desk.submission(made, 0);
    REQUIRE(desk.hand_in(made, 0, "写好了").has_value());
    auto const with = [&](InkSheet sheet) { return mark(desk, id, {1, 0, MarkResult::none, "", {std::move(sheet)}}); };
    CHECK(with(ticked(1)).error().key == "homework.no_such_sheet");
    CHECK(with({0, {{StrokeKind::pen, 0, {1, 20'000}, ""}}}).error().key == "homework.ink_outside");
    CHECK(with({0, {{StrokeKind::tick, 7, {1, 2}, ""}}}).error().key == "homework.ink_outside");
    CHECK(with({0, std::vector<MarkStroke>(most_strokes + 1, {StrokeKind::tick, 0, {1, 2}, ""})}).error().key ==
          "homework.too_much_ink");
    auto const saved = with(ticked(0));
    REQUIRE(saved.has_value());
    CHECK(saved->marked);
    CHECK(with(ticked(0)).error().key == "homework.marked_elsewhere");
    auto const cleared = mark(desk, id, {1, 1, MarkResult::none, "", {{0, {}}}});
    REQUIRE(cleared.has_value());
    CHECK_FALSE(cleared->marked);
    CHECK(mark(desk, id, {2, 2, MarkResult::a, "", {}}).error().key == "homework.given_back");
    CHECK(mark(desk, id, {1, 2, MarkResult::a, std::string(longest_comment + 1, 'x'), {}}).has_value() == false);
}

TEST_CASE("all marked works go back at once, and giving back can be undone until the pupil comes again") {
    Desk desk;
    auto const made = desk.set();
    for (std::size_t i = 0; i < 3; ++i) REQUIRE(desk.hand_in(made, i, "写好了").has_value());
    for (std::size_t i = 0; i < 2; ++i)
        REQUIRE(mark(desk, desk.submission(made, i), {1, 0, MarkResult::star_3, "", {}}).has_value());
    auto const given = give_all_back(desk.db(), desk.math(), desk.clock, made.homework.id, desk.first_class());
    REQUIRE(given.has_value());
    CHECK(given->submissions.size() == 2);
    CHECK(desk.row(made, 2).state == SubmissionState::handed_in);
    auto const id = desk.submission(made, 0);
    CHECK(give_back(desk.db(), desk.math(), desk.clock, id, {}).error().key == "homework.given_back");
    REQUIRE(take_back(desk.db(), desk.math(), desk.clock, id).has_value());
    CHECK(desk.row(made, 0).state == SubmissionState::handed_in);
    CHECK(take_back(desk.db(), desk.math(), desk.clock, id).error().key == "homework.not_given_back");
}

TEST_CASE("those of whom nothing came are reminded on their own page") {
    Desk desk;
    auto const made = desk.set();
    REQUIRE(desk.hand_in(made, 0, "写好了").has_value());
    auto const reminded = remind(desk.db(), desk.math(), desk.clock, made.homework.id, desk.first_class());
    REQUIRE(reminded.has_value());
    CHECK(reminded->pupils == 3);
    auto const list = pupil_homework(desk.db(), desk.child(1), desk.clock, {true, {}, {}});
    REQUIRE(list->items.size() == 1);
    CHECK(list->items[0].reminded_at.has_value());
    CHECK(pupil_homework(desk.db(), desk.child(0), desk.clock, {true, {}, {}})->items.empty());
    CHECK(pupil_homework(desk.db(), desk.child(0), desk.clock, {})->items.size() == 1);
    CHECK(desk.read([&](sql::Tx& tx) { return open_for_pupil(tx, desk.child(1), desk.clock); }) == 1);
    CHECK(desk.read([&](sql::Tx& tx) { return waiting_for_marking(tx, desk.math()); }) == 1);
}

TEST_CASE("a work is seen by its pupil, his guardians and its teachers, and by nobody else") {
    Desk desk;
    auto const made = desk.set();
    auto const picture = desk.picture(desk.child(0));
    REQUIRE(desk.hand_in(made, 0, "写好了", {picture}).has_value());
    auto const id = desk.submission(made, 0);
    auto const reader = work_access(desk.clock);
    auto const reads = [&](auth::Caller const& who) {
        return desk.read([&](sql::Tx& tx) { return reader->may_read(tx, who, {picture, work_holder, id.text(), {}}); });
    };
    auto const guardian = desk.caller(desk.guardian);
    CHECK(reads(desk.child(0)));
    CHECK(reads(guardian));
    CHECK(reads(desk.math()));
    for (auto const& other :
         {desk.child(1), desk.chinese(), desk.caller(desk.other_guardian), desk.principal(desk.heba),
          desk.academic(desk.heba), desk.teacher(desk.jinpen), desk.caller(desk.info_office)}) {
        CHECK_FALSE(reads(other));
        CHECK(submission_view(desk.db(), other, desk.clock, id).error().key == "homework.submission_not_found");
        CHECK(class_board(desk.db(), other, desk.clock, made.homework.id, desk.first_class()).error().key ==
              "homework.not_found");
        CHECK(save_mark(desk.db(), other, desk.clock, id, {1, 0, MarkResult::a, "", {}}).error().key ==
              "homework.submission_not_found");
        CHECK(remind(desk.db(), other, desk.clock, made.homework.id, desk.first_class()).error().key ==
              "homework.not_found");
        CHECK(homework_view(desk.db(), other, desk.clock, made.homework.id).error().key == "homework.not_found");
    }
    auto const child = desk.heba.pupils[0][0];
    auto const read = child_homework(desk.db(), guardian, desk.clock, child, {});
    REQUIRE(read.has_value());
    CHECK(read->items[0].state == SubmissionState::handed_in);
    auto const whole = child_homework_view(desk.db(), guardian, desk.clock, child, made.homework.id);
    REQUIRE(whole.has_value());
    CHECK_FALSE(whole->may_hand_in);
    CHECK(child_homework(desk.db(), guardian, desk.clock, desk.heba.pupils[0][1], {}).error().key ==
          "roster.person_not_found");
    CHECK(child_homework_view(desk.db(), desk.caller(desk.other_guardian), desk.clock, child, made.homework.id)
              .error()
              .key == "roster.person_not_found");
}

TEST_CASE("a teacher keeps phrases of his own") {
    Desk desk;
    REQUIRE(put_my_phrases(desk.db(), desk.math(), {{" 书写认真 ", "", "书写认真", "注意单位"}}).has_value());
    CHECK(my_phrases(desk.db(), desk.math())->phrases == std::vector<std::string>{"书写认真", "注意单位"});
    CHECK(my_phrases(desk.db(), desk.chinese())->phrases.empty());
    CHECK_FALSE(put_my_phrases(desk.db(), desk.math(), {{std::string(200, 'x')}}).has_value());
    std::vector<std::string> many;
    for (std::size_t i = 0; i <= most_phrases; ++i) many.push_back("评语" + std::to_string(i));
    CHECK_FALSE(put_my_phrases(desk.db(), desk.math(), {many}).has_value());
}

TEST_CASE("pictures and ink of works go when their term is over, words stay") {
    Desk desk;
    auto const made = desk.set();
    auto const picture = desk.picture(desk.child(0));
    REQUIRE(desk.hand_in(made, 0, "写好了", {picture}).has_value());
    auto const id = desk.submission(made, 0);
    REQUIRE(mark(desk, id, {1, 0, MarkResult::a, "好", {ticked(1)}}).has_value());
    keep_house(desk.db(), desk.files, desk.district(), desk.clock);
    CHECK(submission_view(desk.db(), desk.math(), desk.clock, id)->rounds[0].work.files.size() == 1);
    desk.clock.set(core::Zone{}.at({2015, 4, 1}, 600));
    keep_house(desk.db(), desk.files, desk.district(), desk.clock);
    CHECK_FALSE(desk.files.find(desk.district(), picture).has_value());
    auto const left = submission_view(desk.db(), desk.math(), desk.clock, id);
    REQUIRE(left.has_value());
    CHECK(left->rounds[0].work.files_erased);
    CHECK(left->rounds[0].ink.empty());
    CHECK(left->rounds[0].work.comment == "好");
}

TEST_CASE("a pupil who hands in on his own has learned that week; a tick on paper says nothing of devices") {
    Desk desk;
    auto const made = desk.set();
    auto readers = indicators::consumers(nullptr, desk.clock);
    REQUIRE(desk.hand_in(made, 0, "写好了").has_value());
    REQUIRE(collect(desk.db(), desk.files, desk.math(), desk.clock, made.homework.id, desk.first_class(),
                    {{desk.heba.pupils[0][1]}, true})
                .has_value());
    for (auto const& one : readers) feed::run_consumer(desk.db(), desk.district(), *one);
    auto const learners = desk.read([](sql::Tx& tx) {
        return tx.value<std::int64_t>("SELECT COUNT(*) FROM facts_learner WHERE district_id = $1", tx.district());
    });
    CHECK(learners == 1);
}

TEST_CASE("every route of homework says what it is for and asks for a permission of its own") {
    Desk desk;
    http::Router router;
    homework::register_routes(router, desk.db(), desk.clock, desk.files);
    REQUIRE_FALSE(router.routes().empty());
    for (auto const& route : router.routes()) {
        CAPTURE(route->path);
        CHECK_FALSE(route->summary.empty());
        CHECK(route->access.kind == http::Access::Kind::permission);
        CHECK(route->access.permission.starts_with("homework."));
    }
}

TEST_CASE("every page of a PDF is a sheet of its own; other files have one") {
    Work work;
    work.files = {{core::FileId::make(), "作业.pdf", "application/pdf"},
                  {core::FileId::make(), "照片.jpg", "image/jpeg"}};
    CHECK(is_sheet(0, work));
    CHECK(is_sheet(1, work));
    CHECK(is_sheet(1 + 2 * sheets_a_page, work));
    CHECK(is_sheet(1 + 179 * sheets_a_page, work));  // the 180th page of a thick one
    CHECK(is_sheet(2, work));
    CHECK_FALSE(is_sheet(2 + sheets_a_page, work));
    CHECK_FALSE(is_sheet(sheets_a_page, work));  // the text has one page
    CHECK_FALSE(is_sheet(3, work));
    CHECK_FALSE(is_sheet(1 + most_pages * sheets_a_page, work));
    CHECK_FALSE(is_sheet(-1, work));
}

TEST_CASE("a work that is given back is told to its pupil and his guardians") {
    Desk desk;
    auto const made = desk.set();
    REQUIRE(desk.hand_in(made, 0, "写好了").has_value());
    REQUIRE(desk.hand_in(made, 1, "写好了").has_value());
    REQUIRE(give_back(desk.db(), desk.math(), desk.clock, desk.submission(made, 0), {true}).has_value());
    auto const told = [&](core::PersonId const& who) {
        return messages::inbox(desk.db(), desk.caller(who), desk.clock, {})->items;
    };
    auto const pupil = told(desk.heba.pupils[0][0]), guardian = told(desk.guardian);
    REQUIRE(pupil.size() == 1);
    CHECK(pupil[0].kind == messages::MessageKind::homework_correction);
    CHECK(pupil[0].href == "/my-homework/" + made.homework.id.text());
    REQUIRE(guardian.size() == 1);
    CHECK(guardian[0].who.empty() == false);
    CHECK(guardian[0].href.starts_with("/children/" + desk.heba.pupils[0][0].text()));
    CHECK(told(desk.heba.pupils[0][1]).empty());
    CHECK(told(desk.other_guardian).empty());
}

TEST_CASE("a colleague who teaches the same class and subject finds the homework in his list, that class alone") {
    Desk desk;
    auto both = desk.content();
    both.class_ids = {desk.first_class(), desk.second_class()};
    auto const made = set_homework(desk.db(), desk.files, desk.math(), desk.clock, {"14", both, {}, {}});
    REQUIRE(made.has_value());
    REQUIRE(desk.hand_in(*made, 0, "写好了").has_value());
    auto const list = [&](auth::Caller const& who) { return my_homework(desk.db(), who, desk.clock, {})->items; };
    CHECK(list(desk.chinese()).empty());
    CHECK(list(desk.teacher(desk.jinpen)).empty());
    // From now on teacher 3 teaches 五(1) mathematics.
    desk.transact([&](sql::Tx& tx) {
        tx.execute(
            "UPDATE taught_lesson SET teacher_id = $2 WHERE district_id = $1 AND class_id = $3 AND subject = '14'"
            " AND date > $4",
            tx.district(), desk.heba.teachers[3], desk.first_class(), desk.today());
    });
    auto const seen = list(desk.teacher(desk.heba, 3));
    REQUIRE(seen.size() == 1);
    CHECK_FALSE(seen[0].mine);
    CHECK(seen[0].teacher_name == "河坝镇中心小学教师1");
    CHECK(seen[0].classes.size() == 1);
    CHECK(seen[0].to_mark == 1);
    CHECK(list(desk.math())[0].mine);
    CHECK(list(desk.math())[0].classes.size() == 2);
    REQUIRE(withdraw_homework(desk.db(), desk.math(), desk.clock, made->homework.id).has_value());
    CHECK(list(desk.teacher(desk.heba, 3)).empty());
}
