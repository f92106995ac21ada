// A hub and a box of different age: what one does not know yet stays, waits or comes again; after the upgrade of either
// nothing is missing. The older program is one with fewer types and columns, the newer one with more.
#include "modules/nodes/upgrade.hpp"
#include "two_places.hpp"

using namespace santong;
using test::count_rows;
using test::TwoPlaces;

namespace {

/// The types of an earlier program.
sync::Shapes without(sync::Shapes const& all, std::string const& type) {
    sync::Shapes fewer;
    fewer.places_of_subtree(all.places());
    for (auto const& shape : all.all()) {
        if (shape.type != type) fewer.add(shape);
    }
    return fewer;
}

void drop_column(sync::Change& change, std::string const& table, std::string const& column) {
    for (auto& rows : change.tables) {
        auto const found = std::ranges::find(rows.columns, column);
        if (rows.table != table || found == rows.columns.end()) continue;
        auto const at = found - rows.columns.begin();
        rows.columns.erase(found);
        for (auto& row : rows.rows) row.erase(row.begin() + at);
    }
}

void add_column(sync::Change& change, std::string const& table, std::string const& column, std::string const& value) {
    for (auto& rows : change.tables) {
        if (rows.table != table) continue;
        rows.columns.push_back(column);
        for (auto& row : rows.rows) row.emplace_back(value);
    }
}

sync::Change lesson_at_box(TwoPlaces& places, std::string const& state, std::int64_t number) {
    sync::Change change;
    change.type = "timetable.TaughtLesson";
    change.id = core::Uuid::named("lesson of the upgrade").text();
    change.origin = test::box_name;
    change.origin_seq = number;
    change.version = feed::version_at(core::system_now()) + number;
    change.body.value = "{}";
    change.scope_org_id = places.school.text();
    change.tables = {{"taught_lesson",
                      {"id", "school_id", "class_id", "date", "week", "period", "subject", "room", "state", "source",
                       "start_at", "end_at"},
                      {{change.id, places.school.text(), places.world.heba.classes[0].text(), "2014-11-20", "12", "7",
                        "14", "", state, "timetable", "0", "1"}}}};
    return change;
}

}  // namespace

TEST_CASE("a column that the older end leaves out stays as it is at the newer one") {
    TwoPlaces places;
    places.pull();
    auto const teacher = places.world.heba.teachers[0];
    auto const version = [&] {
        return places.box->read(test::district, [&](sql::Tx& tx) {
            return tx.value<std::int64_t>("SELECT version FROM person WHERE district_id = $1 AND id = $2",
                                          tx.district(), teacher);
        });
    };
    places.box->transact(test::district, [&](sql::Tx& tx) {
        tx.execute("UPDATE person SET version = 77 WHERE district_id = $1 AND id = $2", tx.district(), teacher);
    });
    places.rename_at_hub(teacher, "旧程序的名");
    auto batch = places.batch_down();
    for (auto& change : batch.changes) drop_column(change, "person", "version");
    CHECK(places.give_box(batch.changes).parked == 0);
    CHECK(places.name_of(*places.box, teacher) == "旧程序的名");
    CHECK(version() == 77);
}

TEST_CASE("a column and a field that the newer end sends are no fault at the older one") {
    TwoPlaces places;
    places.pull();
    auto const teacher = places.world.heba.teachers[0];
    places.rename_at_hub(teacher, "新程序的名");
    auto batch = places.batch_down();
    for (auto& change : batch.changes) add_column(change, "person", "favourite_instrument", "二胡");
    CHECK(places.give_box(batch.changes).parked == 0);
    CHECK(places.name_of(*places.box, teacher) == "新程序的名");
    auto const said = core::json::read<nodes::PullAnswer>(
        R"({"batch":{"cursor":"t:1","more":false,"changes":[]},"now":0,"mood":"fine"})",
        core::json::UnknownFields::ignore);
    CHECK(said.has_value());
}

