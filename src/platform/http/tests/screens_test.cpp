// The embedded screens, the headers of every answer, TLS and the second origin.
#include <doctest/doctest.h>
#include <openssl/tls1.h>

#include "core/embedded.hpp"
#include "platform/http/program_file.hpp"
#include "site.hpp"
#include "tls_client.hpp"

using namespace santong;
using namespace santong::http::test;
using http::Access;
using http::Call;

namespace {

std::vector<core::EmbeddedFile> const screens = {
    {"index.html", "<p>page</p>", "", "aa"},
    {"assets/app-1a2b.js", "plain script", "squeezed", "bb"},
};

}  // namespace

TEST_CASE("the screens come squeezed and tagged, fingerprinted files for ever, the page checked each time") {
    Site site;
    site.options.assets = screens;
    auto client = site.start();
    auto const script = client.get("/assets/app-1a2b.js", {{"Accept-Encoding", "gzip"}});
    CHECK(script.body == "squeezed");
    CHECK(script.header("content-encoding") == "gzip");
    CHECK(script.header("cache-control") == "public, max-age=31536000, immutable");
    CHECK(script.header("content-type") == "text/javascript; charset=utf-8");
    CHECK(client.get("/assets/app-1a2b.js").body == "plain script");
    auto const again =
        client.get("/assets/app-1a2b.js", {{"Accept-Encoding", "gzip"}, {"If-None-Match", script.header("etag")}});
    CHECK(again.status == 304);
    CHECK(again.body.empty());
    auto const page = client.get("/", {{"Accept", "text/html"}});
    CHECK(page.body == "<p>page</p>");
    CHECK(page.header("cache-control") == "no-cache");
    CHECK(client.get("/today", {{"Accept", "text/html,*/*"}}).body == "<p>page</p>");
    CHECK(client.head("/today", {{"Accept", "text/html"}}).header("content-length") == "11");
    CHECK(client.get("/today").status == 404);
    CHECK(client.get("/api/v1/nothing", {{"Accept", "text/html"}}).status == 404);
    CHECK(client.post("/today", "{}", {{"Accept", "text/html"}}).status == 404);
    CHECK(client.get("/assets/missing.js", {{"Accept", "*/*"}}).status == 404);
}

