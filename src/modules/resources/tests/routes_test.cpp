// Over the wire: the whole thread of a resource, and what strangers and hostile files get.
#include <doctest/doctest.h>

#include "core/base64.hpp"
#include "library_world.hpp"

using santong::test::HttpAnswer;
using santong::test::HttpClient;
using santong::test::World;
using namespace santong;

namespace {

constexpr char const* full_sheet =
    R"(["resources.check.media_named","resources.check.no_pupil","resources.check.no_error",)"
    R"("resources.check.fits_course","resources.check.readable"])";

/// Sends a file by tus; the last answer.
HttpAnswer upload(HttpClient& browser, std::string const& name, std::string const& bytes) {
    auto const begun = browser.request("POST", "/api/v1/uploads", "",
                                       {{"Tus-Resumable", "1.0.0"},
                                        {"Upload-Length", std::to_string(bytes.size())},
                                        {"Upload-Metadata", "filename " + core::base64(name)}});
    if (begun.status != 201) return begun;
    return browser.request(
        "PATCH", begun.header("location"), bytes,
        {{"Tus-Resumable", "1.0.0"}, {"Upload-Offset", "0"}, {"Content-Type", "application/offset+octet-stream"}});
}

std::string described(std::string const& file_id, std::string const& title) {
    return R"({"file_id":")" + file_id + R"(","about":{"title":")" + title +
           R"(","subject":"14","grade_from":5,"grade_to":5,"licence":"cc_by","source":"own_work","attribution":"张老师"}})";
}

/// A draft of a file that was just uploaded.
std::string contribute(HttpClient& browser, std::string const& name, std::string const& bytes,
                       std::string const& title) {
    auto const sent = upload(browser, name, bytes);
    REQUIRE(sent.status == 204);
    auto const made = browser.post("/api/v1/resources", described(sent.header("santong-file-id"), title));
    REQUIRE(made.status == 201);
    return made.text("/item/id");
}

void approve(HttpClient browser, std::string const& title) {
    auto const queue = browser.get("/api/v1/reviews?state=mine");
    REQUIRE(queue.text("/items/0/title") == title);
    CHECK(queue.body.find("张老师") == std::string::npos);
    auto const path = "/api/v1/reviews/" + queue.text("/items/0/id");
    CHECK(browser.post(path + "/decision", R"({"decision":"approve","checklist":[]})").status == 409);
    auto const done =
        browser.post(path + "/decision", std::string(R"({"decision":"approve","checklist":)") + full_sheet + "}");
    CHECK(done.status == 200);
}

std::string publish(World& world, HttpClient& author, std::string const& id, std::string const& title) {
    CHECK(author.post("/api/v1/resources/" + id + "/submit", R"({"scope":"district"})").status == 200);
    for (auto const& reviewer : {world.heba.research_head, world.heba.academic, world.researcher}) {
        approve(world.client(reviewer), title);
    }
    return "/api/v1/resources/" + id;
}

}  // namespace

TEST_CASE("over the wire: a file is uploaded, described, reviewed by three, found and opened in another school") {
    World world;
    auto author = world.client(world.heba.teachers[0]);
    auto const id = contribute(author, "面积.pdf", test::pdf("面积", 2), "平行四边形的面积");
    auto reader = world.client(world.jinpen.teachers[0]);
    CHECK(reader.get("/api/v1/resources/" + id).status == 404);
    auto const path = publish(world, author, id, "平行四边形的面积");
    auto const found = reader.get("/api/v1/resources?q=%E5%9B%9B%E8%BE%B9%E5%BD%A2");  // 四边形
    CHECK(found.text("/items/0/id") == id);
    CHECK(found.text("/items/0/attribution") == "张老师");
    auto const opened = reader.get(path + "/open");
    CHECK(opened.text("/viewer") == "pdf");
    auto const bytes = reader.get(opened.text("/url"));
    CHECK(bytes.status == 200);
    CHECK(bytes.body == test::pdf("面积", 2));
    CHECK(bytes.header("content-disposition").starts_with("inline"));
    CHECK(reader.get(opened.text("/url"), {{"Range", "bytes=0-7"}}).status == 206);
    CHECK(world.client(world.jinpen.teachers[1]).get(opened.text("/url")).status == 404);  // another's address
    CHECK(world.client().get(opened.text("/url")).status == 401);
    CHECK(reader.get(opened.text("/download_url")).header("content-disposition").starts_with("attachment"));
}

