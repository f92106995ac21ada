#include "platform/text/table.hpp"

#include <doctest/doctest.h>
#include <xlsxwriter.h>

#include "platform/text/number_cell.hpp"
#include "platform/text/tests/hostile_zip.hpp"
#include "platform/text/tests/scratch.hpp"
#include "platform/text/zip.hpp"

using namespace santong;
using text::CellKind;
using text::FileFormat;
using text::test::rows_of;
using text::test::rows_of_file;
using text::test::Scratch;

namespace {

/// A roster as a school keeps it: a merged title, two rows of headings, a date, a number that should be text.
void write_roster(std::filesystem::path const& path) {
    auto* book = workbook_new(path.c_str());
    auto* hidden = workbook_add_worksheet(book, "隐藏");
    auto* sheet = workbook_add_worksheet(book, "学生");
    worksheet_hide(hidden);
    worksheet_activate(sheet);
    worksheet_set_first_sheet(sheet);
    auto* day = workbook_add_format(book);
    format_set_num_format(day, "yyyy\"年\"m\"月\"d\"日\"");
    auto* padded = workbook_add_format(book);
    format_set_num_format(padded, "0000");
    worksheet_merge_range(sheet, 0, 0, 0, 5, "大通湖区学生名册", nullptr);
    worksheet_merge_range(sheet, 1, 0, 2, 0, "姓名", nullptr);
    worksheet_merge_range(sheet, 1, 1, 1, 2, "监护人", nullptr);
    worksheet_write_string(sheet, 2, 1, "姓名", nullptr);
    worksheet_write_string(sheet, 2, 2, "电话", nullptr);
    worksheet_write_string(sheet, 2, 3, "出生日期", nullptr);
    worksheet_write_string(sheet, 2, 4, "身份证号", nullptr);
    worksheet_write_string(sheet, 2, 5, "编号", nullptr);
    worksheet_write_string(sheet, 4, 0, "　张三 ", nullptr);
    worksheet_write_string(sheet, 4, 1, "张大", nullptr);
    worksheet_write_number(sheet, 4, 2, 13800138000, nullptr);
    lxw_datetime birth{2003, 1, 1, 0, 0, 0};
    worksheet_write_datetime(sheet, 4, 3, &birth, day);
    worksheet_write_number(sheet, 4, 4, 430901200301010019, nullptr);
    worksheet_write_number(sheet, 4, 5, 7, padded);
    worksheet_write_formula_num(sheet, 5, 0, "=1+1", nullptr, 2);
    worksheet_write_boolean(sheet, 5, 1, 1, nullptr);
    workbook_close(book);
}

std::string sheet_xml(std::string const& rows) {
    return "<worksheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><sheetData>" + rows +
           "</sheetData></worksheet>";
}

/// The least that is an .xlsx, with a sheet of our choice.
std::filesystem::path write_xlsx(Scratch const& scratch, std::string_view sheet,
                                 std::string_view workbook_attributes = "", std::string_view texts = "") {
    auto path = scratch.path("made.xlsx");
    text::ZipWriter zip(path);
    zip.add("xl/workbook.xml",
            "<workbook><workbookPr " + std::string(workbook_attributes) +
                "/><sheets><sheet name=\"s\" sheetId=\"1\" r:id=\"rId1\" xmlns:r=\"r\"/></sheets></workbook>");
    zip.add("xl/_rels/workbook.xml.rels",
            "<Relationships><Relationship Id=\"rId1\" Target=\"worksheets/sheet1.xml\"/></Relationships>");
    zip.add(
        "xl/styles.xml",
        "<styleSheet><cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/><xf numFmtId=\"20\"/></cellXfs></styleSheet>");
    if (!texts.empty()) zip.add("xl/sharedStrings.xml", texts);
    zip.add("xl/worksheets/sheet1.xml", sheet);
    zip.finish();
    return path;
}

}  // namespace