TEST_CASE("a type that the older end does not know waits there, and stands after its upgrade") {
    TwoPlaces places;
    places.pull();
    auto const grown = places.shapes;
    auto const old = without(grown, "roster.Term");
    places.at_hub();
    places.world.transact([&](sql::Tx& tx) {
        tx.execute("UPDATE term SET name = '新学期名' WHERE district_id = $1", tx.district());
        for (auto const& id :
             tx.column<std::string>("SELECT CAST(id AS TEXT) FROM term WHERE district_id = $1", tx.district()))
            feed::put(tx, {"roster.Term", id, {}}, core::Nothing{});
    });
    places.rename_at_hub(places.world.heba.teachers[1], "跟在后面的");
    auto const batch = places.batch_down();
    places.shapes = old;
    auto const taken = places.give_box(batch.changes);
    CHECK(taken.parked == 2);  // two terms
    CHECK(places.name_of(*places.box, places.world.heba.teachers[1]) == "跟在后面的");
    CHECK(old.mark() != grown.mark());
    places.shapes = grown;
    auto const peer = [&](std::string const&) { return places.above(); };
    places.at_box();
    CHECK(sync::retry_all(*places.box, test::district, grown, peer) == 2);
    CHECK(count_rows(*places.box, "sync_parked") == 0);
    auto const name = places.box->read(test::district, [](sql::Tx& tx) {
        return tx.column<std::string>("SELECT DISTINCT name FROM term WHERE district_id = $1", tx.district());
    });
    CHECK(name == std::vector<std::string>{"新学期名"});
}

TEST_CASE("a word that the older end's enumerations do not have waits there, and breaks no list meanwhile") {
    TwoPlaces places;
    places.pull();
    auto const newer = lesson_at_box(places, "taught_by_hologram", 900'001);
    auto const taken = places.give_hub({newer});
    CHECK(taken.parked == 1);
    CHECK(taken.refused == 0);
    auto const parked = places.world.read([](sql::Tx& tx) { return sync::parked(tx, 10); });
    REQUIRE(parked.size() == 1);
    CHECK(parked.front().reason.find("taught_by_hologram") != std::string::npos);
    // The same lesson, said later in words that are known, stands; what waited has nothing to say any more.
    CHECK(places.give_hub({lesson_at_box(places, "held", 900'002)}).applied == 1);
    auto const peer = [&](std::string const&) { return places.below(); };
    CHECK(sync::retry_all(places.world.db(), test::district, places.shapes, peer) == 1);
    auto const state = places.world.read([&](sql::Tx& tx) {
        return tx.value<std::string>("SELECT state FROM taught_lesson WHERE district_id = $1 AND id = $2",
                                     tx.district(), core::Uuid::named("lesson of the upgrade"));
    });
    CHECK(state == "held");
}

TEST_CASE("after an upgrade all that a box made is told again: it comes once, and overwrites nothing newer") {
    TwoPlaces places;
    places.pull();
    auto const teacher = places.world.heba.teachers[0], other = places.world.heba.teachers[1];
    places.at_box();
    places.set_password(*places.box, teacher, "made at the box");
    places.set_password(*places.box, other, "made at the box, too");
    CHECK(places.push().applied == 2);
    places.at_hub();
    places.set_password(places.world.db(), other, "later, at the hub");
    auto const entries = count_rows(places.world.db(), "feed_entry");
    places.up = "t:0";
    CHECK(places.push().parked == 0);
    CHECK(count_rows(places.world.db(), "feed_entry") == entries);
    CHECK(places.hash_of(places.world.db(), teacher) == "made at the box");
    CHECK(places.hash_of(places.world.db(), other) == "later, at the hub");
    CHECK(count_rows(places.world.db(), "sync_other") == 0);
}

TEST_CASE("a snapshot comes in few batches, says how much is left, and can be cut anywhere") {
    TwoPlaces places;
    places.at_hub();
    auto const all =
        places.world.read([&](sql::Tx& tx) { return sync::waiting(tx, places.shapes, places.below(), ""); });
    CHECK(all > 50);
    std::int64_t changes = 0, batches = 0;
    for (bool more = true; more; ++batches) {
        auto const batch = places.batch_down();
        places.give_box(batch.changes);
        places.give_box(batch.changes);  // the answer to the first was lost
        changes += static_cast<std::int64_t>(batch.changes.size());
        more = batch.more;
        places.down = batch.cursor;
    }
    CHECK(changes == all);
    CHECK(batches <= 3);
    CHECK(count_rows(*places.box, "person_key") == count_rows(*places.box, "person"));
    CHECK(places.world.read(
              [&](sql::Tx& tx) { return sync::waiting(tx, places.shapes, places.below(), places.down); }) == 0);
    places.at_hub();
    auto const old =
        places.world.transact([&](sql::Tx& tx) { return sync::outgoing(tx, places.shapes, places.below(), "s:1:0:"); });
    CHECK(!old.changes.empty());  // as an earlier program wrote its place
}
