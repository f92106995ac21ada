#include <doctest/doctest.h>

#include "modules/roster/rules/citizen_number.hpp"
#include "modules/roster/rules/phone.hpp"
#include "modules/roster/rules/school_code.hpp"
#include "modules/roster/rules/student_number.hpp"

using namespace santong;
using namespace santong::roster::rules;

namespace {

core::LocalDate const today{2014, 9, 1};

std::string numbered(std::string const& seventeen) {
    return seventeen + citizen_check_character(seventeen);
}

std::string refusal(std::string_view number) {
    auto result = read_citizen_number(number, today);
    return result ? "" : result.error().key;
}

}  // namespace

TEST_CASE("an identity number tells birthday, sex and region") {
    auto number = read_citizen_number("11010519491231002x", today);  // the example of GB 11643
    REQUIRE(number.has_value());
    CHECK(number->number == "11010519491231002X");
    CHECK(number->birth == core::LocalDate{1949, 12, 31});
    CHECK(number->sex == Sex::female);
    CHECK(number->region == "110105");
    CHECK(read_citizen_number("４３０９０１ 20030101 " + numbered("43090120030101001").substr(14), today)->sex ==
          Sex::male);
}

TEST_CASE("an old number of 15 digits is given its modern form") {
    auto number = read_citizen_number("110105491231002", today);
    REQUIRE(number.has_value());
    CHECK(number->number == "11010519491231002X");
    CHECK(number->old_form);
}

TEST_CASE("a wrong identity number is refused with what would be right") {
    auto wrong = read_citizen_number("110105194912310021", today);
    CHECK(wrong.error().key == "roster.citizen_number_check");
    CHECK(wrong.error().params.at("expected") == "X");
    CHECK(wrong.error().params.at("found") == "1");
    auto letter = read_citizen_number("1101051949l231002X", today);
    CHECK(letter.error().key == "roster.citizen_number_characters");
    CHECK(letter.error().params.at("place") == "11");
    CHECK(refusal("11010519491231") == "roster.citizen_number_length");
    CHECK(refusal(numbered("99010519491231002")) == "roster.citizen_number_region");
    CHECK(refusal(numbered("11010519490231002")) == "roster.citizen_number_birth");
    CHECK(refusal(numbered("11010520490131002")) == "roster.birth_future");
    CHECK(refusal("4.30901E+17") == "roster.citizen_number_ruined");
    CHECK(refusal("430901200301010000") == "roster.citizen_number_ruined");
    CHECK(refusal("") == "roster.citizen_number_length");
    CHECK(mask_citizen_number("11010519491231002X") == "110105********002X");
}

TEST_CASE("a student number is an identity number with a G, or of its own kind with J or L") {
    auto citizen = read_student_number("g11010519491231002x", today);
    REQUIRE(citizen.has_value());
    CHECK(citizen->kind == StudentNumberKind::citizen);
    CHECK(citizen->citizen_number() == "11010519491231002X");
    auto other = read_student_number("J" + numbered("43090120030101001"), today);
    REQUIRE(other.has_value());
    CHECK(other->kind == StudentNumberKind::without_citizen_number);
    CHECK(other->citizen_number().empty());
    CHECK_FALSE(other->sex);
    auto temporary = read_student_number("L430901200301010012", today);
    REQUIRE(temporary.has_value());
    CHECK(temporary->birth == core::LocalDate{2003, 1, 1});
}

TEST_CASE("a wrong student number is refused") {
    auto key = [](std::string_view number) { return read_student_number(number, today).error().key; };
    CHECK(key("X430901200301010012") == "roster.student_number_letter");
    CHECK(key("L43090120030101001") == "roster.student_number_length");
    CHECK(key("L43090120030101001X") == "roster.student_number_characters");
    CHECK(key("L430901200302310012") == "roster.citizen_number_birth");
    CHECK(key("G110105194912310021") == "roster.citizen_number_check");
    CHECK(key("L43090120030101001一") == "roster.student_number_characters");
    auto good = "J" + numbered("43090120030101001");
    good.back() = good.back() == '1' ? '2' : '1';
    CHECK(key(good) == "roster.student_number_check");
}

TEST_CASE("a temporary number becomes a permanent one of the same person") {
    auto temporary = *read_student_number("L430901200301010012", today);
    auto permanent = *read_student_number("G" + numbered("43090120030101001"), today);
    auto stranger = *read_student_number("G" + numbered("43090120030102001"), today);
    auto twin = *read_student_number("G" + numbered("43090120030101003"), today);
    CHECK(may_follow(temporary, permanent).has_value());
    CHECK(may_follow(permanent, permanent).has_value());
    CHECK(may_follow(temporary, stranger).error().key == "roster.student_number_birth_differs");
    CHECK(may_follow(permanent, temporary).error().key == "roster.student_number_kept");
    CHECK(may_follow(permanent, twin).error().key == "roster.student_number_kept");
}

TEST_CASE("a school code tells the type and the province") {
    auto code = read_school_code("3143012345");
    REQUIRE(code.has_value());
    CHECK(code->type.name == "普通初中");
    CHECK(code->province == "43");
    auto key = [](std::string_view text) { return read_school_code(text).error().key; };
    CHECK(key("314301234") == "roster.school_code_length");
    CHECK(key("314301234a") == "roster.school_code_characters");
    CHECK(key("9943012345") == "roster.school_code_type");
    CHECK(key("3199012345") == "roster.school_code_province");
    CHECK(*read_place_code("430971 100 000") == "430971100000");
    CHECK(read_place_code("430971").error().key == "roster.place_code_length");
    CHECK(read_place_code("990971100000").error().key == "roster.place_code_province");
}

TEST_CASE("a phone number is read, checked and masked") {
    CHECK(read_mobile("+86 138-0013-8000")->number == "13800138000");
    CHECK(read_mobile("8613800138000")->number == "13800138000");
    CHECK(read_phone("(0737)5668123")->number == "0737-5668123");
    CHECK(read_phone("010-62513651")->number == "010-62513651");
    CHECK(read_phone("1380013800").error().params.at("length") == "10");
    CHECK(read_phone("12800138000").error().key == "roster.phone_prefix");
    CHECK(read_phone("138x0138000").error().key == "roster.phone_characters");
    CHECK(read_phone("1.38001E+10").error().key == "roster.phone_ruined");
    CHECK(read_phone("").error().key == "roster.phone_characters");
    CHECK(read_mobile("07375668123").error().key == "roster.phone_not_mobile");
    CHECK(mask_phone("13800138000") == "138****8000");
    CHECK(mask_phone("0737-5668123") == "073*****8123");
    CHECK(mask_phone("123") == "***");
}
