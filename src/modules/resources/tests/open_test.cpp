// The public door, over the wire and without a session.
#include <doctest/doctest.h>

#include "library_world.hpp"
#include "modules/resources/http_open.hpp"
#include "modules/resources/service_open.hpp"

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