TEST_CASE("over the wire: nobody, pupils, guardians and administrators neither contribute nor review") {
    World world;
    auto author = world.client(world.heba.teachers[0]);
    auto const id = contribute(author, "面积.pdf", test::pdf("面积"), "面积");
    auto const path = "/api/v1/resources/" + id;
    CHECK(author.post(path + "/submit", R"({"scope":"school"})").status == 200);
    auto const item = world.client(world.heba.research_head).get("/api/v1/reviews").text("/items/0/id");
    CHECK(world.client().get("/api/v1/resources").status == 401);
    CHECK(world.client().get("/api/v1/reviews/" + item).status == 401);
    for (auto const& person : {world.jinpen.pupils[0][0], world.guardian, world.sysadmin, world.auditor}) {
        auto browser = world.client(person);
        CHECK(browser.post("/api/v1/resources", described(core::Uuid::make().text(), "我的")).status == 403);
        CHECK(browser.get("/api/v1/reviews").status == 403);
        CHECK(browser.post("/api/v1/reviews/" + item + "/decision", R"({"decision":"approve"})").status == 403);
        CHECK(browser.get(path).status / 100 == 4);
    }
    for (auto const& person : {world.jinpen.research_head, world.jinpen.academic, world.mingxin.principal}) {
        auto browser = world.client(person);
        CHECK(browser.get("/api/v1/reviews").text("/items") == "[]");
        CHECK(browser.get("/api/v1/reviews/" + item).status == 404);
        CHECK(browser.get("/api/v1/reviews/" + item + "/deputies").status == 404);
        CHECK(browser.put("/api/v1/reviews/" + item + "/checklist", R"({"ticked":[]})").status == 404);
        CHECK(browser.post("/api/v1/reviews/" + item + "/decision", R"({"decision":"return","reason":"我来退回"})")
                  .status == 404);
        for (auto const* tail : {"", "/history", "/open", "/open?version=1"})
            CHECK(browser.get(path + tail).status == 404);
        CHECK(browser.patch(path, R"({"title":"我的"})").status == 404);
        CHECK(browser.post(path + "/recall", R"({"reason":"不是我校的"})").status == 404);
        CHECK(browser.get("/api/v1/resources?q=%E9%9D%A2%E7%A7%AF").text("/total") == "0");
        CHECK(browser.get("/api/v1/reviews/summary").text("/waiting") == "0");
    }
}

TEST_CASE("over the wire: nobody writes fields that are not his") {
    World world;
    auto author = world.client(world.heba.teachers[0]);
    auto const path = "/api/v1/resources/" + contribute(author, "面积.pdf", test::pdf("面积"), "面积");
    for (auto const* body : {R"({"state":"published"})", R"({"scope":"district"})", R"({"owner_person":null})",
                             R"({"school_id":"x"})", R"({"current_version":9})", R"({"kind":"hologram"})",
                             R"({"grade_from":0})", R"({"title":""})", R"({"title":1})"}) {
        CAPTURE(body);
        CHECK(author.patch(path, body).status / 100 == 4);
    }
    CHECK(author.get(path).text("/item/state") == "draft");
    CHECK(author.post(path + "/submit", R"({"scope":"self"})").status / 100 == 4);
    CHECK(author.patch(path, R"({"title":"<img src=x onerror=alert(1)> ' \" 😀"})").status == 200);
    CHECK(author.get(path).header("content-type").starts_with("application/json"));
}

TEST_CASE("over the wire: a create that is sent twice with one key makes one resource") {
    World world;
    auto author = world.client(world.heba.teachers[0]);
    auto const sent = upload(author, "面积.pdf", test::pdf("面积"));
    auto const body = described(sent.header("santong-file-id"), "面积");
    auto const first = author.post("/api/v1/resources", body, {{"Idempotency-Key", "4f0c5d1e-0001"}});
    auto const again = author.post("/api/v1/resources", body, {{"Idempotency-Key", "4f0c5d1e-0001"}});
    CHECK(first.status == 201);
    CHECK(again.text("/item/id") == first.text("/item/id"));
    CHECK(author.get("/api/v1/resources?mine=true").text("/total") == "1");
}

TEST_CASE("over the wire: hostile files are refused, or saved only, or shown on the second origin") {
    World world;
    auto author = world.client(world.heba.teachers[0]);
    auto const program = std::string("MZ\x90\x00", 4) + std::string(200, '\0');
    CHECK(upload(author, "课件.pdf", program).status / 100 == 4);
    CHECK(upload(author, "课件.exe", program).status / 100 == 4);
    CHECK(upload(author, "面积.pdf", "<html><script>alert(1)</script></html>").status / 100 == 4);
    auto const check_saved_only = [&](std::string const& name, std::string const& bytes) {
        CAPTURE(name);
        auto const sent = upload(author, name, bytes);
        if (sent.status != 204) {
            CHECK(sent.status / 100 == 4);
            return;
        }
        auto const made = author.post("/api/v1/resources", described(sent.header("santong-file-id"), "坏的"));
        REQUIRE(made.status == 201);
        auto const opened = author.get("/api/v1/resources/" + made.text("/item/id") + "/open");
        CHECK(opened.text("/viewer") == "download");
        CHECK(opened.text("/url") == "");
        auto const file = author.get("/api/v1/files/" + sent.header("santong-file-id"));
        CHECK(file.header("content-disposition").starts_with("attachment"));
        CHECK(file.header("x-content-type-options") == "nosniff");
        CHECK(file.header("content-security-policy").find("sandbox") != std::string::npos);
    };
    check_saved_only("图.svg", R"(<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>)");
    check_saved_only("页.html", "<!doctype html><script>alert(1)</script>");
    CHECK(author.post("/api/v1/resources", R"({"url":"https://evil.example/","about":{"title":"链接"}})").status /
              100 ==
          4);
    CHECK(author.post("/api/v1/resources", R"({"url":"https://smartedu.cn.evil.example/","about":{"title":"链接"}})")
                  .status /
              100 ==
          4);
}
