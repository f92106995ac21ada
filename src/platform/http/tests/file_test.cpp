#include <doctest/doctest.h>
#include <sys/resource.h>
#include <unistd.h>
#include <zlib.h>

#include <cstdio>
#include <future>

#include "platform/http/answer.hpp"
#include "site.hpp"

using namespace santong;
using namespace santong::http::test;
using http::Access;
using http::Call;
using http::Method;

namespace {

std::string gunzip(std::string const& bytes) {
    z_stream stream{};
    inflateInit2(&stream, 15 + 16);
    std::string out(1 << 20, '\0');
    stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
    stream.avail_in = static_cast<uInt>(bytes.size());
    stream.next_out = reinterpret_cast<Bytef*>(out.data());
    stream.avail_out = static_cast<uInt>(out.size());
    inflate(&stream, Z_FINISH);
    out.resize(stream.total_out);
    inflateEnd(&stream);
    return out;
}

void serve_file(http::Router& router, std::string const& path, std::string const& etag = {}) {
    router.raw(Method::get, "/file", Access::open(), "video/mp4", [path, etag](Call&) {
        http::Response response;
        response.content_type = "video/mp4";
        response.file = path;
        response.etag = etag;
        return response;
    });
}

long resident_kb() {
    long pages = 0;
    auto* file = std::fopen("/proc/self/statm", "re");
    if (std::fscanf(file, "%*d %ld", &pages) != 1) pages = 0;
    std::fclose(file);
    return pages * (sysconf(_SC_PAGESIZE) / 1024);
}

}  // namespace

TEST_CASE("a file is sent whole, in part and not at all, as its validators say") {
    Site site;
    std::string const bytes = "0123456789";
    serve_file(site.router, site.folder.write("f", bytes), "\"v1\"");
    auto client = site.start();
    auto const whole = client.get("/file");
    CHECK(whole.status == 200);
    CHECK(whole.body == bytes);
    CHECK(whole.header("accept-ranges") == "bytes");
    CHECK(whole.header("content-type") == "video/mp4");
    struct Case {
        char const* range;
        int status;
        char const* body;
        char const* content_range;
    };
    for (auto const& c :
         {Case{"bytes=0-3", 206, "0123", "bytes 0-3/10"}, Case{"bytes=7-", 206, "789", "bytes 7-9/10"},
          Case{"bytes=-2", 206, "89", "bytes 8-9/10"}, Case{"bytes=-99", 206, "0123456789", "bytes 0-9/10"},
          Case{"bytes=9-99", 206, "9", "bytes 9-9/10"}, Case{"bytes=0-0", 206, "0", "bytes 0-0/10"},
          Case{"bytes=10-", 416, nullptr, "bytes */10"}, Case{"bytes=-0", 416, nullptr, "bytes */10"},
          Case{"bytes=0-1,4-5", 200, "0123456789", ""}, Case{"bytes=5-2", 200, "0123456789", ""},
          Case{"bytes=a-b", 200, "0123456789", ""}, Case{"lines=1-2", 200, "0123456789", ""}}) {
        CAPTURE(c.range);
        auto const answer = client.get("/file", {{"Range", c.range}});
        CHECK(answer.status == c.status);
        if (c.body) CHECK(answer.body == c.body);
        CHECK(answer.header("content-range") == c.content_range);
    }
    CHECK(client.get("/file", {{"Range", "bytes=0-3"}, {"If-Range", "\"v1\""}}).status == 206);
    CHECK(client.get("/file", {{"Range", "bytes=0-3"}, {"If-Range", "\"v0\""}}).body == bytes);
    CHECK(client.get("/file", {{"If-None-Match", "\"v0\", W/\"v1\""}}).status == 304);
    CHECK(client.get("/file", {{"If-None-Match", "\"v0\""}}).status == 200);
    auto const head = client.head("/file", {{"Range", "bytes=0-3"}});
    CHECK(head.status == 206);
    CHECK(head.header("content-length") == "4");
}

TEST_CASE("a file without a tag of its own gets one that changes with it") {
    Site site;
    auto const path = site.folder.write("f", "one");
    serve_file(site.router, path);
    auto client = site.start();
    auto const tag = client.get("/file").header("etag");
    CHECK(client.get("/file", {{"If-None-Match", tag}}).status == 304);
    site.folder.write("f", "other");
    CHECK(client.get("/file", {{"If-None-Match", tag}}).body == "other");
    std::filesystem::remove(path);
    CHECK(client.get("/file").status == 404);
}

TEST_CASE("a folder or a link is not sent as a file") {
    Site site;
    std::filesystem::create_symlink("/etc/hostname", site.folder.path() + "/link");
    serve_file(site.router, site.folder.path() + "/link");
    auto client = site.start();
    CHECK(client.get("/file").status == 404);
}

