#include "platform/config/config.hpp"

#include <doctest/doctest.h>

#include <fstream>
#include <iterator>

using namespace santong;
using config::ConfigError;

TEST_CASE("settings are read from the file, and the command line has the last word") {
    auto const settings = config::parse(
        "place = \"hub\"\ndata = \"/srv/santong\"\n[server]\nport = 9000\nbehind_proxy = true\n[log]\nlevel = "
        "\"warning\"\n",
        "hub.toml", {{"server.port", "9001"}, {"database.url", "postgresql://x"}, {"log.level", "error"}});
    CHECK(settings.place == config::Place::hub);
    CHECK(settings.data == "/srv/santong");
    CHECK(settings.keys == "/srv/santong/keys");
    CHECK(settings.server.port == 9001);
    CHECK(settings.server.behind_proxy);
    CHECK(settings.database.url == "postgresql://x");
    CHECK(settings.log.level == log::Level::error);
    CHECK(settings.server.address == "127.0.0.1");
}

TEST_CASE("a wrong setting is named with its file and line") {
    auto const refused = [](char const* text, char const* message) {
        CHECK_THROWS_WITH_AS(config::parse(text, "x.toml"), message, ConfigError);
    };
    refused("data = \"d\"\n[server]\nprot = 1\n", "x.toml:3: there is no setting server.prot");
    refused("[sever]\nport = 1\n", "x.toml:1: there is no setting sever");
    refused("[server]\n\nport = \"1\"\n", "x.toml:3: server.port is a whole number");
    refused("[server]\nport = -1\n", "x.toml:2: server.port is a whole number");
    refused("[server]\nbehind_proxy = 1\n", "x.toml:2: server.behind_proxy is true or false");
    refused("data = 1\n", "x.toml:1: data is a text in quotes");
    refused("server = 1\n", "x.toml:1: server is a group of settings: write [server]");
    refused("place = \"village\"\n", "x.toml:1: place is one of: school, hub, cell");
    refused("[tls]\nkey = \"k.pem\"\n", "x.toml: [tls] needs both certificate and key");
    refused("[tls]\nfrom = \"authority\"\nkey = \"k\"\ncertificate = \"c\"\n",
            "x.toml: [tls] from = \"authority\" needs no certificate and key");
    refused("[tls]\nfrom = \"paper\"\n", "x.toml:2: tls.from is one of: files, authority");
    refused("[tls]\nhttp_port = 80\n", "x.toml: [tls] http_port needs a certificate: it leads to https");
    refused("[tls]\nfrom = \"authority\"\nchallenge_folder = \"w\"\n",
            "x.toml: [tls] challenge_folder needs http_port, where it is served");
    refused("[tls]\nfrom = \"authority\"\nhttp_port = 70000\n", "x.toml: a port is at most 65535");
    refused("[server]\nport = 70000\n", "x.toml: a port is at most 65535");
    refused("[node]\nhealth_seconds = 0\n", "x.toml: [node] health_seconds and retry_seconds are at least 1");
    CHECK_THROWS_AS(config::parse("data = \n", "x.toml"), ConfigError);
}

TEST_CASE("a wrong setting on the command line is named") {
    auto const refused = [](config::Override const& setting, char const* message) {
        CHECK_THROWS_WITH_AS(config::parse("", "x.toml", {setting}), message, ConfigError);
    };
    refused({"server.prot", "1"}, "--server.prot: there is no such setting");
    refused({"server", "1"}, "--server: there is no such setting");
    refused({"data.port", "1"}, "--data.port: there is no such setting");
    refused({"server.port", "1x"}, "--server.port: a whole number is expected");
    refused({"server.behind_proxy", "yes"}, "--server.behind_proxy: true or false is expected");
    refused({"place", "village"}, "--place: one of these is expected: school, hub, cell");
}

namespace {

/// Whether the file says something of every setting of the type.
void check_named(std::string const& text, core::Type const& type) {
    for (auto const& field : type.fields) {
        CAPTURE(field.name);
        bool const group = field.type().kind == core::Kind::object;
        CHECK(text.find(group ? "\n[" + std::string(field.name) + "]\n" : "\n" + std::string(field.name) + " = ") !=
              std::string::npos);
        if (group) check_named(text, field.type());
    }
}

}  // namespace

TEST_CASE("the three files that ship are readable and name every key") {
    for (auto const* name : {"school", "hub", "cell"}) {
        CAPTURE(name);
        auto const file = std::string(SANTONG_SOURCE_DIR) + "/config/" + name + ".toml";
        CHECK(core::enum_text(config::load(file).place) == name);
        std::ifstream in(file);
        check_named({std::istreambuf_iterator<char>(in), {}}, core::type_of<config::Config>());
    }
}
