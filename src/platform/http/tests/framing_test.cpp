// Requests that no honest client makes: smuggling, oversize, slow (QUALITY check 31).
#include <doctest/doctest.h>

#include <chrono>
#include <thread>

#include "site.hpp"

using namespace santong;
using namespace santong::http::test;

namespace {

std::string post(std::string const& headers, std::string const& body) {
    return "POST /echo HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n" + headers + "\r\n" + body;
}

}  // namespace

TEST_CASE("framing that two parsers might read differently is refused and the connection closed") {
    Site site;
    site.echo("/echo");
    auto client = site.start();
    std::string const body = R"({"text":"a","stars":1})";
    auto const length = "Content-Length: " + std::to_string(body.size()) + "\r\n";
    for (auto const& request : {
             post(length + "Transfer-Encoding: chunked\r\n", body),
             post("Transfer-Encoding: chunked\r\n" + length, body),
             post(length + length, body),
             post("Content-Length: 3\r\n" + length, body),
             post("Content-Length: 22, 22\r\n", body),
             post("Content-Length: +22\r\n", body),
             post("Content-Length: -1\r\n", body),
             post("Content-Length: 0x16\r\n", body),
             post("Transfer-Encoding: gzip, chunked\r\n", "0\r\n\r\n"),
             post("Transfer-Encoding: identity\r\n", body),
             post("Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n", "0\r\n\r\n"),
             post("Content-Length : 22\r\n", body),
             post("X-Bad: a\rb\r\n", body),
             std::string("GET /echo HTTP/1.1\nHost: x\n\n"),
             std::string("GET /echo HTTP/1.1\r\n\r\n"),
             std::string("GET /echo HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n"),
             std::string("POST /echo HTTP/1.0\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"),
             std::string("GET  /echo HTTP/1.1\r\nHost: x\r\n\r\n"),
             std::string("\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03 hello by TLS\r\n\r\n", 28),
         }) {
        CAPTURE(request);
        client.disconnect();
        client.send_raw(request);
        CHECK(client.read_answer().status == 400);
        CHECK(client.closed());
    }
}

