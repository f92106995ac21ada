#include "platform/text/zip.hpp"

#include <doctest/doctest.h>

#include "platform/text/tests/hostile_zip.hpp"
#include "platform/text/tests/scratch.hpp"

using namespace santong;
using text::test::make_stored_zip;
using text::test::Scratch;

namespace {

std::string refusal_of(std::string bytes, text::ZipLimits limits = {}) {
    auto reader = text::ZipReader::of_bytes(std::move(bytes), limits);
    if (!reader) return reader.error().key;
    while (true) {
        auto entry = reader->next();
        if (!entry) return entry.error().key;
        if (!*entry) return "";
        auto content = reader->read_all();
        if (!content) return content.error().key;
    }
}

}  // namespace

TEST_CASE("what is packed is unpacked") {
    Scratch scratch;
    {
        text::ZipWriter writer(scratch.path("a.zip"));
        writer.add("manifest.csv", "a,b\r\n");
        writer.add("课件/第一课.html", std::string(100'000, 'x'));
        writer.add_file("copy.csv", scratch.write("source", "1,2"));
        writer.finish();
    }
    std::filesystem::create_directory(scratch.path("out"));
    auto entries = text::extract_zip(scratch.path("a.zip"), scratch.path("out"));
    REQUIRE(entries.has_value());
    CHECK(entries->size() == 3);
    CHECK(std::filesystem::file_size(scratch.path("out/课件/第一课.html")) == 100'000);
    CHECK(std::filesystem::file_size(scratch.path("out/copy.csv")) == 3);
}

TEST_CASE("a name that an old program wrote in GBK is read") {
    auto archive = make_stored_zip({{"\xBF\xCE\xBC\xFE.html", "x"}});
    for (auto mark : {"PK\x01\x02", "PK\x03\x04"}) {
        archive[archive.find(mark) + (mark[2] == '\x01' ? 9 : 7)] = 0;  // its names are not said to be UTF-8
    }
    auto reader = text::ZipReader::of_bytes(archive);
    auto entry = reader->next();
    REQUIRE(entry.has_value());
    CHECK((*entry)->path == "课件.html");
}

TEST_CASE("an archive cannot write outside of its folder") {
    Scratch scratch;
    std::filesystem::create_directory(scratch.path("out"));
    for (std::string path : {"../evil", "a/../../evil", "/etc/evil", "..\\evil", "C:/evil", "a//b", "./a", "a/./b"}) {
        auto archive = scratch.write("evil.zip", make_stored_zip({{path, "x"}}));
        auto result = text::extract_zip(archive, scratch.path("out"));
        CHECK_MESSAGE(result.has_error(), path);
        if (!result) CHECK(result.error().key == "text.zip_unsafe_path");
    }
    CHECK(std::filesystem::is_empty(scratch.path("out")));
    CHECK_FALSE(std::filesystem::exists(scratch.path("evil")));
}

TEST_CASE("a link in an archive is refused") {
    CHECK(refusal_of(make_stored_zip({{"link", "/etc/passwd", 0120777}})) == "text.zip_unsafe_path");
}

TEST_CASE("an archive with the same name twice is refused") {
    Scratch scratch;
    std::filesystem::create_directory(scratch.path("out"));
    auto archive = scratch.write("twice.zip", make_stored_zip({{"a", "1"}, {"a", "2"}}));
    CHECK(text::extract_zip(archive, scratch.path("out")).error().key == "text.zip_unsafe_path");
}

TEST_CASE("a bomb stops at its limits") {
    Scratch scratch;
    {
        text::ZipWriter writer(scratch.path("bomb.zip"));
        writer.add("zeros", std::string(64 << 20, '\0'));
        writer.finish();
    }
    std::filesystem::create_directory(scratch.path("out"));
    CHECK(text::extract_zip(scratch.path("bomb.zip"), scratch.path("out")).error().key == "text.zip_bomb");
    CHECK(refusal_of(make_stored_zip({{"a", std::string(2'000, 'x')}}), {.total_bytes = 1'000}) == "text.zip_bomb");
    CHECK(refusal_of(make_stored_zip({{"a", "1"}, {"b", "2"}, {"c", "3"}}), {.entries = 2}) ==
          "text.zip_too_many_entries");
}

TEST_CASE("an archive that lies about a size is caught while it is inflated") {
    Scratch scratch;
    auto path = scratch.path("lie.zip");
    {
        text::ZipWriter writer(path);
        writer.add("zeros", std::string(64 << 20, '\0'));
        writer.finish();
    }
    std::ifstream file(path, std::ios::binary);
    std::string bytes((std::istreambuf_iterator<char>(file)), {});
    text::test::lie_about_sizes(bytes, 10);
    auto key = refusal_of(bytes);
    CHECK_MESSAGE((key == "text.zip_bomb" || key == "text.zip_broken"), key);
}

TEST_CASE("a broken archive is refused") {
    auto good = make_stored_zip({{"a", "hello"}});
    CHECK(refusal_of(good).empty());
    CHECK(refusal_of(good.substr(0, good.size() / 2)) == "text.zip_broken");
    CHECK(refusal_of("PK\x03\x04 and nothing else") == "text.zip_broken");
    auto locked = good;
    locked[6] = 1;
    locked[locked.find("PK\x01\x02") + 8] = 1;
    CHECK(refusal_of(locked) == "text.zip_encrypted");
    CHECK(text::ZipReader::open("/nowhere/a.zip").error().key == "text.file_missing");
}
