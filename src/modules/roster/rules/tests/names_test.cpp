#include <doctest/doctest.h>

#include "modules/roster/rules/chinese_number.hpp"
#include "modules/roster/rules/class_name.hpp"
#include "modules/roster/rules/code_table.hpp"
#include "modules/roster/rules/dates.hpp"
#include "modules/roster/rules/grade_name.hpp"
#include "modules/roster/rules/person_name.hpp"
#include "modules/roster/rules/school_code.hpp"
#include "modules/roster/rules/sex.hpp"
#include "platform/text/tests/scratch.hpp"

using namespace santong;
using namespace santong::roster::rules;

namespace {

GradeSpan const primary{1, 6}, junior{7, 9}, nine_years{1, 9}, complete{7, 12};

/// "grade/number", or the key of the refusal.
std::string read(std::string_view name, GradeSpan span = {}, int school_year = 2014) {
    auto result = read_class_name(name, span, school_year);
    if (!result) return result.error().key;
    return (result->grade ? std::to_string(*result->grade) : "?") + "/" + std::to_string(result->number);
}

std::string date(std::string_view text) {
    auto result = read_date(text);
    return result ? result->text() : result.error().key;
}

}  // namespace

TEST_CASE("a class is read in every way that schools write it") {
    for (auto name :
         {"五(2)班", "五（2）班", "五（２）班", "五2班", "五年级2班", "5年级(2)班", "五年级二班", "5.2", "5-2", "502",
          "五.2", "小五（2）班", "五年级（2）", " 五 ( 2 ) 班 ", "5(2)", "五【2】班", "502班"}) {
        CHECK_MESSAGE(read(name, primary) == "5/2", name);
    }
    CHECK(read("七年级12班", complete) == "7/12");
    CHECK(read("七年级十二班", complete) == "7/12");
    CHECK(read("高一(3)", complete) == "10/3");
    CHECK(read("高一3班", complete) == "10/3");
    CHECK(read("初二3班", junior) == "8/3");
    CHECK(read("1003班", complete) == "10/3");
    CHECK(read("五年级甲班", primary) == "5/1");
    CHECK(read("十二(3)班", complete) == "12/3");
    CHECK(read("3班", primary) == "?/3");
    CHECK(read("三班", primary) == "?/3");
}

TEST_CASE("a class named after its year is placed by the school year") {
    CHECK(read("2012级3班", primary) == "3/3");
    CHECK(read("2021级3班", primary, 2021) == "1/3");
    CHECK(read("2021级（3）班", primary, 2023) == "3/3");
    CHECK(read("1403班", junior) == "7/3");
    CHECK(read("1203班", junior) == "9/3");
    CHECK(read("1203班", complete) == "roster.class_name_ambiguous");  // grade 12, or the year 2012
    CHECK(read("201403", junior) == "7/3");
    CHECK(read("2015届3班", junior) == "9/3");
    CHECK(read("初中2013级2班", nine_years) == "8/2");
    CHECK(read("2014级1班", nine_years) == "roster.class_name_ambiguous");
    CHECK(read("2011级1班", nine_years) == "4/1");
    CHECK(read("2001级1班", primary) == "roster.class_entry_year");
    CHECK(read_class_name("2012级3班", primary, 2014)->entry_year == 2012);
    CHECK(entry_year_of(8, 2014) == 2013);
}

TEST_CASE("a number or a grade that nobody has does not break a name") {
    CHECK(chinese_number(0) == "零");
    CHECK(chinese_number(21) == "二十一");
    CHECK(chinese_number(-4) == "-4");
    CHECK(chinese_number(100) == "100");
    CHECK(grade_name(-4) == "-4年级");
    CHECK(grade_name(120) == "高111");
    CHECK(cohort_label(2014, 2) == "2014级2班");
}

TEST_CASE("a name that is no class of this school is refused") {
    CHECK(read("阳光班") == "roster.class_name_unknown");
    CHECK(read("") == "roster.class_name_unknown");
    CHECK(read("五(0)班") == "roster.class_name_unknown");
    CHECK(read("七(1)班", primary) == "roster.class_grade_not_taught");
    CHECK(read("2014-05-02", primary) == "roster.class_name_date");
    CHECK(read("五年级") == "roster.class_name_unknown");
}

TEST_CASE("a class is written in one way") {
    CHECK(class_label(5, 2) == "五(2)班");
    CHECK(class_label(7, 12) == "七(12)班");
    CHECK(class_label(10, 3) == "高一(3)班");
    for (int grade = 1; grade <= 12; ++grade) {
        CHECK(read(class_label(grade, 4)) == std::to_string(grade) + "/4");
        CHECK(read_grade(grade_name(grade)) == grade);
    }
}

