#include <doctest/doctest.h>

#include <thread>

#include "classroom.hpp"

using namespace santong;
using teaching::EvidenceKind;
using teaching::MinutesBand;
using teaching::SessionState;
using test::Classroom;

TEST_CASE("the class view knows the lesson that is about to begin and opens it without a question") {
    Classroom room;
    room.go_to(20, 10, 9);
    CHECK_FALSE(teaching::current_class(room.db(), room.math(), room.clock)->lesson.has_value());
    CHECK(teaching::open_class(room.db(), room.math(), room.clock, {}).error().key == "teaching.no_lesson_now");
    teaching::OpenRequest early;
    early.lesson_id = room.lesson(1, 3);
    CHECK(teaching::open_class(room.db(), room.math(), room.clock, early).error().key == "teaching.too_early");
    room.go_to(20, 10, 10);
    auto const current = teaching::current_class(room.db(), room.math(), room.clock);
    REQUIRE(current->lesson.has_value());
    CHECK(current->lesson->class_name == "五(1)班");
    auto const view = teaching::open_class(room.db(), room.math(), room.clock, {});
    REQUIRE(view.has_value());
    CHECK(view->session.id == room.session(1, 3));
    CHECK(view->session.kind == EvidenceKind::class_view);
    CHECK(view->session.state == SessionState::provisional);
    CHECK(view->session.week == 12);
    CHECK(view->lesson.pupils == 4);
    CHECK(view->place.bell_at == core::Zone{}.at(room.today(), 660));
}

TEST_CASE("a lesson of a colleague, a lesson that is over and a lesson of another school cannot be opened") {
    Classroom room;
    room.go_to(20, 10, 25);
    teaching::OpenRequest request;
    request.lesson_id = room.lesson(2, 3);
    CHECK(teaching::open_class(room.db(), room.math(), room.clock, request).error().key ==
          "teaching.lesson_of_colleague");
    CHECK(teaching::open_class(room.db(), room.teacher(room.jinpen), room.clock, request).error().code ==
          core::ErrorCode::not_found);
    CHECK(teaching::open_class(room.db(), room.pupil(), room.clock, request).error().code ==
          core::ErrorCode::not_found);
    request.lesson_id = room.lesson(1, 1);
    CHECK(teaching::open_class(room.db(), room.math(), room.clock, request).error().key == "teaching.lesson_over");
    request.lesson_id = timetable::LessonId::make();
    CHECK(teaching::open_class(room.db(), room.math(), room.clock, request).error().key == "teaching.lesson_not_found");
}

TEST_CASE("two rivals who open the same period get one session") {
    Classroom room;
    room.go_to(20, 10, 20);
    std::vector<teaching::SessionId> seen(4);
    {
        std::vector<std::jthread> rivals;
        for (auto& id : seen) {
            rivals.emplace_back([&room, &id] {
                auto const view = teaching::open_class(room.db(), room.math(), room.clock, {});
                if (view) id = view->session.id;
            });
        }
    }
    for (auto const& id : seen) CHECK(id == room.session(1, 3));
    auto const all = room.read(
        [&](sql::Tx& tx) { return teaching::sessions_of_class(tx, room.heba.classes[0], room.today(), room.today()); });
    CHECK(all.size() == 1);
}

