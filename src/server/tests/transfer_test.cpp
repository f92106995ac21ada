// How the bytes of files come to a school's box by the line.
#include "transfer_world.hpp"

using namespace santong;
using test::film_of;
using test::TransferWorld;
namespace fs = std::filesystem;

TEST_CASE("a file comes to the box by its chunks; of a new version only what is new crosses the line") {
    TransferWorld world;
    auto const first_bytes = film_of(1 << 20, 1);
    auto second_bytes = first_bytes;
    second_bytes.insert(400'000, film_of(20'000, 2));
    auto const first = world.for_all("面积", first_bytes);
    auto const second = world.for_all("面积 修订", second_bytes);
    CHECK(world.fetch({first}) == 1);
    CHECK(world.box_contents.verify(first));
    CHECK(world.crossed[first] >= 1 << 20);
    CHECK(world.crossed[first] < (1 << 20) * 102 / 100);
    CHECK(world.fetch({second}) == 1);
    CHECK(world.box_contents.verify(second));
    CHECK(world.crossed[second] < 20'000 + 2 * (64 << 10));
    CHECK(fs::is_empty(world.folder + "/arriving"));
    CHECK(world.fetch({first, second}) == 0);
}

TEST_CASE("small files come together; what somebody waits for comes first and whatever the plan of the line says") {
    TransferWorld world;
    std::vector<std::string> all;
    for (unsigned i = 0; i < 5; ++i)
        all.push_back(world.for_all("卡片" + std::to_string(i), film_of(3'000 + i * 9'000, 10 + i)));
    nodes::LinkPlan closed;
    closed.day_percent = 0;
    auto const minute = core::Zone{closed.zone_minutes}.minute_of_day(world.machine.now());
    closed.windows = {{(minute + 120) % 1440, (minute + 180) % 1440}};
    auto fetcher = world.fetcher([&] { return closed; });
    std::vector<nodes::Wanted> due;
    for (auto const& one : all) due.push_back(world.wanted(one));
    CHECK(fetcher.fetch(world.above, due, {}) == 0);
    CHECK(fetcher.progress().pausing);
    CHECK(fetcher.progress().contents_left == 5);
    fetcher.ask(world.wanted(all[3]));
    CHECK(fetcher.waiting() == 1);
    CHECK(fetcher.fetch(world.above, {}, {}) == 1);
    CHECK(fetcher.waiting() == 0);
    CHECK(world.box_contents.verify(all[3]));
    due[1].urgency = nodes::Urgency::now;
    CHECK(fetcher.fetch(world.above, due, {}) == 1);
    CHECK(world.box_contents.verify(all[1]));
    closed.windows.clear();
    CHECK(fetcher.fetch(world.above, {}, {}) == 3);
    auto const progress = fetcher.progress();
    CHECK(progress.contents_left == 0);
    CHECK(progress.bytes_done == progress.bytes_total);
    CHECK(!progress.pausing);
}

