#include "platform/text/xlsx_writer.hpp"

#include <doctest/doctest.h>

#include "platform/text/tests/scratch.hpp"
#include "platform/text/zip.hpp"

using namespace santong;
using text::ColumnKind;

namespace {
std::string part(std::filesystem::path const& path, std::string_view name) {
    auto zip = text::ZipReader::open(path);
    while (auto entry = *zip->next()) {
        if (entry->path == name) return *zip->read_all();
    }
    return "";
}
}  // namespace

TEST_CASE("rows to mend come back as they were written") {
    text::test::Scratch scratch;
    auto path = scratch.path("mend.xlsx");
    text::XlsxWriter writer(path);
    writer.sheet("待修改[1]", {{"姓名", ColumnKind::text, 12, {}, ""},
                               {"身份证号", ColumnKind::text, 22, {}, "18 位，请设为文本"},
                               {"出生日期", ColumnKind::date, 12, {}, ""},
                               {"课时", ColumnKind::number, 8, {}, ""},
                               {"说明", ColumnKind::note, 40, {}, ""}});
    writer.row({"张三", "430901200301010019", "2003-01-01", "3.5", "第 3 行：校验码不对"});
    writer.row({"=1+1", "007", "2003-02-31", "x", std::string("\x01") + "a"});
    writer.sheet("待修改(1)", {{"姓名", ColumnKind::text, 12, {}, ""}});
    writer.finish();
    auto reader = text::open_table(path);
    REQUIRE(reader.has_value());
    CHECK((*reader)->sheets()[0].name == "待修改1");
    CHECK(text::test::rows_of(**reader) ==
          "1: 姓名|身份证号|出生日期|课时|说明\n"
          "2: 张三|430901200301010019|2003-01-01|3.5|第 3 行:校验码不对\n"
          "3: =1+1|007|2003-02-31|x|a\n");
    CHECK(part(path, "xl/worksheets/sheet1.xml").find("<f>") == std::string::npos);
}

TEST_CASE("a number stands in the file with the digits it is shown with") {
    text::test::Scratch scratch;
    auto path = scratch.path("numbers.xlsx");
    text::XlsxWriter writer(path);
    writer.sheet("指标", {{"学校", ColumnKind::text, 12, {}, ""}, {"全校 %", ColumnKind::number, 8, {}, ""}});
    writer.row({"河坝中学", "66.60"});
    writer.row({"0.1 > 66.6</v>", "83.3"});
    writer.sheet("学校", {{"全校 %", ColumnKind::number, 8, {}, ""}, {"日期", ColumnKind::date, 8, {}, ""}});
    writer.row({"99.4", "2014-11-24"});
    writer.row({"-0.07"});
    writer.row({"1234567"});
    writer.finish();
    auto const first = part(path, "xl/worksheets/sheet1.xml");
    CHECK(first.find("<v>66.6</v>") != first.npos);  // 66.59999999999999 by the library's own 16 digits
    CHECK(first.find("<v>83.3</v>") != first.npos);
    auto const second = part(path, "xl/worksheets/sheet2.xml");
    for (auto const* value : {"<v>99.4</v>", "<v>-0.07</v>", "<v>1234567</v>", "<v>41967</v>"}) {
        CHECK(second.find(value) != second.npos);
    }
    auto reader = text::open_table(path);
    REQUIRE(reader.has_value());
    CHECK(text::test::rows_of(**reader) == "1: 学校|全校 %\n2: 河坝中学|66.6\n3: 0.1 > 66.6</v>|83.3\n");
}

TEST_CASE("a template offers its choices") {
    text::test::Scratch scratch;
    auto path = scratch.path("template.xlsx");
    std::vector<std::string> many;
    for (int i = 0; i < 100; ++i) many.push_back("学校" + std::to_string(i));
    text::XlsxWriter writer(path);
    writer.sheet("教师",
                 {{"性别", ColumnKind::text, 8, {"男", "女"}, ""}, {"学校", ColumnKind::text, 20, many, "从列表里选"}});
    writer.finish();
    auto sheet = part(path, "xl/worksheets/sheet1.xml");
    CHECK(sheet.find("男,女") != sheet.npos);
    CHECK(sheet.find("_lists!$A$1:$A$100") != sheet.npos);
    CHECK(sheet.find("type=\"custom\"") == sheet.npos);
    auto reader = text::open_table(path);
    REQUIRE((*reader)->sheets().size() == 2);
    CHECK((*reader)->sheets()[1].hidden);
}

TEST_CASE("a workbook that cannot be written throws") {
    text::XlsxWriter writer("/nowhere/a.xlsx");
    writer.sheet("a", {});
    CHECK_THROWS(writer.finish());
}

TEST_CASE("a number is written with the digits it has, in every row of a long sheet") {
    text::test::Scratch scratch;
    auto path = scratch.path("numbers.xlsx");
    text::XlsxWriter writer(path);
    writer.sheet("率", {{"学校", ColumnKind::text, 12, {}, ""}, {"率", ColumnKind::number, 8, {}, ""}});
    constexpr int rows = 4000;
    for (int i = 0; i < rows; ++i) writer.row({"<v>66.59999999999999</v>" + std::to_string(i), "66.6"});
    writer.row({"大数", "123456789012345"});
    writer.row({"小数", "-0.07"});
    writer.row({"零", "0.00"});
    writer.row({"整数", "3"});
    writer.sheet("文字", {{"学校", ColumnKind::text, 12, {}, ""}});
    writer.row({"66.6"});
    writer.finish();
    auto const sheet = part(path, "xl/worksheets/sheet1.xml");
    int found = 0;
    for (auto at = sheet.find("<v>66.6</v>"); at != sheet.npos; at = sheet.find("<v>66.6</v>", at + 1)) ++found;
    CHECK(found == rows);
    CHECK(sheet.find("<v>66.59999999999999</v>") == sheet.npos);
    CHECK(sheet.find("<v>123456789012345</v>") != sheet.npos);
    CHECK(sheet.find("<v>-0.07</v>") != sheet.npos);
    CHECK(sheet.find("<v>0</v>") != sheet.npos);
    CHECK(sheet.find("<v>3</v>") != sheet.npos);
    auto reader = text::open_table(path);
    REQUIRE(reader.has_value());
    auto const read = text::test::rows_of(**reader);
    CHECK(read.find("<v>66.59999999999999</v>3999|66.6") != read.npos);
    CHECK(read.find("整数|3") != read.npos);
}
