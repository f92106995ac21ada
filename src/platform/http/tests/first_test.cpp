#include <doctest/doctest.h>

#include "http_client.hpp"
#include "platform/http/server.hpp"

using namespace santong;

namespace {
struct Greeting {
    std::string text;
    int times = 1;
};
BOOST_DESCRIBE_STRUCT(Greeting, (), (text, times))
}  // namespace

TEST_CASE("a server answers typed routes") {
    http::Router router;
    router.get<Greeting>("/api/v1/greeting", http::Access::open(),
                         [](http::Call const&) -> core::Result<Greeting> { return Greeting{"hello", 2}; });
    router.post<Greeting, Greeting>("/api/v1/greetings", http::Access::open(),
                                    [](http::Call const&, Greeting const& body) -> core::Result<Greeting> { return body; });
    http::Options options;
    options.port = 0;
    http::Server server(options, router, nullptr);
    server.start();
    test::HttpClient client(server.port());
    auto answer = client.get("/api/v1/greeting");
    CHECK(answer.status == 200);
    CHECK(answer.body == R"({"text":"hello","times":2})");
    CHECK(client.post("/api/v1/greetings", R"({"text":"x","times":3})").status == 201);
    CHECK(client.get("/healthz").body == "ok\n");
    CHECK(client.get("/nothing").status == 404);
}
