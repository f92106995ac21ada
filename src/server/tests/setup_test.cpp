#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>

#include "core/json.hpp"
#include "http_client.hpp"
#include "platform/auth/audit_log.hpp"
#include "platform/auth/keys.hpp"
#include "platform/auth/totp.hpp"
#include "platform/config/config.hpp"
#include "platform/sql/installation.hpp"
#include "server/backup/contents.hpp"
#include "server/backup/nightly.hpp"
#include "server/doctor/doctor.hpp"
#include "server/parts.hpp"
#include "server/setup/checks.hpp"
#include "server/setup/setup.hpp"
#include "server/setup/site_file.hpp"
#include "test_database.hpp"

using namespace santong;
using server::setup::CertificateWay;
namespace fs = std::filesystem;

namespace {

constexpr core::DistrictId south = 430921;
constexpr char const* password = "洞庭湖边的第一天-2026";
constexpr char const* passphrase = "one long passphrase";

/// The bytes of what an authenticator is given to type.
std::string from_base32(std::string_view text) {
    std::string out;
    unsigned buffer = 0;
    int bits = 0;
    for (char const letter : text) {
        buffer = buffer << 5 | static_cast<unsigned>(letter >= 'A' ? letter - 'A' : letter - '2' + 26);
        bits += 5;
        if (bits < 8) continue;
        bits -= 8;
        out += static_cast<char>(buffer >> bits & 255);
    }
    return out;
}

std::string digits_of(std::string const& secret) {
    return auth::totp::code_at(from_base32(secret), auth::totp::step_of(core::system_now()));
}

/// A machine with an empty database, served with the wizard, and somebody before it.
struct Fresh {
    test::TestDatabase database;
    fs::path backups = fs::temp_directory_path() / ("santong-setup-" + core::Uuid::make().text());
    server::Place place{database.folder(), database.url()};
    std::unique_ptr<server::Application> application;
    std::unique_ptr<server::setup::Setup> wizard;
    std::unique_ptr<test::HttpClient> client;
    std::string code;
    int finished = 0;

    Fresh() { begin(); }
    ~Fresh() {
        end();
        fs::remove_all(backups);
    }
    void begin() {
        application = std::make_unique<server::Application>(place);
        if (application->parts().districts.empty()) {
            wizard = std::make_unique<server::setup::Setup>(*application, 0, [this] { ++finished; });
            server::setup::register_setup_routes(application->parts().router, *wizard);
            server::setup::register_front_doors(application->parts().router);
        }
        server::Serving serving;
        serving.server.port = 0;
        application->start(serving);
        if (wizard) code = wizard->new_code();
        client = std::make_unique<test::HttpClient>(application->port());
    }
    void end() {
        if (!application) return;
        client.reset();
        application->stop();
        application.reset();
        wizard.reset();
    }
    test::Headers headers() const { return {{"x-setup-code", code}}; }
    test::HttpAnswer put(std::string const& step, std::string const& json) {
        return client->put("/api/v1/setup/" + step, json, headers());
    }
    test::HttpAnswer post(std::string const& step, std::string const& json = "{}") {
        return client->post("/api/v1/setup/" + step, json, headers());
    }
    test::HttpAnswer view() { return client->get("/api/v1/setup", headers()); }

    std::string backup_json(std::string const& words = passphrase) const {
        return R"({"later":false,"folder":")" + backups.string() + R"(","passphrase":")" + words + R"(","again":")" +
               words + R"(","minute":0,"keep":2})";
    }
    void answer_person(std::string const& role, std::string const& name, int number) {
        auto const body = R"({"name":")" + name + R"(","login":"nx.)" + role + R"(","password":")" + password +
                          R"(","again":")" + password + R"("})";
        auto const made = put("people/" + role, body);
        REQUIRE(made.status == 200);
        secret = made.text("/people/" + std::to_string(number) + "/secret");
        REQUIRE(post("people/" + role + "/confirm", R"({"code":")" + digits_of(secret) + R"("})").status == 200);
    }
    void answer_all() {
        REQUIRE(put("place", R"({"place":"hub","host":"","zone_minutes":480})").status == 200);
        REQUIRE(put("district", R"({"kind":"county","number":430921,"name":"南县","school_year":2026,"term":1,)"
                                R"("from_date":"2026-09-01","to_date":"2027-01-20"})")
                    .status == 200);
        answer_person("sysadmin", "何系统", 0);
        answer_person("secadmin", "安全平", 1);
        answer_person("auditor", "沈计明", 2);
        answer_person("info_office", "彭立新", 3);
        REQUIRE(put("keys", R"({"put_away":true})").status == 200);
        REQUIRE(put("certificate", R"({"way":"later","origin":"","package_origin":"","certificate":"","key":"",)"
                                   R"("names":"","permits":"","port":443,"http_port":80})")
                    .status == 200);
        REQUIRE(put("backup", backup_json()).status == 200);
    }
    std::string secret;  ///< of the last person's second factor
};

