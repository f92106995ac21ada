// Bytes that come up from a box, and where its audit log stands.
#include <fstream>

#include "modules/homework/tests/desk.hpp"
#include "modules/nodes/audit_anchors.hpp"
#include "modules/nodes/contents_up.hpp"
#include "modules/nodes/giving.hpp"
#include "modules/nodes/store.hpp"
#include "platform/auth/audit.hpp"
#include "two_places.hpp"

using namespace santong;

namespace {

/// A desk at the hub and what its box's children send.
struct TwoDesks : test::TwoPlacesOf<test::Desk> {
    files::LocalContentStore above_store{box.folder() + "/hub-contents"};
    files::LocalContentStore below_store{box.folder() + "/box-contents"};
    files::Files below_files{*box, below_store, world.clock};
    core::FixedClock machine{core::system_now()};

    nodes::Site site() {
        return {world.db(), machine, world.clock, shapes, world.World::folder() + "/keys", "0.2.0", false};
    }
    nodes::Child child() {
        return {nodes::NodeId::parse(test::box_name).value(), test::district, below(), std::string(32, 'o')};
    }
    /// A child hands in a picture at the box; the homework came from the hub.
    std::string hand_in_there() {
        auto const made = world.set();
        pull();
        at_box();
        auto const pupil = world.child(0);
        auto const words = "照片" + core::Uuid::make().text();
        auto const kept =
            below_files.keep(test::district, {"作业.pdf", pupil.account, {}},
                             "%PDF-1.4\n% " + words + "\ntrailer << /Root 1 0 R >>\nstartxref\n0\n%%EOF\n");
        REQUIRE(kept.has_value());
        auto const handed =
            homework::hand_in(*box, below_files, pupil, world.clock, made.homework.id, {"写完了", {kept->id}});
        REQUIRE(handed.has_value());
        return kept->sha256;
    }
    std::string bytes_of(std::string const& sha256) {
        std::ifstream in(*below_store.open(sha256), std::ios::binary);
        return {std::istreambuf_iterator<char>(in), {}};
    }
    core::Result<nodes::PartSaid> send(std::string const& sha256, std::int64_t from, std::string_view bytes) {
        at_hub();
        return nodes::take_part(site(), child(), above_store, {sha256, from, bytes});
    }
};

}  // namespace

TEST_CASE("a picture handed in at the box is told to the hub, comes in blocks, and lies there whole") {
    TwoDesks places;
    auto const sha256 = places.hand_in_there();
    auto const bytes = places.bytes_of(sha256);
    CHECK(places.send(sha256, 0, bytes).error().key == "files.not_found");  // nobody has told of it
    auto const taken = places.push();
    CHECK(taken.refused == 0);
    CHECK(taken.parked == 0);
    auto const half = bytes.size() / 2;
    CHECK(places.send(sha256, 0, "")->received == 0);
    CHECK(places.send(sha256, 0, std::string_view(bytes).substr(0, half))->received == static_cast<std::int64_t>(half));
    CHECK(places.send(sha256, 0, bytes)->received == static_cast<std::int64_t>(half));  // the cut one goes on behind it
    auto const whole = places.send(sha256, static_cast<std::int64_t>(half), std::string_view(bytes).substr(half));
    REQUIRE(whole.has_value());
    CHECK(whole->whole);
    CHECK(places.above_store.verify(sha256));
    CHECK(places.send(sha256, 0, "")->whole);
    auto const file = places.world.read([&](sql::Tx& tx) { return files::Files::with_content(tx, sha256).size(); });
    CHECK(file == 1);
}

TEST_CASE("other bytes than the digest says are thrown away, and all begins anew") {
    TwoDesks places;
    auto const sha256 = places.hand_in_there();
    places.push();
    auto const bytes = places.bytes_of(sha256);
    CHECK(places.send(sha256, 0, std::string(bytes.size(), 'x')).error().key == "nodes.bad_content");
    CHECK(!places.above_store.open(sha256));
    CHECK(places.send(sha256, 0, "")->received == 0);
    CHECK(places.send(sha256, 0, bytes + "and more")->whole);
    CHECK(places.above_store.verify(sha256));
}

