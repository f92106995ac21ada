#include "platform/tls/site_name.hpp"

#include <doctest/doctest.h>

using namespace santong::tls;

TEST_CASE("a certificate's names are DNS names and addresses, and nothing else") {
    auto const read = [](char const* text) {
        auto const name = SiteName::parse(text);
        return name ? name->text() : "refused";
    };
    CHECK(read("Hub.Example.CN") == "hub.example.cn");
    CHECK(read("xn--3ds443g.cn") == "xn--3ds443g.cn");
    CHECK(read("localhost") == "localhost");
    CHECK(read("10.8.0.1") == "10.8.0.1");
    CHECK(read("FD00::0001") == "fd00::1");
    for (auto const* wrong : {"", ".", "a..cn", "*.example.cn", "-a.cn", "a-.cn", "hub.example.cn:8443", "10.8.0",
                              "1.2.3.256", "大通湖.cn", "a b.cn", "a.cn\n", "DNS:a.cn", "fd00::1::2"}) {
        CAPTURE(wrong);
        CHECK(read(wrong) == "refused");
    }
    CHECK_FALSE(SiteName::parse(std::string(64, 'a') + ".cn"));
    CHECK_FALSE(SiteName::parse(std::string(300, 'a')));
}

TEST_CASE("a permission covers a domain with all below it, or a range of addresses") {
    auto const covers = [](char const* permitted, char const* name) {
        return PermittedName::parse(permitted)->covers(*SiteName::parse(name));
    };
    CHECK(covers("example.cn", "example.cn"));
    CHECK(covers("example.cn", "hub.example.cn"));
    CHECK_FALSE(covers("example.cn", "notexample.cn"));
    CHECK_FALSE(covers("hub.example.cn", "example.cn"));
    CHECK(covers("10.8.0.0/16", "10.8.255.1"));
    CHECK_FALSE(covers("10.8.0.0/16", "10.9.0.1"));
    CHECK(covers("10.8.0.1", "10.8.0.1"));
    CHECK_FALSE(covers("10.8.0.1", "10.8.0.2"));
    CHECK(covers("192.168.3.0/25", "192.168.3.127"));
    CHECK_FALSE(covers("192.168.3.0/25", "192.168.3.128"));
    CHECK(covers("fd00::/8", "fdab::1"));
    CHECK_FALSE(covers("10.0.0.0/8", "fd00::1"));
    CHECK_FALSE(covers("10.0.0.0/8", "ten.example.cn"));
    CHECK(PermittedName::parse("10.8.3.4/16")->text() == "10.8.0.0/16");
    CHECK(PermittedName::parse("10.8.3.4")->text() == "10.8.3.4");
    for (auto const* wrong : {"10.8.0.0/33", "10.8.0.0/", "10.8.0.0/-1", "example.cn/8", "10.8.0.0/8x", ""}) {
        CAPTURE(wrong);
        CHECK_FALSE(PermittedName::parse(wrong));
    }
}

TEST_CASE("names stand in one setting with blanks or commas between") {
    CHECK(words(" a.cn, 10.0.0.1\tb.cn ") == std::vector<std::string>{"a.cn", "10.0.0.1", "b.cn"});
    CHECK(words("").empty());
    CHECK(joined({"a", "b"}) == "a b");
}
