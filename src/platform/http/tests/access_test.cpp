// Who asks, may he, and did he mean it: sign-in, permission, CSRF, limits.
#include <doctest/doctest.h>

#include "platform/auth/caller.hpp"
#include "platform/http/cookies.hpp"
#include "site.hpp"

using namespace santong;
using namespace santong::http::test;
using http::Access;
using http::Call;

namespace {

constexpr auth::Permission write_notes{"notes_test.write"};

/// Cookie "sid=pupil" or "sid=teacher" is a session with the CSRF token "secret"; a bearer token is no cookie.
core::Result<http::Identity> authenticate(Call& call) {
    auto who = http::cookie_value(call, "sid");
    bool const cookie = !who.empty();
    if (!cookie && call.header("authorization").starts_with("Bearer ")) who = call.header("authorization").substr(7);
    if (who.empty()) return http::Identity{};
    if (who == "expired") return core::unauthenticated("auth.session_over");
    call.caller.district = 430971;
    call.caller.account = core::AccountId{
        *core::Uuid::parse("0190a6a0-0000-7000-8000-00000000000" + std::string(who == "teacher" ? "1" : "2"))};
    call.caller.grants.push_back({who == "teacher" ? auth::Role::teacher : auth::Role::pupil, {}, {}});
    return http::Identity{cookie, "secret"};
}

struct NoteSite : Site {
    NoteSite() {
        auth::PermissionRegistry::instance().allow(write_notes, {auth::Role::teacher});
        auto const answer = [this](Call const&) -> core::Result<core::Nothing> {
            ++runs;
            return core::Nothing{};
        };
        auto const take = [answer](Call const& call, core::Nothing const&) { return answer(call); };
        router.get<core::Nothing>("/open", Access::open(), answer);
        router.get<core::Nothing>("/mine", Access::signed_in(), answer);
        router.act<core::Nothing, core::Nothing>("/write", Access::with(write_notes), take);
        router.act<core::Nothing, core::Nothing>("/sign-in", Access::open(), take);
        router.act<core::Nothing, core::Nothing>("/launch", Access::open(), take).without_csrf();
    }
    HttpClient as(std::string const& who) {
        auto browser = client();
        browser.cookies["sid"] = who;
        browser.csrf = "secret";
        return browser;
    }
    std::atomic<int> runs{0};
};

}  // namespace

TEST_CASE("a route says who may call it") {
    NoteSite site;
    auto nobody = site.start(authenticate);
    auto pupil = site.as("pupil");
    auto teacher = site.as("teacher");
    auto expired = site.as("expired");
    CHECK(nobody.get("/open").status == 200);
    CHECK(nobody.get("/mine").text("/code") == "auth.sign_in_required");
    CHECK(nobody.post("/write").status == 401);
    CHECK(pupil.get("/mine").status == 200);
    CHECK(pupil.post("/write").text("/code") == "core.forbidden");
    CHECK(teacher.post("/write").status == 200);
    CHECK(expired.get("/mine").text("/code") == "auth.session_over");
    CHECK(expired.get("/open").status == 200);
}

TEST_CASE("another site cannot make a browser act for its user") {
    NoteSite site;
    site.start(authenticate);
    auto teacher = site.as("teacher");
    CHECK(teacher.post("/write", "{}", {{"X-CSRF-Token", "wrong"}}).text("/code") == "http.csrf");
    teacher.csrf.clear();
    CHECK(teacher.post("/write").text("/code") == "http.csrf");
    CHECK(teacher.get("/mine").status == 200);
    teacher.csrf = "secret";
    CHECK(teacher.post("/write", "{}", {{"Origin", "https://evil.example"}}).status == 403);
    CHECK(teacher.post("/write", "{}", {{"Origin", "null"}}).status == 403);
    CHECK(teacher.post("/write", "{}", {{"Sec-Fetch-Site", "cross-site"}}).status == 403);
    CHECK(teacher.post("/write", "{}", {{"Sec-Fetch-Site", "same-site"}}).status == 403);
    CHECK(teacher.post("/write", "{}", {{"Sec-Fetch-Site", "same-origin"}}).status == 200);
    CHECK(
        teacher.post("/write", "{}", {{"Origin", "http://127.0.0.1:" + std::to_string(site.server->port())}}).status ==
        200);
    CHECK(site.runs == 3);
}

