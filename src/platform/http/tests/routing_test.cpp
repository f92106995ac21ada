#include <doctest/doctest.h>

#include "platform/http/request_head.hpp"
#include "platform/http/trace.hpp"
#include "site.hpp"

using namespace santong;
using namespace santong::http::test;
using http::Access;
using http::Call;
using http::Method;

namespace {

enum class Colour : int { red, green };
BOOST_DESCRIBE_ENUM(Colour, red, green)

struct Filter {
    std::optional<bool> open;
    std::optional<int> grade;
    std::optional<std::int64_t> big;
    std::optional<double> share;
    std::optional<Colour> colour;
    std::optional<core::LocalDate> day;
    std::optional<core::Instant> at;
    std::optional<core::OrgId> org;
    std::vector<std::string> subjects;
    std::string q;
};
BOOST_DESCRIBE_STRUCT(Filter, (), (open, grade, big, share, colour, day, at, org, subjects, q))

/// Every route answers with its own name and the values of the path.
void name_route(http::Router& router, Method method, std::string const& path) {
    router.raw(method, path, Access::open(), "text/plain", [path](Call& call) {
        http::Response response;
        response.content_type = "text/plain";
        response.body = path;
        for (auto const& [name, value] : call.path_values) response.body += " " + name + "=" + value;
        return response;
    });
}

}  // namespace

TEST_CASE("literal segments win over names, names over the rest of the path") {
    Site site;
    for (auto const* path : {"/a", "/a/{word}", "/a/fixed", "/a/{word}/end", "/files/{path*}", "/b/{x_id}"})
        name_route(site.router, Method::get, path);
    auto client = site.start();
    CHECK(client.get("/a").body == "/a");
    CHECK(client.get("/a/fixed").body == "/a/fixed");
    CHECK(client.get("/a/%E8%AF%BE").body == "/a/{word} word=课");
    CHECK(client.get("/a/fixed/end").body == "/a/{word}/end word=fixed");
    CHECK(client.get("/files/x/y.html").body == "/files/{path*} path=x/y.html");
    CHECK(client.get("/a/").status == 404);
    CHECK(client.get("/a/x/y").status == 404);
}

TEST_CASE("an identifier in the path that is none is not found") {
    Site site;
    name_route(site.router, Method::get, "/people/{person_id}");
    auto client = site.start();
    CHECK(client.get("/people/0190a6a0-0000-7000-8000-000000000001").status == 200);
    CHECK(client.get("/people/1").status == 404);
    CHECK(client.get("/people/1'--").status == 404);
}

TEST_CASE("a wrong method is told which ones are allowed") {
    Site site;
    name_route(site.router, Method::get, "/a");
    name_route(site.router, Method::put, "/a");
    auto client = site.start();
    auto const answer = client.del("/a");
    CHECK(answer.status == 405);
    CHECK(answer.header("allow") == "GET, HEAD, PUT");
    CHECK(answer.text("/code") == "http.method_not_allowed");
    auto const options = client.request("OPTIONS", "/a");
    CHECK(options.status == 204);
    CHECK(options.header("allow") == "GET, HEAD, PUT");
    CHECK(client.request("BREW", "/a").status == 501);
}

TEST_CASE("HEAD answers as GET without the body") {
    Site site;
    name_route(site.router, Method::get, "/a");
    auto client = site.start();
    auto const answer = client.head("/a");
    CHECK(answer.status == 200);
    CHECK(answer.header("content-length") == "2");
    CHECK(answer.header("content-type") == "text/plain");
    CHECK(client.get("/a").body == "/a");  // nothing of the first answer is left on the wire
}

TEST_CASE("a path that leaves its place is refused") {
    Site site;
    name_route(site.router, Method::get, "/files/{path*}");
    auto client = site.start();
    for (auto const* path :
         {"/files/../etc/passwd", "/files/%2e%2e/etc/passwd", "/files/..%2fetc", "/files/%2e%2e%5cetc", "/files/a%00b",
          "/files/%zz", "/files/%ff", "/files/a%0d%0ab", "/files/./x"}) {
        CAPTURE(path);
        CHECK(client.get(path).status == 400);
    }
}

