#include "modules/teaching/service_room.hpp"

#include <doctest/doctest.h>

#include "classroom.hpp"

using namespace santong;
using test::Classroom;
using Numbers = std::vector<std::int32_t>;

namespace {

struct Asked {
    teaching::SessionId session;
    teaching::QuestionId question;
};

Asked ask(Classroom& room, std::vector<std::string> options = {"变大", "变小", "不变"}) {
    auto const session = room.open().session.id;
    auto const question =
        teaching::ask(room.db(), room.math(), room.clock, session, {"变不变？", std::move(options), 1, {}, {}});
    REQUIRE(question.has_value());
    return {session, question->id};
}

core::Result<teaching::CardBoard> read(Classroom& room, Asked const& at, teaching::CardReading const& reading) {
    return teaching::read_cards(room.db(), room.math(), room.clock, at.session, at.question, reading);
}

teaching::InkStroke stroke(char const* sheet = "r/1") {
    return {teaching::StrokeId::make(), sheet, teaching::InkTool::pen, 0, {10, 20, 30, 40}};
}

}  // namespace

TEST_CASE("cards that a phone reads stand on the screen as numbers of the class and as who has been read") {
    Classroom room;
    room.go_to(20, 10, 25);
    auto const at = ask(room);
    CHECK(read(room, at, {{1, 2, 0}, {4, 7, 9}, {}})->question->counts == Numbers{1, 2, 0});
    auto const board = teaching::card_board(room.db(), room.math(), at.session);
    CHECK(board->seen == Numbers{4, 7, 9});
    CHECK(board->pupils == 4);
    CHECK(board->question->id == at.question);
    // the last orientation wins: the whole reading takes the place of the one before
    CHECK(read(room, at, {{0, 3, 2}, {4, 7, 9, 11, 12}, board->read_at})->question->counts == Numbers{0, 3, 2});
    CHECK(teaching::card_board(room.db(), room.math(), at.session)->question->present == 5);
    REQUIRE(
        teaching::count_hands(room.db(), room.math(), room.clock, at.session, at.question, {{}, {}, true}).has_value());
    CHECK(teaching::card_board(room.db(), room.math(), at.session)->seen.empty());
    CHECK(read(room, at, {{1, 0, 0}, {4}, {}}).error().key == "teaching.question_done");
}

TEST_CASE("a reading that fits no question, no card or no class is refused") {
    Classroom room;
    room.go_to(20, 10, 25);
    auto const at = ask(room);
    auto const problem = [&](teaching::CardReading const& reading) {
        return read(room, at, reading).error().problems.at(0).key;
    };
    CHECK(problem({{1, 0, 0}, {81}, {}}) == "teaching.no_such_card");
    CHECK(problem({{2, 0, 0}, {4, 4}, {}}) == "teaching.no_such_card");
    CHECK(problem({{2, 0, 0}, {4}, {}}) == "teaching.counts_do_not_fit");
    CHECK(problem({{1, 0}, {4}, {}}) == "teaching.counts_do_not_fit");
    CHECK(problem({{-1, 2, 0}, {4}, {}}) == "teaching.counts_do_not_fit");
    CHECK(teaching::read_cards(room.db(), room.chinese(), room.clock, at.session, at.question, {}).error().key ==
          "teaching.not_your_class");
    CHECK(teaching::read_cards(room.db(), room.teacher(room.jinpen), room.clock, at.session, at.question, {})
              .error()
              .code == core::ErrorCode::not_found);
    CHECK(teaching::card_board(room.db(), room.chinese(), at.session).error().key == "teaching.not_your_class");
    CHECK(teaching::read_cards(room.db(), room.math(), room.clock, at.session, teaching::QuestionId::make(), {})
              .error()
              .key == "teaching.question_not_found");
    auto const five = teaching::ask(room.db(), room.math(), room.clock, at.session,
                                    {"哪个？", {"1", "2", "3", "4", "5"}, {}, {}, {}});
    CHECK(read(room, {at.session, five->id}, {{1, 0, 0, 0, 0}, {4}, {}}).error().key ==
          "teaching.too_many_options_for_cards");
}

TEST_CASE("a count that begins anew is not filled again by the phone's old reading") {
    Classroom room;
    room.go_to(20, 10, 25);
    auto const at = ask(room);
    auto const first = read(room, at, {{1, 0, 0}, {4}, {}});
    REQUIRE(teaching::count_hands(room.db(), room.math(), room.clock, at.session, at.question,
                                  {Numbers{0, 0, 0}, {}, false})
                .has_value());
    CHECK(read(room, at, {{1, 1, 0}, {4, 5}, first->read_at}).error().key == "teaching.cards_begin_anew");
    CHECK(read(room, at, {{0, 1, 0}, {5}, {}})->seen == Numbers{5});
}

