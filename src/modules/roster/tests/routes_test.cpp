#include <doctest/doctest.h>

#include "world.hpp"

using santong::test::World;

TEST_CASE("over the wire: what lies outside one's scope is not found, wherever its id stands") {
    World world;
    auto principal = world.client(world.heba.principal);
    auto const elsewhere = world.jinpen.id.text();
    auto const teacher = world.jinpen.teachers[0].text();
    CHECK(principal.get("/api/v1/schools/" + world.heba.id.text()).status == 200);
    CHECK(principal.get("/api/v1/schools/" + elsewhere).status == 404);
    CHECK(principal.get("/api/v1/orgs/" + elsewhere).status == 404);
    CHECK(principal.get("/api/v1/orgs/tree?root=" + elsewhere).status == 404);
    CHECK(principal.get("/api/v1/orgs?under=" + elsewhere).status == 404);
    CHECK(principal.get("/api/v1/classes/" + world.jinpen.classes[0].text()).status == 404);
    CHECK(principal.get("/api/v1/people?org=" + elsewhere).status == 404);
    CHECK(principal.get("/api/v1/people/" + teacher).status == 404);
    CHECK(principal.patch("/api/v1/people/" + teacher, R"({"name":"张三","version":1})").status == 404);
    CHECK(principal
              .post("/api/v1/people/" + teacher + "/posts",
                    R"({"org_id":")" + world.heba.id.text() + R"(","kind":"teacher"})")
              .status == 404);
    CHECK(principal.get("/api/v1/people").text("/total") == "31");
    CHECK(principal.get("/api/v1/people/not-an-id").status == 404);
}

TEST_CASE("over the wire: nobody, pupils and guardians reach no list of people") {
    World world;
    auto nobody = world.client();
    for (auto const* path :
         {"/api/v1/people", "/api/v1/orgs/tree", "/api/v1/schools", "/api/v1/terms", "/api/v1/codes/MZ"}) {
        CAPTURE(path);
        CHECK(nobody.get(path).status == 401);
    }
    auto pupil = world.client(world.jinpen.pupils[0][0]);
    CHECK(pupil.get("/api/v1/people").status == 403);
    CHECK(pupil.get("/api/v1/people/export?reason=whatever").status == 403);
    CHECK(pupil.get("/api/v1/people/" + world.jinpen.pupils[0][0].text()).status == 200);
    CHECK(pupil.get("/api/v1/people/" + world.jinpen.pupils[0][1].text()).status == 404);
    auto const own_class = pupil.get("/api/v1/classes/" + world.jinpen.classes[0].text());
    CHECK(own_class.status == 200);
    CHECK(own_class.body.find("pupil_number\":\"jp") == std::string::npos);
    auto guardian = world.client(world.guardian);
    CHECK(guardian.get("/api/v1/people").status == 403);
    CHECK(guardian.get("/api/v1/people/" + world.heba.pupils[0][0].text()).status == 200);
    CHECK(guardian.get("/api/v1/people/" + world.heba.pupils[0][1].text()).status == 404);
}

TEST_CASE("over the wire: a body with fields that are not its own is refused") {
    World world;
    auto clerk = world.client(world.heba.registry_clerk);
    auto const path = "/api/v1/people/" + world.heba.teachers[0].text();
    for (auto const* body : {R"({"id":"01890000-0000-7000-8000-000000000000"})", R"({"grants":[{"role":"leader"}]})",
                             R"({"district_id":1})", R"({"ended_at":0})", R"({"may":["roster.export"]})"}) {
        CAPTURE(body);
        CHECK(clerk.patch(path, body).status / 100 == 4);
    }
    auto const version = clerk.get(path).text("/version");
    CHECK(clerk.patch(path, R"({"sex":"female","version":)" + version + "}").text("/sex") == "female");
}

TEST_CASE("over the wire: an export is a workbook, asks for a reason, and stays in the scope") {
    World world;
    auto academic = world.client(world.heba.academic);
    CHECK(academic.get("/api/v1/people/export").status == 400);
    auto const file = academic.get("/api/v1/people/export?kind=pupil&reason=roll%20call");
    CHECK(file.status == 200);
    CHECK(file.header("content-disposition").find("attachment") != std::string::npos);
    CHECK(file.body.substr(0, 2) == "PK");
    CHECK(academic.get("/api/v1/people/export?reason=roll%20call&org=" + world.jinpen.id.text()).status == 404);
}

TEST_CASE("over the wire: the session names the places of its roles, and a class by today's grade") {
    World world;
    auto homeroom = world.client(world.heba.homeroom[0]);
    auto const session = homeroom.get("/api/v1/session");
    CHECK(session.status == 200);
    CHECK(session.text("/district/name") == "大通湖区");
    CHECK(session.body.find("五(1)班") != std::string::npos);
    CHECK(session.body.find("河坝镇中心小学") != std::string::npos);
}

TEST_CASE("over the wire: codes and code tables") {
    World world;
    auto homeroom = world.client(world.jinpen.homeroom[0]);
    auto const slips = homeroom.post("/api/v1/classes/" + world.jinpen.classes[0].text() + "/codes", "{}");
    CHECK(slips.status == 200);
    CHECK(slips.text("/slips/0/login") == "jp0001");
    CHECK(homeroom.get("/api/v1/codes/MZ").text("/items/0/title") == "汉族");
    CHECK(homeroom.get("/api/v1/codes/NONE").status == 404);
    CHECK(homeroom.get("/api/v1/terms").text("/week") == "12");
}

TEST_CASE(
    "over the wire: roles are found by their holder's name, its letters or his number, in one's own places only") {
    World world;
    auto principal = world.client(world.heba.principal);
    auto const name = principal.get("/api/v1/people/" + world.heba.principal.text()).text("/name");
    auto const holders = [&](santong::test::HttpClient& who, std::string const& q) {
        std::string found;
        auto const page = who.get("/api/v1/grants?q=" + q);
        REQUIRE(page.status == 200);
        for (int i = 0; page.text("/items/" + std::to_string(i) + "/id") != "null"; ++i)
            found += page.text("/items/" + std::to_string(i) + "/person_name") + " ";
        return found;
    };
    CHECK(holders(principal, name).find(name) != std::string::npos);
    CHECK(holders(principal, "nobody-is-called-so").empty());
    auto const teacher = R"({"person":{"name":"张立群","sex":"female","staff_number":"Z-31"},"post":{"org_id":")" +
                         world.heba.id.text() + R"(","kind":"teacher","subject":"14"}})";
    auto academic = world.client(world.heba.academic);
    REQUIRE(academic.post("/api/v1/people", teacher).status == 201);
    for (auto const* q : {"立群", "zlq", "zhangli", "z-31"}) {
        CAPTURE(q);
        CHECK(holders(principal, q) == "张立群 ");
        CHECK(holders(academic, q) == "张立群 ");
    }
    auto elsewhere = world.client(world.jinpen.principal);
    CHECK(holders(elsewhere, "zlq").empty());
}