TEST_CASE("what is shown is evidence at once: the resource, whether it was reviewed, once in the feed") {
    Classroom room;
    room.go_to(20, 10, 20);
    auto const id = room.open().session.id;
    room.show(id, room.draft);
    CHECK(room.stored(id).resource_count == 1);
    CHECK_FALSE(room.stored(id).reviewed_resource);
    room.show(id, room.reviewed, 1);
    room.show(id, room.reviewed, 2);
    CHECK(room.stored(id).resource_count == 2);
    CHECK(room.stored(id).reviewed_resource);
    int uses = 0;
    int views = 0;
    for (auto const& entry : room.read([](sql::Tx& tx) { return feed::read(tx, 0, 10'000); })) {
        uses += entry.type == "teaching.SessionUse" ? 1 : 0;
        views += entry.type == "resources.Viewed" ? 1 : 0;
    }
    CHECK(uses == 2);
    CHECK(views == 2);
    CHECK(teaching::show(room.db(), room.math(), room.clock, id, {room.elsewhere, 1, {}, {}}).error().key ==
          "resources.not_found");
    CHECK(teaching::show(room.db(), room.math(), room.clock, id, {room.reviewed, 0, {}, {}}).error().code ==
          core::ErrorCode::invalid);
    CHECK(teaching::show(room.db(), room.chinese(), room.clock, id, {room.reviewed, 1, {}, {}}).error().key ==
          "teaching.not_your_class");
}

TEST_CASE("minutes stand as a band and grow by signs of life; silence adds nothing") {
    Classroom room;
    room.go_to(20, 10, 20);
    auto const id = room.open().session.id;
    room.show(id, room.reviewed);
    room.stay(id, 9);
    CHECK(room.stored(id).minutes_band == MinutesBand::b0_10);
    room.stay(id, 2);
    CHECK(room.stored(id).minutes_band == MinutesBand::b10_20);
    room.clock.set(room.clock.now().plus_seconds(15 * 60));
    REQUIRE(teaching::heartbeat(room.db(), room.math(), room.clock, id).has_value());
    CHECK(room.stored(id).minutes_band == MinutesBand::b10_20);
    auto const ended = teaching::end_class(room.db(), room.math(), room.clock, id);
    REQUIRE(ended.has_value());
    CHECK(ended->started_at == core::Zone{}.at(room.today(), 620));
    CHECK(ended->ended_at == core::Zone{}.at(room.today(), 660));
    auto const used = room.read([&](sql::Tx& tx) { return teaching::session_resources(tx, {id}); });
    REQUIRE(used.size() == 1);
    CHECK(used[0].minutes_band == MinutesBand::b10_20);
}

TEST_CASE("after a crash the class goes on at the same page, and after a hasty end too") {
    Classroom room;
    auto const plan = room.plan_with_resource({room.lesson(1, 3)});
    room.go_to(20, 10, 20);
    auto const id = room.open().session.id;
    room.show(id, room.reviewed, 4);
    room.clock.set(room.clock.now().plus_seconds(12));
    auto const current = teaching::current_class(room.db(), room.math(), room.clock);
    REQUIRE(current->running.has_value());
    CHECK(current->running->place.resource_id == room.reviewed);
    CHECK(current->running->place.page == 4);
    CHECK(current->running->plan_id == plan.plan.id);
    CHECK(current->running->resources.size() == 1);
    CHECK(room.open().place.page == 4);
    REQUIRE(teaching::end_class(room.db(), room.math(), room.clock, id).has_value());
    CHECK(teaching::end_class(room.db(), room.math(), room.clock, id).has_value());
    CHECK(teaching::heartbeat(room.db(), room.math(), room.clock, id).error().key == "teaching.session_ended");
    CHECK_FALSE(teaching::current_class(room.db(), room.math(), room.clock)->running.has_value());
    auto const again = room.open();
    CHECK(again.session.running());
    CHECK(again.place.page == 4);
    CHECK(again.place.resource_id == room.reviewed);
}

TEST_CASE("a forgotten session is closed at its bell; one that runs over a little is left alone") {
    Classroom room;
    room.go_to(20, 10, 20);
    auto const id = room.open().session.id;
    room.go_to(20, 10, 59, 50);
    REQUIRE(teaching::heartbeat(room.db(), room.math(), room.clock, id).has_value());
    room.go_to(20, 11, 0, 20);
    auto const close = [&] {
        return room.transact([&](sql::Tx& tx) { return teaching::close_sessions(tx, room.clock.now()); });
    };
    CHECK(close() == 0);
    room.go_to(20, 11, 0, 50);
    CHECK(close() == 1);
    CHECK(room.stored(id).ended_at == core::Zone{}.at(room.today(), 660));
    CHECK(close() == 0);
}

TEST_CASE("opening the next lesson ends one that was forgotten") {
    Classroom room;
    room.go_to(20, 10, 50);
    auto const first = room.open().session.id;
    room.go_to(20, 11, 5);
    room.open(2, 4);
    CHECK_FALSE(room.stored(first).running());
}

TEST_CASE("a lesson that stands in no timetable is opened by choosing the class") {
    Classroom room;
    room.go_to(20, 9, 15);
    teaching::OpenRequest request;
    request.class_id = room.heba.classes[0];
    auto const view = teaching::open_class(room.db(), room.math(), room.clock, request);
    REQUIRE(view.has_value());
    CHECK(view->lesson.unplanned);
    CHECK(view->lesson.period == 2);
    CHECK(view->lesson.subject == "14");
    CHECK(teaching::open_class(room.db(), room.chinese(), room.clock, request).error().key ==
          "teaching.lesson_of_colleague");
    CHECK(teaching::open_class(room.db(), room.teacher(room.jinpen), room.clock, request).error().code ==
          core::ErrorCode::forbidden);
    room.go_to(20, 23, 0);
    CHECK(teaching::open_class(room.db(), room.math(), room.clock, request).error().key == "teaching.no_period_now");
}

TEST_CASE("raised hands are counted as numbers of the class, never above those present") {
    Classroom room;
    room.go_to(20, 10, 25);
    auto const id = room.open().session.id;
    CHECK(teaching::ask(room.db(), room.math(), room.clock, id, {"变不变？", {"变"}, {}, {}, {}}).error().code ==
          core::ErrorCode::invalid);
    auto const question =
        teaching::ask(room.db(), room.math(), room.clock, id, {"变不变？", {"变大", "变小", "不变"}, 1, {}, {}});
    REQUIRE(question.has_value());
    CHECK(question->present == 4);
    CHECK(question->counts == std::vector{0, 0, 0});
    auto const current = teaching::current_class(room.db(), room.math(), room.clock);
    CHECK(current->running->place.question_id == question->id);
    auto const count = [&](teaching::HandCount const& hands) {
        return teaching::count_hands(room.db(), room.math(), room.clock, id, question->id, hands);
    };
    using Counts = std::vector<std::int32_t>;
    CHECK(count({Counts{1, 2, 1}, {}, {}})->counts == Counts{1, 2, 1});
    CHECK(count({Counts{2, 2, 1}, {}, {}}).error().problems.at(0).key == "teaching.counts_above_present");
    CHECK(count({Counts{-1, 2, 1}, {}, {}}).error().problems.at(0).key == "teaching.counts_negative");
    CHECK(count({Counts{1, 2}, {}, {}}).error().problems.at(0).key == "teaching.counts_do_not_fit");
    CHECK(count({{}, 501, {}}).error().problems.at(0).key == "teaching.present_out_of_range");
    CHECK(count({{}, 5, true})->done);
    CHECK(room.stored(id).present == 5);
    CHECK_FALSE(teaching::current_class(room.db(), room.math(), room.clock)->running->place.question_id.has_value());
    CHECK(teaching::count_hands(room.db(), room.chinese(), room.clock, id, question->id, {}).error().key ==
          "teaching.not_your_class");
    CHECK(teaching::count_hands(room.db(), room.math(), room.clock, id, teaching::QuestionId::make(), {}).error().key ==
          "teaching.question_not_found");
}

TEST_CASE("a question asked without waiting for the server is one question however often it is sent, and counts anew") {
    Classroom room;
    room.go_to(20, 10, 25);
    auto const id = room.open().session.id;
    teaching::NewQuestion wish{"变不变？", {"变", "不变"}, {}, 4, teaching::QuestionId::make()};
    auto const ask = [&] { return teaching::ask(room.db(), room.math(), room.clock, id, wish); };
    using Counts = std::vector<std::int32_t>;
    CHECK(ask()->id == *wish.id);
    REQUIRE(
        teaching::count_hands(room.db(), room.math(), room.clock, id, *wish.id, {Counts{3, 1}, {}, true}).has_value());
    CHECK(ask()->counts == Counts{3, 1});
    CHECK(room.stored(id).question_count == 1);
    auto const again = teaching::ask(room.db(), room.math(), room.clock, id, {"变不变？", {"变", "不变"}, {}, {}, {}});
    CHECK(again->number == 2);
    CHECK(again->counts == Counts{0, 0});
    // The first count is still corrected by its own identifier, and the other one does not move.
    REQUIRE(
        teaching::count_hands(room.db(), room.math(), room.clock, id, *wish.id, {Counts{1, 3}, {}, true}).has_value());
    auto const questions = teaching::current_class(room.db(), room.math(), room.clock)->running->questions;
    REQUIRE(questions.size() == 2);
    CHECK(questions[0].counts == Counts{1, 3});
    CHECK(questions[1].counts == Counts{0, 0});
    room.go_to(20, 11, 15);
    auto const next = room.open(2, 4).session.id;
    CHECK(teaching::ask(room.db(), room.math(), room.clock, next, wish).error().key == "teaching.question_elsewhere");
}

TEST_CASE("what a screen kept while the server was away is taken on the lesson's day, though the session has ended") {
    Classroom room;
    room.go_to(20, 10, 50);
    auto const id = room.open().session.id;
    auto const first =
        teaching::ask(room.db(), room.math(), room.clock, id, {"变不变？", {"变", "不变"}, {}, 4, {}})->id;
    room.go_to(20, 11, 20);
    CHECK(room.transact([&](sql::Tx& tx) { return teaching::close_sessions(tx, room.clock.now()); }) == 1);
    using Counts = std::vector<std::int32_t>;
    auto const count = [&](Counts const& counts) {
        return teaching::count_hands(room.db(), room.math(), room.clock, id, first, {counts, {}, true});
    };
    teaching::NewQuestion const late{"积是几位小数？", {"A", "B"}, {}, 4, teaching::QuestionId::make()};
    auto const ask = [&] { return teaching::ask(room.db(), room.math(), room.clock, id, late); };
    CHECK(count({3, 1})->counts == Counts{3, 1});
    CHECK(ask()->number == 2);
    CHECK(teaching::show(room.db(), room.math(), room.clock, id, {room.reviewed, 1, {}, {}}).has_value());
    CHECK_FALSE(room.stored(id).running());
    CHECK_FALSE(teaching::current_class(room.db(), room.math(), room.clock)->running.has_value());
    CHECK(room.stored(id).question_count == 2);
    CHECK(room.stored(id).resource_count == 1);
    CHECK(teaching::heartbeat(room.db(), room.math(), room.clock, id).error().key == "teaching.session_ended");
    CHECK(teaching::ask(room.db(), room.chinese(), room.clock, id, late).error().key == "teaching.not_your_class");
    REQUIRE(teaching::discard(room.db(), room.math(), room.clock, id, {""}).has_value());
    CHECK(count({4, 0}).error().key == "teaching.session_ended");
    REQUIRE(teaching::restore(room.db(), room.math(), room.clock, id).has_value());
    room.go_to(21, 0, 0);
    CHECK(count({4, 0}).error().key == "teaching.session_ended");
    CHECK(ask().error().key == "teaching.session_ended");
}

TEST_CASE("several kinds of evidence for one period make one session of the strongest kind") {
    Classroom room;
    room.go_to(20, 10, 30);
    auto const add = [&](EvidenceKind kind, std::optional<resources::ResourceId> resource) {
        return room.transact([&](sql::Tx& tx) {
            return teaching::add_evidence(tx, room.clock, {room.lesson(1, 3), room.heba.teachers[0], kind, resource});
        });
    };
    CHECK(add(EvidenceKind::helper, {})->kind == EvidenceKind::helper);
    CHECK(add(EvidenceKind::resource_opened, room.reviewed)->resource_count == 1);
    CHECK(room.stored(room.session(1, 3)).ended_at.has_value());
    CHECK(room.open().session.kind == EvidenceKind::class_view);
    CHECK(add(EvidenceKind::helper, {})->kind == EvidenceKind::class_view);
    CHECK(room.stored(room.session(1, 3)).running());
    CHECK(room.read([&](sql::Tx& tx) { return teaching::sessions_after(tx, {}, 10); }).size() == 1);
}

TEST_CASE("raw traces go with their term; the record stays") {
    Classroom room;
    room.go_to(20, 10, 20);
    auto const id = room.open().session.id;
    room.show(id, room.reviewed);
    room.stay(id, 11);
    REQUIRE(teaching::end_class(room.db(), room.math(), room.clock, id).has_value());
    auto const erase = [&](core::LocalDate before) {
        return room.transact([&](sql::Tx& tx) { return teaching::erase_traces(tx, before); });
    };
    CHECK(erase(room.today()) == 0);
    room.clock.set(core::Zone{}.at({2015, 2, 10}, 600));
    teaching::keep_house(room.db(), room.district(), room.clock);
    CHECK(erase({2015, 3, 1}) == 0);
    CHECK(room.stored(id).minutes_band == MinutesBand::b10_20);
    CHECK(room.stored(id).state == SessionState::fixed);
}
