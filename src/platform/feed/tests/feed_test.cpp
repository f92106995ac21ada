#include "platform/feed/feed.hpp"

#include <doctest/doctest.h>

#include <atomic>
#include <set>
#include <thread>

#include "test_database.hpp"

using santong::test::district;
using santong::test::TestDatabase;
namespace sql = santong::sql;
namespace core = santong::core;
namespace feed = santong::feed;

namespace {

struct Note {
    std::int32_t number = 0;
};
BOOST_DESCRIBE_STRUCT(Note, (), (number))

void say(sql::Tx& tx, int number) {
    feed::event(tx, {"test.Note", std::to_string(number), {}}, Note{number});
}

/// Remembers what it has seen; refuses one number.
struct Listener final : feed::Consumer {
    std::string name() const override { return "listener"; }
    bool wants(std::string_view type) const override { return type == "test.Note"; }
    void handle(sql::Tx&, feed::Entry const& entry) override {
        if (entry.entity_id == poison) throw std::runtime_error("poisoned");
        seen.push_back(entry.entity_id);
    }
    std::vector<std::string> seen;
    std::string poison;
};

}  // namespace

TEST_CASE("a refused use case says nothing in the feed") {
    TestDatabase db;
    auto const refused = db->transact(district, [](sql::Tx& tx) -> core::Result<int> {
        say(tx, 1);
        return core::conflict("test.refused");
    });
    CHECK(refused.has_error());
    CHECK(db->read(district, [](sql::Tx& tx) { return feed::last_seq(tx); }) == 0);
}

TEST_CASE("a reader never passes a slow writer's open transaction") {
    TestDatabase db;
    std::atomic<bool> inside{false}, go_on{false};
    std::jthread slow([&] {
        db->transact(district, [&](sql::Tx& tx) {
            say(tx, 1);
            tx.execute("INSERT INTO feed_cursor (district_id, consumer, seq) VALUES ($1, 'slow', 0)", tx.district());
            inside = true;
            while (!go_on) std::this_thread::yield();
        });
    });
    while (!inside) std::this_thread::yield();
    std::jthread quick([&] { db->transact(district, [](sql::Tx& tx) { say(tx, 2); }); });
    Listener listener;
    // On SQLite the quick writer waits its turn; on PostgreSQL it may commit first and is then read first.
    db->read(district, [&](sql::Tx& tx) {
        for (auto const& entry : feed::read(tx, 0, 10)) listener.seen.push_back(entry.entity_id);
    });
    auto const position = db->read(district, [](sql::Tx& tx) { return feed::last_seq(tx); });
    go_on = true;
    slow.join();
    quick.join();
    db->read(district, [&](sql::Tx& tx) {
        auto const rest = feed::read(tx, position, 10);
        auto const all = feed::read(tx, 0, 10);
        REQUIRE(all.size() == 2);
        CHECK(rest.size() + (position > 0 ? 1 : 0) == all.size());
        CHECK(rest.back().entity_id == all.back().entity_id);
    });
}

TEST_CASE("many writers and one reader: every entry is seen once, in the order of its number") {
    TestDatabase db;
    constexpr int writers = 6, each = 25;
    std::atomic<int> running{writers};
    std::vector<std::jthread> threads;
    for (int w = 0; w < writers; ++w) {
        threads.emplace_back([&, w] {
            for (int i = 0; i < each; ++i) db->transact(district, [&](sql::Tx& tx) { say(tx, w * each + i); });
            --running;
        });
    }
    Listener listener;
    std::int64_t after = 0;
    for (bool last = false; !last;) {
        last = running == 0;
        db->read(district, [&](sql::Tx& tx) {
            for (auto const& entry : feed::read(tx, after, 1000)) {
                CHECK(entry.seq > after);
                after = entry.seq;
                listener.seen.push_back(entry.entity_id);
            }
        });
    }
    CHECK(std::set<std::string>(listener.seen.begin(), listener.seen.end()).size() == writers * each);
    CHECK(listener.seen.size() == writers * each);
}

TEST_CASE("a consumer goes on where it stopped, and a poisoned entry is parked without blocking the rest") {
    TestDatabase db;
    db->transact(district, [](sql::Tx& tx) {
        for (int i = 1; i <= 5; ++i) say(tx, i);
    });
    Listener listener;
    listener.poison = "3";
    feed::run_consumer(*db, district, listener);
    db->transact(district, [](sql::Tx& tx) { say(tx, 6); });
    feed::run_consumer(*db, district, listener);
    CHECK(std::set<std::string>(listener.seen.begin(), listener.seen.end()) ==
          std::set<std::string>{"1", "2", "4", "5", "6"});
    auto const parked = db->read(district, [](sql::Tx& tx) { return feed::parked(tx); });
    REQUIRE(parked.size() == 1);
    CHECK(parked[0].reason == "poisoned");
    CHECK(feed::run_consumer(*db, district, listener) == 0);
}

TEST_CASE("a pump brings an entry to its consumer soon after the commit, and drains on request") {
    TestDatabase db;
    Listener listener;
    feed::Pump pump(*db, {district}, {&listener});
    db->transact(district, [](sql::Tx& tx) { say(tx, 1); });
    pump.drain();
    CHECK(listener.seen == std::vector<std::string>{"1"});
}
