// Two places that do not agree: versions made apart, clocks, poison, and a box that takes more than its own.
#include "two_places.hpp"

using namespace santong;
using test::count_rows;
using test::TwoPlaces;

TEST_CASE("of two versions made apart the later one stays and the other can be looked at") {
    TwoPlaces places;
    places.pull();
    auto const teacher = places.world.heba.teachers[0];
    places.at_box();
    places.set_password(*places.box, teacher, "earlier, at the box");
    places.at_hub();
    places.set_password(places.world.db(), teacher, "later, at the hub");
    places.push();
    CHECK(places.hash_of(places.world.db(), teacher) == "later, at the hub");
    CHECK(count_rows(places.world.db(), "sync_other") == 1);
    places.pull();
    CHECK(places.hash_of(*places.box, teacher) == "later, at the hub");
    CHECK(count_rows(*places.box, "sync_other") == 1);
}

TEST_CASE("a box whose clock stands in 2040 wins nothing") {
    TwoPlaces places;
    places.pull();
    auto const teacher = places.world.heba.teachers[0];
    auto const twenty_forty = core::Instant{2'208'988'800'000};
    places.at_box();
    feed::set_clock_correction(twenty_forty.ms - core::system_now().ms);
    places.set_password(*places.box, teacher, "from the future");
    feed::set_clock_correction(0);
    places.push();
    CHECK(places.hash_of(places.world.db(), teacher) == "from the future");
    auto const newest = places.world.read([&](sql::Tx& tx) {
        return *tx.value<std::int64_t>(
            "SELECT MAX(version) FROM feed_entry WHERE district_id = $1 AND type = 'auth.Password'", tx.district());
    });
    CHECK(newest < feed::version_at({core::system_now().ms + 120'000}));
    // An hour later the hub changes it: that stays, here and there.
    auto const later = places.world.transact([&](sql::Tx& tx) {
        auto change = test::change_of(sync::outgoing(tx, places.shapes, places.below(), "").changes, "auth.Password");
        change.id = places.account_of(places.world.db(), teacher).text();
        return change;
    });
    CHECK(later.version < feed::version_at(twenty_forty));
}

TEST_CASE("what was written by a wrong clock before the parent said the time is of its own minute") {
    TwoPlaces places;
    places.pull();
    auto const teacher = places.world.heba.teachers[0];
    auto const ahead = core::Instant{2'208'988'800'000}.ms - core::system_now().ms;
    places.at_box();
    feed::correct_clock(*places.box, test::district, 0);
    feed::set_clock_correction(ahead);  // the clock stands in 2040, and nobody has said so yet
    places.set_password(*places.box, teacher, "first, at the box");
    CHECK(feed::correct_clock(*places.box, test::district, 0));
    CHECK_FALSE(feed::correct_clock(*places.box, test::district, 0));
    places.at_hub();
    places.set_password(places.world.db(), teacher, "then, at the hub");
    places.pull();
    places.push();
    CHECK(places.hash_of(*places.box, teacher) == "then, at the hub");
    CHECK(places.hash_of(places.world.db(), teacher) == "then, at the hub");
}

TEST_CASE("an earlier version that comes in one batch behind the later one does not replace it") {
    TwoPlaces places;
    places.pull();
    auto const teacher = places.world.heba.teachers[0];
    places.at_hub();
    places.set_password(places.world.db(), teacher, "later");
    auto const later = test::change_of(places.batch_down().changes, "auth.Password");
    auto earlier = later;
    earlier.origin = "01900000-0000-7000-8000-0000000000cc";
    earlier.origin_seq = 77;
    earlier.version -= 1'000;
    for (auto& rows : earlier.tables) {
        auto const at = std::ranges::find(rows.columns, "password_hash") - rows.columns.begin();
        rows.rows.front()[static_cast<std::size_t>(at)] = "earlier";
    }
    CHECK(places.give_box({later, earlier}).parked == 0);
    CHECK(places.hash_of(*places.box, teacher) == "later");
}

TEST_CASE("a box whose clock went back while it was off still writes behind what it knows, and is corrected") {
    TwoPlaces places;
    auto const teacher = places.world.heba.teachers[0];
    places.at_hub();
    places.set_password(places.world.db(), teacher, "known, from the hub");
    places.pull();
    places.at_box();
    feed::correct_clock(*places.box, test::district, 0);
    auto const known = places.box->read(test::district, [](sql::Tx& tx) {
        return *tx.value<std::int64_t>("SELECT MAX(version) FROM feed_entry WHERE district_id = $1", tx.district());
    });
    constexpr std::int64_t three_days_ms = 3LL * 86'400'000;
    feed::set_clock_correction(-three_days_ms);
    feed::go_on(*places.box, test::district);
    places.set_password(*places.box, teacher, "then, at the box");
    auto const newest = [&] {
        return places.box->read(test::district, [&](sql::Tx& tx) {
            return *tx.value<std::int64_t>(
                "SELECT version FROM feed_entry WHERE district_id = $1 AND type = 'auth.Password'"
                " ORDER BY seq DESC LIMIT 1",
                tx.district());
        });
    };
    CHECK(newest() > known);
    CHECK(newest() < known + feed::version_at({1'000}));
    CHECK(feed::correct_clock(*places.box, test::district, 0));
    CHECK(newest() > known);
    CHECK(newest() > feed::version_at({core::system_now().ms - 5'000}));
    places.pull();
    places.push();
    CHECK(places.hash_of(*places.box, teacher) == "then, at the box");
    CHECK(places.hash_of(places.world.db(), teacher) == "then, at the box");
}

TEST_CASE("what a box made in 2040 and did not tell before it was started again is of the time of that start") {
    TwoPlaces places;
    places.pull();
    auto const teacher = places.world.heba.teachers[0];
    auto const ahead = core::Instant{2'208'988'800'000}.ms - core::system_now().ms;
    places.at_box();
    feed::correct_clock(*places.box, test::district, 0);
    feed::set_clock_correction(ahead);
    places.set_password(*places.box, teacher, "first, at the box in 2040");
    feed::set_clock_correction(0);  // started again, and the clock is right
    feed::go_on(*places.box, test::district);
    feed::correct_clock(*places.box, test::district, 0);
    places.at_hub();
    places.set_password(places.world.db(), teacher, "then, at the hub");
    places.push();
    places.pull();
    CHECK(places.hash_of(places.world.db(), teacher) == "then, at the hub");
    CHECK(places.hash_of(*places.box, teacher) == "then, at the hub");
}

TEST_CASE("a poisoned change is parked with its reason and blocks nothing behind it") {
    TwoPlaces places;
    places.pull();
    auto const first = places.world.heba.teachers[0], second = places.world.heba.teachers[1];
    places.rename_at_hub(first, "毒条目");
    places.rename_at_hub(second, "好条目");
    auto batch = places.batch_down();
    for (auto& change : batch.changes) {
        if (change.id != first.text()) continue;
        for (auto& rows : change.tables) {
            if (rows.table == "person") rows.rows.front().pop_back();
        }
    }
    auto const taken = places.give_box(batch.changes);
    CHECK(taken.parked == 1);
    CHECK(places.name_of(*places.box, second) == "好条目");
    CHECK(places.name_of(*places.box, first) != "毒条目");
    auto const parked = places.box->read(test::district, [](sql::Tx& tx) { return sync::parked(tx, 10); });
    REQUIRE(parked.size() == 1);
    CHECK(parked.front().entity_id == first.text());
    CHECK(parked.front().reason.find("person") != std::string::npos);
    auto const peer = [&](std::string const&) { return places.above(); };
    CHECK(sync::retry(*places.box, test::district, places.shapes, peer, parked.front().id).has_value());
    places.box->transact(test::district, [&](sql::Tx& tx) { sync::discard(tx, parked.front().id); });
    CHECK(count_rows(*places.box, "sync_parked") == 0);
}

TEST_CASE("a box cannot write what belongs to another school, nor what only comes from above") {
    TwoPlaces places;
    places.pull();
    auto const stranger = places.world.jinpen.teachers[0];
    auto const account = places.account_of(places.world.db(), stranger);
    sync::Change forged;
    forged.type = "auth.Password";
    forged.id = account.text();
    forged.origin = test::box_name;
    forged.origin_seq = 900'001;
    forged.version = feed::version_at(core::system_now());
    forged.body.value = "{}";
    forged.tables = {{"auth_account", {"id", "password_hash", "must_change"}, {{account.text(), "forged", "0"}}}};
    int told = 0;
    auto const attempt = [&](sync::Change const& change) {
        places.at_hub();
        return sync::take(
            places.world.db(), test::district, places.shapes, places.below(), {change},
            {core::system_now(), {}, {}, [&](sql::Tx&, sync::Change const&, std::string const&) { ++told; }});
    };
    auto const before = places.hash_of(places.world.db(), stranger);
    CHECK(attempt(forged).refused == 1);
    CHECK(places.hash_of(places.world.db(), stranger) == before);

    sync::Change person = forged;
    person.type = "roster.Person";
    person.id = places.world.heba.teachers[0].text();
    person.tables = {{"person", {"id", "name"}, {{person.id, "改名"}}}};
    CHECK(attempt(person).refused == 1);

    sync::Change moved = forged;
    moved.type = "timetable.TaughtLesson";
    moved.id = core::Uuid::make().text();
    moved.tables = {{"taught_lesson",
                     {"id", "school_id", "class_id", "date", "week", "period", "subject", "room", "state", "source",
                      "start_at", "end_at"},
                     {{moved.id, places.world.jinpen.id.text(), places.world.jinpen.classes[0].text(), "2014-11-20",
                       "12", "7", "14", "", "held", "timetable", "0", "1"}}}};
    CHECK(attempt(moved).refused == 1);
    moved.tables.front().rows.front()[1] = places.school.text();
    moved.tables.front().rows.front()[2] = places.world.heba.classes[0].text();
    CHECK(attempt(moved).applied == 1);

    sync::Change withdrawn = forged;
    withdrawn.deed = sync::Deed::withdraw;
    withdrawn.id = places.account_of(places.world.db(), places.world.heba.teachers[0]).text();
    withdrawn.tables.clear();
    CHECK(attempt(withdrawn).refused == 1);
    CHECK(told == 4);
    CHECK(count_rows(places.world.db(), "sync_parked") == 4);
}
