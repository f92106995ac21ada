// Stars and collections (收藏) follow their owner between the hub and the box of his school.
#include "modules/nodes/upgrade.hpp"
#include "modules/resources/service_collection.hpp"
#include "modules/resources/tests/library_world.hpp"
#include "platform/sync/unsaid.hpp"
#include "two_places.hpp"

using namespace santong;
using test::count_rows;

namespace {

struct TwoShelves : test::TwoPlacesOf<test::LibraryWorld> {
    core::PersonId const person = world.heba.teachers[1];
    auth::Caller reader = world.caller(person);
    resources::ResourceId lesson, film;

    TwoShelves() {
        at_hub();
        lesson = world.published(world.teacher(), "面积课件", resources::Scope::district);
        film = world.published(world.teacher(), "面积视频", resources::Scope::district);
        pull();
    }
    resources::Library library(sql::Database& db) {
        if (&db == &*box)
            at_box();
        else
            at_hub();
        return {db, world.clock, world.files};
    }
    void star(sql::Database& db, resources::ResourceId const& id) {
        REQUIRE(resources::star(library(db), reader, id).has_value());
    }
    void unstar(sql::Database& db, resources::ResourceId const& id) {
        REQUIRE(resources::unstar(library(db), reader, id).has_value());
    }
    /// What the reader finds among his stars.
    std::vector<std::string> starred(sql::Database& db) {
        resources::Search wish;
        wish.starred = true;
        auto const page = resources::search(library(db), reader, wish);
        REQUIRE(page.has_value());
        std::vector<std::string> titles;
        for (auto const& one : page->items) titles.push_back(one.title);
        return titles;
    }
    resources::CollectionView collect(sql::Database& db, std::string const& name) {
        auto const made = resources::add_collection(library(db), reader, {name, "", {}});
        REQUIRE(made.has_value());
        return *made;
    }
    resources::CollectionList collections(sql::Database& db, auth::Caller const& who) {
        return resources::collections(library(db), who, {}).value();
    }
    /// His last day at the school, if he is at one; from now on he teaches at another one, if any.
    void leave(std::optional<core::OrgId> const& to = {}) {
        at_hub();
        auto const written = world.transact([&](sql::Tx& tx) {
            roster::BulkRoster bulk;
            bulk.posts = tx.rows<roster::Post>(
                "SELECT id, person_id, org_id, kind, subject, title, from_date, to_date FROM post"
                " WHERE district_id = $1 AND person_id = $2",
                tx.district(), person);
            for (auto& one : bulk.posts) one.to_date = world.today();
            if (to) {
                auto fresh = bulk.posts.front();
                fresh.id = decltype(fresh.id)::make();
                fresh.org_id = *to;
                fresh.to_date.reset();
                bulk.posts.push_back(fresh);
            }
            return roster::write_bulk(tx, bulk, world.clock);
        });
        REQUIRE(written.has_value());
    }
    /// Everything that a new box of a school is told, taken by `take`.
    template <class Take>
    void snapshot(sync::Peer const& peer, Take take) {
        std::string cursor;
        for (bool more = true; more;) {
            at_hub();
            auto const batch = world.transact([&](sql::Tx& tx) { return sync::outgoing(tx, shapes, peer, cursor); });
            take(as_sent(batch.changes));
            more = batch.more;
            cursor = batch.cursor;
        }
    }
    sync::Change told_from_box(std::string const& type) {
        at_box();
        auto const batch =
            box->read(test::district, [&](sql::Tx& tx) { return sync::outgoing(tx, shapes, above(), up); });
        auto change = test::change_of(batch.changes, type);
        change.body.value = "{}";
        change.origin_seq += 1'000;
        return change;
    }
    static void set(sync::Change& change, std::string const& column, std::string const& value) {
        auto& rows = change.tables.front();
        for (std::size_t i = 0; i < rows.columns.size(); ++i) {
            if (rows.columns[i] == column) rows.rows.front()[i] = value;
        }
        if (column == "id") change.id = value;
    }
};

using Titles = std::vector<std::string>;

}  // namespace

TEST_CASE("what a teacher stars at home has its star at school, and the other way round") {
    TwoShelves places;
    auto& hub = places.world.db();
    places.star(hub, places.lesson);
    CHECK(places.starred(*places.box).empty());
    CHECK(places.pull().parked == 0);
    CHECK(places.starred(*places.box) == Titles{"面积课件"});
    places.unstar(*places.box, places.lesson);
    places.star(*places.box, places.film);
    CHECK(places.push().parked == 0);
    CHECK(places.starred(hub) == Titles{"面积视频"});
    CHECK(places.pull().applied == 0);  // what came from there does not go back
    auto const said = places.world.read([](sql::Tx& tx) {
        return tx.column<std::string>(
            "SELECT DISTINCT body FROM feed_entry WHERE district_id = $1"
            " AND type = 'resources.Star'",
            tx.district());
    });
    CHECK(said == Titles{"{}"});
}

