#include "platform/text/utf8.hpp"

#include <doctest/doctest.h>

using namespace santong;

TEST_CASE("only well-formed UTF-8 is text") {
    CHECK(text::is_valid_utf8("大通湖 Datong 😀"));
    CHECK_FALSE(text::is_valid_utf8("\xC0\xAF"));          // overlong /
    CHECK_FALSE(text::is_valid_utf8("\xED\xA0\x80"));      // surrogate
    CHECK_FALSE(text::is_valid_utf8("\xF4\x90\x80\x80"));  // beyond U+10FFFF
    CHECK_FALSE(text::is_valid_utf8("\xE5\xA4"));          // cut
    CHECK(text::count_characters("大通湖a") == 4);
}

TEST_CASE("a cell means its text without the blanks and widths of whoever typed it") {
    CHECK(text::trim("　 大通湖\xC2\xA0\xE2\x80\x8B") == "大通湖");
    CHECK(text::trim("　") == "");
    CHECK(text::half_width("五（２）班，好！") == "五(2)班，好！");
    CHECK(text::clean("\xEF\xBB\xBF　张　　三 \n") == "张 三");
    CHECK(text::clean("e\xCC\x81") == "é");
    CHECK(text::without_blanks("430971 2003　0101") == "43097120030101");
}

TEST_CASE("texts are compared without width and case") {
    CHECK(text::search_form("ＡＢＣ①ß") == text::search_form("abc1SS"));
    CHECK(text::search_form(" Hello ") == "hello");
}

TEST_CASE("control characters and direction overrides are seen") {
    CHECK(text::has_control_characters("a\x01", text::LineBreaks::allow));
    CHECK(text::has_control_characters("a\nb", text::LineBreaks::refuse));
    CHECK_FALSE(text::has_control_characters("a\nb\tc", text::LineBreaks::allow));
    CHECK(text::has_control_characters("gpj.\xE2\x80\xAE.exe", text::LineBreaks::allow));
    CHECK_FALSE(text::has_control_characters("大通湖", text::LineBreaks::refuse));
}

TEST_CASE("a text is cut between characters") {
    CHECK(text::truncate_bytes("大通湖", 8) == "大通");
    CHECK(text::truncate_bytes("大通湖", 9) == "大通湖");
    CHECK(text::truncate_bytes("ae\xCC\x81z", 3) == "a");
    CHECK(text::truncate_bytes("大", 2) == "");
    CHECK(text::truncate_characters("大通湖", 2) == "大通");
}
