// How the bytes of files go up from a school's box: small ones at once, large ones as the line's plan lets them.
#include "modules/nodes/contents_up.hpp"
#include "modules/nodes/store.hpp"
#include "transfer_world.hpp"

using namespace santong;
using test::film_of;

namespace {

constexpr std::size_t small_film = 40'000, large_film = (1 << 20) + 300'000;

/// What the people of mingxin made at their box: its rows are at the hub, its bytes are not.
struct GoingUp : test::TransferWorld {
    core::FixedClock box_machine{core::system_now()};
    nodes::LinkPlan plan;
    int looks_for_records = 0;
    int records = 0;  ///< so many looks find some on their way

    GoingUp() {
        plan.day_percent = 0;
        auto const minute = core::Zone{plan.zone_minutes}.minute_of_day(box_machine.now());
        plan.windows = {{(minute + 120) % 1440, (minute + 180) % 1440}};
    }
    nodes::Sender sender(std::chrono::milliseconds turn = std::chrono::milliseconds(60'000)) {
        nodes::Site const site{db(), box_machine, clock, shapes, folder + "/box-keys", "0.2.0", false};
        nodes::Upward upward{box_contents};
        upward.plan = [this] { return plan; };
        upward.entries_wait = [this] { return ++looks_for_records <= records; };
        upward.turn = turn;
        upward.patience = std::chrono::milliseconds(1'000);
        return {site, std::move(upward)};
    }
    std::string made_there(std::string const& title, std::size_t size, unsigned seed) {
        resources::NewResource wish;
        auto const author = teacher(mingxin);
        wish.file_id = upload_file(author, title + ".pdf", film_of(size, seed));
        wish.about.title = title;
        wish.about.subject = "14";
        wish.about.grade_from = wish.about.grade_to = 3;
        wish.about.licence = resources::Licence::cc_by;
        wish.about.source = resources::Source::own_work;
        wish.about.attribution = "张老师";
        REQUIRE(resources::create(library, author, wish).has_value());
        auto const sha256 = files.find(district(), *wish.file_id)->sha256;
        box_contents.adopt(*contents.open(sha256));
        REQUIRE(contents.remove_unused_since(sha256, core::system_now().plus_days(1)));
        transact([&](sql::Tx& tx) {
            auto const bytes = files::disk::size_of(box_contents.open(sha256).value());
            nodes::store::put_told(tx, {sha256, bytes, core::system_now()});
        });
        return sha256;
    }
    bool is_above(std::string const& sha256) { return contents.open(sha256) && contents.verify(sha256); }
    void later() { box_machine.set(box_machine.now().plus_ms(20'000)); }
};

}  // namespace

TEST_CASE("outside the windows a small file goes up at once, and a large one when a window opens") {
    GoingUp world;
    auto const small = world.made_there("照片", small_film, 1);
    auto const large = world.made_there("实录", large_film, 2);
    auto sender = world.sender();
    auto const first = sender.round(world.above, {});
    CHECK(first.whole == 1);
    CHECK_FALSE(first.more);
    CHECK(world.is_above(small));
    CHECK_FALSE(world.is_above(large));
    CHECK(sender.round(world.above, {}).whole == 0);
    world.plan.windows.clear();
    CHECK(sender.round(world.above, {}).whole == 1);
    CHECK(world.is_above(large));
    CHECK(sender.round(world.above, {}).whole == 0);
}

TEST_CASE("a large file for which somebody waits above goes up whatever the plan says, and before the others") {
    GoingUp world;
    auto const other = world.made_there("别的实录", large_film, 3);
    auto const wanted = world.made_there("要看的实录", large_film + 200'000, 4);
    auto sender = world.sender();
    CHECK(sender.round(world.above, {}).whole == 0);
    nodes::note_waited_for(wanted);
    CHECK(sender.round(world.above, {}).whole == 0);  // it has asked just now
    world.later();
    CHECK(sender.round(world.above, {}).whole == 1);
    CHECK(world.is_above(wanted));
    CHECK_FALSE(world.is_above(other));
}

TEST_CASE("a small file that came meanwhile does not wait for the rest of a large one, which goes on where it was") {
    GoingUp world;
    world.plan.windows.clear();
    auto const large = world.made_there("实录", large_film, 5);
    auto sender = world.sender(std::chrono::milliseconds(0));
    CHECK(sender.round(world.above, {}).more);
    auto const small = world.made_there("照片", small_film, 6);
    auto const next = sender.round(world.above, {});
    CHECK(next.whole == 1);
    CHECK(next.more);
    CHECK(world.is_above(small));
    CHECK_FALSE(world.is_above(large));
    int rounds = 2;
    for (; rounds < 20 && !world.is_above(large); ++rounds) static_cast<void>(sender.round(world.above, {}));
    CHECK(rounds == 6);  // six blocks, each once
    CHECK(world.is_above(large));
}

TEST_CASE("a cap is kept on the way up") {
    GoingUp world;
    world.plan.windows.clear();
    world.plan.rate_kbit = 100'000;
    world.plan.cap_kbit = 8'000;  // a megabyte a second
    auto const large = world.made_there("实录", large_film, 7);
    auto sender = world.sender();
    auto const began = std::chrono::steady_clock::now();
    CHECK(sender.round(world.above, {}).whole == 1);
    auto const took = std::chrono::steady_clock::now() - began;
    CHECK(took >= std::chrono::milliseconds(1'000));  // five of six blocks were waited for
    CHECK(world.is_above(large));
}

TEST_CASE("records go before the bytes of files, and do not keep them back for ever") {
    GoingUp world;
    auto const small = world.made_there("照片", small_film, 8);
    world.records = 3;
    CHECK(world.sender().round(world.above, {}).whole == 1);
    CHECK(world.looks_for_records == 4);
    CHECK(world.is_above(small));
    auto const other = world.made_there("照片二", small_film, 9);
    world.records = 1'000'000;
    CHECK(world.sender().round(world.above, {}).whole == 1);
    CHECK(world.is_above(other));
}

TEST_CASE("a parent that cannot be reached keeps nothing and loses nothing") {
    GoingUp world;
    auto const small = world.made_there("照片", small_film, 10);
    auto gone = world.above;
    gone.url = "http://127.0.0.1:1";
    auto sender = world.sender();
    CHECK(sender.round(gone, {}).whole == 0);
    CHECK(sender.round(world.above, {}).whole == 1);
    CHECK(world.is_above(small));
}
