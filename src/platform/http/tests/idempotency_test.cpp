#include <doctest/doctest.h>

#include <thread>

#include "platform/http/idempotency.hpp"
#include "site.hpp"
#include "test_database.hpp"

using namespace santong;
using namespace santong::http::test;
using http::Access;
using http::Call;

namespace {

core::AccountId const teacher{*core::Uuid::parse("0190a6a0-0000-7000-8000-000000000001")};

core::Result<http::Identity> authenticate(Call& call) {
    call.caller.district = santong::test::district;
    call.caller.account = call.header("authorization") == "other" ? core::AccountId::make() : teacher;
    return http::Identity{};
}

/// POST /notes adds one row to a table; the text "refuse" is refused after it was written, "crash" throws after commit.
struct NoteSite : Site {
    explicit NoteSite(sql::Database& database) : db(database), store(db, clock) {
        db.script("CREATE TABLE test_note (district_id INTEGER NOT NULL, text TEXT NOT NULL)");
        router.post<Note, Note>("/notes", Access::signed_in(),
                                [this](Call const&, Note const& note) { return add(note); });
    }
    core::Result<Note> add(Note const& note) {
        auto result = db.transact(santong::test::district, [&](sql::Tx& tx) -> core::Result<Note> {
            tx.execute("INSERT INTO test_note (district_id, text) VALUES ($1, $2)", tx.district(), note.text);
            if (note.text == "refuse") return core::conflict("notes.full");
            return note;
        });
        if (note.text == "crash") throw std::runtime_error("cut");
        // A second transaction of the same request claims nothing.
        db.transact(santong::test::district, [&](sql::Tx&) {});
        return result;
    }
    int rows() {
        return db.read(santong::test::district, [](sql::Tx& tx) {
            return *tx.value<int>("SELECT count(*) FROM test_note WHERE district_id = $1", tx.district());
        });
    }
    sql::Database& db;
    core::FixedClock clock{{1'400'000'000'000}};
    http::SqlIdempotency store;
};

std::string const note = R"({"text":"a","stars":1})";
santong::test::Headers const key = {{"Idempotency-Key", "k-1"}};

}  // namespace

TEST_CASE("a request that is sent twice with one key is carried out once and answered twice") {
    santong::test::TestDatabase database;
    NoteSite site(*database);
    auto client = site.start(authenticate, &site.store);
    auto const first = client.post("/notes", note, key);
    auto const again = client.post("/notes", note, key);
    CHECK(first.status == 201);
    CHECK(first.header("idempotent-replay").empty());
    CHECK(again.status == 201);
    CHECK(again.body == first.body);
    CHECK(again.header("idempotent-replay") == "true");
    CHECK(site.rows() == 1);
    CHECK(client.post("/notes", note).status == 201);  // without a key it is a new request
    CHECK(site.rows() == 2);
}

TEST_CASE("a key belongs to one account and one body") {
    santong::test::TestDatabase database;
    NoteSite site(*database);
    auto client = site.start(authenticate, &site.store);
    client.post("/notes", note, key);
    auto const mismatch = client.post("/notes", R"({"text":"b","stars":1})", key);
    CHECK(mismatch.status == 422);
    CHECK(mismatch.text("/code") == "http.idempotency_mismatch");
    CHECK(client.post("/notes", note, {{"Idempotency-Key", "k-1"}, {"Authorization", "other"}}).status == 201);
    CHECK(client.post("/notes", note, {{"Idempotency-Key", std::string(129, 'k')}}).status == 400);
    CHECK(site.rows() == 2);
}

TEST_CASE("a refused request leaves its key free") {
    santong::test::TestDatabase database;
    NoteSite site(*database);
    auto client = site.start(authenticate, &site.store);
    CHECK(client.post("/notes", R"({"text":"refuse","stars":1})", key).status == 409);
    CHECK(client.post("/notes", note, key).status == 201);
    CHECK(site.rows() == 1);
}

TEST_CASE("a request whose answer was lost after its commit is not carried out again") {
    santong::test::TestDatabase database;
    NoteSite site(*database);
    auto client = site.start(authenticate, &site.store);
    std::string const crash = R"({"text":"crash","stars":1})";
    CHECK(client.post("/notes", crash, key).status == 500);
    auto const again = client.post("/notes", crash, key);
    CHECK(again.status == 409);
    CHECK(again.text("/code") == "http.already_done");
    CHECK(site.rows() == 1);
}

TEST_CASE("of rival requests with one key exactly one is carried out") {
    santong::test::TestDatabase database;
    NoteSite site(*database);
    site.start(authenticate, &site.store);
    std::vector<std::thread> rivals;
    std::array<int, 8> status{};
    for (auto& mine : status)
        rivals.emplace_back([&mine, &site] { mine = site.client().post("/notes", note, key).status; });
    for (auto& rival : rivals) rival.join();
    for (int const one : status) CHECK((one == 201 || one == 409));
    CHECK(site.rows() == 1);
}

TEST_CASE("keys are dropped after 48 hours") {
    santong::test::TestDatabase database;
    NoteSite site(*database);
    auto client = site.start(authenticate, &site.store);
    client.post("/notes", note, key);
    site.clock.set(site.clock.now().plus_days(3));
    CHECK(client.post("/notes", note, key).header("idempotent-replay").empty());
    CHECK(site.rows() == 2);
}
