#include "platform/text/encoding.hpp"

#include <doctest/doctest.h>

#include "platform/text/tests/scratch.hpp"

using namespace santong;
using text::Encoding;

namespace {
std::string const gbk_name = "\xB4\xF3\xCD\xA8\xBA\xFE";  // 大通湖

std::string read_to_end(text::Utf8Source& source) {
    std::string out;
    while (source.read(out)) {}
    return out;
}
}  // namespace

TEST_CASE("the encoding of a school's file is found from its bytes") {
    CHECK(text::detect_encoding("\xEF\xBB\xBF大通湖") == Encoding::utf8_bom);
    CHECK(text::detect_encoding("大通湖") == Encoding::utf8);
    CHECK(text::detect_encoding("大通\xE6\xB9") == Encoding::utf8);  // cut at the end of a piece
    CHECK(text::detect_encoding(gbk_name) == Encoding::gb18030);
    CHECK(text::detect_encoding(std::string("\xFF\xFE\x27\x59", 4)) == Encoding::utf16_le);
    CHECK(text::detect_encoding(std::string("\0a\0,\0b\0\n", 8)) == Encoding::utf16_be);
    CHECK(text::detect_encoding("name,class") == Encoding::utf8);
    CHECK(text::detect_encoding("") == Encoding::utf8);
}

TEST_CASE("GB18030 with rare characters of four bytes becomes UTF-8") {
    CHECK(text::to_utf8(gbk_name, Encoding::gb18030).utf8 == "大通湖");
    CHECK(text::to_utf8("\x95\x32\x82\x36", Encoding::gb18030).utf8 == "𠀀");
    // A code that GBK kept in the private area and that Unicode has named since.
    CHECK(text::to_utf8("\xFE\x59", Encoding::gb18030).utf8 == "龴");
    CHECK(text::to_utf8("\xFE\x59", Encoding::gb18030).lost.empty());
}

TEST_CASE("a rare character that was lost on the way is named with its place") {
    auto lost = text::find_lost_characters("姓名,班\n王?,五(2)班\n李\xEF\xBF\xBD,真的吗\n\xEE\x80\x80");
    REQUIRE(lost.size() == 3);
    CHECK(lost[0].kind == text::LossKind::question_mark);
    CHECK(lost[0].line == 2);
    CHECK(lost[0].character == 2);
    CHECK(lost[0].around == "王?,五(2");
    CHECK(lost[1].kind == text::LossKind::replaced);
    CHECK(lost[1].line == 3);
    CHECK(lost[2].kind == text::LossKind::private_use);
    CHECK(text::find_lost_characters("what? why?").empty());
}

TEST_CASE("a file is read piece by piece without cutting a character") {
    text::test::Scratch scratch;
    std::string gbk, utf8;
    for (int i = 0; i < 50'000; ++i) {
        gbk += gbk_name + (i % 7 == 0 ? "a" : "");
        utf8 += i % 7 == 0 ? "大通湖a" : "大通湖";
    }
    auto from_gbk = text::Utf8Source::open(scratch.write("gbk.csv", gbk));
    CHECK(from_gbk->encoding() == Encoding::gb18030);
    CHECK(read_to_end(*from_gbk) == utf8);
    auto from_utf8 = text::Utf8Source::open(scratch.write("utf8.csv", "\xEF\xBB\xBF" + utf8));
    CHECK(read_to_end(*from_utf8) == utf8);
    // The first Chinese character stands far down.
    auto late = text::Utf8Source::open(scratch.write("late.csv", std::string(3'000'001, 'x') + gbk_name));
    CHECK(late->encoding() == Encoding::gb18030);
    CHECK(text::Utf8Source::open(scratch.path("none")).error().key == "text.file_missing");
    CHECK(text::Utf8Source::of_bytes("abc").encoding() == Encoding::utf8);
}
