// The public door, over the wire and without a session.
#include <doctest/doctest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>

#include "library_world.hpp"
#include "modules/resources/http_open.hpp"
#include "modules/resources/service_open.hpp"
#include "platform/text/zip.hpp"

using santong::test::LibraryWorld;
using namespace santong;
using namespace santong::resources;

TEST_CASE("whoever comes sees what is public, with its counts, and nothing else") {
    LibraryWorld world;
    auto const shown = world.published(world.teacher(), "给大家的面积", Scope::public_);
    auto const inside = world.published(world.teacher(), "全区的面积", Scope::district);
    world.in_review(world.teacher(), "在审的面积", Scope::public_);
    auto const found = search_open(world.library, world.district(), {}).value();
    REQUIRE(found.items.size() == 1);
    CHECK(found.items.at(0).title == "给大家的面积");
    CHECK(found.total == 1);
    CHECK(found.facets.at("subject").at(0).count == 1);
    CHECK_FALSE(found.facets.contains("scope"));
    OpenSearch wish;
    wish.q = "面积";
    CHECK(search_open(world.library, world.district(), wish).value().total == 1);
    wish.grade = 6;
    CHECK(search_open(world.library, world.district(), wish).value().total == 0);
    wish.after = "x";
    CHECK(search_open(world.library, world.district(), wish).has_error());
    CHECK(open_one(world.library, world.district(), shown).has_value());
    CHECK(open_one(world.library, world.district(), inside).error().key == "resources.not_found");
    auto const file = world.read([&](sql::Tx& tx) { return *version(tx, shown, 1)->file_id; });
    auto const other = world.read([&](sql::Tx& tx) { return *version(tx, inside, 1)->file_id; });
    CHECK(is_open_file(world.library, world.district(), shown, file));
    CHECK_FALSE(is_open_file(world.library, world.district(), shown, other));
    CHECK_FALSE(is_open_file(world.library, world.district(), inside, other));
    REQUIRE(recall(world.library, world.teacher(), shown, {"配图没有出处"}).has_value());
    CHECK(open_one(world.library, world.district(), shown).error().key == "resources.not_found");
    CHECK_FALSE(is_open_file(world.library, world.district(), shown, file));
    CHECK(search_open(world.library, world.district(), {}).value().items.empty());
}

TEST_CASE("what is recommended stands at the door as far as it is public, and goes with a recall") {
    LibraryWorld world;
    auto const shown = world.published(world.teacher(), "给大家的面积", Scope::public_);
    auto const inside = world.published(world.teacher(), "全区的面积", Scope::district);
    files::Addresses const addresses([](std::string_view text) { return "mac of " + std::string(text); }, world.clock);
    files::Uploads uploads(world.files, world.folder + "/uploads", {});
    files::Packages packages(world.contents, world.folder + "/packages", {});
    files::FileRoutes const site{world.files, uploads, packages, addresses, {}, {}, {}};
    OpenDoor door{world.library, site, [&] { return world.district(); }};
    http::Router silent;
    register_open_routes(silent, door);
    door.recommended = [&](core::DistrictId) {
        return std::vector<Recommended>{{inside, world.clock.now()}, {shown, world.clock.now()}};
    };
    http::Router router;
    register_open_routes(router, door);
    auto const get = [](http::Router& from) {
        http::Call call;
        call.client_address = "192.0.2.7";
        auto const match = from.find(http::Method::get, "/api/v1/open/recommended");
        REQUIRE(match.route != nullptr);
        CHECK(match.route->access.kind == http::Access::Kind::open);
        return match.route->handler(call);
    };
    CHECK(get(silent).body == R"({"items":[]})");
    auto const answer = get(router);
    CHECK(answer.status == 200);
    CHECK(answer.body.find("给大家的面积") != std::string::npos);
    CHECK(answer.body.find("全区的面积") == std::string::npos);
    REQUIRE(recall(world.library, world.teacher(), shown, {"配图没有出处"}).has_value());
    CHECK(get(router).body == R"({"items":[]})");
}

TEST_CASE("the public door gives files by addresses that end with what they show, and slows down who asks too much") {
    LibraryWorld world;
    auto const id = world.published(world.teacher(), "给大家的", Scope::public_);
    files::Addresses const addresses([](std::string_view text) { return "mac of " + std::string(text); }, world.clock);
    files::Uploads uploads(world.files, world.folder + "/uploads", {});
    files::Packages packages(world.contents, world.folder + "/packages", {});
    files::FileRoutes const site{world.files, uploads, packages, addresses, {}, {}, {}};
    http::Router router;
    register_open_routes(router, {world.library, site, [&] { return world.district(); }, {0.001, 6}});
    auto const get = [&](std::string const& path) {
        http::Call call;
        call.client_address = "192.0.2.7";
        auto const question = path.find('?');
        auto const match = router.find(http::Method::get, path.substr(0, question));
        REQUIRE(match.route != nullptr);
        CHECK(match.route->access.kind == http::Access::Kind::open);
        call.path_values = match.values;
        if (question != std::string::npos) call.query["save"] = "1";
        return match.route->handler(call);
    };
    auto const page = get("/api/v1/open/resources/" + id.text());
    REQUIRE(page.status == 200);
    CHECK(page.body.find(world.teacher().name) == std::string::npos);
    auto const at = page.body.find("/api/v1/open/files/");
    REQUIRE(at != std::string::npos);
    auto const address = page.body.substr(at, page.body.find('"', at) - at);
    CHECK(get(address).status == 200);
    CHECK(get("/api/v1/open/files/forged.token/x").status == 404);
    REQUIRE(recall(world.library, world.teacher(), id, {"配图没有出处"}).has_value());
    CHECK(get(address).status == 404);
    CHECK(get("/api/v1/open/resources").body.find("\"total\":0") != std::string::npos);
    CHECK(get("/api/v1/open/resources").status == 200);
    CHECK(get("/api/v1/open/resources").status == 429);
}