TEST_CASE("a star given at both places with the line cut is one, and the later word about it stands") {
    TwoShelves places;
    auto& hub = places.world.db();
    places.star(*places.box, places.lesson);
    places.star(hub, places.lesson);
    CHECK(places.push().parked == 0);
    CHECK(places.pull().parked == 0);
    for (auto* db : {&*places.box, &hub}) {
        CHECK(places.starred(*db) == Titles{"面积课件"});
        CHECK(count_rows(*db, "resource_star") == 1);
    }
    places.unstar(*places.box, places.lesson);
    places.unstar(hub, places.lesson);
    places.star(hub, places.lesson);
    places.push();
    places.pull();
    CHECK(places.starred(*places.box) == Titles{"面积课件"});
    CHECK(places.starred(hub) == Titles{"面积课件"});
}

TEST_CASE("a collection made at school is gone on with at home, and gone at both when it is removed") {
    TwoShelves places;
    auto& hub = places.world.db();
    auto const id = places.collect(*places.box, "第六单元").about.id;
    REQUIRE(
        resources::add_item(places.library(*places.box), places.reader, id, {places.lesson, "先放这个"}).has_value());
    CHECK(places.push().parked == 0);
    REQUIRE(resources::add_item(places.library(hub), places.reader, id, {places.film, ""}).has_value());
    REQUIRE(resources::change_collection(places.library(hub), places.reader, id,
                                         {{}, {}, resources::CollectionAudience::school})
                .has_value());
    CHECK(places.pull().parked == 0);
    auto const seen = resources::collection(places.library(*places.box), places.reader, id).value();
    REQUIRE(seen.rows.size() == 2);
    CHECK(seen.rows[0].note == "先放这个");
    REQUIRE(seen.rows[1].item.has_value());
    CHECK(seen.rows[1].item->title == "面积视频");
    auto const colleague = places.world.teacher();
    CHECK(places.collections(*places.box, colleague).shown.size() == 1);
    CHECK(places.collections(*places.box, places.world.teacher(places.world.jinpen)).shown.empty());

    REQUIRE(resources::remove_collection(places.library(*places.box), places.reader, id).has_value());
    CHECK(places.push().parked == 0);
    for (auto* db : {&*places.box, &hub}) {
        CHECK(places.collections(*db, places.reader).mine.empty());
        CHECK(places.collections(*db, colleague).shown.empty());
        CHECK(count_rows(*db, "resource_collection_item") == 0);
    }
}

TEST_CASE("a shelf may hold what its place does not: the row says nothing of it there") {
    TwoShelves places;
    auto& hub = places.world.db();
    places.at_hub();
    auto const draft = places.world.draft(places.reader, "还没有交的");
    auto const id = places.collect(hub, "草稿").about.id;
    REQUIRE(resources::add_item(places.library(hub), places.reader, id, {draft, ""}).has_value());
    places.star(hub, draft);
    auto batch = places.batch_down();
    std::erase_if(batch.changes, [](sync::Change const& one) { return one.type == "resources.Resource"; });
    CHECK(places.give_box(batch.changes).parked == 0);
    places.down = batch.cursor;
    auto const seen = resources::collection(places.library(*places.box), places.reader, id).value();
    REQUIRE(seen.rows.size() == 1);
    CHECK_FALSE(seen.rows[0].item.has_value());
    CHECK(places.starred(*places.box).empty());
    // A draft that goes for good is on no shelf any more, here and there.
    REQUIRE(resources::remove(places.library(hub), places.reader, draft).has_value());
    CHECK(places.pull().parked == 0);
    CHECK(count_rows(*places.box, "resource_collection_item") == 0);
}

TEST_CASE("whoever leaves a school takes his shelf along, but for what he has shown there") {
    TwoShelves places;
    auto& world = places.world;
    auto& hub = world.db();
    places.star(hub, places.lesson);
    places.star(*places.box, places.film);  // made at the box, it is withdrawn as well
    auto const own = places.collect(*places.box, "自己的").about.id;
    auto const shown = places.collect(hub, "给大家的").about.id;
    REQUIRE(resources::change_collection(places.library(hub), places.reader, shown,
                                         {{}, {}, resources::CollectionAudience::school})
                .has_value());
    places.push();
    places.pull();
    CHECK(count_rows(*places.box, "resource_star") == 2);
    CHECK(count_rows(*places.box, "resource_collection") == 2);
    places.leave(world.jinpen.id);
    CHECK(places.pull().parked == 0);
    CHECK(places.name_of(*places.box, places.person).empty());
    CHECK(count_rows(*places.box, "resource_star") == 0);
    CHECK(count_rows(*places.box, "resource_collection") == 1);
    CHECK(resources::collection(places.library(*places.box), world.teacher(), shown).has_value());
    CHECK_FALSE(resources::collection(places.library(*places.box), world.teacher(), own).has_value());
    CHECK(count_rows(hub, "resource_star") == 2);
    CHECK(places.push().parked == 0);

    int stars = 0, collections = 0;
    places.snapshot({"jinpen", world.jinpen.id.text(), places.key, false}, [&](auto const& changes) {
        for (auto const& one : changes) {
            stars += one.type == "resources.Star" ? 1 : 0;
            collections += one.type == "resources.Collection" ? 1 : 0;
        }
    });
    CHECK(stars == 2);
    CHECK(collections == 2);
}

