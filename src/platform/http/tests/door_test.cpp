// Plain http beside TLS: leads to https, and shows what a machine needs that does not trust the site yet.
#include <doctest/doctest.h>

#include "tls_client.hpp"

using namespace santong;
using namespace santong::http::test;
using http::Access;
using http::Call;

namespace {

std::vector<core::EmbeddedFile> const screens = {
    {"index.html", "<p>page</p>", "", "aa"},
    {"assets/app-1a2b.js", "plain script", "", "bb"},
};

struct Door {
    Site site;
    http::Router router;

    Door() {
        site.options.tls = make_certificate(site.folder);
        site.options.assets = screens;
        site.options.door = &router;
        site.options.door_pages = {"/certificate"};
        site.echo("/api/v1/echo");
        router.raw(http::Method::get, "/api/v1/certificate", Access::open(), "text/plain", [](Call& call) {
            http::Response response;
            response.content_type = "text/plain";
            response.body = call.secure ? "secure" : "plain";
            return response;
        });
    }
    HttpClient start() {
        site.start();
        return HttpClient(site.server->door_port());
    }
    std::string https() const { return "https://127.0.0.1:" + std::to_string(site.server->port()); }
};

}  // namespace

TEST_CASE("the plain door leads everything to the same place by https, for good and with its method") {
    Door door;
    auto client = door.start();
    for (auto const* path : {"/", "/today?week=3&x=%E4%B8%89", "/index.html", "/metrics", "/healthz", "/certificate/x",
                             "/api/v1/session", "/assets/none.js", "/.well-known/acme-challenge/x"}) {
        CAPTURE(path);
        auto const answer = client.get(path, {{"Accept", "text/html"}});
        CHECK(answer.status == 308);
        CHECK(answer.header("location") == door.https() + path);
        CHECK(answer.header("strict-transport-security").empty());
        CHECK(answer.header("set-cookie").empty());
        CHECK(answer.body.empty());
    }
    auto const posted = client.post("/api/v1/session", R"({"login":"a","password":"b"})");
    CHECK(posted.status == 308);
    CHECK(posted.header("location") == door.https() + "/api/v1/session");
    CHECK(client.get("http://other.example/today").header("location") == door.https() + "/today");
    CHECK(client.get("//evil.example/x").header("location") == door.https() + "//evil.example/x");
}

TEST_CASE("the plain door shows its page with its files and answers its own routes") {
    Door door;
    auto client = door.start();
    auto const page = client.get("/certificate");
    CHECK(page.status == 200);
    CHECK(page.body == "<p>page</p>");
    CHECK(page.header("strict-transport-security").empty());
    CHECK(page.header("content-security-policy").starts_with("default-src 'self'; script-src 'self';"));
    CHECK(client.get("/assets/app-1a2b.js").body == "plain script");
    CHECK(client.head("/certificate").status == 200);
    CHECK(client.post("/certificate").status == 308);
    CHECK(client.get("/api/v1/certificate").body == "plain");
    CHECK(client.post("/api/v1/certificate").status == 405);
    CHECK(over_tls(door.site.server->port(),
                   "GET /certificate HTTP/1.1\r\nHost: x\r\nAccept: text/html\r\nConnection: "
                   "close\r\n\r\n")
              .find("Strict-Transport-Security: max-age=31536000") != std::string::npos);
}

TEST_CASE("where the operator has named the site the plain door leads there, whatever name was asked for") {
    Door door;
    door.site.options.public_origin = "https://hub.example.cn";
    auto client = door.start();
    CHECK(client.get("/today", {{"Host", "evil.example"}}).header("location") == "https://hub.example.cn/today");
}

TEST_CASE("without a name of its own the plain door sends back the name that was asked for, if it is one") {
    Door door;
    auto client = door.start();
    auto const port = ":" + std::to_string(door.site.server->port());
    auto const to = [&](char const* host) { return client.get("/x", {{"Host", host}}).header("location"); };
    CHECK(to("hub.example.cn") == "https://hub.example.cn" + port + "/x");
    CHECK(to("hub.example.cn:80") == "https://hub.example.cn" + port + "/x");
    CHECK(to("[fd00::1]:80") == "https://[fd00::1]" + port + "/x");
    for (auto const* odd : {"", "a b", "evil.example/path", "user@evil.example", "evil.example\\@x", "[::1"}) {
        CAPTURE(odd);
        auto const answer = client.get("/x", {{"Host", odd}});
        CHECK(answer.status == 400);
        CHECK(answer.header("location").empty());
    }
}

TEST_CASE("new connections get the renewed certificate, open ones go on, and a broken one changes nothing") {
    Site site;
    site.options.tls = make_certificate(site.folder, 7);
    site.echo("/api/v1/echo");
    site.start();
    int const port = site.server->port();
    CHECK(served_serial(port) == 7);
    CHECK_FALSE(site.server->refresh_certificate());
    make_certificate(site.folder, 8);
    CHECK(site.server->refresh_certificate());
    CHECK(served_serial(port) == 8);
    site.folder.write("cert.pem", "half a certificate");
    CHECK_FALSE(site.server->refresh_certificate());
    CHECK(served_serial(port) == 8);
    auto const figures = site.server->metrics().text();
    CHECK(figures.find("\nsantong_certificate_days_left 0\n") != std::string::npos);
    CHECK(figures.find("\nsantong_certificate_refused 1\n") != std::string::npos);
}

TEST_CASE("until the first certificate is there only the plain door answers") {
    Door door;
    std::filesystem::remove(door.site.options.tls->certificate);
    door.site.options.tls->awaited = true;
    auto client = door.start();
    CHECK(client.get("/certificate").status == 200);
    CHECK(served_serial(door.site.server->port()) == 0);
    CHECK(door.site.server->metrics().text().find("santong_certificate_days_left nan") != std::string::npos);
    make_certificate(door.site.folder, 9);
    CHECK(door.site.server->refresh_certificate());
    CHECK(served_serial(door.site.server->port()) == 9);
}

TEST_CASE("TLS takes forward-secret ciphers with authentication only") {
    Site site;
    site.options.tls = make_certificate(site.folder);
    site.start();
    std::string const request = "GET /healthz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";
    auto const taken = [&](char const* ciphers) {
        return !over_tls(site.server->port(), request, TLS1_2_VERSION, ciphers).empty();
    };
    CHECK(taken("ECDHE-ECDSA-AES128-GCM-SHA256"));
    CHECK(taken("ECDHE-ECDSA-CHACHA20-POLY1305"));
    CHECK_FALSE(taken("ECDHE-ECDSA-AES128-SHA256"));
    CHECK_FALSE(taken("ECDHE-ECDSA-AES256-SHA"));
    CHECK_FALSE(taken("AES128-GCM-SHA256"));
}
