#include "modules/teaching/http.hpp"

#include <doctest/doctest.h>

#include "classroom.hpp"

using namespace santong;
using test::Classroom;

namespace {

http::Response send(http::Router const& router, auth::Caller const& caller, http::Method method,
                    std::string const& path, std::string body = {}) {
    auto const match = router.find(method, path);
    REQUIRE(match.route != nullptr);
    http::Call call;
    call.caller = caller;
    call.path_values = match.values;
    call.body = std::move(body);
    call.trace_id = "test";
    return match.route->handler(call);
}

}  // namespace

TEST_CASE("a save that meets a newer version is answered 409 with both versions in the body") {
    Classroom room;
    http::Router router;
    teaching::register_routes(router, room.db(), room.clock);
    auto const plan = room.plan_with_resource().plan;
    auto const put = [&](char const* homework) {
        teaching::SavePlan save{plan.version, plan.content, plan.sharing};
        save.content.homework = homework;
        return send(router, room.math(), http::Method::put, "/api/v1/lesson-plans/" + plan.id.text(),
                    core::json::write(save));
    };
    CHECK(put("课本第 90 页").status == 200);
    auto const met = put("画一个平行四边形");
    CHECK(met.status == 409);
    CHECK(met.content_type.starts_with("application/problem+json"));
    CHECK(met.body.find("teaching.plan_changed") != std::string::npos);
    CHECK(met.body.find("课本第 90 页") != std::string::npos);
    CHECK(met.body.find("画一个平行四边形") != std::string::npos);
    CHECK(send(router, room.math(), http::Method::put, "/api/v1/lesson-plans/" + plan.id.text(), "{\"version\":\"x\"}")
              .status == 400);
    CHECK(send(router, room.chinese(), http::Method::put, "/api/v1/lesson-plans/" + plan.id.text(),
               core::json::write(teaching::SavePlan{plan.version, plan.content, plan.sharing}))
              .status == 404);
}

TEST_CASE("every route of teaching says what it is for and asks for a permission of its own") {
    Classroom room;
    http::Router router;
    teaching::register_routes(router, room.db(), room.clock);
    REQUIRE_FALSE(router.routes().empty());
    for (auto const& route : router.routes()) {
        CAPTURE(route->path);
        CHECK_FALSE(route->summary.empty());
        CHECK(route->access.kind == http::Access::Kind::permission);
        CHECK(route->access.permission.starts_with("teaching."));
    }
}

TEST_CASE("a lesson runs over its routes: open, show, beat, ask, count, end, and the record is there") {
    Classroom room;
    room.go_to(20, 10, 20);
    http::Router router;
    teaching::register_routes(router, room.db(), room.clock);
    auto const post = [&](std::string const& path, std::string body) {
        return send(router, room.math(), http::Method::post, "/api/v1/class-sessions" + path, std::move(body));
    };
    CHECK(post("", "{}").status == 200);
    auto const at = "/" + room.session(1, 3).text();
    CHECK(post(at + "/show", "{\"resource_id\":\"" + room.reviewed.text() + "\",\"page\":3}").status == 200);
    CHECK(post(at + "/heartbeat", "{}").body.find("\"page\":3") != std::string::npos);
    auto const asked = post(at + "/questions", R"({"text":"变不变？","options":["变","不变"],"present":50})");
    CHECK(asked.status == 201);
    auto const question = core::json::read<teaching::ClassQuestion>(asked.body);
    REQUIRE(question.has_value());
    auto const counted =
        send(router, room.math(), http::Method::patch,
             "/api/v1/class-sessions" + at + "/questions/" + question->id.text(), R"({"counts":[20,30],"done":true})");
    CHECK(counted.status == 200);
    CHECK(post(at + "/end", "{}").status == 200);
    CHECK(post(at + "/heartbeat", "{}").status == 409);
    auto const records = send(router, room.math(), http::Method::get, "/api/v1/my/records");
    CHECK(records.body.find("\"used\":1") != std::string::npos);
}
