#include "platform/http/openapi.hpp"

#include <doctest/doctest.h>

#include <boost/json.hpp>

#include "site.hpp"

using namespace santong;
using namespace santong::http::test;
using http::Access;
using http::Call;

namespace santong::http::test::elsewhere {
struct Note {
    bool done = false;
};
BOOST_DESCRIBE_STRUCT(Note, (), (done))
}  // namespace santong::http::test::elsewhere

namespace {

struct NoteFilter {
    std::optional<int> stars;
    std::vector<std::string> words;
};
BOOST_DESCRIBE_STRUCT(NoteFilter, (), (stars, words))

void add_routes(http::Router& router, bool reversed) {
    auto const post = [&] {
        router
            .post<Note, Note>("/api/v1/people/{person_id}/notes", Access::with({"notes.write"}),
                              [](Call const&, Note const& note) -> core::Result<Note> { return note; })
            .says("Adds a note.");
    };
    if (!reversed) post();
    router.list<NoteFilter, core::Page<Note>>(
        "/api/v1/notes", Access::open(),
        [](Call const&, NoteFilter const&) -> core::Result<core::Page<Note>> { return core::Page<Note>{}; });
    router.raw(http::Method::get, "/api/v1/notes/file/{path*}", Access::signed_in(), "application/pdf",
               [](Call&) { return http::Response{}; });
    if (reversed) post();
}

std::string text(boost::json::value const& document, std::string_view pointer) {
    return boost::json::serialize(document.at_pointer({pointer.data(), pointer.size()}));
}

}  // namespace

TEST_CASE("the OpenAPI page tells method, permission, parameters, body and answers of each route") {
    http::Router router;
    add_routes(router, false);
    auto const page = boost::json::parse(http::openapi(router));
    CHECK(text(page, "/openapi") == "\"3.1.0\"");
    std::string const post = "/paths/~1api~1v1~1people~1{person_id}~1notes/post";
    CHECK(text(page, post + "/operationId") == "\"postPeopleByPersonIdNotes\"");
    CHECK(text(page, post + "/tags/0") == "\"people\"");
    CHECK(text(page, post + "/x-permission") == "\"notes.write\"");
    CHECK(text(page, post + "/parameters/0/schema/format") == "\"uuid\"");
    CHECK(text(page, post + "/requestBody/content/application~1json/schema/$ref") == "\"#/components/schemas/Note\"");
    CHECK(text(page, post + "/responses/201/content/application~1json/schema/$ref") == "\"#/components/schemas/Note\"");
    CHECK(text(page, post + "/responses/default/$ref") == "\"#/components/responses/Problem\"");
    std::string const list = "/paths/~1api~1v1~1notes/get";
    CHECK(text(page, list + "/security") == "[]");
    CHECK(text(page, list + "/parameters/0/name") == "\"stars\"");
    CHECK(text(page, list + "/parameters/0/schema/type") == "\"integer\"");
    CHECK(text(page, list + "/parameters/1/explode") == "false");
    CHECK(text(page, "/paths/~1api~1v1~1notes~1file~1{path}/get/responses/200/content/application~1pdf/schema/type") ==
          "\"string\"");
    CHECK(text(page, "/components/schemas/Problem/properties/trace_id/type") == "\"string\"");
}

TEST_CASE("the OpenAPI page does not depend on the order of registration") {
    http::Router one, other;
    add_routes(one, false);
    add_routes(other, true);
    CHECK(http::openapi(one) == http::openapi(other));
}

TEST_CASE("two types of one name are found out") {
    http::Router router;
    add_routes(router, false);
    router.get<elsewhere::Note>("/api/v1/other", Access::open(),
                                [](Call const&) -> core::Result<elsewhere::Note> { return elsewhere::Note{}; });
    CHECK_THROWS_AS(http::openapi(router), std::logic_error);
}
