#include <algorithm>

#include "platform/feed/feed.hpp"
#include "platform/sql/dump.hpp"
#include "platform/sql/installation.hpp"
#include "platform/sql/migrate.hpp"
#include "server/doctor/checks.hpp"

namespace santong::server::doctor {

namespace {

constexpr int least_postgresql = 150'000;
constexpr char const* restore_advice = "stop the server and restore the last backup into a new folder";

void look_at_integrity(sql::Tx& tx, Findings& findings) {
    if (tx.dialect() == sql::Dialect::postgresql) {
        auto const version =
            std::stoi(tx.value<std::string>("SELECT current_setting('server_version_num')").value_or("0"));
        auto const text = "PostgreSQL " + std::to_string(version / 10'000) + "." + std::to_string(version % 10'000);
        if (version < least_postgresql)
            fault(findings, "database.version", text, "use PostgreSQL 15 or newer");
        else
            ok(findings, "database.version", text);
        return;
    }
    auto const complaints = tx.column<std::string>("PRAGMA quick_check(5)");
    if (complaints == std::vector<std::string>{"ok"}) ok(findings, "database.integrity", "SQLite finds nothing wrong");
    for (auto const& complaint : complaints) {
        if (complaint != "ok") fault(findings, "database.integrity", complaint, restore_advice);
    }
}

void look_at_migrations(sql::Tx& tx, Findings& findings) {
    auto const all = sql::embedded_migrations();
    auto const applied = sql::applied_migrations(tx);
    try {
        auto const missing = all.size() - sql::known_migrations(applied, all).size();
        if (missing == 0)
            ok(findings, "database.schema", std::to_string(all.size()) + " migrations, all there");
        else
            warn(findings, "database.schema", std::to_string(missing) + " migrations have not run yet",
                 "make a backup, then run santong migrate (serve does it by itself)");
    } catch (sql::DatabaseError const& error) {
        fault(findings, "database.schema", error.what(), "use the program that wrote the data, or a newer one");
    }
}

void look_at_feed(sql::Database& db, core::DistrictId district, Findings& findings) {
    auto const parked = db.read(district, [](sql::Tx& tx) { return feed::parked(tx); });
    auto const name = "feed of district " + std::to_string(district);
    if (parked.empty()) {
        ok(findings, "database.feed", name + ": nothing parked");
        return;
    }
    warn(findings, "database.feed",
         name + ": " + std::to_string(parked.size()) + " entries parked, the first by " + parked.front().consumer +
             ": " + parked.front().reason,
         "report it with the reason");
}

}  // namespace

void look_at_database(Patient& patient, Findings& findings) {
    try {
        patient.db = open_existing_database(patient.place);
    } catch (std::exception const& error) {
        fault(findings, "database.open", error.what(),
              patient.place.database.empty() ? "is this the right --data folder?"
                                             : "does the server run, and is --database right?");
        return;
    }
    patient.db->read(0, [&](sql::Tx& tx) {
        look_at_integrity(tx, findings);
        look_at_migrations(tx, findings);
    });
    auto const districts = sql::districts(*patient.db);
    if (districts.empty())
        warn(findings, "database.district", "no district yet", "import a roster: santong import oneroster FILE.zip");
    for (auto const district : districts) look_at_feed(*patient.db, district, findings);
}

}  // namespace santong::server::doctor