TEST_CASE("a grade is read in every way that schools write it") {
    for (auto name : {"七", "7", "07", "七年级", "初一", "初中一年级", "Grade 7", "７年级", "初中七年级"}) {
        CHECK_MESSAGE(read_grade(name) == 7, name);
    }
    CHECK(read_grade("高三") == 12);
    CHECK(read_grade("小五") == 5);
    CHECK(read_grade("十二") == 12);
    CHECK_FALSE(read_grade("13"));
    CHECK_FALSE(read_grade("0"));
    CHECK_FALSE(read_grade("小七"));
    CHECK_FALSE(read_grade("学前班"));
    CHECK(read_small_number("二十一") == 21);
    CHECK(read_small_number("廿三") == 23);
    CHECK_FALSE(read_small_number("一二"));
    CHECK_FALSE(read_small_number("100"));
    CHECK(chinese_number(20) == "二十");
    CHECK(chinese_number(11) == "十一");
}

TEST_CASE("a day is read in every way that people write it") {
    for (auto text : {"2012-09-01", "2012.9.1", "2012/9/1", "20120901", "2012年9月1日", "2012年09月01日", "41153",
                      "41153.5", "2012-9-1 00:00:00", "２０１２－９－１", "2012. 9. 1", "2012-09-01T08:00"}) {
        CHECK_MESSAGE(date(text) == "2012-09-01", text);
    }
    CHECK(read_month("2012-09")->text() == "2012-09-01");
    CHECK(read_month("201209")->text() == "2012-09-01");
    CHECK(read_month("2012年9月")->text() == "2012-09-01");
    CHECK(read_month("2012.9")->text() == "2012-09-01");
    CHECK(date("2012-09") == "roster.date_unknown");
}

TEST_CASE("a day that is none is refused with the reason") {
    auto february = read_date("2003-02-31");
    CHECK(february.error().key == "roster.date_no_such_day");
    CHECK(february.error().params.at("last_day") == "28");
    CHECK(read_date("2004.2.30").error().params.at("last_day") == "29");
    auto letter = read_date("2012-l0-O1");
    CHECK(letter.error().key == "roster.date_letter");
    CHECK(letter.error().params.at("suggestion") == "2012-10-01");
    CHECK(date("2012-13-01") == "roster.date_no_such_month");
    CHECK(date("12-9-1") == "roster.date_short_year");
    CHECK(date("9/1/2012") == "roster.date_order");
    CHECK(date("yesterday") == "roster.date_unknown");
    CHECK(date("") == "roster.date_unknown");
    CHECK(date("2012--") == "roster.date_unknown");
    CHECK(check_birth_date({2015, 1, 1}, {2014, 9, 1}).error().key == "roster.birth_future");
    CHECK(check_birth_date({1880, 1, 1}, {2014, 9, 1}).error().key == "roster.birth_too_early");
    CHECK(check_birth_date({2003, 1, 1}, {2014, 9, 1}).has_value());
}

TEST_CASE("a name is kept in one way") {
    CHECK(*read_person_name("张　三") == "张三");
    CHECK(*read_person_name("阿依古丽.买买提") == "阿依古丽·买买提");
    CHECK(*read_person_name("阿依古丽•买买提") == "阿依古丽·买买提");
    CHECK(*read_person_name(" Anna  Wang ") == "Anna Wang");
    CHECK(*read_person_name("𠀀小明") == "𠀀小明");
    CHECK(*read_person_name("小明😀") == "小明😀");
    CHECK(*read_person_name("O'Brien") == "O'Brien");
    CHECK(read_person_name(" 　").error().key == "roster.name_missing");
    CHECK(read_person_name("王?").error().key == "roster.name_lost_character");
    CHECK(read_person_name("<b>王</b>").error().key == "roster.name_characters");
    CHECK(read_person_name(std::string(60, 'a')).error().key == "roster.name_too_long");
}

TEST_CASE("sexes are read") {
    CHECK(read_sex("男") == Sex::male);
    CHECK(read_sex(" 女性 ") == Sex::female);
    CHECK(read_sex("F") == Sex::female);
    CHECK(read_sex("１") == Sex::male);
    CHECK_FALSE(read_sex("x"));
    CHECK(sex_code(*read_sex("unknown")) == "0");
}

TEST_CASE("code tables are read by code and by name") {
    auto file = [](std::string_view name) {
        std::ifstream in(text::test::repository_file("src/modules/roster/codes/" + std::string(name)),
                         std::ios::binary);
        return CodeTable::parse(std::string((std::istreambuf_iterator<char>(in)), {}));
    };
    auto ethnic = file("2012/MZ.csv");
    CHECK(ethnic.name_of("01") == "汉族");
    CHECK(*ethnic.read("汉") == "01");
    CHECK(*ethnic.read("1") == "01");
    CHECK(*ethnic.read("03-回族") == "03");
    CHECK(ethnic.read("火星").error().key == "roster.code_unknown");
    CHECK(file("2022/ZXXKC.csv").entries().size() == 3);
    for (auto const& entry :
         std::filesystem::directory_iterator(text::test::repository_file("src/modules/roster/codes/2012"))) {
        if (entry.path().filename() == "school_type_prefix.csv") continue;
        CHECK_FALSE(file("2012/" + entry.path().filename().string()).entries().empty());
    }
}
