// What goes from a box's disk when the quota is reached, and what never goes.
#include <fcntl.h>
#include <sys/stat.h>

#include <set>

#include "modules/nodes/contents_up.hpp"
#include "modules/nodes/quota.hpp"
#include "modules/nodes/store.hpp"
#include "modules/resources/sync.hpp"
#include "modules/teaching/service_shown.hpp"
#include "modules/teaching/tests/classroom.hpp"
#include "transfer_world.hpp"

using namespace santong;
using test::film_of;
using test::TransferWorld;

namespace {

/// The records as the box of mingxin has them: of schools only its own.
struct QuotaWorld : TransferWorld {
    void only_own_school() {
        transact([&](sql::Tx& tx) {
            // What hangs on the other schools' rows is not asked for here.
            tx.execute("UPDATE resource SET school_id = $2 WHERE district_id = $1 AND school_id <> $3", tx.district(),
                       county, mingxin.id);
        });
    }
    std::set<std::string> may_go() {
        auto const all = read([](sql::Tx& tx) { return resources::contents_of_others(tx); });
        return {all.begin(), all.end()};
    }
    nodes::Evicted evict(std::vector<std::string> const& which) {
        std::vector<nodes::Stored> stored;
        for (auto const& one : which) stored.push_back({one, 1'000, box_contents.used_at(one)});
        nodes::Site const site{db(), machine, clock, shapes, folder + "/box-keys", "0.2.0", false};
        return nodes::evict(site, above, box_contents, stored);
    }
    /// Puts bytes into the box's store, as if long ago.
    std::string at_box(std::string const& bytes, std::int64_t hours_ago) {
        auto const content = box_contents.put(bytes);
        auto const path = box_contents.open(content.sha256).value();
        auto const then = std::filesystem::file_time_type::clock::now() - std::chrono::hours(hours_ago);
        std::filesystem::last_write_time(path, then);
        auto const seconds = core::system_now().ms / 1'000 - hours_ago * 3'600;
        timespec const times[2] = {{seconds, 0}, {seconds, 0}};
        ::utimensat(AT_FDCWD, path.c_str(), times, 0);
        return content.sha256;
    }
};

}  // namespace

TEST_CASE("what the quota takes first was not used for longest, and only so much goes as is needed") {
    QuotaWorld world;
    auto const old = world.at_box(film_of(40'000, 1), 300);
    auto const older = world.at_box(film_of(40'000, 2), 500);
    auto const fresh = world.at_box(film_of(40'000, 3), 2);
    auto const own = world.at_box(film_of(40'000, 4), 900);
    auto stock = nodes::take_stock(world.box_contents, {old, older, fresh});
    CHECK(stock.bytes >= 160'000);
    REQUIRE(stock.replaceable.size() == 3);
    CHECK(stock.replaceable[0].sha256 == older);
    CHECK(stock.replaceable[2].sha256 == fresh);
    CHECK(nodes::surplus(stock, stock.bytes).empty());
    CHECK(nodes::surplus(stock, stock.bytes - 1).size() == 1);
    CHECK(nodes::surplus(stock, 110'000).size() == 2);
    CHECK(nodes::surplus(stock, 1).size() == 3);  // what is made here stays, even above the quota
    world.box_contents.note_use(older);
    stock = nodes::take_stock(world.box_contents, {old, older, fresh});
    CHECK(stock.replaceable[0].sha256 == old);
    CHECK(world.box_contents.open(own).has_value());
}

TEST_CASE("only what the parent can give again goes, and nothing while the line is cut") {
    QuotaWorld world;
    auto const bytes = film_of(30'000, 5);
    auto const theirs = world.for_all("面积", bytes);
    world.at_box(bytes, 100);
    auto const only_here = world.at_box(film_of(30'000, 6), 100);
    auto const right = world.above.url;
    world.above.url = "http://127.0.0.1:9";
    CHECK(world.evict({theirs, only_here}).parent_away);
    CHECK(world.box_contents.open(theirs).has_value());
    world.above.url = right;
    CHECK(world.evict({theirs, only_here}).contents == 1);
    CHECK(!world.box_contents.open(theirs).has_value());
    CHECK(world.box_contents.open(only_here).has_value());
    CHECK(world.fetch({theirs}) == 1);  // opened again, it is fetched again
    // Somebody opened it after it was looked at: it stays.
    nodes::Site const site{world.db(), world.machine, world.clock, world.shapes, world.folder + "/box-keys",
                           "0.2.0",    false};
    CHECK(nodes::evict(site, world.above, world.box_contents, {{theirs, 1'000, {}}}).contents == 0);
    CHECK(world.box_contents.open(theirs).has_value());
}

TEST_CASE("what was made at the box, is on its way up or lies there alone stays, though the parent would give it") {
    QuotaWorld world;
    auto const bytes = film_of(30'000, 7), own_bytes = film_of(30'000, 8), shared = film_of(30'000, 9);
    auto const theirs = world.for_all("面积", bytes);
    auto const both = world.for_all("同一内容", shared);
    auto const own = world.in_library("本校", own_bytes, resources::Scope::district, world.teacher(world.mingxin));
    for (auto const& one : {bytes, own_bytes, shared}) world.at_box(one, 100);
    nodes::ManifestsRequest const question{{theirs, both, own}, true};
    auto const said = world.giver.manifests(world.child, question).value();
    for (auto const& one : said.items) REQUIRE(one.state == nodes::Giving::given);

    // The school's own thing: its row is the box's own, told of or not.
    CHECK(world.evict({own}).contents == 0);
    // Somebody there takes the same bytes into something of his own, of which the parent has not been told.
    world.upload_file(world.teacher(world.mingxin), "我的.pdf", shared);
    CHECK(world.evict({both}).contents == 0);
    // Told, and not taken yet: the parent's word for one row is none for the other.
    sync::Change told;
    told.tables = {{"file_object", {"sha256", "size"}, {{theirs, "30000"}}}};
    world.transact([&](sql::Tx& tx) { nodes::note_told(tx, {told}, core::system_now()); });
    CHECK(world.evict({theirs}).contents == 0);
    for (auto const& one : {theirs, both, own}) CHECK(world.box_contents.open(one).has_value());
    // The parent has it: it may go.
    world.transact([&](sql::Tx& tx) { nodes::store::forget_told(tx, theirs); });
    CHECK(world.evict({theirs, both, own}).contents == 1);
    CHECK(!world.box_contents.open(theirs).has_value());
}

TEST_CASE("drafts, the school's own things and what anything else uses are never replaceable") {
    QuotaWorld world;
    auto const common = world.for_all("全区", film_of(20'000, 10));
    auto const own =
        world.in_library("本校", film_of(20'000, 11), resources::Scope::school, world.teacher(world.mingxin));
    auto const shared = film_of(20'000, 12);
    auto const both = world.for_all("同一内容", shared);
    auto const held = world.for_all("作业附件", film_of(20'000, 13));
    world.only_own_school();
    CHECK(world.may_go().contains(common));
    CHECK(world.may_go().contains(both));
    CHECK(world.may_go().contains(held));
    CHECK(!world.may_go().contains(own));

    // A teacher of the school takes the same bytes into something of his own.
    world.upload_file(world.teacher(world.mingxin), "我的.pdf", shared);
    CHECK(!world.may_go().contains(both));
    world.transact([&](sql::Tx& tx) {
        auto const id = files::Files::with_content(tx, held).front();
        return world.files.hold(tx, id, "homework.Homework", core::Uuid::make().text());
    });
    CHECK(!world.may_go().contains(held));
    world.transact(
        [&](sql::Tx& tx) { tx.execute("UPDATE resource SET state = 'draft' WHERE district_id = $1", tx.district()); });
    CHECK(!world.may_go().contains(common));
}

TEST_CASE("what a running lesson has shown, and what its plan names, is needed until it ends") {
    test::Classroom room;
    auto const needed = [&] {
        auto const all = room.read([](sql::Tx& tx) { return teaching::resources_of_running(tx); });
        std::set<std::string> ids;
        for (auto const& one : all) ids.insert(one.text());
        return ids;
    };
    CHECK(needed().empty());
    room.plan_with_resource({room.lesson(1, 3)});
    room.go_to(20, 10, 20);
    auto const id = room.open().session.id;
    CHECK(needed().contains(room.reviewed.text()));
    CHECK(!needed().contains(room.draft.text()));
    room.show(id, room.draft);
    CHECK(needed().contains(room.draft.text()));
    REQUIRE(teaching::end_class(room.db(), room.math(), room.clock, id).has_value());
    CHECK(needed().empty());
}
