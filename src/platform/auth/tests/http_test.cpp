#include "platform/auth/http.hpp"

#include "auth_world.hpp"
#include "http_client.hpp"
#include "platform/http/server.hpp"

using namespace santong;
using auth::Role;
using test::AuthWorld;
using test::district;
using test::good_password;
using test::HttpClient;

namespace {

/// The routes of auth behind a real server; `proxy` says that TLS ends in front of it.
struct Site : AuthWorld {
    explicit Site(bool proxy = false) : server(options(proxy), with_routes(), hook()) { server.start(); }
    ~Site() { server.stop(); }

    static http::Options options(bool proxy) {
        http::Options made;
        made.port = 0;
        made.behind_proxy = proxy;
        made.workers = 2;
        return made;
    }
    http::Router const& with_routes() {
        auth::register_routes(router, *db, gate);
        router.raw(http::Method::get, "/spoken", http::Access::open(), "text/plain", [](http::Call& call) {
            http::Response said;
            said.body = call.language;
            return said;
        });
        return router;
    }
    http::Authenticate hook() {
        return [this](http::Call& call) { return auth::authenticate(*db, gate, call); };
    }
    test::HttpAnswer sign_in(HttpClient& browser, std::string const& login,
                             std::string const& password = good_password) {
        auto answer =
            browser.post("/api/v1/session", R"({"login":")" + login + R"(","password":")" + password + R"("})");
        browser.csrf = answer.text("/csrf");
        return answer;
    }

    http::Router router;
    http::Server server;
};

}  // namespace

TEST_CASE("over loopback http the session's cookie is sid, HttpOnly and SameSite, and the token is in no body") {
    Site site;
    site.person("wang", Role::teacher, site.tree.school);
    HttpClient browser(site.server.port());
    auto const answer = site.sign_in(browser, "wang");
    REQUIRE(answer.status == 200);
    auto const cookie = answer.header("set-cookie");
    CHECK(cookie.starts_with("sid="));
    CHECK(cookie.ends_with("; Path=/; HttpOnly; SameSite=Lax"));
    auto const token = cookie.substr(4, cookie.find(';') - 4);
    CHECK(answer.body.find(token) == std::string::npos);
    CHECK(answer.text("/roles/0/role") == "teacher");
    CHECK(browser.get("/api/v1/session").text("/name") == "某wang");
}

