#include "platform/text/csv.hpp"

#include <doctest/doctest.h>

using namespace santong;

namespace {
/// Rows as "record/line:a|b".
std::string read_all(std::string bytes) {
    text::CsvReader reader(text::Utf8Source::of_bytes(std::move(bytes)));
    text::CsvRow row;
    std::string out;
    while (true) {
        auto more = reader.next(row);
        if (!more) return out + "! " + more.error().key;
        if (!*more) return out;
        out += std::to_string(row.record) + '/' + std::to_string(row.line) + ':';
        for (std::size_t i = 0; i < row.cells.size(); ++i) out += (i == 0 ? "" : "|") + row.cells[i];
        out += '\n';
    }
}
}  // namespace

TEST_CASE("CSV is read as RFC 4180 says, with the rows of the spreadsheet and the lines of the file") {
    CHECK(read_all("a,b\r\n1,\"x, \"\"y\"\"\"\r\n") == "1/1:a|b\n2/2:1|x, \"y\"\n");
    CHECK(read_all("a,b\n\"two\r\nlines\",c\n\n,\nlast,d") == "1/1:a|b\n2/2:two\nlines|c\n5/6:last|d\n");
    CHECK(read_all("a\rb\r") == "1/1:a\n2/2:b\n");
    CHECK(read_all("").empty());
    CHECK(read_all("a,b,\n") == "1/1:a|b|\n");
    CHECK(read_all("ab\"c,d\n") == "1/1:ab\"c|d\n");
}

TEST_CASE("the delimiter of a file is found") {
    CHECK(read_all("姓名;班\n\"张,三\";五(2)班\n") == "1/1:姓名|班\n2/2:张,三|五(2)班\n");
    CHECK(read_all("姓名\t班\n张三\t五(2)班\n") == "1/1:姓名|班\n2/2:张三|五(2)班\n");
    CHECK(read_all("sep=;\na,b;c\n") == "1/2:a,b|c\n");
    CHECK(read_all("sep=\r\na,b\n") == "1/1:sep=\n2/2:a|b\n");
    CHECK(text::detect_delimiter("地址\n河坝镇;一组,二组\n金盆镇,三组\n北洲子镇,四组\n") == ',');
}

TEST_CASE("a broken CSV is refused with its line") {
    text::CsvReader open(text::Utf8Source::of_bytes("a,b\n1,\"never closed\n2,3\n"));
    text::CsvRow row;
    REQUIRE(*open.next(row));
    auto refused = open.next(row);
    CHECK(refused.error().key == "text.csv_open_quote");
    CHECK(refused.error().params.at("line") == "2");
    CHECK(read_all(std::string("a,b\0c\n", 6)) == "! text.table_not_text");
    CHECK(read_all(std::string(300'000, 'x')) == "! text.csv_cell_too_long");
    CHECK(read_all(std::string(2'000, ',') + "x") == "! text.table_too_wide");
}

TEST_CASE("a cell that a spreadsheet would calculate is neutralised, a number is not") {
    for (std::string formula : {"=1+1", "+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", "\t=1", "\r=1", "＝1+1", "－x"}) {
        CHECK(text::neutralised(formula) == "'" + formula);
        CHECK(text::without_neutralising(text::neutralised(formula)) == formula);
    }
    for (std::string plain : {"-3.5", "+8613800138000", "-1,200", "张三", "", "a=b", "'quoted"}) {
        CHECK(text::neutralised(plain) == plain);
        CHECK(text::without_neutralising(plain) == plain);
    }
}

TEST_CASE("what is written is read back") {
    std::string file;
    text::CsvWriter writer([&file](std::string_view piece) { file += piece; }, text::ByteOrderMark::utf8,
                           text::Formulas::keep);
    writer.row({"姓名", "备注"});
    writer.row({"张,三", "他说：\"好\"\n=1"});
    writer.row({"", " x "});
    CHECK(file.starts_with("\xEF\xBB\xBF姓名,备注\r\n"));
    CHECK(read_all(file) == "1/1:姓名|备注\n2/2:张,三|他说：\"好\"\n=1\n3/4:| x \n");
    std::string neutral;
    text::CsvWriter([&](std::string_view p) { neutral += p; }, text::ByteOrderMark::none, text::Formulas::neutralise)
        .row({"=1+1", "-3.5"});
    CHECK(neutral == "'=1+1,-3.5\r\n");
}