namespace {

constexpr char const* open_manifest = R"(<?xml version="1.0"?>
<manifest xmlns:adlcp="http://www.adlnet.org/xsd/adlcp_v1p3" xmlns:imsss="http://www.imsglobal.org/xsd/imsss">
 <metadata><schemaversion>2004 4th Edition</schemaversion></metadata>
 <organizations default="O"><organization identifier="O"><title>面积</title>
  <item identifier="one" identifierref="R1"><title>学一学</title></item>
  <item identifier="two" identifierref="R2"><title>测一测</title></item>
  <imsss:sequencing><imsss:controlMode choice="false" flow="true"/></imsss:sequencing></organization></organizations>
 <resources><resource identifier="R1" href="one.html"/><resource identifier="R2" href="two.html"/></resources>
</manifest>)";

std::string package_of(std::vector<std::pair<std::string, std::string>> const& entries) {
    auto const path = std::filesystem::temp_directory_path() / ("open-" + core::Uuid::make().text() + ".zip");
    text::ZipWriter zip(path);
    for (auto const& [name, bytes] : entries) zip.add(name, bytes);
    zip.finish();
    std::ifstream in(path, std::ios::binary);
    std::string bytes(std::istreambuf_iterator<char>(in), {});
    std::filesystem::remove(path);
    return bytes;
}

/// The text behind a name in JSON.
std::string value_after(std::string const& json, std::string const& name) {
    auto const at = json.find('"' + name + "\":\"");
    if (at == std::string::npos) return {};
    auto const from = at + name.size() + 4;
    return json.substr(from, json.find('"', from) - from);
}

}  // namespace

TEST_CASE("a package of pages is played at the public door from the second origin, as long as it is public") {
    LibraryWorld world;
    NewResource wish;
    wish.file_id = world.upload_file(
        world.teacher(), "课程.zip",
        package_of({{"imsmanifest.xml", open_manifest}, {"one.html", "<p>one"}, {"two.html", "<p>two"}}));
    wish.about.title = "给大家的课程";
    wish.about.subject = "14";
    wish.about.licence = Licence::cc_by;
    wish.about.source = Source::own_work;
    auto const id = create(world.library, world.teacher(), wish).value().item.id;
    world.publish(world.teacher(), id, Scope::public_);
    files::Addresses const addresses([](std::string_view text) { return "mac of " + std::string(text); }, world.clock);
    files::Uploads uploads(world.files, world.folder + "/uploads", {});
    files::Packages packages(world.contents, world.folder + "/packages", {});
    files::FileRoutes const site{world.files,
                                 uploads,
                                 packages,
                                 addresses,
                                 [](core::DistrictId, std::string const&) { return false; },
                                 [] { return std::string("http://main.test"); },
                                 [] { return std::string("http://second.test"); },
                                 [&](core::DistrictId district, core::Uuid const& thing, core::FileId const& file) {
                                     return is_open_file(world.library, district, ResourceId{thing}, file);
                                 }};
    http::Router main, second;
    register_open_routes(main, {world.library, site, [&] { return world.district(); }});
    files::register_package_routes(second, site);
    auto const get = [](http::Router& router, std::string const& path) {
        http::Call call;
        call.client_address = "192.0.2.8";
        auto const match = router.find(http::Method::get, path);
        REQUIRE(match.route != nullptr);
        call.path_values = match.values;
        return match.route->handler(call);
    };
    auto const page = get(main, "/api/v1/open/resources/" + id.text());
    REQUIRE(page.status == 200);
    CHECK(value_after(page.body, "viewer") == "package");
    CHECK(value_after(page.body, "player_url") == "http://second.test/course.html");
    CHECK(page.body.find("\"forward_only\":false") != std::string::npos);
    auto const at = page.body.find("http://second.test/p/");
    REQUIRE(at != std::string::npos);
    auto const address = page.body.substr(at + 18, page.body.find('"', at) - at - 18);
    auto const shown = get(second, address);
    CHECK(shown.status == 200);
    auto const policy = std::ranges::find(shown.headers, std::string("Content-Security-Policy"),
                                          [](auto const& header) { return std::string(header.first); });
    REQUIRE(policy != shown.headers.end());
    CHECK(std::string(policy->second).find("frame-ancestors 'self' http://main.test; sandbox") != std::string::npos);
    CHECK(get(second, "/p/forged.token/one.html").status == 404);
    REQUIRE(recall(world.library, world.teacher(), id, {"配图没有出处"}).has_value());
    CHECK(get(second, address).status == 404);
}