TEST_CASE("a chunk's head that comes in pieces is waited for, and one without end is refused") {
    Site site;
    site.echo("/echo");
    auto client = site.start();
    std::string const chunks = "a\r\n{\"stars\":1\r\nc\r\n,\"text\":\"a\"}\r\n0\r\n\r\n";
    client.send_raw(post("Transfer-Encoding: chunked\r\n", ""));
    for (char sign : chunks) {
        client.send_raw(std::string(1, sign));
        std::this_thread::sleep_for(std::chrono::milliseconds(3));
    }
    CHECK(client.read_answer().status == 200);
    client.send_raw(post("Transfer-Encoding: chunked\r\n", "5;" + std::string(100'000, 'x')));
    CHECK(client.read_answer().status == 400);
}

TEST_CASE("chunked bodies are taken and bounded") {
    Site site;
    site.echo("/echo");
    site.router
        .act<Note, Note>("/small", http::Access::open(),
                         [](http::Call const&, Note const& n) -> core::Result<Note> { return n; })
        .takes_up_to(64);
    auto client = site.start();
    client.send_raw(post("Transfer-Encoding: chunked\r\n", "8\r\n{\"text\":\r\n4\r\n\"ab\"\r\n1\r\n}\r\n0\r\n\r\n"));
    CHECK(client.read_answer().status == 400);  // stars are missing
    client.send_raw(post("Transfer-Encoding: chunked\r\n", "a\r\n{\"stars\":1\r\nc\r\n,\"text\":\"a\"}\r\n0\r\n\r\n"));
    auto const answer = client.read_answer();
    CHECK(answer.status == 200);
    CHECK(answer.text("/text") == "a");
    std::string const head = "POST /small HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n";
    client.send_raw(head + "Transfer-Encoding: chunked\r\n\r\n50\r\n" + std::string(80, ' ') + "\r\n");
    CHECK(client.read_answer().status == 413);
    CHECK(client.closed());
    client.disconnect();
    client.send_raw(head + "Transfer-Encoding: chunked\r\n\r\nzz\r\n");
    CHECK(client.read_answer().status == 400);
    client.disconnect();
    client.send_raw(head + "Transfer-Encoding: chunked\r\n\r\nfffffffffffffffff\r\n");
    CHECK(client.read_answer().status == 400);
}

TEST_CASE("a body beyond the limit is refused before it is read") {
    Site site;
    site.echo("/echo");
    auto client = site.start();
    client.send_raw(post("Content-Length: 999999999999\r\nExpect: 100-continue\r\n", {}));
    auto const answer = client.read_answer();
    CHECK(answer.status == 413);
    CHECK(answer.text("/code") == "http.body_too_large");
}

TEST_CASE("a header beyond 16 KB is refused") {
    Site site;
    site.echo("/echo");
    auto client = site.start();
    CHECK(client.get("/echo", {{"X-Long", std::string(15'000, 'a')}}).status == 405);
    CHECK(client.get("/echo", {{"X-Long", std::string(17'000, 'a')}}).status == 431);
    client.disconnect();
    CHECK(client.get("/" + std::string(20'000, 'a')).status == 431);
}

TEST_CASE("a client that announces its body is told to go on") {
    Site site;
    site.echo("/echo");
    auto client = site.start();
    std::string const body = R"({"text":"a","stars":1})";
    client.send_raw(post("Expect: 100-continue\r\nContent-Length: " + std::to_string(body.size()) + "\r\n", {}));
    CHECK(client.read_answer().status == 100);
    client.send_raw(body);
    CHECK(client.read_answer().status == 200);
    client.send_raw(post("Expect: a miracle\r\nContent-Length: 2\r\n", "{}"));
    CHECK(client.read_answer().status == 417);
}

TEST_CASE("requests sent in one piece are answered one after the other") {
    Site site;
    site.echo("/echo");
    auto client = site.start();
    std::string all;
    for (char c = 'a'; c <= 'e'; ++c)
        all += post("Content-Length: 22\r\n", std::string(R"({"text":")") + c + R"(","stars":1})");
    client.send_raw(all);
    for (char c = 'a'; c <= 'e'; ++c) CHECK(client.read_answer().text("/text") == std::string(1, c));
}

TEST_CASE("a client that sends its header or body too slowly is cut off, others are served") {
    Site site;
    site.echo("/echo");
    site.options.timeouts.header = site.options.timeouts.stall = std::chrono::milliseconds(120);
    auto other = site.start();
    auto slow_head = site.client();
    slow_head.send_raw("POST /echo HTTP/1.1\r\nHost:");
    auto slow_body = site.client();
    slow_body.send_raw(post("Content-Length: 22\r\n", "{"));
    CHECK(other.post("/echo", R"({"text":"a","stars":1})").status == 200);
    CHECK(slow_head.closed());
    CHECK(slow_body.read_answer().status == 408);
    CHECK(slow_body.closed());
}

TEST_CASE("an idle connection is closed after its time") {
    Site site;
    site.echo("/echo");
    site.options.timeouts.idle = std::chrono::milliseconds(60);
    auto client = site.start();
    CHECK(client.post("/echo", R"({"text":"a","stars":1})").status == 200);
    CHECK(client.closed());
}

TEST_CASE("only JSON is taken where JSON is expected") {
    Site site;
    site.echo("/echo");
    auto client = site.start();
    std::string const body = R"({"text":"a","stars":1})";
    CHECK(client.post("/echo", body, {{"Content-Type", "text/plain"}}).status == 415);
    CHECK(client.post("/echo", body, {{"Content-Type", "application/x-www-form-urlencoded"}}).status == 415);
    CHECK(client.post("/echo", body, {{"Content-Type", "application/json; charset=utf-8"}}).status == 200);
    CHECK(client.post("/echo", R"({"text":1})").text("/errors/0/pointer") == "/text");
}

TEST_CASE("a value that a handler puts into a header cannot end it") {
    Site site;
    site.router.raw(http::Method::get, "/name", http::Access::open(), "text/plain", [](http::Call& call) {
        http::Response response;
        response.body = "x";
        return response.with("X-Name", call.query_value("name"));
    });
    auto client = site.start();
    auto const answer = client.get("/name?name=a%0d%0aSet-Cookie:%20sid=evil");
    CHECK(answer.status == 200);
    CHECK(answer.header("x-name") == "a  Set-Cookie: sid=evil");
    CHECK(answer.header("set-cookie").empty());
}
