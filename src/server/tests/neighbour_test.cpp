// What a school's box takes from a box on its local network, and what it believes of it.
#include "core/json.hpp"
#include "modules/nodes/neighbours.hpp"
#include "modules/nodes/packing.hpp"
#include "modules/nodes/parent_ask.hpp"
#include "modules/nodes/sync.hpp"
#include "platform/auth/audit_log.hpp"
#include "platform/feed/feed.hpp"
#include "platform/sql/installation.hpp"
#include "platform/sync/incoming.hpp"
#include "platform/sync/outgoing.hpp"
#include "transfer_world.hpp"

using namespace santong;
using test::film_of;
using test::TransferWorld;

namespace {

constexpr char const* manifests_nearby = "/api/v1/node/nearby/manifests";
constexpr char const* chunks_nearby = "/api/v1/node/nearby/chunks";

sync::Shapes shapes_of_neighbours() {
    auto shapes = test::shapes_of_files();
    nodes::add_shapes(shapes);
    return shapes;
}

/// How often the feed of a place has an act in it.
int audited_acts(sql::Database& db, std::string const& action) {
    return db.read(test::district, [&](sql::Tx& tx) {
        int count = 0;
        for (auto const& entry : feed::read(tx, 0, 100'000)) {
            bool const said = entry.body.value.find("\"" + action + "\"") != std::string::npos;
            if (entry.type == auth::audit_event_type && said) ++count;
        }
        return count;
    });
}

/// The hub, the box of mingxin, and that of jinpen as it serves on the same local network.
struct NeighbourWorld : TransferWorld {
    NeighbourWorld() : near_contents(folder + "/near-files"), near_manifests(folder + "/near-chunks") {
        near_above = joined(jinpen.id, "/near-keys");
        near_db->transact(
            0, [&](sql::Tx& tx) { sql::set_installation_value(tx, "parent", core::json::write(near_above)); });
        nodes::register_routes(near_router, near_site(), near_contents, near_manifests);
        http::Options options;
        options.port = 0;
        options.temp_dir = folder;
        near_server = std::make_unique<http::Server>(options, near_router, nullptr);
        near_server->start();
        REQUIRE(name_it().has_value());
        neighbours = [this] { return nodes::neighbours_here(db(), above); };
        pull_near();
    }

    nodes::Site near_site() { return {*near_db, machine, clock, near_shapes, folder + "/near-keys", "0.2.0", false}; }
    nodes::Site box_site() { return {db(), machine, clock, shapes, folder + "/box-keys", "0.2.0", false}; }
    std::string near_address() const { return "http://127.0.0.1:" + std::to_string(near_server->port()); }
    core::Result<nodes::NeighbourList> name_it() {
        return nodes::set_neighbours(hub, caller(info_office), mingxin.id, {{{jinpen.id, near_address()}}});
    }
    /// What the hub has to tell the neighbour.
    void pull_near() {
        auto const hub_origin = std::string(feed::origin());
        sync::Peer const below{near_above.node.text(), jinpen.id.text(), std::string(32, 'k'), false};
        sync::Peer const from{hub_origin, jinpen.id.text(), std::string(32, 'k'), true};
        for (bool more = true; more;) {
            auto const batch =
                transact([&](sql::Tx& tx) { return sync::outgoing(tx, near_shapes, below, near_cursor); });
            feed::set_origin(near_above.node.text());
            auto const taken = sync::take(*near_db, test::district, near_shapes, from, batch.changes,
                                          {core::system_now(), {}, {}, {}});
            feed::set_origin(hub_origin);
            CHECK(taken.parked == 0);
            more = batch.more;
            near_cursor = batch.cursor;
        }
    }
    /// These lie at the neighbour, as its own line brought them.
    void bring_near(std::vector<std::string> const& all) {
        pull_near();
        std::vector<nodes::Wanted> list;
        for (auto const& sha256 : all) list.push_back(wanted(sha256));
        nodes::FetcherPlace const place{near_contents, near_manifests, folder + "/near-arriving", {}, {}, {}, {}};
        nodes::Fetcher fetcher(near_site(), place);
        REQUIRE(fetcher.fetch(near_above, list, {}) == static_cast<int>(all.size()));
    }
    /// The neighbour as a box asks it.
    nodes::Parent as_asked(nodes::Parent const& asker) const {
        auto box = asker;
        box.url = near_address();
        box.parent = near_above.node.text();
        box.open_key = core::base64(nodes::own_pair(folder + "/near-keys").open);
        return box;
    }
    nodes::LineAnswer ask(std::vector<std::string> const& asked, std::string const& path = manifests_nearby) {
        return nodes::ask(box_site(), as_asked(above), path, core::json::write(nodes::ManifestsRequest{asked, false}));
    }
    nodes::Giving said_of(std::string const& sha256) {
        auto const answer = ask({sha256});
        REQUIRE(answer.status == 200);
        return core::json::read<nodes::ManifestsAnswer>(answer.body).value().items.at(0).state;
    }
    void damage_near(std::string const& sha256) {
        std::fstream out(near_contents.open(sha256).value(), std::ios::binary | std::ios::in | std::ios::out);
        out.seekp(150'000);
        out << "this was not there";
    }

    test::TestDatabase near_db;
    sync::Shapes near_shapes = shapes_of_neighbours();
    files::LocalContentStore near_contents;
    chunks::KeptManifests near_manifests;
    nodes::Parent near_above;
    std::string near_cursor;
    http::Router near_router;
    std::unique_ptr<http::Server> near_server;
};

/// No hour of today is one of its windows.
nodes::LinkPlan closed_plan(core::Instant now) {
    nodes::LinkPlan closed;
    closed.day_percent = 0;
    auto const minute = core::Zone{closed.zone_minutes}.minute_of_day(now);
    closed.windows = {{(minute + 120) % 1440, (minute + 180) % 1440}};
    return closed;
}

}  // namespace

TEST_CASE("what the neighbour has comes from it, at any hour and with the parent away; nothing crosses the line") {
    NeighbourWorld world;
    auto const film = world.for_all("面积", film_of(1 << 20, 1));
    auto const card = world.for_all("卡片", film_of(3'000, 2));
    world.bring_near({film, card});
    world.server->stop();
    auto fetcher = world.fetcher([&] { return closed_plan(world.machine.now()); });
    CHECK(fetcher.fetch(world.above, {world.wanted(film), world.wanted(card)}, {}) == 2);
    for (auto const& one : {film, card}) {
        CHECK(world.box_contents.verify(one));
        CHECK(world.crossed[one] == 0);
        CHECK(world.ways[one] == "neighbour");
    }
    CHECK(world.nearby[film] >= 1 << 20);
    CHECK(std::filesystem::is_empty(world.folder + "/arriving"));
}

TEST_CASE("what the neighbour lacks comes from the parent, and is asked for there alone") {
    NeighbourWorld world;
    auto const there = world.for_all("面积", film_of(400'000, 3));
    auto const lacking = world.for_all("体积", film_of(300'000, 4));
    world.bring_near({there});
    CHECK(world.fetch({lacking, there}) == 2);
    CHECK(world.crossed[there] == 0);
    CHECK(world.nearby[there] >= 400'000);
    CHECK(world.crossed[lacking] >= 300'000);
    CHECK(world.nearby[lacking] == 0);
    CHECK(world.ways[lacking] == "line");
    // In a closed window only the neighbour gives.
    auto const later = world.for_all("重量", film_of(200'000, 5));
    auto fetcher = world.fetcher([&] { return closed_plan(world.machine.now()); });
    CHECK(fetcher.fetch(world.above, {world.wanted(later)}, {}) == 0);
    CHECK(fetcher.progress().pausing);
}

TEST_CASE("of what is half here only the rest is taken from the neighbour") {
    NeighbourWorld world;
    auto const bytes = film_of(600'000, 6);
    auto const content = world.for_all("面积", bytes);
    world.bring_near({content});
    {
        nodes::Arriving arriving(world.box_contents, world.box_manifests, world.folder + "/arriving");
        arriving.begin({chunks::cut_file(world.contents.open(content).value())});
        for (auto const& one : arriving.missing({content}, 400'000))
            CHECK(arriving.put(std::string_view(bytes).substr(static_cast<std::size_t>(one.from), one.chunk.size)));
    }
    CHECK(world.fetch({content}) == 1);
    CHECK(world.box_contents.verify(content));
    CHECK(world.nearby[content] > 0);
    CHECK(world.nearby[content] < 300'000);
}

TEST_CASE("a false chunk of the neighbour is refused and told once; the parent gives it, and the neighbour rests") {
    NeighbourWorld world;
    auto const content = world.for_all("面积", film_of(200'000, 7));
    auto const other = world.for_all("体积", film_of(200'000, 8));
    world.bring_near({content, other});
    world.damage_near(content);
    auto fetcher = world.fetcher();
    CHECK(fetcher.fetch(world.above, {world.wanted(content)}, {}) == 1);
    CHECK(world.box_contents.verify(content));
    CHECK(world.crossed[content] > 0);
    CHECK(audited_acts(world.db(), "nodes.neighbour_false") == 1);
    CHECK(fetcher.fetch(world.above, {world.wanted(other)}, {}) == 1);
    CHECK(world.nearby[other] == 0);
    CHECK(world.crossed[other] >= 200'000);
    CHECK(audited_acts(world.db(), "nodes.neighbour_false") == 1);
}

TEST_CASE("a neighbour that is away, another machine at its address or an error there holds nothing up") {
    NeighbourWorld world;
    auto const content = world.for_all("面积", film_of(200'000, 9));
    auto const other = world.for_all("体积", film_of(200'000, 10));
    auto const third = world.for_all("重量", film_of(200'000, 11));
    world.bring_near({content, other, third});
    auto const fetched = [&](std::string const& sha256) {
        auto fetcher = world.fetcher();
        return fetcher.fetch(world.above, {world.wanted(sha256)}, {}) == 1 && world.nearby[sha256] == 0 &&
               world.crossed[sha256] >= 200'000;
    };
    auto elsewhere = world.as_asked(world.above);
    elsewhere.open_key = core::base64(auth::ed25519::make_pair().open);
    world.neighbours = [&] { return std::vector{elsewhere}; };
    CHECK(fetched(content));

    int asked = 0;
    http::Router router;
    router
        .raw(http::Method::post, manifests_nearby, http::Access::open(), "application/zstd",
             [&](http::Call& call) {
                 ++asked;
                 return http::Response::problem(core::invalid("core.invalid"), call.trace_id);
             })
        .says("An error.")
        .not_remembered();
    http::Options options;
    options.port = 0;
    options.temp_dir = world.folder;
    http::Server failing(options, router, nullptr);
    failing.start();
    elsewhere.url = "http://127.0.0.1:" + std::to_string(failing.port());
    auto fetcher = world.fetcher();
    CHECK(fetcher.fetch(world.above, {world.wanted(other)}, {}) == 1);
    CHECK(fetcher.fetch(world.above, {world.wanted(third)}, {}) == 1);
    CHECK(asked == 1);  // the second time it was left out
    failing.stop();

    auto const last = world.for_all("时间", film_of(200'000, 12));
    elsewhere = world.as_asked(world.above);
    world.near_server->stop();
    CHECK(fetched(last));
}

TEST_CASE("a neighbour gives what is published and nothing else, and no manifest that the parent did not sign") {
    NeighbourWorld world;
    auto const shared = world.for_all("全区", film_of(40'000, 20));
    auto const own =
        world.in_library("本校", film_of(40'000, 21), resources::Scope::school, world.teacher(world.jinpen));
    world.bring_near({shared, own});
    auto const draft = world.upload_file(world.teacher(world.jinpen), "草稿.pdf", film_of(9'000, 22));
    auto const secret = world.files.find(world.district(), draft)->sha256;
    world.near_contents.adopt(world.contents.open(secret).value());
    CHECK(world.said_of(shared) == nodes::Giving::given);
    for (auto const& one : {own, secret, std::string("no digest"), std::string(64, '0')})
        CHECK(world.said_of(one) == nodes::Giving::refused);
    for (auto const& one : {own, secret}) {
        nodes::ChunksRequest request;
        request.contents.push_back({one, {0, 100}});
        CHECK(nodes::ask(world.box_site(), world.as_asked(world.above), chunks_nearby, core::json::write(request))
                  .status == 404);
    }
    // Its manifest says what the parent signed; one that somebody else signed is not believed.
    world.above.open_key = core::base64(auth::ed25519::make_pair().open);
    world.server->stop();
    CHECK(world.fetch({shared}) == 0);
    CHECK(!world.box_contents.open(shared));
}

TEST_CASE("what is for an area is given to the boxes of that area only") {
    NeighbourWorld world;
    auto const content = world.in_library("片区", film_of(9'000, 27), resources::Scope::area, world.teacher());
    auto asker = world.child;
    asker.nearby = true;
    CHECK(nodes::may_have(world.hub, asker, {content}).contains(content));  // mingxin, in the area of heba
    asker.peer.root_org_id = world.jinpen.id.text();
    CHECK(nodes::may_have(world.hub, asker, {content}).empty());
}

TEST_CASE("what is recalled is given to no neighbour any more") {
    NeighbourWorld world;
    auto const content = world.for_all("面积", film_of(40'000, 23));
    world.bring_near({content});
    CHECK(world.said_of(content) == nodes::Giving::given);
    world.transact([&](sql::Tx& tx) {
        tx.execute("UPDATE resource SET state = 'recalled' WHERE district_id = $1", tx.district());
    });
    world.near_db->transact(test::district, [&](sql::Tx& tx) {
        tx.execute("UPDATE resource SET state = 'recalled' WHERE district_id = $1", tx.district());
    });
    CHECK(world.said_of(content) == nodes::Giving::refused);
}

TEST_CASE("only who is named as a neighbour is heard: no stranger, no forged, repeated or unsigned question") {
    NeighbourWorld world;
    auto const content = world.for_all("面积", film_of(40'000, 24));
    world.bring_near({content});
    auto const stranger = world.joined(world.heba.id, "/stranger-keys");
    nodes::Site const site{world.db(), world.machine, world.clock, world.shapes, world.folder + "/stranger-keys",
                           "0.2.0",    false};
    auto const text = core::json::write(nodes::ManifestsRequest{{content}, false});
    auto answer = nodes::ask(site, world.as_asked(stranger), manifests_nearby, text);
    CHECK(answer.status == 401);
    CHECK(nodes::said(answer) == "nodes.unknown");
    // In the name of the one that may, with a key of its own.
    answer = nodes::ask(site, world.as_asked(world.above), manifests_nearby, text);
    CHECK(nodes::said(answer) == "nodes.bad_signature");

    auto const body = nodes::pack(text);
    std::map<std::string, std::string> headers;
    auto const first = nodes::send_signed(
        world.box_site(), world.as_asked(world.above), {"POST", manifests_nearby, body}, [&](auto const& signed_by) {
            headers = signed_by;
            headers["Content-Type"] = "application/zstd";
            return nodes::post(world.near_address() + manifests_nearby, headers, body);
        });
    CHECK(first.status == 200);
    auto const again = nodes::post(world.near_address() + manifests_nearby, headers, body);
    CHECK(again.status == 401);
    CHECK(nodes::said(again) == "nodes.ticket");
    CHECK(nodes::post(world.near_address() + manifests_nearby, {{"Content-Type", "application/zstd"}}, body).status ==
          401);
    CHECK(audited_acts(*world.near_db, "nodes.refused_request") == 2);  // the forged one and the repeated one
}

TEST_CASE("what is signed for a neighbour opens nothing at the parent, nor the other way round") {
    NeighbourWorld world;
    auto const content = world.for_all("面积", film_of(40'000, 25));
    world.bring_near({content});
    // So a neighbour that passes questions on to the hub in the asker's name learns nothing by them.
    auto const text = core::json::write(nodes::ManifestsRequest{{content}, false});
    for (std::string const path : {manifests_nearby, chunks_nearby}) {
        auto const answer = nodes::ask(world.box_site(), world.above, path, text);
        CHECK(answer.status == 401);
        CHECK(nodes::said(answer) == "nodes.unknown");
    }
    for (std::string const path : {"/api/v1/node/manifests", "/api/v1/node/chunks", "/api/v1/node/pull"})
        CHECK(world.ask({content}, path).status == 401);
}

TEST_CASE("a box that was shut out is refused by its neighbour, too; its replacement is heard") {
    NeighbourWorld world;
    auto const content = world.for_all("面积", film_of(40'000, 26));
    world.bring_near({content});
    CHECK(world.ask({content}).status == 200);
    REQUIRE(nodes::revoke(world.hub, world.caller(world.info_office), world.above.node).has_value());
    world.pull_near();
    auto const answer = world.ask({content});
    CHECK(answer.status == 403);
    CHECK(nodes::said(answer) == "nodes.revoked");
    CHECK(audited_acts(*world.near_db, "nodes.refused_request") == 1);

    auto const fresh = world.joined(world.mingxin.id, "/fresh-keys");
    world.pull_near();
    nodes::Site const site{world.db(), world.machine, world.clock, world.shapes, world.folder + "/fresh-keys",
                           "0.2.0",    false};
    auto const text = core::json::write(nodes::ManifestsRequest{{content}, false});
    CHECK(nodes::ask(site, world.as_asked(fresh), manifests_nearby, text).status == 200);
    CHECK(nodes::neighbours_here(world.db(), fresh).size() == 1);

    // Named no longer, it is a stranger.
    REQUIRE(nodes::set_neighbours(world.hub, world.caller(world.info_office), world.mingxin.id, {}).has_value());
    world.pull_near();
    CHECK(nodes::said(nodes::ask(site, world.as_asked(fresh), manifests_nearby, text)) == "nodes.unknown");
}

TEST_CASE("a neighbour that was shut out is asked no more") {
    NeighbourWorld world;
    CHECK(nodes::neighbours_here(world.db(), world.above).size() == 1);
    REQUIRE(nodes::revoke(world.hub, world.caller(world.info_office), world.near_above.node).has_value());
    CHECK(nodes::neighbours_here(world.db(), world.above).empty());
    auto const shown = nodes::list_neighbours(world.hub, world.caller(world.info_office), world.mingxin.id).value();
    REQUIRE(shown.items.size() == 1);
    CHECK(shown.items[0].state == nodes::NodeState::revoked);
}