TEST_CASE("an .xlsx is read with its merged headings, dates and the numbers of its rows") {
    Scratch scratch;
    write_roster(scratch.path("roster.xlsx"));
    auto reader = text::open_table(scratch.path("roster.xlsx"));
    REQUIRE(reader.has_value());
    CHECK((*reader)->format() == FileFormat::xlsx);
    REQUIRE((*reader)->sheets().size() == 2);
    CHECK((*reader)->sheets()[0].hidden);
    CHECK((*reader)->sheets()[1].name == "学生");
    auto title = "大通湖区学生名册";
    std::string first = std::string("1: ") + title;
    for (int i = 0; i < 5; ++i) first += std::string("|") + title;
    CHECK(rows_of(**reader) == first +
                                   "\n2: 姓名|监护人|监护人\n3: 姓名|姓名|电话|出生日期|身份证号|编号\n"
                                   "5: 张三|张大|13800138000|2003-01-01|4.3090120030101E+17|0007\n6: 2|TRUE\n");
    REQUIRE((*reader)->select(1).has_value());
    text::TableRow row;
    for (int i = 0; i < 4; ++i) REQUIRE(*(*reader)->next(row));
    CHECK(row.number == 5);
    CHECK(row.cells[0].text == "张三");
    CHECK(row.cells[2].text == "13800138000");
    CHECK_FALSE(row.cells[2].ruined);
    CHECK(row.cells[3].kind == CellKind::date);
    CHECK(row.cells[3].text == "2003-01-01");
    CHECK(row.cells[4].ruined);
    CHECK(row.cells[5].text == "0007");
    REQUIRE((*reader)->select(0).has_value());
    CHECK(rows_of(**reader).empty());
}

TEST_CASE("days are counted from 1900 or from 1904, and times are times") {
    Scratch scratch;
    auto rows = sheet_xml(
        "<row r=\"1\"><c r=\"A1\" s=\"1\"><v>41153</v></c><c r=\"B1\" s=\"1\"><v>1</v></c>"
        "<c r=\"D1\" s=\"2\"><v>0.34375</v></c><c t=\"inlineStr\"><is><t>x</t></is></c></row>");
    CHECK(rows_of_file(write_xlsx(scratch, rows)) == "1: 2012-09-01|1900-01-01||08:15|x\n");
    CHECK(rows_of_file(write_xlsx(scratch, rows, "date1904=\"1\"")) == "1: 2016-09-02|1904-01-02||08:15|x\n");
}

TEST_CASE("formats of numbers are told apart") {
    using text::NumberStyleKind;
    CHECK(text::style_of_format("yyyy\"年\"m\"月\"").kind == NumberStyleKind::date);
    CHECK(text::style_of_format("[$-804]yyyy/m/d h:mm").kind == NumberStyleKind::date_time);
    CHECK(text::style_of_format("h:mm AM/PM").kind == NumberStyleKind::time);
    CHECK(text::style_of_format("#,##0.00 \"day\"").kind == NumberStyleKind::plain);
    CHECK(text::style_of_format("[Red]0.00").kind == NumberStyleKind::plain);
    CHECK(text::style_of_format("000000").digits == 6);
    CHECK(text::style_of_builtin(57).kind == NumberStyleKind::date);
    CHECK(text::number_cell("0.1", {}, {}).text == "0.1");
    CHECK(text::number_cell("12.300000000000001", {}, {}).text == "12.3");
    CHECK(text::number_cell("4.3090120120901E+17", {}, {}).ruined);
    CHECK(text::number_cell("4.3090120120901E+17", {}, {}).text == "4.3090120120901E+17");
    CHECK(text::text_cell("4.30901E+17").ruined);
    CHECK_FALSE(text::text_cell("5E2").ruined);
}

TEST_CASE("an old .xls is read") {
    auto path = text::test::repository_file("src/platform/text/tests/files/old_workbook.xls");
    auto reader = text::open_table(path);
    REQUIRE(reader.has_value());
    CHECK((*reader)->format() == FileFormat::xls);
    CHECK((*reader)->sheets().at(0).name == "学生");
    CHECK(rows_of(**reader) ==
          "1: 大通湖区学生名册\n2: 姓名|学籍号|出生日期|班级|身份证号\n"
          "3: 张三|G430901200301010019|2003-01-01|五(2)班|430901200301010048\n5: 李四||2003.2.31|503\n");
    REQUIRE((*reader)->select(0).has_value());
    text::TableRow row;
    for (int i = 0; i < 3; ++i) REQUIRE(*(*reader)->next(row));
    CHECK(row.cells.at(4).ruined);
    REQUIRE((*reader)->select(1).has_value());
    CHECK(rows_of(**reader).empty());
}