std::string field(core::Result<void> const& result) {
    return result ? "" : result.error().problems.at(0).pointer + " " + result.error().problems.at(0).key;
}

}  // namespace

TEST_CASE("an empty place is opened by the wizard in one act, and its information office signs in") {
    Fresh fresh;
    auto const door = fresh.client->get("/");
    CHECK(door.status == 302);
    CHECK(door.header("location") == "/setup");
    fresh.answer_all();
    auto const done = fresh.post("finish");
    REQUIRE(done.status == 200);
    CHECK(done.text("/login") == "nx.info_office");
    CHECK(fresh.finished == 1);
    CHECK(fresh.view().status == 404);
    CHECK(fs::exists(server::setup::site_file(fresh.place.data)));
    fresh.end();
    fresh.begin();
    CHECK(fresh.wizard == nullptr);
    CHECK(fresh.client->get("/api/v1/setup").status == 404);
    CHECK(fresh.client->post("/api/v1/setup/finish").status == 404);
    auto const body = std::string(R"({"login":"nx.info_office","password":")") + password + R"(","totp":")" +
                      digits_of(fresh.secret) + R"("})";
    auto const signed_in = fresh.client->post("/api/v1/session", body);
    CHECK(signed_in.status == 200);
    CHECK(signed_in.text("/district/name") == "南县");
    fresh.application->drain();
    auto& db = *fresh.application->parts().db;
    auto const acts = db.read(south, [](sql::Tx& tx) {
        return tx.column<std::string>("SELECT action FROM audit_log WHERE district_id = $1 AND action LIKE 'setup.%'",
                                      tx.district());
    });
    CHECK(acts.size() == 5);
    CHECK(db.read(south, [](sql::Tx& tx) { return auth::verify_audit(tx); }).fault == auth::AuditFault::none);
    CHECK(db.read(0, [](sql::Tx& tx) { return sql::installation_value(tx, "setup"); }) == "");
}

TEST_CASE("whoever lacks the setup code learns nothing, and guessing is slowed down") {
    Fresh fresh;
    CHECK(fresh.client->get("/api/v1/setup").status == 401);
    for (int i = 0; i < 5; ++i)
        CHECK(fresh.client->get("/api/v1/setup", {{"x-setup-code", "AAAAA-AAAAA"}}).status == 401);
    auto const throttled = fresh.view();
    CHECK(throttled.status == 429);
    CHECK(throttled.text("/code") == "setup.code_throttled");
    auto const kept =
        fresh.application->parts().db->read(0, [](sql::Tx& tx) { return sql::installation_value(tx, "setup_code"); });
    CHECK(kept->find(fresh.code) == std::string::npos);
}

TEST_CASE("a new start makes the old setup code void, and what was answered is there again") {
    Fresh fresh;
    REQUIRE(fresh.put("place", R"({"place":"school","host":"10.8.0.1","zone_minutes":480})").status == 200);
    auto const before = fresh.code;
    fresh.end();
    fresh.begin();
    CHECK(fresh.client->get("/api/v1/setup", {{"x-setup-code", before}}).status == 401);
    CHECK(fresh.view().text("/place/host") == "10.8.0.1");
    CHECK(fresh.view().text("/missing/0") == "district");
}

TEST_CASE("the wizard opens nothing while a step is missing") {
    Fresh fresh;
    auto const refused = fresh.post("finish");
    CHECK(refused.status == 409);
    CHECK(refused.text("/code") == "setup.incomplete");
    CHECK(fresh.finished == 0);
    CHECK(fresh.put("keys", R"({"put_away":false})").text("/errors/0/code") == "setup.put_away_first");
}

