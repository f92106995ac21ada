#include <doctest/doctest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>

#include "platform/auth/audit.hpp"
#include "platform/auth/keys.hpp"
#include "platform/sql/installation.hpp"
#include "server/doctor/doctor.hpp"
#include "server/parts.hpp"
#include "world.hpp"

using namespace santong;
using santong::server::doctor::Findings;
using santong::server::doctor::Health;
using santong::test::World;
namespace fs = std::filesystem;

namespace {

struct Clinic {
    World world;
    config::Config settings;
    std::string digest;

    Clinic() {
        auto& parts = world.application().parts();
        settings.data = parts.place.data;
        settings.database.url = parts.place.database;
        settings.keys = parts.place.keys_folder();
        settings.server.port = parts.server->port();
        settings.server.package_port = parts.server->package_port();
        digest = parts.files.keep(world.district(), {"诗.txt", world.teacher().account, {}}, "床前明月光")->sha256;
        world.transact([&](sql::Tx& tx) { auth::audit(tx, world.teacher(), {"test.act", "one", "{}"}); });
        world.application().drain();
    }
    Findings examine(bool deep = false) const { return server::doctor::examine(settings, deep); }
    /// The worst that is said under a check.
    std::string said(std::string const& check, bool deep = false) const {
        auto health = Health::ok;
        bool any = false;
        for (auto const& finding : examine(deep)) {
            if (finding.check != check) continue;
            any = true;
            health = std::max(health, finding.health);
        }
        return any ? std::string(core::enum_text(health)) : "nothing";
    }
};

}  // namespace

TEST_CASE("doctor finds no fault in a node that is being served") {
    Clinic const clinic;
    for (auto const& finding : clinic.examine(true)) {
        CAPTURE(finding.check);
        CAPTURE(finding.text);
        CHECK(finding.health != Health::fault);
        CHECK(finding.advice.empty() == (finding.health == Health::ok));
    }
    CHECK(clinic.said("port") == "ok");
    CHECK(clinic.said("backup") == "warning");  // none was ever made
}

TEST_CASE("doctor names a damaged and a missing file") {
    Clinic clinic;
    auto& contents = clinic.world.application().parts().contents;
    std::ofstream(*contents.open(clinic.digest), std::ios::trunc) << "changed";
    CHECK(clinic.said("files.damaged") == "fault");
    CHECK(clinic.said("files.damaged", true) == "fault");
    fs::remove(*contents.open(clinic.digest));
    CHECK(clinic.said("files.missing") == "fault");
    CHECK(server::doctor::worst(clinic.examine()) == Health::fault);
}

TEST_CASE("doctor names an altered audit log") {
    Clinic clinic;
    clinic.world.transact(
        [](sql::Tx& tx) { tx.execute("UPDATE audit_log SET subject = 'two' WHERE district_id = $1", tx.district()); });
    CHECK(clinic.said("audit.chain") == "fault");
}

TEST_CASE("doctor names keys that are gone or that others may read") {
    Clinic clinic;
    auto const file = *fs::directory_iterator(clinic.settings.keys);
    fs::permissions(file, fs::perms::others_read, fs::perm_options::add);
    CHECK(clinic.said("keys") == "fault");
    fs::remove(file);
    CHECK(clinic.said("keys") == "fault");
}

TEST_CASE("doctor names a missing database, a newer one and one that is behind") {
    Clinic clinic;
    auto elsewhere = clinic.settings;
    elsewhere.data = clinic.settings.data + "/nothing-here";
    if (elsewhere.database.url.empty()) {
        CHECK(server::doctor::worst(server::doctor::examine(elsewhere, false)) == Health::fault);
        CHECK_FALSE(fs::exists(elsewhere.data));
    }
    clinic.world.transact([](sql::Tx& tx) { tx.execute("DELETE FROM schema_migration WHERE module = 'jobs'"); });
    CHECK(clinic.said("database.schema") == "warning");
    clinic.world.transact([](sql::Tx& tx) {
        tx.execute("INSERT INTO schema_migration (module, number, name, at) VALUES ('jobs', 900, 'later', 0)");
    });
    CHECK(clinic.said("database.schema") == "fault");
}

TEST_CASE("doctor minds the age of the last backup and a clock that was put back") {
    Clinic clinic;
    auto const note = [&](std::int64_t days) {
        auto const at = std::to_string(core::system_now().plus_days(days).ms);
        clinic.world.db().transact(0, [&](sql::Tx& tx) { sql::set_installation_value(tx, "backup_at", at); });
    };
    note(-1);
    CHECK(clinic.said("backup") == "ok");
    note(-30);
    CHECK(clinic.said("backup") == "warning");
    note(2);
    CHECK(clinic.said("clock") == "fault");
}

TEST_CASE("doctor says that a port is taken by somebody else, and that plain http stays on this machine") {
    Clinic clinic;
    auto stranger = clinic.settings;
    stranger.data += "-copy";
    fs::copy(clinic.settings.data, stranger.data, fs::copy_options::recursive);
    auto const findings = server::doctor::examine(stranger, false);
    CHECK(std::any_of(findings.begin(), findings.end(),
                      [](auto const& f) { return f.check == "port" && f.health == Health::fault; }));
    fs::remove_all(stranger.data);
    clinic.settings.server.address = "0.0.0.0";
    CHECK(clinic.said("tls") == "fault");
}

TEST_CASE("doctor looks where this folder's own server answers, whatever port the settings name") {
    Clinic clinic;
    clinic.settings.server.port = 8080;
    clinic.settings.server.package_port = 8081;
    auto const findings = clinic.examine();
    auto const port = std::find_if(findings.begin(), findings.end(), [](auto const& f) { return f.check == "port"; });
    REQUIRE(port != findings.end());
    CHECK(port->health == Health::ok);
    CHECK(port->text.find(std::to_string(clinic.world.application().port())) != std::string::npos);
    CHECK(port->text.find("own server answers") != std::string::npos);
    CHECK(port->text.find("8080") == std::string::npos);
}

TEST_CASE("bodies that a killed server left behind are cleared at its start, parts of uploads stay") {
    test::TestDatabase database;
    auto const uploads = fs::path(database.folder()) / "uploads";
    fs::create_directories(uploads);
    std::ofstream(uploads / "body-Xy12Zw") << "half a body";
    std::ofstream(uploads / "0193b7a0-0000-7000-8000-000000000001.part") << "half an upload";
    server::Application application({database.folder(), database.url()});
    server::Serving serving;
    serving.server.port = 0;
    application.start(serving);
    CHECK_FALSE(fs::exists(uploads / "body-Xy12Zw"));
    CHECK(fs::exists(uploads / "0193b7a0-0000-7000-8000-000000000001.part"));
    server::Application second({database.folder(), database.url()});
    CHECK_THROWS_WITH_AS(second.start(serving), doctest::Contains("serves"), std::runtime_error);
    application.stop();
}