TEST_CASE("the shelf of a teacher who comes to a school comes to its box") {
    TwoShelves places;
    auto& world = places.world;
    places.star(world.db(), places.lesson);
    places.leave();
    places.pull();
    CHECK(count_rows(*places.box, "resource_star") == 0);
    places.leave(world.heba.id);  // and comes back
    CHECK(places.pull().parked == 0);
    CHECK(places.starred(*places.box) == Titles{"面积课件"});
}

TEST_CASE("a box that replaces a dead one has the shelves again") {
    TwoShelves places;
    places.star(places.world.db(), places.lesson);
    places.star(*places.box, places.film);
    auto const id = places.collect(*places.box, "第六单元").about.id;
    REQUIRE(resources::add_item(places.library(*places.box), places.reader, id, {places.lesson, ""}).has_value());
    places.push();
    test::TestDatabase fresh;
    auto const known = places.world.read([](sql::Tx& tx) { return roster::district(tx); });
    fresh->transact(test::district, [&](sql::Tx& tx) { roster::set_district(tx, known); });
    places.snapshot(places.below(), [&](auto const& changes) {
        places.at_box();
        auto const taken = sync::take(*fresh, test::district, places.shapes, places.above(), changes,
                                      {core::system_now(), {}, {}, {}});
        CHECK(taken.parked == 0);
    });
    CHECK(count_rows(*fresh, "resource_star") == 2);
    CHECK(count_rows(*fresh, "resource_collection") == 1);
    CHECK(count_rows(*fresh, "resource_collection_item") == 1);
}

TEST_CASE("what stood on a box's shelves before they travelled is told once") {
    TwoShelves places;
    places.star(*places.box, places.lesson);
    auto const forget = [](sql::Tx& tx) {
        tx.execute("DELETE FROM feed_entry WHERE district_id = $1 AND type = 'resources.Star'", tx.district());
    };
    places.box->transact(test::district, forget);
    CHECK(places.push().applied == 0);
    places.at_box();
    auto const say = [&](sql::Tx& tx) { return sync::say_unsaid(tx, places.shapes, places.school.text()); };
    CHECK(places.box->transact(test::district, say) == 1);
    CHECK(places.box->transact(test::district, say) == 0);
    CHECK(places.push().parked == 0);
    CHECK(places.starred(places.world.db()) == Titles{"面积课件"});
}

TEST_CASE("a hub that is upgraded after its box tells it what stood on the shelves before") {
    TwoShelves places;
    places.star(places.world.db(), places.lesson);
    places.world.transact([](sql::Tx& tx) {
        tx.execute("DELETE FROM feed_entry WHERE district_id = $1 AND type = 'resources.Star'", tx.district());
    });
    CHECK(places.pull().applied == 0);
    places.at_hub();
    core::FixedClock const machine{core::system_now()};
    nodes::Site const site{places.world.db(), machine, places.world.clock, places.shapes, "", "0.2.0", false};
    nodes::retry_after_upgrade(site, test::district);
    CHECK(places.pull().parked == 0);
    CHECK(places.starred(*places.box) == Titles{"面积课件"});
}

TEST_CASE("a box writes the shelves of its own people only") {
    TwoShelves places;
    auto& world = places.world;
    places.star(*places.box, places.lesson);
    auto const id = places.collect(*places.box, "第六单元").about.id;
    auto const star = places.told_from_box("resources.Star");
    auto const collection = places.told_from_box("resources.Collection");
    auto const stranger = world.jinpen.teachers[0];

    auto foreign = star;
    places.set(foreign, "person_id", stranger.text());
    places.set(foreign, "id", resources::star_name(stranger, places.lesson));
    CHECK(places.give_hub({foreign}).refused == 1);
    auto misnamed = star;
    places.set(misnamed, "id", resources::star_name(stranger, places.lesson));
    CHECK(places.give_hub({misnamed}).refused == 1);
    CHECK(count_rows(world.db(), "resource_star") == 0);

    auto elsewhere = collection;
    places.set(elsewhere, "school_id", world.jinpen.id.text());
    CHECK(places.give_hub({elsewhere}).refused == 1);
    auto others = collection;
    places.set(others, "owner_person", stranger.text());
    CHECK(places.give_hub({others}).refused == 1);
    CHECK(count_rows(world.db(), "resource_collection") == 0);
    CHECK(places.give_hub({collection}).applied == 1);
    CHECK(places.collections(world.db(), places.reader).mine.front().id == id);
}
