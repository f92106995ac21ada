// An edition over the one before: what comes to a school's box where it has something like it.
#include "core/json.hpp"
#include "modules/nodes/bases.hpp"
#include "modules/nodes/packing.hpp"
#include "modules/nodes/parent_ask.hpp"
#include "transfer_world.hpp"

using namespace santong;
using test::film_of;
using test::TransferWorld;
namespace fs = std::filesystem;

namespace {

/// Stands before the hub and answers as a program of another age would, or as a line that fails.
struct Between {
    /// `older`: it knows no bases. `become_older`: it said that it does, and does no longer. `cuts_once`: the first
    /// stream ends in its middle.
    enum class Manner { older, become_older, cuts_once };

    Between(TransferWorld& world_, Manner manner_) : world(world_), manner(manner_), real(world_.above.url) {
        for (std::string const path : {"/api/v1/node/manifests", "/api/v1/node/chunks"}) {
            router
                .raw(http::Method::post, path, http::Access::open(), "application/zstd",
                     [this](http::Call& call) { return pass_on(call); })
                .says("As the hub answers, or nearly.")
                .takes_up_to(1 << 20)
                .not_remembered();
        }
        http::Options options;
        options.port = 0;
        options.temp_dir = world.folder;
        server = std::make_unique<http::Server>(options, router, nullptr);
        server->start();
        world.above.url = "http://127.0.0.1:" + std::to_string(server->port());
    }

    http::Response pass_on(http::Call const& call) {
        bool const over_bases = nodes::unpack(call.body).value_or("").find("\"bases\"") != std::string::npos;
        if (over_bases) ++asked_over_bases;
        if (over_bases && manner != Manner::cuts_once)
            return http::Response::problem(core::invalid("core.invalid"), call.trace_id);
        std::map<std::string, std::string> headers{{"Content-Type", "application/zstd"}};
        for (auto const& [name, value] : call.headers)
            if (name.starts_with("santong-")) headers[name] = value;
        auto answer = nodes::post(real + call.path, headers, call.body);
        bool const manifests = call.path.ends_with("manifests");
        if (answer.status == 200 && manifests && manner == Manner::older) forget(answer, call);
        if (answer.status == 200 && !manifests && manner == Manner::cuts_once && !std::exchange(cut, true))
            answer.body.resize(answer.body.size() / 2);
        http::Response response;
        response.status = answer.status;
        response.content_type = answer.status == 200 ? "application/zstd" : "application/problem+json";
        response.body = answer.body;
        for (auto const& [name, value] : answer.headers)
            if (name.starts_with("santong-")) response.with(name, value);
        return response;
    }
    /// The answer of a program that has no word for it.
    void forget(nodes::LineAnswer& answer, http::Call const& call) const {
        auto text = nodes::unpack(answer.body).value();
        std::string const said = R"(,"can":["bases"])";
        REQUIRE(text.find(said) != std::string::npos);
        text.erase(text.find(said), said.size());
        answer.body = nodes::pack(text);
        auto const own = nodes::own_pair(world.hub.keys_folder);
        answer.headers["santong-signature"] = core::base64(
            auth::ed25519::sign(own.secret, nodes::answer_text(call.header("santong-ticket"), answer.body)));
    }