TEST_CASE("a box sends no content of another school's file, nor one that nobody names") {
    TwoDesks places;
    places.pull();
    places.at_hub();
    auto const stranger = places.world.caller(places.world.jinpen.teachers[0]);
    auto const kept = places.world.files.keep(test::district, {"别校.pdf", stranger.account, {}},
                                              "%PDF-1.4\n% 别校\ntrailer << >>\nstartxref\n0\n%%EOF\n");
    REQUIRE(kept.has_value());
    CHECK(places.send(kept->sha256, 0, "x").error().key == "files.not_found");
    CHECK(places.send(std::string(64, 'a'), 0, "x").error().key == "files.not_found");
    CHECK(places.send("../../etc/passwd", 0, "x").error().key == "files.not_found");
}

TEST_CASE("what a child has handed in is the hub's to keep and no neighbour's to have, whoever knows its digest") {
    TwoDesks places;
    auto const sha256 = places.hand_in_there();
    places.push();
    places.at_hub();
    auto asker = places.child();
    CHECK(nodes::may_have(places.site(), asker, {sha256}).contains(sha256));
    asker.nearby = true;
    CHECK(nodes::may_have(places.site(), asker, {sha256}).empty());
    places.at_box();  // and where it was handed in, too
    nodes::Site const there{*places.box, places.machine, places.world.clock, places.shapes, "", "0.2.0", false};
    CHECK(nodes::may_have(there, asker, {sha256}).empty());
}

TEST_CASE("a box remembers what only it has until the hub has it") {
    TwoDesks places;
    auto const sha256 = places.hand_in_there();
    places.at_box();
    auto const batch = places.box->read(
        test::district, [&](sql::Tx& tx) { return sync::outgoing(tx, places.shapes, places.above(), places.up); });
    places.box->transact(test::district, [&](sql::Tx& tx) {
        nodes::note_told(tx, batch.changes, core::system_now());
        CHECK(nodes::lies_only_here(tx, sha256));
        CHECK(!nodes::lies_only_here(tx, std::string(64, 'b')));
    });
    places.at_hub();
    places.world.transact([&](sql::Tx& tx) {
        nodes::note_due(tx, places.child().id, batch.changes, core::system_now());
        CHECK(nodes::is_due(tx, sha256));
    });
    places.push();
    CHECK(places.send(sha256, 0, places.bytes_of(sha256))->whole);
    CHECK(!places.world.read([&](sql::Tx& tx) { return nodes::is_due(tx, sha256); }));
}

TEST_CASE("a box's audit log that was cut or changed cannot say again what it said") {
    TwoDesks places;
    auto const child = places.child();
    places.at_hub();
    places.world.transact([&](sql::Tx& tx) {
        nodes::store::NodeRow row;
        row.id = child.id;
        row.org_id = places.school;
        row.joined_at = {1};
        nodes::store::put_node(tx, row);
    });
    auto const hash = [](char of) { return std::string(64, of); };
    auto const tell = [&](nodes::AnchorsTold const& told) { return nodes::take_anchors(places.site(), child, told); };
    CHECK(tell({{0, hash('a')}, {}}).error().key == "nodes.bad_body");
    CHECK(tell({{10, hash('a')}, {}})->numbers.empty());
    CHECK(tell({{20, hash('b')}, {}})->numbers == std::vector<std::int64_t>{10});
    CHECK(!tell({{20, hash('b')}, {{10, hash('a')}}})->broken);
    auto const state = [&] { return places.world.read([](sql::Tx& tx) { return nodes::anchor_states(tx); }).front(); };
    CHECK(state().last_number == 20);
    CHECK(!state().fault);
    // Cut: it is shorter than it was.
    CHECK(tell({{15, hash('c')}, {}})->broken);
    CHECK(state().fault->fault == nodes::AnchorFault::cut);
    CHECK(state().fault->number == 20);
    // Changed: row 10 has another hash now.
    CHECK(tell({{30, hash('d')}, {{20, hash('b')}, {10, hash('x')}}})->broken);
    CHECK(state().fault->number == 10);
    CHECK(state().last_number == 20);
}