TEST_CASE("a wrong first code of an authenticator lets nobody be ready") {
    Fresh fresh;
    auto const body = std::string(R"({"name":"何系统","login":"he","password":")") + password + R"(","again":"x"})";
    auto const refused = fresh.put("people/sysadmin", body);
    CHECK(refused.status == 400);
    CHECK(refused.text("/errors/0/pointer") == "/login");
    CHECK(refused.text("/errors/1/pointer") == "/again");
    CHECK(fresh.put("people/teacher", body).status == 404);
    CHECK(fresh.post("people/sysadmin/confirm", R"({"code":"000000"})").status == 404);
}

TEST_CASE("each answer is checked at its field") {
    using namespace server::setup;
    CHECK(field(check_place({config::Place::hub, "http://hub", 480})) == "/host setup.bad_host");
    CHECK(field(check_place({config::Place::hub, "hub.example", 480})).empty());
    DistrictAnswer district{roster::OrgKind::county,     south, "南县", 2026, 1, core::LocalDate{2026, 9, 1},
                            core::LocalDate{2027, 1, 20}};
    CHECK(field(check_district(district)).empty());
    district.kind = roster::OrgKind::alliance;
    CHECK(field(check_district(district)) == "/number setup.alliance_number");
    district.number = 900'001;
    CHECK(field(check_district(district)).empty());
    district.to_date = core::LocalDate{2026, 9, 2};
    CHECK(field(check_district(district)) == "/to_date setup.term_length");
    KeptPerson known;
    known.role = auth::Role::sysadmin;
    known.name = "何系统";
    known.login = "he.xitong";
    PersonAnswer person{"何系统", "he.quanping", "long-enough-words", "long-enough-words"};
    CHECK(field(check_person(person, auth::Role::secadmin, {known}, true)) == "/name auth.administrators_apart");
    person.name = "安全平";
    person.login = "HE.xitong ";
    CHECK(field(check_person(person, auth::Role::secadmin, {known}, true)) == "/login setup.login_twice");
    person.login = "an.quanping";
    person.password = person.again = "password1234";
    CHECK(field(check_person(person, auth::Role::secadmin, {known}, true)) == "/password auth.password_common");
    BackupAnswer backup{false, "/data/x/y", passphrase, passphrase, 150, 14};
    CHECK(field(check_backup(backup, "/data/x")) == "/folder setup.backup_within_data");
    CHECK(field(check_backup(backup, "/data/xx")).empty());
    backup.again = "another";
    CHECK(field(check_backup(backup, "/data/xx")) == "/again setup.again_differs");
    CertificateAnswer certificate;
    certificate.way = CertificateWay::authority;
    certificate.names = "hub.example";
    certificate.permits = "10.8.0.0/16";
    certificate.http_port = 0;
    CHECK(field(check_certificate(certificate, 443)) == "/names tls.not_permitted");
    certificate.way = CertificateWay::proxy;
    certificate.origin = certificate.package_origin = "https://hub.example";
    CHECK(field(check_certificate(certificate, 443)) == "/package_origin setup.origin_twice");
}

TEST_CASE("the wizard proposes the term that runs") {
    auto const autumn = server::setup::proposed_term({2026, 11, 22});
    CHECK(autumn.school_year == 2026);
    CHECK(autumn.term == 1);
    CHECK(autumn.from_date == core::LocalDate{2026, 9, 1});
    auto const january = server::setup::proposed_term({2027, 1, 10});
    CHECK(january.school_year == 2026);
    CHECK(january.term == 1);
    CHECK(server::setup::proposed_term({2027, 4, 1}).term == 2);
}

TEST_CASE("what the wizard writes as configuration is read again and wins over a named file") {
    using namespace server::setup;
    auto const folder = fs::temp_directory_path() / ("santong-site-" + core::Uuid::make().text());
    fs::create_directories(folder);
    CertificateAnswer certificate;
    certificate.way = CertificateWay::authority;
    certificate.names = "hub.example 10.8.0.1";
    prepare_site_file(folder.string(), site_text({config::Place::cell, "hub.example", 480}, certificate));
    mend_site_file(folder.string(), true);
    std::ofstream(folder / "named.toml") << "data = \"" << folder.string() << "\"\n[server]\nport = 8081\nqueue = 7\n";
    auto const read = config::load((folder / "named.toml").string(), {{"server.port", "9443"}});
    CHECK(read.place == config::Place::cell);
    CHECK(read.server.port == 9443);
    CHECK(read.server.queue == 4'096);
    CHECK(read.server.public_origin == "https://hub.example");
    CHECK(read.tls.names == "hub.example 10.8.0.1");
    CHECK(read.keys == folder.string() + "/keys");
    fs::remove_all(folder);
}

TEST_CASE("the server makes a backup once a night, reads it back and lets the oldest go") {
    Fresh fresh;
    fresh.answer_all();
    REQUIRE(fresh.post("finish").status == 200);
    fresh.end();
    auto application = std::make_unique<server::Application>(fresh.place);  // its housekeeping does not run
    auto& parts = application->parts();
    auto const now = core::system_now();
    for (int night = 0; night < 3; ++night) {
        for (int again = 0; again < 2; ++again)
            server::backup::queue_nightly(*parts.db, parts.jobs, south, now.plus_days(night));
        CHECK(parts.runner->run_one());
        CHECK(!parts.runner->run_one());
    }
    auto const status = server::backup::nightly_status(*parts.db);
    CHECK(status.kept == 2);
    CHECK(status.fault.empty());
    CHECK(status.last_at.has_value());
    auto const newest = fresh.backups / ("santong-" + core::Zone{}.date_of(now.plus_days(2)).text() + ".bak");
    auto const quiet = [](std::string const&, std::int64_t, std::int64_t) {};
    CHECK(server::backup::check_backup(newest.string(), passphrase, quiet).districts.size() == 1);
    fs::remove(fresh.place.data + "/keys/backup.passphrase");
    server::backup::queue_nightly(*parts.db, parts.jobs, south, now.plus_days(3));
    CHECK(parts.runner->run_one());
    CHECK(!server::backup::nightly_status(*parts.db).fault.empty());
    application.reset();
    fresh.begin();
}
