#include "platform/files/file_name.hpp"

#include <doctest/doctest.h>

using santong::files::clean_name;
using santong::files::content_disposition;
using santong::files::Disposition;

TEST_CASE("a file name keeps its words and loses what could deceive or break a line") {
    CHECK(clean_name("静夜思 \"教案\" 😀.pdf").value() == "静夜思 \"教案\" 😀.pdf");
    CHECK(clean_name("C:\\fakepath\\课件.pptx").value() == "课件.pptx");
    CHECK(clean_name("../../etc/passwd").value() == "passwd");
    CHECK(clean_name("a\r\nSet-Cookie: x=1.pdf").value() == "a  Set-Cookie: x=1.pdf");
    CHECK(clean_name("photo\u202Efdp.exe").value() == "photofdp.exe");
    CHECK(clean_name(" a.pdf. ").value() == "a.pdf");
}

TEST_CASE("a name of which nothing remains, or that is not UTF-8, is refused") {
    for (char const* name : {"", "...", "   ", "a/", "\u202E", "\xFF\xFE.pdf", "\xC0\xAF.pdf"})
        CHECK(clean_name(name).error().key == "files.bad_name");
}

TEST_CASE("a long name is cut between characters and keeps its extension") {
    std::string name;
    for (int i = 0; i < 100; ++i) name += "思";
    auto const cut = clean_name(name + ".pdf").value();
    CHECK(cut.size() <= 200);
    CHECK(cut.ends_with("思.pdf"));
}

TEST_CASE("a download header holds any name") {
    CHECK(content_disposition(Disposition::attachment, "a\"b\\c\r\n%.pdf") ==
          "attachment; filename=\"a_b_c___.pdf\"; filename*=UTF-8''a%22b%5Cc%0D%0A%25.pdf");
    CHECK(content_disposition(Disposition::inline_, "诗 😀.pdf") ==
          "inline; filename=\"_ _.pdf\"; filename*=UTF-8''%E8%AF%97%20%F0%9F%98%80.pdf");
}

TEST_CASE("pages and drawings with scripts never open in place") {
    CHECK(santong::files::may_show_inline("application/pdf"));
    CHECK_FALSE(santong::files::may_show_inline("text/html"));
    CHECK_FALSE(santong::files::may_show_inline("image/svg+xml"));
    CHECK_FALSE(santong::files::may_show_inline("text/plain"));
}
