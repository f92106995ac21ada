#include "platform/notify/hub.hpp"

#include <doctest/doctest.h>

#include <atomic>

#include "test_database.hpp"

using santong::notify::Hub;
using santong::test::district;
namespace auth = santong::auth;
namespace http = santong::http;

namespace {

struct Screen final : http::EventStream {
    bool send(std::string_view event, std::string_view data) override {
        std::lock_guard const lock(mutex);
        if (!alive) return false;
        heard.push_back(std::string(event) + " " + std::string(data));
        return true;
    }
    void close() override { alive = false; }
    bool open() const override { return alive; }
    std::mutex mutex;
    std::vector<std::string> heard;
    std::atomic<bool> alive{true};
};

auth::Caller person(char const* session) {
    auth::Caller caller;
    caller.district = district;
    caller.account = santong::core::AccountId::make();
    caller.session_key = session;
    return caller;
}

http::Response ask(Hub& hub, auth::Caller const& caller, std::string const& topics) {
    http::Router router;
    santong::notify::register_routes(router, hub);
    http::Call call;
    call.caller = caller;
    call.query["topics"] = topics;
    return router.find(http::Method::get, "/api/v1/events").route->handler(call);
}

}  // namespace

TEST_CASE("a screen hears the topics it listens to, in its own district") {
    Hub hub([](auto, auto const&) { return true; });
    auto const caller = person("a");
    auto const screen = std::make_shared<Screen>();
    hub.subscribe(caller, {"cockpit:1"}, screen);
    hub.publish(district, "cockpit:1", "{\"n\":1}");
    hub.publish(district, "cockpit:2", "{}");
    hub.publish(110101, "cockpit:1", "{}");
    CHECK(screen->heard == std::vector<std::string>{"hello {}", "cockpit:1 {\"n\":1}"});
    CHECK(hub.heard(district, "cockpit:") == std::vector<std::string>{"cockpit:1"});
    CHECK(hub.heard(110101, "cockpit:").empty());
}

TEST_CASE("a topic without a rule, or whose rule says no, is heard by nobody") {
    Hub hub([](auto, auto const&) { return true; });
    auto const leader = person("a"), other = person("b");
    hub.allow("cockpit:",
              [&](auth::Caller const& caller, std::string_view) { return caller.account == leader.account; });
    CHECK(ask(hub, leader, "cockpit:1").events);
    CHECK(ask(hub, other, "cockpit:1").status == 403);
    CHECK(ask(hub, leader, "cockpit:1,secret:1").status == 403);
    CHECK(ask(hub, leader, "").events);  // no topic: it only tells that the server is there
    std::string many;
    for (int i = 0; i < 21; ++i) many += "cockpit:" + std::to_string(i) + ",";
    CHECK(ask(hub, leader, many).status == 413);
}

TEST_CASE("a stream ends soon after its session") {
    std::atomic<bool> open{true};
    Hub hub([&](auto, auto const&) { return open.load(); }, {.seconds_between_checks = 1});
    auto const screen = std::make_shared<Screen>();
    hub.subscribe(person("a"), {"cockpit:1"}, screen);
    open = false;
    while (screen->alive) std::this_thread::yield();
    hub.publish(district, "cockpit:1", "{}");
    CHECK(screen->heard.size() == 1);
}

TEST_CASE("a client that is gone is forgotten, and one account keeps so many streams") {
    Hub hub([](auto, auto const&) { return true; }, {.streams_per_account = 2});
    auto const caller = person("a");
    std::vector<std::shared_ptr<Screen>> screens;
    for (int i = 0; i < 3; ++i) hub.subscribe(caller, {"t:1"}, screens.emplace_back(std::make_shared<Screen>()));
    CHECK_FALSE(screens[0]->alive);
    CHECK(screens[2]->alive);
    screens[1]->alive = screens[2]->alive = false;
    hub.publish(district, "t:1", "{}");
    CHECK(hub.heard(district, "t:").empty());
}

TEST_CASE("a topic that has ended closes the streams that listen to it alone") {
    Hub hub([](auto, auto const&) { return true; });
    auto const only = std::make_shared<Screen>(), both = std::make_shared<Screen>();
    hub.subscribe(person("a"), {"job:1"}, only);
    hub.subscribe(person("b"), {"job:1", "cockpit:1"}, both);
    hub.close_topic(district, "job:1");
    CHECK_FALSE(only->alive);
    CHECK(both->alive);
}
