// What a connection has sent, and again, as an answer says it.
#include "platform/net/resent.hpp"

#include <doctest/doctest.h>

#include "site.hpp"

using namespace santong;
using namespace santong::http::test;

namespace {

void add_counted(Site& site, bool says) {
    site.router.raw(http::Method::get, "/counted", http::Access::open(), "text/plain", [says](http::Call&) {
        http::Response response;
        response.body = std::string(100'000, 'x');
        response.says_resent = says;
        return response;
    });
}

std::optional<net::Resent> said(HttpClient& client) {
    auto const answer = client.get("/counted");
    CHECK(answer.status == 200);
    auto const found = answer.headers.find(net::resent_header);
    return found == answer.headers.end() ? std::nullopt : net::Resent::parse(found->second);
}

}  // namespace

TEST_CASE("an answer says how many packets went out on its connection and how many again, where it is asked to") {
    Site site;
    add_counted(site, true);
    auto client = site.start();
    auto const first = said(client);
    auto const second = said(client);
    REQUIRE(first.has_value());
    REQUIRE(second.has_value());
    CHECK(second->packets > first->packets);
    CHECK(second->again >= first->again);
}

TEST_CASE("behind a proxy nothing is said of it: that connection is not the line") {
    Site site;
    site.options.behind_proxy = true;
    add_counted(site, true);
    auto client = site.start();
    CHECK_FALSE(said(client).has_value());
}

TEST_CASE("what a parent says of its connection is read, and nonsense is not") {
    CHECK(net::Resent{1200, 3}.text() == "3/1200");
    auto const read = net::Resent::parse("3/1200");
    REQUIRE(read.has_value());
    CHECK(read->again == 3);
    CHECK(read->packets == 1200);
    for (auto const* wrong : {"", "3", "3/", "/4", "3/x", "-1/4", "3/4 ", "3/99999999999999999999"})
        CHECK_FALSE(net::Resent::parse(wrong).has_value());
    CHECK_FALSE(net::resent_on(-1).has_value());
}
