#include "platform/tls/server_contexts.hpp"

#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>

#include "core/id.hpp"
#include "platform/tls/pem.hpp"
#include "platform/tls/signing.hpp"

using namespace santong;
using namespace santong::tls;
namespace fs = std::filesystem;

namespace {

/// A folder with certificate.pem and key.pem, as an operator or an ACME program writes them.
struct Files {
    fs::path folder = fs::temp_directory_path() / ("santong-tls-" + core::Uuid::make().text());
    std::string certificate = (folder / "certificate.pem").string();
    std::string key = (folder / "key.pem").string();
    int day = 0;  ///< files written within one tick of the clock must still differ

    Files() { fs::create_directories(folder); }
    ~Files() { fs::remove_all(folder); }
    void write(std::string const& path, std::string const& text) {
        std::ofstream(path, std::ios::trunc) << text;
        fs::last_write_time(path, fs::file_time_type::clock::now() - std::chrono::hours(1'000 - ++day));
    }
    struct Pair {
        std::string certificate, key;
    };
    Pair make(int days) const {
        auto const now = core::system_now();
        auto const authority = make_authority("x", {*PermittedName::parse("example.cn")}, now.plus_days(-20), 1'000);
        auto const own = new_key();
        auto const made = sign_server({authority.issuer.get(), authority.issuer_key.get()}, own.get(),
                                      {*SiteName::parse("hub.example.cn")}, {now.plus_days(-10), now.plus_days(days)});
        return {pem_of(made.get()) + pem_of(authority.issuer.get()), pem_of(own.get())};
    }
    void renew(int days) {
        auto const pair = make(days);
        write(certificate, pair.certificate);
        write(key, pair.key);
    }
};

}  // namespace

TEST_CASE("a certificate that was renewed is taken without a restart, and only once") {
    Files files;
    files.renew(20);
    ServerContexts contexts(files.certificate, files.key);
    CHECK(contexts.facts()->days_left(core::system_now()) == 19);
    auto const before = contexts.current();
    CHECK_FALSE(contexts.refresh());
    CHECK(contexts.current() == before);
    files.renew(90);
    CHECK(contexts.refresh());
    CHECK(contexts.current() != before);
    CHECK(contexts.facts()->days_left(core::system_now()) == 89);
    CHECK_FALSE(contexts.refresh());
}

TEST_CASE("a broken new certificate changes nothing until it is mended") {
    Files files;
    files.renew(20);
    ServerContexts contexts(files.certificate, files.key);
    auto const before = contexts.current();
    auto const stays = [&] {
        CHECK_FALSE(contexts.refresh());
        CHECK_FALSE(contexts.refresh());
        CHECK(contexts.current() == before);
        CHECK(contexts.refused());
        CHECK(contexts.facts()->days_left(core::system_now()) == 19);
    };
    auto const next = files.make(90);
    SUBCASE("cut in the middle") {
        files.write(files.certificate, next.certificate.substr(0, 200));
    }
    SUBCASE("empty") {
        files.write(files.certificate, "");
    }
    SUBCASE("gone") {
        fs::remove(files.certificate);
    }
    SUBCASE("with a key of another") {
        files.write(files.certificate, next.certificate);
    }
    SUBCASE("a key that is none") {
        files.write(files.key, "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n");
    }
    SUBCASE("one that has ended") {
        files.renew(-1);
    }
    stays();
    files.renew(90);
    CHECK(contexts.refresh());
    CHECK_FALSE(contexts.refused());
    CHECK(contexts.facts()->days_left(core::system_now()) == 89);
}

TEST_CASE("files written one after the other are taken when both are there") {
    Files files;
    files.renew(20);
    ServerContexts contexts(files.certificate, files.key);
    auto const next = files.make(90);
    files.write(files.certificate, next.certificate);
    CHECK_FALSE(contexts.refresh());
    files.write(files.key, next.key);
    CHECK(contexts.refresh());
}

TEST_CASE("a first certificate may be awaited where an ACME program brings it; elsewhere it must be there") {
    Files files;
    CHECK_THROWS_AS(ServerContexts(files.certificate, files.key), std::runtime_error);
    ServerContexts contexts(files.certificate, files.key, ServerContexts::Missing::awaited);
    CHECK(contexts.current() == nullptr);
    CHECK_FALSE(contexts.facts().has_value());
    CHECK_FALSE(contexts.refresh());
    auto const pair = files.make(90);
    files.write(files.certificate, pair.certificate);
    CHECK_FALSE(contexts.refresh());
    files.write(files.key, pair.key);
    CHECK(contexts.refresh());
    CHECK(contexts.current() != nullptr);
    files.write(files.certificate, "nothing");
    CHECK_THROWS_AS(ServerContexts(files.certificate, files.key, ServerContexts::Missing::awaited), std::runtime_error);
}

TEST_CASE("a key behind a passphrase is refused and never asked for") {
    Files files;
    files.renew(20);
    files.write(files.key, "-----BEGIN ENCRYPTED PRIVATE KEY-----\nMIIB\n-----END ENCRYPTED PRIVATE KEY-----\n");
    CHECK_THROWS_AS(ServerContexts(files.certificate, files.key), std::runtime_error);
    CHECK_FALSE(key_belongs(files.certificate, files.key));
}

TEST_CASE("days are counted down to the end and on below it") {
    CertificateFacts facts;
    facts.ends_at = core::Instant{0}.plus_days(10);
    CHECK(facts.days_left(core::Instant{0}) == 10);
    CHECK(facts.days_left(core::Instant{1}) == 9);
    CHECK(facts.days_left(core::Instant{0}.plus_days(10)) == 0);
    CHECK(facts.days_left(core::Instant{0}.plus_days(10).plus_ms(1)) == -1);
    CHECK(facts.days_left(core::Instant{0}.plus_days(12)) == -2);
}
