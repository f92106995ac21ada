#include "core/json.hpp"

#include <doctest/doctest.h>

namespace core = santong::core;

namespace {

enum class Stage : int { primary, junior };
BOOST_DESCRIBE_ENUM(Stage, primary, junior)

struct Chapter {
    std::string title;
    std::int32_t hours = 0;
};
BOOST_DESCRIBE_STRUCT(Chapter, (), (title, hours))

struct Book {
    core::OrgId id;
    Stage stage = Stage::primary;
    std::optional<std::string> edition;
    std::vector<Chapter> chapters;
    core::LocalDate printed;
    std::map<std::string, std::int32_t> counts;
};
BOOST_DESCRIBE_STRUCT(Book, (), (id, stage, edition, chapters, printed, counts))

}  // namespace

TEST_CASE("a described struct survives JSON both ways") {
    Book book;
    book.id = core::OrgId::make();
    book.stage = Stage::junior;
    book.chapters = {{"多边形\n的\"面积\"", 9}};
    book.printed = *core::LocalDate::parse("2014-08-31");
    book.counts["数学"] = 3;
    auto const read = core::json::read<Book>(core::json::write(book));
    REQUIRE(read.has_value());
    CHECK(read->id == book.id);
    CHECK(read->stage == Stage::junior);
    CHECK_FALSE(read->edition);
    CHECK(read->chapters.at(0).title == book.chapters.at(0).title);
    CHECK(read->counts.at("数学") == 3);
}

TEST_CASE("every problem of an input is named with its place") {
    auto const read = core::json::read<Book>(
        R"({"id":"x","stage":"college","chapters":[{"title":3}],"printed":"2014-02-30","counts":{},"extra":1})");
    REQUIRE(read.has_error());
    std::map<std::string, std::string> found;
    for (auto const& problem : read.error().problems) found[problem.pointer] = problem.key;
    CHECK(found["/id"] == "core.identifier_expected");
    CHECK(found["/stage"] == "core.unknown_choice");
    CHECK(found["/chapters/0/title"] == "core.text_expected");
    CHECK(found["/chapters/0/hours"] == "core.required");
    CHECK(found["/printed"] == "core.date_expected");
    CHECK(found["/extra"] == "core.unknown_field");
}

TEST_CASE("text that is no JSON, or nested too deep, is refused") {
    CHECK(core::json::read<Book>("{").error().key == "core.not_json");
    CHECK(core::json::read<Book>(std::string(1000, '[')).error().key == "core.not_json");
    CHECK(core::json::read<Book>("{\"id\":\"\xff\"}").error().key == "core.not_json");
}

TEST_CASE("identifiers made one after the other sort in that order") {
    auto before = core::Uuid::make();
    for (int i = 0; i < 5000; ++i) {
        auto const next = core::Uuid::make();
        REQUIRE(before < next);
        before = next;
    }
}

TEST_CASE("20 November 2014 is a Thursday and 31 February does not exist") {
    CHECK(core::LocalDate::parse("2014-11-20")->weekday() == 4);
    CHECK_FALSE(core::LocalDate::parse("2014-02-31"));
    core::Zone const zone;
    auto const at = zone.at(*core::LocalDate::parse("2014-11-20"), 9 * 60 + 3);
    CHECK(zone.date_of(at).text() == "2014-11-20");
    CHECK(zone.minute_of_day(at) == 543);
}