TEST_CASE("signing in from another site is refused, a launch from one is taken") {
    NoteSite site;
    auto nobody = site.start(authenticate);
    CHECK(nobody.post("/sign-in").status == 200);
    CHECK(nobody.post("/sign-in", "{}", {{"Sec-Fetch-Site", "cross-site"}}).status == 403);
    CHECK(nobody.post("/launch", "{}", {{"Sec-Fetch-Site", "cross-site"}}).status == 200);
}

TEST_CASE("a program with a token of its own needs no CSRF header") {
    NoteSite site;
    auto program = site.start(authenticate);
    CHECK(program.post("/write", "{}", {{"Authorization", "Bearer teacher"}}).status == 200);
}

TEST_CASE("who asks too often is told when to come back, others go on") {
    NoteSite site;
    site.options.limits.account = {0.1, 3};
    site.options.limits.loopback = true;
    site.start(authenticate);
    auto teacher = site.as("teacher");
    for (int i = 0; i < 3; ++i) CHECK(teacher.get("/mine").status == 200);
    auto const refused = teacher.get("/mine");
    CHECK(refused.status == 429);
    CHECK(std::stoi(refused.header("retry-after")) >= 1);
    CHECK(site.as("pupil").get("/mine").status == 200);
}

TEST_CASE("an address has a limit of its own") {
    NoteSite site;
    site.options.limits.address = {0.1, 5};
    site.options.limits.loopback = true;
    auto client = site.start(authenticate);
    for (int i = 0; i < 5; ++i) CHECK(client.get("/open").status == 200);
    CHECK(client.get("/open").status == 429);
}

TEST_CASE("a bucket fills again with time and is forgotten when it is full") {
    http::RateLimiter limiter({2, 4});
    auto const start = std::chrono::steady_clock::now();
    for (int i = 0; i < 4; ++i) CHECK(limiter.take("a", start) == 0);
    CHECK(limiter.take("a", start) == 1);
    CHECK(limiter.take("b", start) == 0);
    CHECK(limiter.take("a", start + std::chrono::seconds(1)) == 0);
    for (int i = 0; i < 40'000; ++i) limiter.take(std::to_string(i), start + std::chrono::seconds(i));
    CHECK(limiter.size() < 17'000);
}

TEST_CASE("behind a proxy the last forwarded address is the client's, and only there") {
    for (bool const proxy : {true, false}) {
        CAPTURE(proxy);
        Site site;
        site.options.behind_proxy = proxy;
        std::string seen;
        bool secure = false;
        site.router.get<core::Nothing>("/who", Access::open(), [&](Call const& call) -> core::Result<core::Nothing> {
            seen = call.client_address;
            secure = call.secure;
            return core::Nothing{};
        });
        auto client = site.start();
        client.get("/who", {{"X-Forwarded-For", "6.6.6.6, 203.0.113.9"}, {"X-Forwarded-Proto", "https"}});
        CHECK(seen == (proxy ? "203.0.113.9" : "127.0.0.1"));
        CHECK(secure == proxy);
        client.get("/who", {{"X-Forwarded-For", "<script>"}});
        CHECK(seen == "127.0.0.1");
    }
}

TEST_CASE("the session cookie is a __Host- cookie under TLS and plain on loopback http") {
    CHECK(http::session_cookie("t", std::chrono::hours(1), true) ==
          "__Host-sid=t; Path=/; HttpOnly; SameSite=Lax; Max-Age=3600; Secure");
    CHECK(http::session_cookie("t", std::chrono::hours(1), false) ==
          "sid=t; Path=/; HttpOnly; SameSite=Lax; Max-Age=3600");
    CHECK(http::forget_session_cookie(false) == "sid=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0");
    Call call;
    call.headers["cookie"] = "a=1; xsid=2; sid=3";
    CHECK(http::cookie_value(call, "sid") == "3");
    CHECK(http::cookie_value(call, "none").empty());
}
