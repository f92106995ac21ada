#include <doctest/doctest.h>

#include "import_world.hpp"

using santong::test::ImportWorld;
namespace core = santong::core;
namespace http = santong::http;
namespace roster = santong::roster;

namespace {

struct Routes : ImportWorld {
    Routes() { roster::register_import_routes(router, place); }

    http::Response call(santong::auth::Caller const& who, http::Method method, std::string const& path,
                        std::string body = "{}") {
        http::Call request;
        request.caller = who;
        request.method = method;
        request.body = std::move(body);
        auto const match = router.find(method, path);
        REQUIRE(match.route != nullptr);
        request.path_values = match.values;
        CHECK(match.route->access.permission == "roster.import");
        return match.route->handler(request);
    }

    http::Router router;
};

}  // namespace

TEST_CASE("an import goes through its routes from the file to the roster") {
    Routes world;
    auto const office = world.office();
    auto const file =
        world.upload(office, "名册.csv", "学校,班级,姓名\n河坝镇中心小学,五(1)班,张三\n河坝小,五(1)班,李四\n");
    auto const begun = world.call(office, http::Method::post, "/api/v1/imports",
                                  "{\"file_id\":\"" + file.text() + "\",\"kind\":\"pupils\"}");
    REQUIRE(begun.status == 201);
    auto const view = core::json::read<roster::ImportView>(begun.body).value();
    auto const at = "/api/v1/imports/" + view.id.text();
    CHECK(world
              .call(office, http::Method::put, at + "/mapping",
                    "{\"columns\":[{\"index\":0,\"field\":\"school\"},{\"index\":1,\"field\":\"class_name\"},"
                    "{\"index\":2,\"field\":\"name\"}],\"remember\":true}")
              .status == 200);
    CHECK(world.call(office, http::Method::post, at + "/dry-run").status == 200);
    CHECK(world.call(office, http::Method::post, at + "/dry-run").status == 409);
    world.run_jobs();
    CHECK(world.call(office, http::Method::get, at + "/rows").body.find("张三") != std::string::npos);
    CHECK(world
              .call(office, http::Method::patch, at + "/rows/3",
                    "{\"cells\":[{\"column\":0,\"value\":\"河坝镇中心小学\"}]}")
              .status == 200);
    CHECK(world.call(office, http::Method::get, at + "/refused.xlsx").body.starts_with("PK"));
    CHECK(world.call(office, http::Method::post, at + "/write", "{\"end_in\":[]}").status == 200);
    world.run_jobs();
    auto const done = core::json::read<roster::ImportView>(world.call(office, http::Method::get, at).body).value();
    CHECK(done.totals.written == 2);
    CHECK(world.call(office, http::Method::get, "/api/v1/imports").body.find("名册.csv") != std::string::npos);
    CHECK(world.call(office, http::Method::get, "/api/v1/import-mappings").status == 200);
    CHECK(world.call(office, http::Method::get, "/api/v1/import-templates/pupils").body.starts_with("PK"));
    CHECK(world.call(office, http::Method::get, "/api/v1/import-templates/nothing").status == 404);
    auto const stranger = world.caller(world.jinpen.registry_clerk);
    for (auto const* path : {"", "/rows", "/refused.xlsx"}) {
        CHECK(world.call(stranger, http::Method::get, at + path).status == 404);
    }
    CHECK(world.call(office, http::Method::del, at).status == 200);
    CHECK(world.call(office, http::Method::get, at).status == 404);
}
