#include "modules/roster/rules/column_guess.hpp"

#include <doctest/doctest.h>

#include <map>

#include "platform/text/number_cell.hpp"

using namespace santong;
using namespace santong::roster::rules;

namespace {

std::vector<text::TableRow> sheet(std::vector<std::vector<std::string>> const& rows) {
    std::vector<text::TableRow> out;
    for (auto const& row : rows) {
        text::TableRow made;
        made.number = out.size() + 1;
        for (auto const& cell : row) made.cells.push_back(text::text_cell(cell));
        out.push_back(made);
    }
    return out;
}

/// "0=name 3=sex", in the order of the columns.
std::string guessed(SheetGuess const& guess) {
    std::string out;
    for (auto const& column : guess.columns) {
        out +=
            (out.empty() ? "" : " ") + std::to_string(column.column) + "=" + std::string(core::enum_text(column.field));
    }
    return out;
}

}  // namespace

TEST_CASE("the columns of a register of pupils are found below its title") {
    auto guess = guess_columns(sheet({
        {"大通湖区第一中学学生名册"},
        {"填报单位：", "教务处"},
        {"序号", "★姓名（必填）", "性别", "全国学籍号", "身份证件号码", "年级", "班别", "入学年月", "监护人姓名",
         "家长电话", "特长"},
        {"1", "张三", "男", "G430901200301010019", "430901200301010019", "七年级", "1401班", "201409", "张大",
         "13800138000", "x"},
        {"2", "李四", "女", "L430901200301020012", "", "七年级", "1401班", "201409", "李大", "13800138001", ""},
    }));
    CHECK(guess.kind == SheetKind::pupils);
    CHECK(guess.header_row == 3);
    CHECK(guess.first_data_row == 4);
    CHECK(guessed(guess) ==
          "1=name 2=sex 3=student_number 4=citizen_number 5=grade 6=class_name 7=entry_month "
          "8=guardian_name 9=guardian_phone");
    REQUIRE(guess.unknown.size() == 2);
    CHECK(guess.unknown[1].header == "特长");
    CHECK(guess.columns[2].confidence > 0.9);
}

TEST_CASE("headings of two rows are joined") {
    auto rows = sheet({{"姓名", "性别", "监护人", "监护人", "班级"},
                       {"姓名", "性别", "姓名", "电话", "班级"},
                       {"张三", "男", "张大", "13800138000", "五(2)班"}});
    auto guess = guess_columns(rows);
    CHECK(guess.header_row == 1);
    CHECK(guess.first_data_row == 3);
    CHECK(guessed(guess) == "0=name 1=sex 2=guardian_name 3=guardian_phone 4=class_name");
}

TEST_CASE("a line above the headings is no part of them") {
    auto guess = guess_columns(sheet(
        {{"2014秋学生花名册"}, {"填表人：王老师"}, {"校名", "班级", "姓名"}, {"河坝镇中心小学", "五(2)班", "张三"}}));
    CHECK(guess.header_row == 3);
    CHECK(guess.first_data_row == 4);
    CHECK(guessed(guess) == "0=school 1=class_name 2=name");
    CHECK(guess.columns[0].header == "校名");
}

TEST_CASE("an export of the teachers' register is told from one of pupils") {
    auto guess = guess_columns(sheet({{"教师编号", "教师姓名", "任教学科", "职务", "手机号码", "所在学校"},
                                      {"T001", "王芳", "数学", "教务主任", "13900139000", "河坝镇中学"}}));
    CHECK(guess.kind == SheetKind::staff);
    CHECK(guessed(guess) == "0=staff_number 1=name 2=subject 3=post 4=phone 5=school");
}

TEST_CASE("a list of schools is told from one of people") {
    auto guess = guess_columns(
        sheet({{"学校名称", "学校标识码", "乡镇", "校长"}, {"河坝镇中学", "3143012345", "河坝镇", "刘洋"}}));
    CHECK(guess.kind == SheetKind::schools);
    CHECK(guessed(guess) == "0=school 1=school_code 2=township 3=principal");
}

TEST_CASE("names of OneRoster are known") {
    auto guess = guess_columns(sheet({{"sourcedId", "status", "givenName", "familyName", "username", "grades", "email"},
                                      {"u1", "active", "San", "Zhang", "zs", "07", "a@b.cn"}}));
    CHECK(guessed(guess) == "0=external_id 1=status 2=given_name 3=family_name 4=login 5=grade 6=email");
}

TEST_CASE("a sheet without headings is guessed from its cells, less surely") {
    auto guess = guess_columns(sheet({{"张三", "男", "430901200301010019", "五(2)班", "13800138000"},
                                      {"李四", "女", "430901200301020013", "五(2)班", "13800138001"},
                                      {"王五", "男", "430901200301030014", "五(3)班", "13800138002"}}));
    CHECK(guess.header_row == 0);
    CHECK(guess.first_data_row == 1);
    CHECK(guessed(guess) == "0=name 1=sex 2=citizen_number 3=class_name 4=phone");
    for (auto const& column : guess.columns) CHECK(column.confidence < 0.6);
}

TEST_CASE("a heading that its cells belie is less sure") {
    auto guess =
        guess_columns(sheet({{"姓名", "身份证号", "班级"}, {"张三", "abc", "五(2)班"}, {"李四", "def", "五(2)班"}}));
    REQUIRE(guess.columns.size() == 3);
    CHECK(guess.columns[1].confidence < 0.6);
    CHECK(guess.columns[0].confidence > 0.9);
}

TEST_CASE("an empty sheet has no columns") {
    CHECK(guess_columns({}).columns.empty());
}