TEST_CASE("query parameters are read into a described struct") {
    Site site;
    Filter seen;
    site.router.list<Filter, core::Nothing>("/list", Access::open(),
                                            [&](Call const&, Filter const& filter) -> core::Result<core::Nothing> {
                                                seen = filter;
                                                return core::Nothing{};
                                            });
    auto client = site.start();
    auto const answer = client.get(
        "/list?open=true&grade=-3&big=9007199254740993&share=0.5&colour=green&day=2014-09-01&at=1409500800000"
        "&org=0190a6a0-0000-7000-8000-000000000001&subjects=a,b&q=%E8%AF%BE+x");
    CHECK(answer.status == 200);
    CHECK(seen.open == true);
    CHECK(seen.grade == -3);
    CHECK(seen.big == 9007199254740993);
    CHECK(seen.share == 0.5);
    CHECK(seen.colour == Colour::green);
    CHECK(seen.day->text() == "2014-09-01");
    CHECK(seen.at->ms == 1409500800000);
    CHECK(seen.org->text() == "0190a6a0-0000-7000-8000-000000000001");
    CHECK(seen.subjects == std::vector<std::string>{"a", "b"});
    CHECK(seen.q == "课 x");
}

TEST_CASE("an unreadable or unknown query parameter is named") {
    Site site;
    site.router.list<Filter, core::Nothing>(
        "/list", Access::open(),
        [](Call const&, Filter const&) -> core::Result<core::Nothing> { return core::Nothing{}; });
    auto client = site.start();
    for (auto const* bad :
         {"open=yes", "grade=3x", "grade=99999999999", "share=nan", "colour=blue", "day=2014-02-31", "org=1"}) {
        CAPTURE(bad);
        auto const answer = client.get(std::string("/list?") + bad);
        CHECK(answer.status == 400);
        CHECK(answer.text("/errors/0/code") == "http.unreadable_value");
        CHECK(std::string(bad).starts_with(answer.text("/errors/0/pointer") + "="));
    }
    CHECK(client.get("/list?nothing=1").text("/errors/0/code") == "http.unknown_parameter");
    CHECK(client.get("/list?q=1&q=2").text("/code") == "http.repeated_parameter");
    CHECK(client.get("/list?q=%80").text("/code") == "http.bad_query");
}

TEST_CASE("a refusal is problem+json with its places, parameters and trace id") {
    Site site;
    site.router.get<Note>("/full", Access::open(), [](Call const&) -> core::Result<Note> {
        auto error = core::rate_limited("live.full", 7, {{"seats", "5"}});
        error.problems.push_back({"/seat", "live.taken", {{"by", "二班"}}});
        return error;
    });
    auto client = site.start();
    auto const answer = client.get("/full");
    CHECK(answer.status == 429);
    CHECK(answer.header("content-type").starts_with("application/problem+json"));
    CHECK(answer.header("retry-after") == "7");
    CHECK(answer.text("/code") == "live.full");
    CHECK(answer.text("/params/seats") == "5");
    CHECK(answer.text("/errors/0/pointer") == "/seat");
    CHECK(answer.text("/errors/0/params/by") == "二班");
    CHECK(answer.text("/trace_id") == answer.header("x-trace-id"));
}

TEST_CASE("the trace id of a valid traceparent is taken over, others are replaced") {
    std::string const id = "0af7651916cd43dd8448eb211c80319c";
    CHECK(http::trace_id_of("00-" + id + "-b7ad6b7169203331-01") == id);
    for (auto const& bad : {std::string(), "00-" + id, "00-" + std::string(32, '0') + "-b7ad6b7169203331-01",
                            "00-" + id + "-b7ad6b7169203331-0\n", "00-" + id.substr(1) + "X-b7ad6b7169203331-01"}) {
        auto const made = http::trace_id_of(bad);
        CHECK(made.size() == 32);
        CHECK(made != id);
    }
    CHECK(http::trace_id_of("") != http::trace_id_of(""));
}

TEST_CASE("an exception in a handler is 500 and tells the caller nothing but the trace id") {
    Site site;
    site.router.get<Note>("/broken", Access::open(),
                          [](Call const&) -> core::Result<Note> { throw std::runtime_error("password=hunter2"); });
    auto client = site.start();
    auto const answer = client.get("/broken");
    CHECK(answer.status == 500);
    CHECK(answer.body.find("hunter2") == std::string::npos);
    CHECK(answer.text("/code") == "http.internal_error");
}