TEST_CASE(
    "a large part of the program comes whole from its own file, plain and over TLS; other bytes come from memory") {
    auto const& texts = embedded::texts();
    auto const largest = *std::ranges::max_element(texts, {}, [](auto const& file) { return file.bytes.size(); });
    std::string const elsewhere(100'000, 'x');
    REQUIRE(largest.bytes.size() > 50'000);
    http::ProgramFile const program;
    CHECK(program.place_of(largest.bytes).has_value());
    CHECK_FALSE(program.place_of(elsewhere).has_value());
    std::vector<core::EmbeddedFile> const files = {{"assets/own-1.json", largest.bytes, "", "aa"},
                                                   {"assets/made-2.js", elsewhere, "", "bb"}};
    Site site;
    site.options.assets = files;
    auto client = site.start();
    CHECK(client.get("/assets/own-1.json").body == largest.bytes);
    CHECK(client.get("/assets/made-2.js").body == elsewhere);
    CHECK(client.head("/assets/own-1.json").header("content-length") == std::to_string(largest.bytes.size()));
    Site closed;
    closed.options.assets = files;
    closed.options.tls = make_certificate(closed.folder);
    closed.start();
    auto const request = "GET /assets/own-1.json HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
    CHECK(over_tls(closed.server->port(), request).ends_with(largest.bytes));
}

TEST_CASE("every answer carries the headers that keep browsers safe") {
    Site site;
    site.options.assets = screens;
    site.echo("/api/v1/echo");
    auto client = site.start();
    for (auto const& answer : {client.get("/"), client.get("/nothing"), client.post("/api/v1/echo", "{"),
                               client.get("/x", {{"X-Long", std::string(20'000, 'a')}})}) {
        CHECK(answer.header("x-content-type-options") == "nosniff");
        CHECK(answer.header("referrer-policy") == "no-referrer");
        CHECK(answer.header("cross-origin-opener-policy") == "same-origin");
        CHECK(answer.header("permissions-policy").find("geolocation=()") != std::string::npos);
        auto const policy = answer.header("content-security-policy");
        CHECK(policy.starts_with("default-src 'self'; script-src 'self';"));
        CHECK(policy.find("unsafe") == std::string::npos);
        CHECK(policy.find("frame-ancestors 'none'") != std::string::npos);
        CHECK(answer.header("strict-transport-security").empty());
        CHECK(answer.header("x-trace-id").size() == 32);
    }
    CHECK(client.post("/api/v1/echo", R"({"text":"a","stars":1})").header("cache-control") == "no-store");
}

TEST_CASE("the second origin serves its own routes only and may be framed by the first only") {
    Site site;
    http::Router packages;
    packages.raw(http::Method::get, "/p/{path*}", Access::open(), "text/html", [](Call& call) {
        http::Response response;
        response.content_type = "text/html";
        response.body = call.text("path");
        return response;
    });
    site.echo("/api/v1/echo");
    site.options.packages = &packages;
    site.options.assets = screens;
    auto client = site.start();
    HttpClient other(site.server->package_port());
    auto const answer = other.get("/p/a/index.html");
    CHECK(answer.body == "a/index.html");
    auto const policy = answer.header("content-security-policy");
    CHECK(policy.find("frame-ancestors " + site.server->public_origin()) != std::string::npos);
    CHECK(other.post("/api/v1/echo").status == 404);
    CHECK(other.get("/", {{"Accept", "text/html"}}).status == 404);
    CHECK(other.get("/metrics").status == 404);
    auto const frames = client.get("/").header("content-security-policy");
    CHECK(frames.find("frame-src 'self' " + site.server->package_origin()) != std::string::npos);
}

TEST_CASE("TLS is spoken from version 1.2 on, with files, bodies and strict transport") {
    Site site;
    site.options.tls = make_certificate(site.folder);
    std::string const bytes(300'000, 'f');
    auto const path = site.folder.write("big", bytes);
    bool secure = false;
    site.router.raw(http::Method::get, "/file", Access::open(), "text/plain", [&](Call& call) {
        secure = call.secure;
        http::Response response;
        response.file = path;
        return response;
    });
    site.echo("/echo");
    site.start();
    std::string const end = " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n";
    auto const file = over_tls(site.server->port(), "GET /file" + end + "\r\n");
    CHECK(file.ends_with(bytes));
    CHECK(file.find("Strict-Transport-Security: max-age=") != std::string::npos);
    CHECK(secure);
    std::string const note = R"({"text":")" + std::string(100'000, 'n') + R"(","stars":1})";
    auto const echo =
        over_tls(site.server->port(), "POST /echo" + end + "Content-Type: application/json\r\nContent-Length: " +
                                          std::to_string(note.size()) + "\r\n\r\n" + note);
    CHECK(echo.ends_with(note));
    CHECK(over_tls(site.server->port(), "GET /file" + end + "\r\n", TLS1_2_VERSION).ends_with(bytes));
    CHECK(over_tls(site.server->port(), "GET /file" + end + "\r\n", TLS1_1_VERSION).empty());
    CHECK_THROWS(site.client().get("/file"));  // plain http to the TLS port
}

TEST_CASE("plain http beyond this machine is refused unless a proxy is in front") {
    Site site;
    site.options.address = "0.0.0.0";
    CHECK_THROWS_WITH(site.start(), "plain http is for this machine only: configure TLS, or a proxy in front");
    site.options.behind_proxy = true;
    CHECK(site.start().get("/healthz").status == 200);
    site.options.behind_proxy = false;
    site.options.tls = http::Tls{"/nowhere/cert.pem", "/nowhere/key.pem"};
    CHECK_THROWS(site.start());
}
