#include "desk.hpp"

#include <doctest/doctest.h>
#include <stdlib.h>

#include <algorithm>
#include <filesystem>

namespace santong::test {

namespace {

std::string new_folder() {
    auto name = (std::filesystem::temp_directory_path() / "santong-homework-XXXXXX").string();
    REQUIRE(::mkdtemp(name.data()) != nullptr);
    return name;
}

/// The smallest picture there is.
constexpr std::string_view one_pixel(
    "\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x06\x00\x00\x00\x1f\x15\xc4\x89\x00\x00"
    "\x00"
    "\nIDATx\x9c"
    "c\x00\x01\x00\x00\x05\x00\x01\r\n-\xb4\x00\x00\x00\x00IEND\xae"
    "B`\x82",
    67);

}  // namespace

Desk::Desk() : folder(new_folder()), contents(folder), files(db(), contents, clock) {}
Desk::~Desk() {
    std::filesystem::remove_all(folder);
}

auth::Caller Desk::with_account(core::PersonId const& person) const {
    auto who = caller(person);
    if (who.account.is_nil()) who.account = core::AccountId{core::Uuid::named("account of " + person.text())};
    return who;
}

auth::Caller Desk::child(std::size_t number, std::size_t class_number) const {
    return with_account(heba.pupils[class_number][number]);
}

homework::HomeworkContent Desk::content() const {
    homework::HomeworkContent wish;
    wish.title = "练习第 3、5 题";
    wish.text = "先画图再列式。";
    wish.due_on = {2014, 11, 21};
    wish.class_ids = {first_class()};
    return wish;
}

homework::HomeworkView Desk::set(homework::HomeworkContent const& wish) const {
    auto const made = homework::set_homework(db(), files, math(), clock, {"14", wish, {}, {}});
    REQUIRE(made.has_value());
    return *made;
}

core::FileId Desk::picture(auth::Caller const& owner) {
    auto const kept = files.keep(district(), {"作业.png", owner.account, {}}, one_pixel);
    REQUIRE(kept.has_value());
    return kept->id;
}

homework::SubmissionId Desk::submission(homework::HomeworkView const& of, std::size_t pupil) const {
    return homework::submission_id(of.homework.id, heba.pupils[0][pupil]);
}

homework::BoardRow Desk::row(homework::HomeworkView const& of, std::size_t pupil) const {
    auto const board = homework::class_board(db(), math(), clock, of.homework.id, first_class());
    REQUIRE(board.has_value());
    auto const found = std::ranges::find(board->rows, heba.pupils[0][pupil], &homework::BoardRow::pupil_id);
    REQUIRE(found != board->rows.end());
    return *found;
}

core::Result<homework::PupilHomeworkView> Desk::hand_in(homework::HomeworkView const& of, std::size_t pupil,
                                                        std::string text, std::vector<core::FileId> pictures) {
    return homework::hand_in(db(), files, child(pupil), clock, of.homework.id, {std::move(text), std::move(pictures)});
}

}  // namespace santong::test
