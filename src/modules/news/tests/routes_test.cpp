// Over the wire: an article from its author to a reader of another school and to the public door.
#include <doctest/doctest.h>

#include "modules/workflow/service_review.hpp"
#include "world.hpp"

using santong::test::HttpClient;
using santong::test::World;
using namespace santong;

namespace {

std::string article_json(World const& world, std::string const& text, std::string const& scope) {
    return R"({"org_id":")" + world.heba.id.text() +
           R"(","content":{"kind":"news","title":"校园里来了白鹭","summary":"","byline":"","body":[{"kind":"paragraph","text":")" +
           text +
           R"(","items":[],"href":"","file_id":null,"file_name":"","media_type":"","size":0}],"cover_file_id":null,)" +
           R"("cover_text":"","scope":")" + scope +
           R"(","audience":"everyone","from_day":null,"until_day":null,"must_read":false}})";
}

void approve_article(HttpClient browser) {
    auto const queue = browser.get("/api/v1/reviews?state=mine&subject_kind=news");
    REQUIRE(queue.text("/items/0/title") == "校园里来了白鹭");
    CHECK(browser.get("/api/v1/reviews?state=mine&subject_kind=resource").text("/items") == "[]");
    CHECK(browser.get("/api/v1/me/counts").text("/review.queue") == "1");
    auto const done = browser.post(
        "/api/v1/reviews/" + queue.text("/items/0/id") + "/decision",
        R"({"decision":"approve","checklist":["news.check.true","news.check.wording","news.check.sources",)"
        R"("news.check.pictures_ours","news.check.no_pupil_names","news.check.faces_agreed"]})");
    CHECK(done.status == 200);
}

void decide_article(World const& world, core::PersonId const& person, std::string const& id) {
    auto const item = world.read([&](sql::Tx& tx) { return workflow::item_of(tx, "news", id).value().id; });
    std::vector<std::string> const sheet{"news.check.true",           "news.check.wording",
                                         "news.check.sources",        "news.check.pictures_ours",
                                         "news.check.no_pupil_names", "news.check.faces_agreed"};
    auto const done = workflow::decide(world.db(), world.clock, world.caller(person), item,
                                       {workflow::DecisionKind::approve, "", sheet});
    REQUIRE(done.has_value());
}

}  // namespace

TEST_CASE("over the wire: an article is written, reviewed by three, read in another school and at the public door") {
    World world;
    auto author = world.client(world.heba.teachers[0]);
    auto const made = author.post("/api/v1/news", article_json(world, "操场边的水塘里住进了一窝。", "public"));
    REQUIRE(made.status == 201);
    auto const id = made.text("/item/id");
    auto reader = world.client(world.jinpen.teachers[0]);
    auto stranger = world.client();
    CHECK(reader.get("/api/v1/news/" + id).status == 404);
    CHECK(author.post("/api/v1/news/" + id + "/submit").status == 200);
    approve_article(world.client(world.heba.academic));
    // Both officers sign in with a second factor; what they decide is the same.
    for (auto const& person : {world.info_office, world.leader}) decide_article(world, person, id);
    CHECK(reader.get("/api/v1/news").text("/items/0/id") == id);
    CHECK(reader.get("/api/v1/news?q=%E6%B0%B4%E5%A1%98").text("/total") == "1");  // 水塘
    CHECK(reader.get("/api/v1/news/" + id).text("/body/0/text") == "操场边的水塘里住进了一窝。");
    CHECK(stranger.get("/api/v1/open/news").text("/items/0/id") == id);
    CHECK(stranger.get("/api/v1/open/news/" + id).text("/item/title") == "校园里来了白鹭");
    CHECK(stranger.get("/api/v1/news").status == 401);
    CHECK(author.post("/api/v1/news/" + id + "/withdraw", R"({"reason":"水塘要清淤"})").status == 200);
    CHECK(reader.get("/api/v1/news/" + id).status == 410);
    CHECK(stranger.get("/api/v1/open/news/" + id).status == 404);
    CHECK(stranger.get("/api/v1/open/news").text("/total") == "0");
}

TEST_CASE("over the wire: pupils, guardians and administrators write nothing, and fields nobody knows are refused") {
    World world;
    auto const body = article_json(world, "正文", "school");
    for (auto const& person : {world.jinpen.pupils[0][0], world.guardian, world.sysadmin, world.auditor}) {
        auto browser = world.client(person);
        CHECK(browser.post("/api/v1/news", body).status == 403);
        CHECK(browser.get("/api/v1/my/news").status == 403);
    }
    CHECK(world.client(world.guardian).get("/api/v1/news").status == 200);
    auto author = world.client(world.heba.teachers[0]);
    auto html = body;
    html.insert(html.find("\"kind\":\"paragraph\""), "\"html\":\"<script>\",");
    CHECK(author.post("/api/v1/news", html).status == 400);
    CHECK(world.client().post("/api/v1/news", body).status == 401);
}
