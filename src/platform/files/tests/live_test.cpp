// The routes of files behind the real server: streamed bodies, cuts, Range, the second origin.
#include <thread>

#include "files_world.hpp"
#include "http_client.hpp"
#include "platform/http/server.hpp"

using namespace santong::test;
namespace core = santong::core;
namespace files = santong::files;
namespace http = santong::http;

namespace {

/// Who sends "who: teacher" is the teacher.
struct LiveWorld : FilesWorld {
    LiveWorld() {
        fs::create_directories(folder / "bodies");
        http::Options options;
        options.port = 0;
        options.temp_dir = (folder / "bodies").string();
        options.packages = &package_router;
        server = std::make_unique<http::Server>(options, router, [this](http::Call& request) {
            if (request.header("who") == "teacher") request.caller = teacher;
            if (request.header("who") == "stranger") request.caller = stranger;
            return core::Result<http::Identity>(http::Identity{});
        });
        server->start();
    }
    HttpClient client() const { return HttpClient(server->port()); }

    static Headers as(char const* who, Headers more = {}) {
        more.emplace_back("who", who);
        more.emplace_back("Tus-Resumable", "1.0.0");
        return more;
    }
    std::string begun(HttpClient& browser, std::size_t size, std::string const& name) const {
        auto const answer = browser.request("POST", "/api/v1/uploads", "",
                                            as("teacher", {{"Upload-Length", std::to_string(size)},
                                                           {"Upload-Metadata", "filename " + core::base64(name)}}));
        REQUIRE(answer.status == 201);
        return answer.header("location");
    }
    static Headers piece(std::int64_t offset) {
        return as("teacher",
                  {{"Upload-Offset", std::to_string(offset)}, {"Content-Type", "application/offset+octet-stream"}});
    }

    std::unique_ptr<http::Server> server;
};

}  // namespace

TEST_CASE("a cut in the middle of a piece keeps what had come") {
    LiveWorld world;
    auto browser = world.client();
    std::string const bytes(600'000, 'x');
    auto const address = world.begun(browser, bytes.size(), "a.txt");
    auto cut = world.client();
    cut.send_raw("PATCH " + address +
                 " HTTP/1.1\r\nHost: x\r\nwho: teacher\r\nTus-Resumable: 1.0.0\r\nUpload-Offset: 0\r\n"
                 "Content-Type: application/offset+octet-stream\r\nContent-Length: 600000\r\n\r\n");
    cut.send_raw(bytes.substr(0, 300'000));
    cut.disconnect();
    std::int64_t offset = 0;
    while (offset == 0) {
        std::this_thread::sleep_for(std::chrono::milliseconds(5));  // the server limits who asks without a pause
        auto const answer = browser.head(address, world.as("teacher"));
        if (answer.status == 200) offset = std::stoll(answer.header("upload-offset"));
    }
    CHECK(offset == 300'000);
    auto const rest = browser.request("PATCH", address, bytes.substr(300'000), world.piece(offset));
    CHECK(rest.status == 204);
    auto const id = rest.header("santong-file-id");
    auto const file = browser.get("/api/v1/files/" + id, world.as("teacher"));
    CHECK(file.body == bytes);
    CHECK(browser.get("/api/v1/files/" + id, world.as("stranger")).status == 404);
    CHECK(browser.get("/api/v1/files/" + id).status == 401);
    CHECK(fs::is_empty(world.folder / "bodies"));
}

TEST_CASE("a download has ranges, an ETag and a name with any sign") {
    LiveWorld world;
    auto browser = world.client();
    auto const address = world.begun(browser, pdf.size(), "静夜思 \"一\"\r\n😀.pdf");
    auto const id = browser.request("PATCH", address, pdf, world.piece(0)).header("santong-file-id");
    auto const part = browser.get("/api/v1/files/" + id, world.as("teacher", {{"Range", "bytes=5-7"}}));
    CHECK(part.status == 206);
    CHECK(part.body == "1.4");
    CHECK(part.header("content-range") == "bytes 5-7/" + std::to_string(pdf.size()));
    CHECK(part.header("content-disposition").find("filename*=UTF-8''%E9%9D%99") != std::string::npos);
    CHECK(part.header("content-security-policy").starts_with("sandbox;"));
    auto const again =
        browser.get("/api/v1/files/" + id, world.as("teacher", {{"If-None-Match", part.header("etag")}}));
    CHECK(again.status == 304);
    auto const about = browser.get("/api/v1/files/" + id + "/about", world.as("teacher"));
    auto const url = about.text("/address/url");
    CHECK(browser.get(url, world.as("teacher", {{"Range", "bytes=-5"}})).body == "%EOF\n");
    CHECK(browser.get(url, world.as("stranger")).status == 404);
}

TEST_CASE("a stranger's or oversized body is refused before it is taken") {
    LiveWorld world;
    auto browser = world.client();
    auto const address = world.begun(browser, 10, "a.txt");
    CHECK(browser.request("PATCH", address, "0123456789", {{"Tus-Resumable", "1.0.0"}}).status == 401);
    browser.disconnect();
    auto huge = world.client();
    huge.send_raw("PATCH " + address +
                  " HTTP/1.1\r\nHost: x\r\nwho: teacher\r\nTus-Resumable: 1.0.0\r\n"
                  "Upload-Offset: 0\r\nContent-Type: application/offset+octet-stream\r\n"
                  "Content-Length: 99999999999\r\n\r\n");
    CHECK(huge.read_answer().status == 413);
}

TEST_CASE("the second origin serves packages and nothing else") {
    LiveWorld world;
    auto browser = world.client();
    auto const zip = make_zip({{"index.html", "<p>诗"}, {"课 件.js", "1"}});
    auto const address = world.begun(browser, zip.size(), "a.zip");
    auto const id = browser.request("PATCH", address, zip, world.piece(0)).header("santong-file-id");
    auto const url = browser.get("/api/v1/files/" + id + "/package", world.as("teacher")).text("/url");
    auto const path = url.substr(std::string("https://packages.example").size());
    HttpClient second(world.server->package_port());
    auto const page = second.get(path);
    CHECK(page.status == 200);
    CHECK(page.body == "<p>诗");
    CHECK(page.header("content-type").starts_with("text/html"));
    CHECK(page.header("set-cookie").empty());
    CHECK(page.header("content-security-policy").find("sandbox allow-scripts") != std::string::npos);
    auto const token = path.substr(0, path.rfind('/'));
    CHECK(second.get(token + "/%E8%AF%BE%20%E4%BB%B6.js").body == "1");
    CHECK(second.get(token + "/..%2f..%2ffiles").status == 400);
    CHECK(second.get(token + "/").status == 404);
    CHECK(second.get("/api/v1/files/" + id, world.as("teacher")).status == 404);
    CHECK(browser.get(path, world.as("teacher")).status == 404);
}