    TransferWorld& world;
    Manner manner;
    std::string real;
    int asked_over_bases = 0;
    bool cut = false;
    http::Router router;
    std::unique_ptr<http::Server> server;
};

/// A file and its next edition, which has `added` in the middle.
struct Editions {
    Editions(TransferWorld& world, std::size_t size, std::string const& added) {
        auto bytes = film_of(size, 70);
        first = world.for_all("面积", bytes);
        bytes.insert(size / 2 + 123, added);
        second = world.for_all("面积 修订", bytes);
    }
    std::string first, second;
};

constexpr std::int64_t one_chunk = 4 << 10;  ///< on average, of contents of this size

nodes::ChunksRequest over(std::string const& content, std::string const& base, std::int64_t from, std::int64_t size) {
    return {{{content, {0, 20'000}}}, 0, {{0, 0, base, from, size}}};
}

}  // namespace

TEST_CASE("of an edited file about the edit crosses the line, since the rest of its chunk lies at the box") {
    TransferWorld world;
    Editions const editions(world, 300'000, film_of(1'000, 71));
    CHECK(world.fetch({editions.first}) == 1);
    CHECK(world.fetch({editions.second}) == 1);
    CHECK(world.box_contents.verify(editions.second));
    CHECK(world.crossed[editions.second] > 1'000);
    CHECK(world.crossed[editions.second] < 1'400);
}

TEST_CASE(
    "an edition comes over the one before also where it grew by more than a base may hold, and at both its ends") {
    TransferWorld world;
    auto bytes = film_of(900'000, 72);
    auto const first = world.for_all("面积", bytes);
    bytes.insert(450'000, film_of(1'500'000, 73));
    bytes.insert(9, "a word at the beginning");
    bytes.insert(bytes.size() - 7, "a word at the end");
    auto const second = world.for_all("面积 修订", bytes);
    CHECK(world.fetch({first}) == 1);
    CHECK(world.fetch({second}) == 1);
    CHECK(world.box_contents.verify(second));
    CHECK(world.crossed[second] > 1'500'000);
    CHECK(world.crossed[second] < 1'505'000);
}

TEST_CASE("a box that was begun anew asks the parent first whether it knows bases") {
    TransferWorld world;
    Editions const editions(world, 300'000, film_of(1'000, 71));
    CHECK(world.fetch({editions.first}) == 1);
    auto const given = world.giver.manifests(world.child, {{editions.second}, false}).value();
    CHECK(given.can == std::vector<std::string>{"bases"});
    auto const digest = chunks::digest_from(editions.second).value();
    world.box_manifests.keep(digest, given.items.at(0).manifest.value());
    CHECK(world.fetch({editions.second}) == 1);
    CHECK(world.crossed[editions.second] < 1'400);
}

TEST_CASE("an older parent is never told of bases; one that has become older is told once") {
    TransferWorld world;
    Editions const editions(world, 300'000, film_of(1'000, 71));
    CHECK(world.fetch({editions.first}) == 1);
    auto const newer = world.above;
    SUBCASE("older") {
        Between hub(world, Between::Manner::older);
        CHECK(world.fetch({editions.second}) == 1);
        CHECK(hub.asked_over_bases == 0);
    }
    SUBCASE("become older") {
        Between hub(world, Between::Manner::become_older);
        CHECK(world.fetch({editions.second}) == 1);
        CHECK(hub.asked_over_bases == 1);
    }
    world.above = newer;
    CHECK(world.box_contents.verify(editions.second));
    CHECK(world.crossed[editions.second] > 1'400);
    CHECK(world.crossed[editions.second] < 1'000 + 8 * one_chunk);
}

TEST_CASE("a stream over bases that is cut in its middle goes on at the chunk") {
    TransferWorld world;
    Editions const editions(world, 300'000, film_of(40'000, 71));
    CHECK(world.fetch({editions.first}) == 1);
    Between hub(world, Between::Manner::cuts_once);
    CHECK(world.fetch({editions.second}) == 1);
    CHECK(hub.asked_over_bases == 2);
    CHECK(world.box_contents.verify(editions.second));
    CHECK(world.crossed[editions.second] > 40'000);
    CHECK(world.crossed[editions.second] < 40'000 + 4 * one_chunk + 1'000);  // the largest chunk is four times as long
}

TEST_CASE("a base that the parent has not is said to be unused, and the edition comes without") {
    TransferWorld world;
    Editions const editions(world, 300'000, film_of(1'000, 71));
    CHECK(world.fetch({editions.first}) == 1);
    CHECK(world.contents.remove_unused_since(editions.first, core::system_now().plus_ms(60'000)));
    CHECK(world.giver.chunks(world.child, over(editions.second, editions.first, 0, 1'000))->bases == "0");
    CHECK(world.fetch({editions.second}) == 1);
    CHECK(world.box_contents.verify(editions.second));
    CHECK(world.crossed[editions.second] > 1'400);
}

TEST_CASE("a base of another school's is as one that is nowhere; what is no base of this question is refused") {
    TransferWorld world;
    auto const own = world.for_all("全区", film_of(40'000, 20));
    auto const other = world.for_all("全区 另", film_of(40'000, 22));
    auto const foreign =
        world.in_library("外校", film_of(40'000, 21), resources::Scope::school, world.teacher(world.jinpen));
    auto const said = [&](nodes::ChunksRequest const& request) {
        return world.giver.chunks(world.child, request).value().bases;
    };
    CHECK(said({{{own, {0, 100}}}, 0}).empty());
    CHECK(said(over(own, other, 0, 1'000)) == "1");
    CHECK(said(over(own, foreign, 0, 1'000)) == "0");
    CHECK(said(over(own, std::string(64, '0'), 0, 1'000)) == "0");
    CHECK(said(over(own, "no digest", 0, 1'000)) == "0");
    CHECK(said(over(own, other, 39'900, 1'000)) == "0");  // beyond its end
    auto const refused = [&](nodes::ChunksRequest const& request) {
        return world.giver.chunks(world.child, request).error().key;
    };
    CHECK(refused(over(foreign, other, 0, 1'000)) == "files.not_found");
    for (auto const& [from, size] : std::vector<std::pair<std::int64_t, std::int64_t>>{
             {-1, 10}, {0, 0}, {0, -5}, {0, chunks::largest_base + 1}, {std::int64_t{1} << 62, 1 << 20}})
        CHECK((from > 0 ? said(over(own, other, from, size)) == "0"
                        : refused(over(own, other, from, size)) == "nodes.bad_body"));
    auto twice = over(own, other, 0, 1'000);
    twice.bases.push_back(twice.bases.front());
    CHECK(refused(twice) == "nodes.bad_body");
    auto nowhere = over(own, other, 0, 1'000);
    nowhere.bases.front().span = 1;
    CHECK(refused(nowhere) == "nodes.bad_body");
    nowhere.bases.front().content = -1;
    CHECK(refused(nowhere) == "nodes.bad_body");
    auto many = over(own, other, 0, 1'000);
    many.bases.resize(nodes::most_bases + 1, many.bases.front());
    CHECK(refused(many) == "nodes.too_much");
}

TEST_CASE("where the box's own copy is damaged the edition comes without bases") {
    TransferWorld world;
    Editions const editions(world, 300'000, film_of(1'000, 71));
    CHECK(world.fetch({editions.first}) == 1);
    {
        std::fstream out(world.box_contents.open(editions.first).value(),
                         std::ios::binary | std::ios::in | std::ios::out);
        out.seekp(150'000);
        for (int i = 0; i < 100; ++i) out << "this was not there ";
    }
    CHECK(world.fetch({editions.second}) == 1);
    CHECK(world.box_contents.verify(editions.second));
    CHECK(world.crossed[editions.second] > 1'400);
}

TEST_CASE("chunks that lie here are copied while others come, and those that are damaged come over the line") {
    TransferWorld world;
    Editions const editions(world, 3'000'000, film_of(500'000, 74));
    CHECK(world.fetch({editions.first}) == 1);
    auto const manifest = chunks::cut_file(world.contents.open(editions.second).value());
    {
        std::fstream out(world.box_contents.open(editions.first).value(),
                         std::ios::binary | std::ios::in | std::ios::out);
        out.seekp(200'000);
        out << "this was not there";
    }
    {
        nodes::Arriving arriving(world.box_contents, world.box_manifests, world.folder + "/arriving");
        arriving.begin({manifest});
        CHECK(arriving.bytes_of(editions.second) == 0);
        REQUIRE(arriving.relatives(editions.second).size() == 1);
        CHECK(chunks::hex_of(arriving.relatives(editions.second).front()) == editions.first);
        auto const before = arriving.missing({editions.second}, 1 << 30).size();
        CHECK(arriving.copy_some(100'000));
        CHECK(arriving.bytes_of(editions.second) >= 100'000);
        while (arriving.copy_some(1 << 20)) {}
        CHECK(arriving.bytes_of(editions.second) > 2'800'000);
        CHECK(arriving.missing({editions.second}, 1 << 30).size() == before + 1);
    }
    CHECK(world.fetch({editions.second}) == 1);
    CHECK(world.box_contents.verify(editions.second));
    CHECK(fs::is_empty(world.folder + "/arriving"));
}

TEST_CASE("which base is laid where follows from what the parent says of each") {
    nodes::ChunksRequest const request{
        {{"a", {0, 10, 50, 20}}, {"b", {7, 5}}}, 0, {{0, 1, "x", 0, 9}, {1, 0, "y", 0, 9}}};
    auto const both = nodes::bases_used(request, "11");
    REQUIRE(both.size() == 2);
    CHECK(both.at(10).sha256 == "x");
    CHECK(both.at(30).sha256 == "y");
    CHECK(nodes::bases_used(request, "01").size() == 1);
    CHECK(nodes::bases_used(request, "1").empty());
    CHECK(nodes::bases_used(request, "").empty());
}