TEST_CASE("a small .xls with an empty text in a cell is read, and a broken one is refused") {
    auto path = text::test::repository_file("src/platform/text/tests/files/small_workbook.xls");
    auto reader = text::open_table(path);
    REQUIRE(reader.has_value());
    CHECK((*reader)->sheets().at(0).name == "名单");
    CHECK(rows_of(**reader) == "1: 姓名|班级|备注\n2: 张三|五(2)班\n3: 李四|五(2)班|住校\n");
    std::ifstream file(path, std::ios::binary);
    std::string const bytes((std::istreambuf_iterator<char>(file)), {});
    Scratch scratch;
    for (std::size_t at = 0; at < 1'536; at += 7) {
        auto hurt = bytes;
        hurt[at] = static_cast<char>(hurt[at] ^ 0x5A);
        auto const told = rows_of_file(scratch.write("hurt.xls", hurt));
        CHECK(told.size() < 4'000);
    }
    CHECK(rows_of_file(scratch.write("cut.xls", bytes.substr(0, 1'000))).starts_with("! text."));
}

TEST_CASE("CSV of any encoding is a table") {
    Scratch scratch;
    auto path = scratch.write("a.xls", "\xD0\xD5\xC3\xFB,\xB0\xE0\n=\"0012\",'=1+1,4.30901E+17\n");
    CHECK(rows_of_file(path) == "1: 姓名|班\n2: 0012|=1+1|4.30901E+17\n");
    auto reader = text::open_table(path);
    CHECK((*reader)->encoding() == "GB18030");
    std::string utf16 = "\xFF\xFE";
    for (char32_t c : U"姓名\t班\n张三\t1\n") {
        if (c != 0) utf16 += {static_cast<char>(c & 0xFF), static_cast<char>(c >> 8 & 0xFF)};
    }
    CHECK(rows_of_file(scratch.write("b.csv", utf16)) == "1: 姓名|班\n2: 张三|1\n");
}

TEST_CASE("a web page that calls itself .xls is a table") {
    Scratch scratch;
    auto path =
        scratch.write("a.xls",
                      "<html><meta charset=utf-8><style>td{a:b}</style><table border=1><tr><th colspan=2>名册</th></tr>"
                      "<!-- <tr><td>no</td></tr> --><tr><td rowspan=\"2\">五(2)班</td><td>张&nbsp;三&lt;&#65;</td></tr>"
                      "<tr><td>李四<br>x</td></tr><tr><td>6<td>王五</table>");
    CHECK(rows_of_file(path) == "1: 名册|名册\n2: 五(2)班|张 三<A\n3: 五(2)班|李四 x\n4: 6|王五\n");
}

TEST_CASE("what is no table is refused by what it is, whatever it is called") {
    Scratch scratch;
    auto key = [&scratch](std::string_view bytes) { return rows_of_file(scratch.write("roster.xlsx", bytes)); };
    CHECK(key("") == "! text.table_empty");
    CHECK(key("\xEF\xBB\xBF \r\n") == "! text.table_empty");
    CHECK(key("%PDF-1.7 ...") == "! text.table_is_pdf");
    CHECK(key(std::string("\x89PNG\r\n\x1A\n\0\0\0\rIHDR", 16)) == "! text.table_is_picture");
    CHECK(key(std::string("\x7F"
                          "ELF\x02\x01\x01\0\0\0\0\0\xFF\xFE\x80",
                          15)) == "! text.table_not_text");
    CHECK(key(text::test::make_stored_zip({{"word/document.xml", "<w/>"}})) == "! text.table_is_word");
    CHECK(key(text::test::make_stored_zip({{"a.csv", "1"}})) == "! text.table_is_archive");
    CHECK(key("<?xml version=\"1.0\"?><Workbook xmlns=\"urn:schemas-microsoft-com:office:spreadsheet\">") ==
          "! text.table_is_spreadsheet_xml");
    std::string ole = "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1" + std::string(600, '\0');
    std::string encrypted;
    for (char c : std::string("EncryptedPackage")) encrypted += {c, '\0'};
    CHECK(key(ole + encrypted) == "! text.table_encrypted");
    CHECK(key(ole) == "! text.table_not_text");
    CHECK(rows_of_file(scratch.path("none")) == "! text.file_missing");
}

TEST_CASE("a damaged workbook is refused") {
    Scratch scratch;
    write_roster(scratch.path("roster.xlsx"));
    std::ifstream file(scratch.path("roster.xlsx"), std::ios::binary);
    std::string bytes((std::istreambuf_iterator<char>(file)), {});
    CHECK(rows_of_file(scratch.write("cut.xlsx", bytes.substr(0, bytes.size() / 2))).starts_with("! text."));
    CHECK(rows_of_file(write_xlsx(scratch, "<worksheet><sheetData><row>")) == "! text.xml_broken");
    CHECK(rows_of_file(write_xlsx(scratch, sheet_xml("<row><c t=\"s\"><v>9</v></c></row>"))) == "! text.table_broken");
    auto old = text::test::repository_file("src/platform/text/tests/files/old_workbook.xls");
    std::ifstream old_file(old, std::ios::binary);
    std::string old_bytes((std::istreambuf_iterator<char>(old_file)), {});
    old_bytes.replace(512, 64, std::string(64, '\x55'));  // where its workbook begins
    CHECK(rows_of_file(scratch.write("bad.xls", old_bytes)) == "! text.xls_broken");
}

TEST_CASE("entities and declarations of a hostile workbook are never read") {
    Scratch scratch;
    std::string laughs = "<!DOCTYPE a [<!ENTITY l \"ha\"><!ENTITY m \"&l;&l;&l;&l;\">]>";
    std::string outside = "<!DOCTYPE a [<!ENTITY x SYSTEM \"file:///etc/passwd\">]>";
    auto row = sheet_xml("<row><c t=\"inlineStr\"><is><t>&amp;</t></is></c></row>");
    CHECK(rows_of_file(write_xlsx(scratch, row)) == "1: &\n");
    CHECK(rows_of_file(write_xlsx(scratch, laughs + row)) == "! text.xml_doctype");
    CHECK(rows_of_file(write_xlsx(scratch, outside + row)) == "! text.xml_doctype");
    CHECK(rows_of_file(write_xlsx(scratch, row, "", laughs + "<sst/>")) == "! text.xml_doctype");
}

TEST_CASE("a workbook that unpacks without end is stopped") {
    Scratch scratch;
    std::string bomb =
        sheet_xml("<row><c t=\"inlineStr\"><is><t>" + std::string(80 << 20, 'x') + "</t></is></c></row>");
    CHECK(rows_of_file(write_xlsx(scratch, bomb)) == "! text.zip_bomb");
    CHECK(rows_of_file(write_xlsx(scratch, bomb), {.unpacked_ratio = 100'000}) == "! text.table_too_large");
    std::string tag = sheet_xml("<row " + std::string("a") + std::string(2 << 20, 'a') + "=\"1\"/>");
    CHECK(rows_of_file(write_xlsx(scratch, tag)) == "! text.xml_broken");
    std::string texts = "<sst>";
    for (int i = 0; i < 300'000; ++i) texts += "<si><t>x</t></si>";
    CHECK(rows_of_file(write_xlsx(scratch, sheet_xml(""), "", texts + "</sst>"), {.texts = 100'000}) ==
          "! text.table_too_large");
    CHECK(rows_of_file(write_xlsx(scratch, sheet_xml("<row><c r=\"XFD1\"><v>1</v></c></row>"))) ==
          "! text.table_too_wide");
}

TEST_CASE("merged areas without end are not filled") {
    Scratch scratch;
    auto sheet =
        "<worksheet><sheetData><row r=\"1\"><c r=\"A1\"><v>1</v></c></row><row r=\"2\"><c r=\"B2\"><v>2</v></c></row>"
        "</sheetData><mergeCells><mergeCell ref=\"A1:XFD1048576\"/><mergeCell ref=\"A1:A3\"/></mergeCells></worksheet>";
    CHECK(rows_of_file(write_xlsx(scratch, sheet)) == "1: 1\n2: 1|2\n");
}

TEST_CASE("a text inside a cell cannot pass for a merged area") {
    Scratch scratch;
    auto sheet = sheet_xml("<row><c t=\"inlineStr\"><is><t>mergeCell ref=\"A1:C1\"></t></is></c></row>");
    CHECK(rows_of_file(write_xlsx(scratch, sheet)) == "1: mergeCell ref=\"A1:C1\">\n");
}

TEST_CASE("columns have letters") {
    CHECK(text::column_letters(0) == "A");
    CHECK(text::column_letters(25) == "Z");
    CHECK(text::column_letters(27) == "AB");
    CHECK(text::column_letters(702) == "AAA");
}