TEST_CASE("a file of many megabytes arrives unchanged, also to a reader that pauses") {
    Site site;
    std::string bytes(20 << 20, '\0');
    for (std::size_t i = 0; i < bytes.size(); ++i) bytes[i] = static_cast<char>(i * 2654435761U >> 24);
    serve_file(site.router, site.folder.write("big", bytes));
    auto client = site.start();
    CHECK(client.get("/file").body == bytes);
}

TEST_CASE("JSON above a kilobyte is squeezed for those who take it") {
    Site site;
    site.router.get<Note>("/long", Access::open(),
                          [](Call const&) -> core::Result<Note> { return Note{std::string(5'000, 'x'), 1}; });
    site.router.get<Note>("/short", Access::open(), [](Call const&) -> core::Result<Note> { return Note{"x", 1}; });
    auto client = site.start();
    auto const plain = client.get("/long");
    CHECK(plain.header("content-encoding").empty());
    CHECK(plain.header("vary") == "Accept-Encoding");
    auto const squeezed = client.get("/long", {{"Accept-Encoding", "br, gzip;q=0.8"}});
    CHECK(squeezed.header("content-encoding") == "gzip");
    CHECK(squeezed.body.size() < 200);
    CHECK(gunzip(squeezed.body) == plain.body);
    CHECK(client.get("/long", {{"Accept-Encoding", "gzip;q=0"}}).header("content-encoding").empty());
    CHECK(client.get("/short", {{"Accept-Encoding", "gzip"}}).header("content-encoding").empty());
}

TEST_CASE("a streamed body of 200 MB needs megabytes of memory and leaves no file behind") {
    Site site;
    std::int64_t size = 0;
    bool same_size = false;
    site.router
        .raw(Method::put, "/upload", Access::open(), "application/json",
             [&](Call& call) {
                 size = call.body_size;
                 same_size = static_cast<std::int64_t>(std::filesystem::file_size(call.body_file)) == call.body_size;
                 return http::Response::json("{}", 201);
             })
        .takes_up_to(300 << 20)
        .streams();
    auto client = site.start();
    constexpr int megabytes = 200;
    std::string const piece(1 << 20, 'x');
    client.send_raw("PUT /upload HTTP/1.1\r\nHost: x\r\nContent-Length: " + std::to_string(megabytes << 20) +
                    "\r\n\r\n");
    auto const before = resident_kb();
    for (int i = 0; i < megabytes; ++i) client.send_raw(piece);
    auto const grown = resident_kb() - before;
    CHECK(client.read_answer().status == 201);
    CHECK(size == megabytes << 20);
    CHECK(same_size);
    CHECK(grown < 16 * 1024);
    CHECK(client.get("/nothing").status == 404);  // the request before is over now
    CHECK(site.folder.count() == 0);
}

TEST_CASE("a streamed body may be renamed away, and a refused one is not taken at all") {
    Site site;
    auto const kept = site.folder.path() + "/kept";
    site.router
        .raw(Method::put, "/upload", Access::open(), "application/json",
             [&](Call& call) {
                 std::filesystem::rename(call.body_file, kept);
                 return http::Response::json("{}", 201);
             })
        .streams();
    site.router
        .raw(Method::put, "/mine", Access::signed_in(), "application/json",
             [](Call&) { return http::Response::json("{}"); })
        .streams();
    auto client = site.start();
    CHECK(client.put("/upload", "some bytes", {{"Content-Type", "image/png"}}).status == 201);
    CHECK(std::filesystem::file_size(kept) == 10);
    client.send_raw("PUT /mine HTTP/1.1\r\nHost: x\r\nContent-Length: 900000\r\nExpect: 100-continue\r\n\r\n");
    CHECK(client.read_answer().status == 401);
    CHECK(client.closed());
}

TEST_CASE("what arrived of a resumable upload before a cut is handed over") {
    Site site;
    std::promise<std::int64_t> arrived;
    site.router
        .raw(Method::patch, "/resume", Access::open(), "application/json",
             [&](Call& call) {
                 arrived.set_value(call.body_size);
                 return http::Response::json("{}");
             })
        .keeps_partial_body();
    auto client = site.start();
    client.send_raw("PATCH /resume HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\n" + std::string(400, 'x'));
    client.disconnect();
    CHECK(arrived.get_future().get() == 400);
}

TEST_CASE("ranges are read as RFC 9110 says, whatever the size") {
    http::ByteRange range;
    CHECK(http::read_range("bytes=-5", 0, range) == http::RangeVerdict::unsatisfiable);
    CHECK(http::read_range("bytes=0-", 0, range) == http::RangeVerdict::unsatisfiable);
    CHECK(http::read_range("bytes=--5", 10, range) == http::RangeVerdict::whole);
    CHECK(http::read_range("bytes=-", 10, range) == http::RangeVerdict::whole);
    CHECK(http::read_range("bytes=99999999999999999999-", 10, range) == http::RangeVerdict::whole);
}