TEST_CASE("ink survives a crash and stands once however often it is sent; it goes with its term") {
    Classroom room;
    room.go_to(20, 10, 20);
    auto const id = room.open().session.id;
    auto const one = stroke();
    auto const two = stroke("board/1");
    auto const draw = [&](teaching::InkChange const& change) {
        return teaching::draw(room.db(), room.math(), room.clock, id, change);
    };
    CHECK(draw({{one, two}, {}})->strokes == 2);
    CHECK(draw({{one, two}, {}})->strokes == 2);
    auto const kept = teaching::ink(room.db(), room.math(), id);
    REQUIRE(kept->size() == 2);
    CHECK((*kept)[0].points == one.points);
    CHECK((*kept)[1].sheet == "board/1");
    CHECK(draw({{}, {one.id}})->strokes == 1);
    CHECK(draw({{one}, {two.id}})->strokes == 1);
    auto odd = stroke();
    odd.points.push_back(1);
    CHECK(draw({{odd}, {}}).error().problems.at(0).key == "teaching.ink_unreadable");
    odd = stroke("");
    CHECK(draw({{odd}, {}}).error().code == core::ErrorCode::invalid);
    CHECK(draw({std::vector<teaching::InkStroke>(teaching::most_strokes, one), {}}).error().key == "teaching.ink_full");
    CHECK(teaching::ink(room.db(), room.chinese(), id).error().key == "teaching.not_your_class");
    CHECK(teaching::draw(room.db(), room.teacher(room.jinpen), room.clock, id, {{one}, {}}).error().code ==
          core::ErrorCode::not_found);
    room.transact([&](sql::Tx& tx) { return teaching::erase_traces(tx, {2015, 3, 1}); });
    CHECK(teaching::ink(room.db(), room.math(), id)->empty());
}

TEST_CASE("a blank board stands in front of the material and the material stays for afterwards") {
    Classroom room;
    room.go_to(20, 10, 20);
    auto const id = room.open().session.id;
    room.show(id, room.reviewed, 4);
    auto const show = [&](teaching::ShowRequest const& wish) {
        return teaching::show(room.db(), room.math(), room.clock, id, wish);
    };
    CHECK(show({{}, {}, {}, 2})->board == 2);
    auto const place = teaching::current_class(room.db(), room.math(), room.clock)->running->place;
    CHECK(place.board == 2);
    CHECK(place.resource_id == room.reviewed);
    CHECK(place.page == 4);
    CHECK(show({{}, {}, {}, 0}).error().code == core::ErrorCode::invalid);
    CHECK(show({{}, {}, {}, 51}).error().code == core::ErrorCode::invalid);
    CHECK(show({room.reviewed, 4, {}, {}})->board == 0);
}

TEST_CASE("a screen calls pupils by number and surname, or by the number alone where the school wants it so") {
    Classroom room;
    room.go_to(20, 10, 20);
    auto const id = room.open().session.id;
    auto const list = [&] { return teaching::call_list(room.db(), room.math(), id); };
    REQUIRE(list()->classes.size() == 1);
    auto const pupils = list()->classes[0].pupils;
    REQUIRE(pupils.size() == 4);
    CHECK(pupils[0].number == 1);
    CHECK(pupils[3].number == 4);
    CHECK_FALSE(pupils[0].surname.empty());
    CHECK(pupils[0].surname.size() <= 6);
    auto const set = [&](auth::Caller const& who, core::OrgId const& school) {
        return teaching::set_classroom_rule(room.db(), who, school, {teaching::Calling::number});
    };
    CHECK(set(room.principal(room.jinpen), room.heba.id).error().code == core::ErrorCode::not_found);
    CHECK(set(room.math(), room.heba.id).error().code == core::ErrorCode::not_found);
    CHECK(set(room.principal(room.heba), room.heba.classes[0]).error().code == core::ErrorCode::not_found);
    CHECK(set(room.principal(room.heba), room.heba.id).has_value());
    CHECK(list()->classes[0].pupils[0].surname.empty());
    CHECK(teaching::classroom_rule(room.db(), room.academic(room.heba), room.heba.id)->calling ==
          teaching::Calling::number);
    CHECK(teaching::classroom_rule(room.db(), room.principal(room.jinpen), room.heba.id).error().code ==
          core::ErrorCode::not_found);
    CHECK(teaching::call_list(room.db(), room.chinese(), id).error().key == "teaching.not_your_class");
    CHECK(teaching::surname_of("欧阳晓") == "欧阳");
    CHECK(teaching::surname_of("李思远") == "李");
}

TEST_CASE("cards are printed for the classes of one's own school") {
    Classroom room;
    auto const classes = teaching::card_classes(room.db(), room.math(), room.clock);
    REQUIRE(classes->size() == 2);
    CHECK((*classes)[0].name == "五(1)班");
    CHECK((*classes)[0].pupils == 4);
    CHECK(teaching::card_classes(room.db(), room.caller(room.supervisor), room.clock).error().key ==
          "teaching.no_school");
}

TEST_CASE("who has which code card is told to whoever teaches the class, and every look is recorded") {
    Classroom room;
    auto const list = [&](auth::Caller const& caller, std::size_t class_number = 0) {
        return teaching::card_holders(room.db(), caller, room.clock, room.heba.classes[class_number]);
    };
    auto const own = list(room.math());
    REQUIRE(own.has_value());
    REQUIRE(own->size() == 4);
    CHECK(own->at(0).number == 1);
    CHECK_FALSE(own->at(0).name.empty());
    CHECK(list(room.caller(room.heba.homeroom[1]), 1).has_value());
    CHECK(list(room.chinese()).error().code == core::ErrorCode::not_found);
    CHECK(list(room.teacher(room.heba, 5)).error().code == core::ErrorCode::not_found);
    CHECK(list(room.teacher(room.jinpen, 0)).error().code == core::ErrorCode::not_found);
    CHECK(list(room.caller(room.heba.principal)).error().code == core::ErrorCode::not_found);
}