TEST_CASE("under TLS the session's cookie is __Host-sid and Secure") {
    Site site(true);
    site.person("wang", Role::teacher, site.tree.school);
    HttpClient browser(site.server.port());
    auto const body = std::string(R"({"login":"wang","password":")") + good_password + R"("})";
    auto const answer = browser.post("/api/v1/session", body, {{"X-Forwarded-Proto", "https"}});
    REQUIRE(answer.status == 200);
    auto const cookie = answer.header("set-cookie");
    CHECK(cookie.starts_with("__Host-sid="));
    CHECK(cookie.ends_with("; Path=/; HttpOnly; SameSite=Lax; Secure"));
    auto const token = cookie.substr(11, cookie.find(';') - 11);
    HttpClient other(site.server.port());
    CHECK(other.get("/api/v1/session", {{"X-Forwarded-Proto", "https"}, {"Cookie", "__Host-sid=" + token}}).status ==
          200);
    CHECK(other.get("/api/v1/session", {{"X-Forwarded-Proto", "https"}, {"Cookie", "sid=" + token}}).status == 401);
}

TEST_CASE("wrong password and unknown login are answered by the same bytes") {
    Site site;
    site.person("wang", Role::teacher, site.tree.school);
    HttpClient browser(site.server.port());
    auto known = site.sign_in(browser, "wang", "wrong-password");
    auto unknown = site.sign_in(browser, "nobody", "wrong-password");
    CHECK(known.status == 401);
    CHECK(unknown.status == 401);
    CHECK(known.header("set-cookie").empty());
    auto const without_trace = [](test::HttpAnswer const& answer) {
        auto text = answer.body;
        auto const at = text.find(answer.text("/trace_id"));
        return answer.text("/trace_id").empty() ? text : text.replace(at, answer.text("/trace_id").size(), "");
    };
    CHECK(without_trace(known) == without_trace(unknown));
}

TEST_CASE("without a session, with a foreign or an ended one, nothing answers but the sign-in page's own routes") {
    Site site;
    site.person("wang", Role::teacher, site.tree.school);
    HttpClient browser(site.server.port());
    CHECK(browser.get("/api/v1/session").status == 401);
    CHECK(browser.get("/api/v1/accounts").status == 401);
    CHECK(browser.get("/api/v1/grants").status == 401);
    CHECK(browser.get("/api/v1/audit").status == 401);
    CHECK(browser.get("/api/v1/me/sessions").status == 401);
    CHECK(browser.get("/api/v1/session/options").status == 200);
    CHECK(browser.get("/api/v1/pupil-signin/classes").status == 200);
    site.sign_in(browser, "wang");
    CHECK(browser.get("/api/v1/accounts").status == 403);
    CHECK(browser.get("/api/v1/audit").status == 403);
    auto const out = browser.del("/api/v1/session");
    CHECK(out.status == 200);
    CHECK(out.header("set-cookie").find("Max-Age=0") != std::string::npos);
    CHECK(browser.get("/api/v1/session").status == 401);
}

TEST_CASE("a page asks who is signed in and nobody is no error") {
    Site site;
    site.person("wang", Role::teacher, site.tree.school);
    HttpClient browser(site.server.port());
    auto const nobody = browser.get("/api/v1/session/current");
    CHECK(nobody.status == 200);
    CHECK(nobody.body == R"({"session":null})");
    browser.cookies["sid"] = "100.ended";
    CHECK(browser.get("/api/v1/session/current").body == nobody.body);
    site.sign_in(browser, "wang");
    CHECK(browser.get("/api/v1/session/current").text("/session/name") == "某wang");
}

TEST_CASE("the language that the screens chose comes before the account's, and that before the browser's") {
    Site site;
    site.person("wang", Role::teacher, site.tree.school);
    HttpClient browser(site.server.port());
    test::Headers const english{{"Accept-Language", "en-GB,en;q=0.9"}};
    auto const spoken = [&](std::string const& chosen, test::Headers const& headers) {
        browser.cookies.erase("language");
        if (!chosen.empty()) browser.cookies["language"] = chosen;
        return browser.get("/spoken", headers).body;
    };
    CHECK(spoken("", {}) == "zh-CN");
    CHECK(spoken("", english) == "en");
    CHECK(spoken("en", {}) == "en");
    CHECK(spoken("fr", {}) == "zh-CN");
    site.sign_in(browser, "wang");
    CHECK(spoken("", english) == "zh-CN");
    CHECK(spoken("en", {}) == "en");
    REQUIRE(browser.patch("/api/v1/me", R"({"language":"en"})").status == 200);
    CHECK(spoken("", {}) == "en");
    CHECK(spoken("zh-CN", english) == "zh-CN");
}

TEST_CASE("a request that changes something needs the session's CSRF token, and a sign-in needs JSON") {
    Site site;
    site.person("wang", Role::teacher, site.tree.school);
    HttpClient browser(site.server.port());
    site.sign_in(browser, "wang");
    auto const csrf = std::exchange(browser.csrf, "");
    CHECK(browser.del("/api/v1/session").status == 403);
    browser.csrf = "another";
    CHECK(browser.del("/api/v1/session").status == 403);
    browser.csrf = csrf;
    CHECK(browser.del("/api/v1/session").status == 200);
    HttpClient form(site.server.port());
    auto const body = std::string(R"({"login":"wang","password":")") + good_password + R"("})";
    CHECK(form.post("/api/v1/session", body, {{"Content-Type", "text/plain"}}).status == 415);
}

TEST_CASE("an administrator reaches the administration only after he has enrolled a second factor") {
    Site site;
    auto const chief = site.person("sysadmin", Role::sysadmin, site.tree.district_org);
    HttpClient browser(site.server.port());
    auto const first = site.sign_in(browser, "sysadmin");
    CHECK(first.text("/totp_required") == "true");
    CHECK(first.text("/totp_enrolled") == "false");
    auto const refused = browser.get("/api/v1/accounts");
    CHECK(refused.status == 403);
    CHECK(browser.get("/api/v1/me/sessions").status == 403);
    CHECK(browser.post("/api/v1/me/totp").status == 201);
    auto const secret = site.second_factor(chief);
    HttpClient again(site.server.port());
    CHECK(site.sign_in(again, "sysadmin").status == 401);
    auto const body = std::string(R"({"login":"sysadmin","password":")") + good_password + R"(","totp":")" +
                      site.code_now(secret) + R"("})";
    again.csrf = again.post("/api/v1/session", body).text("/csrf");
    CHECK(again.get("/api/v1/accounts").status == 200);
    CHECK(again.post("/api/v1/accounts/" + chief.account.id.text() + "/disable").status == 403);
    CHECK(again.post("/api/v1/accounts/nonsense/disable").status == 404);
}

