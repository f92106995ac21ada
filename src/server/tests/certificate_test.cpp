#include <arpa/inet.h>
#include <doctest/doctest.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <fstream>

#include "platform/auth/audit_log.hpp"
#include "platform/tls/certificate.hpp"
#include "platform/tls/pem.hpp"
#include "server/backup/contents.hpp"
#include "server/certificate.hpp"
#include "server/doctor/doctor.hpp"
#include "server/parts.hpp"
#include "world.hpp"

using namespace santong;
using santong::server::doctor::Health;
namespace fs = std::filesystem;

namespace {

int free_port() {
    int const socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    REQUIRE(::bind(socket, reinterpret_cast<sockaddr*>(&address), size) == 0);
    REQUIRE(::getsockname(socket, reinterpret_cast<sockaddr*>(&address), &size) == 0);
    ::close(socket);
    return ntohs(address.sin_port);
}

/// A hub whose certificate its own authority issues.
struct Hub {
    test::World world;  // a district with an audit log
    server::Place place{world.application().parts().place};
    server::Serving serving;
    std::string challenges = place.data + "/acme";

    Hub() {
        world.application().stop();
        serving.server.port = 0;
        serving.tls.from = config::CertificateSource::authority;
        serving.tls.names = "hub.example.cn 10.8.0.1";
        serving.tls.http_port = free_port();
        serving.tls.challenge_folder = challenges;
    }
    config::Config settings() const {
        config::Config out;
        out.data = place.data;
        out.keys = place.keys_folder();
        out.database.url = place.database;
        out.server = serving.server;
        out.tls = serving.tls;
        return out;
    }
    std::string said(std::string const& check) const {
        auto worst = Health::ok;
        bool any = false;
        for (auto const& finding : server::doctor::examine(settings(), false)) {
            if (finding.check != check) continue;
            any = true;
            worst = std::max(worst, finding.health);
        }
        return any ? std::string(core::enum_text(worst)) : "nothing";
    }
};

std::string read_file(std::string const& path) {
    std::ifstream in(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

}  // namespace

TEST_CASE("a hub whose certificate comes from the authority says so where there is none yet") {
    Hub hub;
    server::Application application(hub.place);
    CHECK_THROWS_WITH_AS(application.start(hub.serving), doctest::Contains("santong authority create"),
                         std::runtime_error);
    CHECK(hub.said("authority") == "fault");
}

TEST_CASE("a hub issues and renews its own certificate, and its plain door tells classroom machines whom to trust") {
    Hub hub;
    server::Application application(hub.place);
    auto& parts = application.parts();
    auto const authority =
        *tls::create_authority(parts.authority_place(), {"大通湖区教育局", {"example.cn", "10.8.0.0/16"}});
    CHECK(hub.said("tls.certificate") == "ok");
    CHECK(hub.said("authority") == "ok");
    application.start(hub.serving);
    auto const own = server::own_files(hub.place);
    auto const first = tls::read_certificate_file(own.certificate);
    CHECK(first.names == std::vector<std::string>{"hub.example.cn", "10.8.0.1"});
    CHECK(hub.said("tls.certificate") == "ok");
    CHECK(hub.said("tls.names") == "nothing");
    CHECK(hub.said("tls.key") == "nothing");

    test::HttpClient door(application.door_port());
    auto const about = door.get("/api/v1/certificate");
    CHECK(about.status == 200);
    auto const facts = tls::read_certificate(authority.root);
    CHECK(about.text("/authority/name") == "大通湖区教育局");
    CHECK(about.text("/authority/sha256") == facts.sha256);
    CHECK(about.text("/authority/sha1") == facts.sha1);
    CHECK(about.text("/https_port") == std::to_string(application.port()));
    auto const file = door.get(about.text("/authority/download"));
    CHECK(file.body == authority.root);
    CHECK(file.header("content-type") == "application/x-x509-ca-cert");
    CHECK(file.header("content-disposition") == "attachment; filename=\"santong-authority.crt\"");
    CHECK(file.body.find("PRIVATE") == std::string::npos);
    auto const list = door.get("/certificate/authority.crl");
    CHECK(list.status == 200);
    CHECK(list.header("content-type") == "application/pkix-crl");
    CHECK(door.get("/certificate").header("content-type") == "text/html; charset=utf-8");
    CHECK(door.get("/api/v1/session").status == 308);

    CHECK(tls::revoke_certificate(parts.authority_place(), "hub.example.cn").has_value());
    application.reload_certificate();
    CHECK(tls::read_certificate_file(own.certificate).serial != first.serial);
    application.stop();
    application.drain();
    auto const written = hub.world.read([](sql::Tx& tx) {
        return tx.column<std::string>(
            "SELECT action FROM audit_log WHERE district_id = $1 AND action LIKE 'authority.%'", tx.district());
    });
    CHECK(std::count(written.begin(), written.end(), "authority.issue") == 2);
    CHECK(std::count(written.begin(), written.end(), "authority.create") == 1);
    CHECK(std::count(written.begin(), written.end(), "authority.revoke") == 1);
}

TEST_CASE("answers of an ACME program are served at the plain door, and no other file of the folder or beside it") {
    Hub hub;
    auto const folder = hub.challenges + "/.well-known/acme-challenge/";
    fs::create_directories(folder);
    std::ofstream(folder + "Tok_en-1") << "Tok_en-1.thumbprint";
    std::ofstream(hub.challenges + "/secret") << "secret";
    fs::create_symlink(hub.challenges + "/secret", folder + "link");
    server::Application application(hub.place);
    REQUIRE(
        tls::create_authority(application.parts().authority_place(), {"x", {"example.cn", "10.8.0.1"}}).has_value());
    application.start(hub.serving);
    test::HttpClient door(application.door_port());
    auto const answer = door.get("/.well-known/acme-challenge/Tok_en-1");
    CHECK(answer.status == 200);
    CHECK(answer.body == "Tok_en-1.thumbprint");
    for (auto const* path : {"none", "link", "a.b", "%2e%2e%2f%2e%2e%2fsecret", "..%2f..%2fsecret"}) {
        CAPTURE(path);
        auto const refused = door.get(std::string("/.well-known/acme-challenge/") + path);
        CHECK(refused.status >= 400);
        CHECK(refused.body.find("secret") == std::string::npos);
    }
    application.stop();
}

TEST_CASE(
    "the certificate of an authority elsewhere is offered from its file; without any nothing has to be installed") {
    test::World world;
    auto& parts = world.application().parts();
    test::HttpClient client(world.application().port());
    CHECK(client.get("/api/v1/certificate").text("/authority") == "null");
    CHECK(client.get("/api/v1/certificate").text("/https_port") == "0");
    CHECK(client.get("/certificate/authority.crt").status == 404);
    CHECK(client.get("/certificate/authority.crl").status == 404);
    auto const made = *tls::create_authority(parts.authority_place(), {"x", {"example.cn"}});
    auto const file = parts.place.data + "/hub.crt";
    std::ofstream(file) << made.root;
    parts.serving.tls.authority = file;
    CHECK(client.get("/certificate/authority.crt").body == made.root);
}

TEST_CASE("the names that the authority certifies come from [tls], or else from [server]") {
    config::ServerSettings server_settings;
    config::TlsSettings tls;
    using Names = std::vector<std::string>;
    CHECK(server::certified_names(server_settings, tls) == Names{"127.0.0.1"});
    server_settings.address = "0.0.0.0";
    CHECK(server::certified_names(server_settings, tls).empty());
    server_settings.public_origin = "https://hub.example.cn:8443";
    server_settings.package_origin = "https://[fd00::1]:8444";
    CHECK(server::certified_names(server_settings, tls) == Names{"hub.example.cn", "fd00::1"});
    tls.names = "a.example.cn, 10.8.0.1";
    CHECK(server::certified_names(server_settings, tls) == Names{"a.example.cn", "10.8.0.1"});
}

TEST_CASE(
    "doctor warns of a certificate that ends soon, of wrong names, of keys that others may read or that are gone") {
    Hub hub;
    std::string key;
    {
        server::Application application(hub.place);
        auto const place = application.parts().authority_place();
        auto const authority = *tls::create_authority(place, {"x", {"example.cn", "10.8.0.1"}});
        key = place.keys + "/" + tls::authority_key_file(authority.id);
        auto const pair = *tls::issue_certificate(place, {"hub.example.cn"}, tls::warning_days);
        hub.serving.tls.from = config::CertificateSource::files;
        hub.serving.tls.certificate = hub.place.data + "/c.pem";
        hub.serving.tls.key = hub.place.data + "/k.pem";
        std::ofstream(hub.serving.tls.certificate) << pair.chain;
        std::ofstream(hub.serving.tls.key) << pair.key;
    }
    CHECK(hub.said("tls.certificate") == "warning");
    CHECK(hub.said("tls.names") == "warning");  // 10.8.0.1
    fs::permissions(hub.serving.tls.key, fs::perms::owner_read);
    CHECK(hub.said("tls.key") == "nothing");
    fs::permissions(hub.serving.tls.key, fs::perms::owner_read | fs::perms::group_read);
    CHECK(hub.said("tls.key") == "warning");
    hub.serving.tls.key = key;
    CHECK(hub.said("tls.key") == "fault");
    CHECK(hub.said("tls.challenges") == "warning");
    fs::permissions(key, fs::perms::others_read, fs::perm_options::add);
    CHECK(hub.said("authority.key") == "fault");
    fs::remove(key);
    CHECK(hub.said("authority.key") == "fault");
    fs::remove(hub.serving.tls.certificate);
    CHECK(hub.said("tls.certificate") == "warning");  // an ACME program may bring it
    hub.serving.tls.challenge_folder.clear();
    CHECK(hub.said("tls.certificate") == "fault");
}

TEST_CASE("a restored hub signs on with the same authority") {
    Hub hub;
    auto const folder = fs::temp_directory_path() / ("santong-authority-" + core::Uuid::make().text());
    fs::create_directories(folder);
    tls::Authority authority;
    {
        server::Application application(hub.place);
        authority = *tls::create_authority(application.parts().authority_place(), {"x", {"example.cn"}});
    }
    auto const quiet = [](std::string const&, std::int64_t, std::int64_t) {};
    auto const file = (folder / "b.bak").string();
    auto const passphrase = "one long passphrase";
    CHECK(server::backup::make_backup(hub.place, file, passphrase, quiet).warnings.empty());
    CHECK(read_file(file).find("PRIVATE") == std::string::npos);
    test::TestDatabase target;
    server::Place const place{(folder / "restored").string(), target.url()};
    server::backup::restore(place, file, passphrase, quiet);
    server::Application application(place);
    auto const place_there = application.parts().authority_place();
    CHECK(tls::current_authority(*application.parts().db)->root == authority.root);
    CHECK(tls::issue_certificate(place_there, {"box.example.cn"}, 10).has_value());
    fs::remove_all(folder);
}