namespace {

/// Every look at it takes three seconds.
class LeapingClock final : public core::Clock {
public:
    core::Instant now() const override { return {at_ += 3'000}; }

private:
    mutable std::int64_t at_ = core::system_now().ms;
};

}  // namespace

TEST_CASE("an order of the highest priority does not wait for the rest that travels, nor its receipt") {
    TransferWorld world;
    LeapingClock const leaping;
    auto const rest = world.for_all("影片", film_of(6 << 20, 30));
    auto const urgent = world.for_all("急件", film_of(40'000, 31));
    std::vector<nodes::Wanted> now;
    nodes::Site const site{world.db(), leaping, world.clock, world.shapes, world.folder + "/box-keys", "0.2.0", false};
    nodes::Fetcher fetcher(site, {world.box_contents, world.box_manifests, world.folder + "/arriving", {}, {}, [&] {
                                      now = {world.wanted(urgent, nodes::Urgency::now)};
                                      return now;
                                  }});
    CHECK(fetcher.fetch(world.above, {world.wanted(rest)}, {}) == 0);
    REQUIRE(fetcher.pressed());
    CHECK(fetcher.fetch(world.above, {now.front(), world.wanted(rest)}, {}) == 1);  // and not the rest behind it
    CHECK(world.box_contents.verify(urgent));
    CHECK(!world.box_contents.open(rest).has_value());
    CHECK(!fetcher.pressed());
    CHECK(fetcher.fetch(world.above, {now.front(), world.wanted(rest)}, {}) == 1);
    CHECK(world.box_contents.verify(rest));
}

TEST_CASE("a child is given what it holds and nothing else") {
    TransferWorld world;
    auto const own = world.for_all("全区", film_of(40'000, 20));
    auto const foreign =
        world.in_library("外校", film_of(40'000, 21), resources::Scope::school, world.teacher(world.jinpen));
    auto const answer = world.giver.manifests(world.child, {{own, foreign, "no digest", std::string(64, '0')}, false});
    REQUIRE(answer.has_value());
    REQUIRE(answer->items.size() == 4);
    CHECK(answer->items[0].state == nodes::Giving::given);
    CHECK(answer->items[0].manifest.has_value());
    for (std::size_t i = 1; i < 4; ++i) {
        CHECK(answer->items[i].state == nodes::Giving::refused);
        CHECK(!answer->items[i].manifest.has_value());
    }
    CHECK(!world.giver.manifests(world.child, {{own}, true})->items[0].manifest.has_value());
    CHECK(world.giver.manifests(world.child, {std::vector<std::string>(1'001, own), true}).error().key ==
          "nodes.too_much");
    CHECK(world.giver.chunks(world.child, {{{own, {0, 100}}}, 0}).has_value());
    CHECK(world.giver.chunks(world.child, {{{own, {0, 100}}, {foreign, {0, 100}}}, 0}).error().key ==
          "files.not_found");
    for (auto const& spans : std::vector<std::vector<std::int64_t>>{{-1, 10}, {0, 0}, {0, 1 << 20}, {40'000, 100}})
        CHECK(world.giver.chunks(world.child, {{{own, spans}}, 0}).error().key == "nodes.bad_body");
    CHECK(world.fetch({foreign, own}) == 1);
    CHECK(!world.box_contents.open(foreign));
}

TEST_CASE(
    "a manifest that the parent did not sign, and a chunk that is not what it says, bring nothing into the store") {
    TransferWorld world;
    auto const content = world.for_all("面积", film_of(200'000, 30));
    auto const good_key = world.above.open_key;
    world.above.open_key = core::base64(auth::ed25519::make_pair().open);
    CHECK(world.fetch({content}) == 0);
    CHECK(!world.box_contents.open(content));
    world.above.open_key = good_key;

    REQUIRE(world.giver.manifests(world.child, {{content}, false}).has_value());
    auto const file = world.contents.open(content).value();
    {
        std::fstream out(file, std::ios::binary | std::ios::in | std::ios::out);
        out.seekp(150'000);
        out << "this was not there";
    }
    CHECK(world.fetch({content}) == 0);
    CHECK(!world.box_contents.open(content));
}

TEST_CASE("what came before the end of the process is not fetched again") {
    TransferWorld world;
    auto const bytes = film_of(600'000, 40);
    auto const content = world.for_all("面积", bytes);
    auto const manifest = chunks::cut_file(world.contents.open(content).value());
    std::int64_t here = 0;
    {
        nodes::Arriving arriving(world.box_contents, world.box_manifests, world.folder + "/arriving");
        arriving.begin({manifest});
        auto const missing = arriving.missing({content}, 400'000);
        for (auto const& one : missing) {
            CHECK(arriving.put(std::string_view(bytes).substr(static_cast<std::size_t>(one.from), one.chunk.size)));
            here += one.chunk.size;
        }
        CHECK(!arriving.put("a chunk that belongs nowhere"));
        CHECK(arriving.finish(content) == nodes::Arriving::Outcome::not_yet);
        CHECK(arriving.bytes_of(content) == here);
    }
    CHECK(world.fetch({content}) == 1);
    CHECK(world.box_contents.verify(content));
    CHECK(world.crossed[content] < static_cast<std::int64_t>(bytes.size()) - here + 10'000);
}