TEST_CASE("a screen polls until the teacher's phone approves, and then has the cookie") {
    Site site;
    site.person("wang", Role::teacher, site.tree.school);
    HttpClient screen(site.server.port()), phone(site.server.port());
    site.sign_in(phone, "wang");
    auto const ticket = screen.post("/api/v1/classroom/pairings");
    REQUIRE(ticket.status == 201);
    auto const poll = R"({"poll_token":")" + ticket.text("/poll_token") + R"("})";
    CHECK(screen.post("/api/v1/classroom/pairings/poll", poll).text("/state") == "waiting");
    CHECK(screen.post("/api/v1/classroom/pairings/" + ticket.text("/code") + "/approve").status == 401);
    CHECK(phone.post("/api/v1/classroom/pairings/" + ticket.text("/code") + "/approve").status == 200);
    CHECK(screen.post("/api/v1/classroom/pairings/poll", poll).text("/state") == "confirmed");
    CHECK(screen.get("/api/v1/session").text("/kind") == "classroom");
    CHECK(screen.post("/api/v1/classroom/pairings/poll", poll).status == 410);
}

TEST_CASE("nobody is made anything else by fields that a request should not have") {
    Site site;
    auto const head = site.person("head", Role::principal, site.tree.school);
    auto const wang = site.person("wang", Role::teacher, site.tree.school);
    HttpClient browser(site.server.port());
    site.sign_in(browser, "head");
    auto const body = R"({"person_id":")" + wang.person.text() + R"(","role":"homeroom","org_id":")" +
                      site.tree.class_3a.text() + R"(","granted_by":")" + wang.person.text() + R"("})";
    CHECK(browser.post("/api/v1/grants", body).status == 400);
    auto const own = R"({"person_id":")" + head.person.text() + R"(","role":"homeroom","org_id":")" +
                     site.tree.class_3a.text() + R"("})";
    CHECK(browser.post("/api/v1/grants", own).status == 403);
    auto const elsewhere = R"({"person_id":")" + wang.person.text() + R"(","role":"homeroom","org_id":")" +
                           site.tree.class_elsewhere.text() + R"("})";
    CHECK(browser.post("/api/v1/grants", elsewhere).status == 403);
    auto const fine = R"({"person_id":")" + wang.person.text() + R"(","role":"homeroom","org_id":")" +
                      site.tree.class_3a.text() + R"("})";
    auto const given = browser.post("/api/v1/grants", fine);
    CHECK(given.status == 201);
    CHECK(browser.del("/api/v1/grants/" + given.text("/id")).status == 200);
}
