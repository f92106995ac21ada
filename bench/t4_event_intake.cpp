// Events on disk a second, in batches of 500 a commit: through the feed, by raw SQLite at synchronous=FULL into the
// same table, and by COPY on PostgreSQL. The address of a PostgreSQL database that may be filled stands on the command
// line.
#include <libpq-fe.h>
#include <sqlite3.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <filesystem>
#include <functional>
#include <string>

#include "platform/feed/feed.hpp"
#include "platform/sql/migrate.hpp"

using namespace santong;
using Clock = std::chrono::steady_clock;

namespace {

constexpr int batch = 500;
constexpr core::DistrictId district = 1;

/// What a classroom sends of a lesson: who, which, how long, in bands.
struct Event {
    core::Uuid id;
    core::Uuid lesson;
    core::PersonId teacher;
    std::string kind = "slides";
    std::string band = "b10_20";
    std::int64_t at = 1416445380000;
};
BOOST_DESCRIBE_STRUCT(Event, (), (id, lesson, teacher, kind, band, at))

Event made() {
    return {core::Uuid::make(), core::Uuid::make(), core::PersonId::make()};
}

/// Events a second: the median of five rounds of two seconds.
double measure(std::function<void()> const& write) {
    write();
    std::vector<double> rounds;
    for (int round = 0; round < 5; ++round) {
        long count = 0;
        auto const began = Clock::now();
        std::chrono::duration<double> spent{};
        for (; spent.count() < 2; spent = Clock::now() - began) {
            write();
            count += batch;
        }
        rounds.push_back(static_cast<double>(count) / spent.count());
    }
    std::ranges::sort(rounds);
    return rounds[2];
}

double through_feed(sql::Database& db) {
    return measure([&] {
        db.transact(district, [](sql::Tx& tx) {
            for (int i = 0; i < batch; ++i) {
                auto const event = made();
                feed::event(tx, {"bench.Event", event.id.text(), {}}, event);
            }
        });
    });
}

char const* const columns =
    "district_id, seq, origin, origin_seq, kind, type, entity_id, scope_org_id, version, at, body";
/// The feed's own indexes, on a table beside it.
char const* const raw_table =
    "CREATE TABLE raw_entry (district_id INTEGER NOT NULL, seq BIGINT NOT NULL, origin TEXT NOT NULL, origin_seq BIGINT"
    " NOT NULL, kind TEXT NOT NULL, type TEXT NOT NULL, entity_id TEXT NOT NULL, scope_org_id TEXT NOT NULL, version"
    " BIGINT NOT NULL, at BIGINT NOT NULL, body TEXT NOT NULL, PRIMARY KEY (district_id, seq));"
    "CREATE INDEX raw_entity ON raw_entry (district_id, type, entity_id, seq);"
    "CREATE INDEX raw_newest ON raw_entry (district_id, type, seq)";

void must(bool good, char const* what) {
    if (!good) throw std::runtime_error(what);
}

double raw_sqlite(std::filesystem::path const& file) {
    sqlite3* db = nullptr;
    must(sqlite3_open(file.c_str(), &db) == SQLITE_OK, "open");
    auto const run = [&](char const* text) {
        must(sqlite3_exec(db, text, nullptr, nullptr, nullptr) == SQLITE_OK, text);
    };
    run("PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL");
    run(raw_table);
    sqlite3_stmt* insert = nullptr;
    auto const text = std::string("INSERT INTO raw_entry (") + columns +
                      ") VALUES (1, ?, 'node', ?, 'event', 'bench.Event', ?, '', ?, ?, ?)";
    must(sqlite3_prepare_v2(db, text.c_str(), -1, &insert, nullptr) == SQLITE_OK, "prepare");
    std::int64_t seq = 0;
    auto const figure = measure([&] {
        run("BEGIN IMMEDIATE");
        for (int i = 0; i < batch; ++i) {
            auto const event = made();
            auto const id = event.id.text(), body = core::json::write(event);
            ++seq;
            for (int number : {1, 2, 4, 5}) sqlite3_bind_int64(insert, number, seq);
            sqlite3_bind_text(insert, 3, id.data(), static_cast<int>(id.size()), SQLITE_STATIC);
            sqlite3_bind_text(insert, 6, body.data(), static_cast<int>(body.size()), SQLITE_STATIC);
            must(sqlite3_step(insert) == SQLITE_DONE, "insert");
            sqlite3_reset(insert);
        }
        run("COMMIT");
    });
    sqlite3_finalize(insert);
    sqlite3_close(db);
    return figure;
}

double raw_copy(std::string const& url) {
    auto* const line = PQconnectdb(url.c_str());
    must(PQstatus(line) == CONNECTION_OK, "connect");
    auto const run = [&](std::string const& text, ExecStatusType wanted) {
        auto* const answer = PQexec(line, text.c_str());
        must(PQresultStatus(answer) == wanted, text.c_str());
        PQclear(answer);
    };
    run(raw_table, PGRES_COMMAND_OK);
    std::int64_t seq = 0;
    auto const figure = measure([&] {
        run(std::string("COPY raw_entry (") + columns + ") FROM STDIN", PGRES_COPY_IN);
        std::string rows;
        for (int i = 0; i < batch; ++i) {
            auto const event = made();
            auto const number = std::to_string(++seq);
            rows += "1\t" + number + "\tnode\t" + number + "\tevent\tbench.Event\t" + event.id.text() + "\t\t" +
                    number + '\t' + number + '\t' + core::json::write(event) + '\n';
        }
        must(PQputCopyData(line, rows.data(), static_cast<int>(rows.size())) == 1, "copy");
        must(PQputCopyEnd(line, nullptr) == 1, "end of copy");
        while (auto* const answer = PQgetResult(line)) {
            must(PQresultStatus(answer) == PGRES_COMMAND_OK, "copied");
            PQclear(answer);
        }
    });
    PQfinish(line);
    return figure;
}

}  // namespace

int main(int argc, char** argv) {
    must(argc == 2, "usage: santong_event_intake POSTGRESQL_URL");
    feed::set_origin("node");
    auto const folder = std::filesystem::temp_directory_path() / ("santong-intake-" + core::Uuid::make().text());
    std::filesystem::create_directories(folder);
    auto const opened = [](sql::Database::Options const& options) {
        auto db = sql::Database::open(options);
        sql::migrate(*db, sql::embedded_migrations());
        return db;
    };
    double const ours = through_feed(*opened({"", folder.string(), 1, 1}));
    double const sqlite = raw_sqlite(folder / "raw.db");
    double const ours_postgresql = through_feed(*opened({argv[1], "", 1, 2}));
    double const copy = raw_copy(argv[1]);
    std::filesystem::remove_all(folder);
    std::printf("SQLite: ours %.0f events a second, raw %.0f\n", ours, sqlite);
    std::printf("PostgreSQL: ours %.0f events a second, COPY %.0f\n", ours_postgresql, copy);
    std::printf("T4-sqlite ratio %.2f\nT4-copy ratio %.2f\n", ours / sqlite, ours_postgresql / copy);
    std::printf("T4 ratio %.2f\n", std::min(ours / sqlite, ours_postgresql / copy));
}
