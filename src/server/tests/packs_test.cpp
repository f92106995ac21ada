// How the bytes of files come to a school's box on a disk.
#include "modules/nodes/service_packs.hpp"
#include "transfer_world.hpp"

using namespace santong;
using test::film_of;
using test::TransferWorld;
namespace fs = std::filesystem;

namespace {

/// A pack of some contents of the hub, and the box that takes it.
struct PackWorld : TransferWorld {
    PackWorld() {
        for (unsigned i = 0; i < 3; ++i)
            all.push_back(for_all("课件" + std::to_string(i), film_of(5'000 + i * 300'000, 50 + i)));
    }
    nodes::PackMade write(std::int64_t volume_bytes = 3'900'000'000, std::string const& school = {}) {
        nodes::PackWish wish;
        wish.file = file();
        wish.org_id = school.empty() ? mingxin.id.text() : school;
        wish.volume_bytes = volume_bytes;
        for (auto const& one : all) wish.contents.push_back(wanted(one));
        return nodes::write_pack(hub, contents, hub_manifests, district(), wish);
    }
    core::Result<nodes::PackTaken> take() {
        nodes::Site const site{db(), machine, clock, shapes, folder + "/box-keys", "0.2.0", false};
        nodes::FetcherPlace const place{
            box_contents,
            box_manifests,
            folder + "/arriving",
            {},
            [this](std::string const& sha256, nodes::CameBy const& by) { came[sha256] = by.way; }};
        return nodes::take_pack(site, above, place, file());
    }
    fs::path file() const { return folder + "/library.stpack"; }
    void alter(fs::path const& path, std::int64_t at) const {
        std::fstream out(path, std::ios::binary | std::ios::in | std::ios::out);
        out.seekp(at);
        out << "damaged here";
    }
    int here() {
        int count = 0;
        for (auto const& one : all) count += box_contents.open(one) && box_contents.verify(one) ? 1 : 0;
        return count;
    }

    std::vector<std::string> all;
    std::map<std::string, std::string> came;
};

}  // namespace

TEST_CASE("a pack brings its contents to the box, tells of each, and brings nothing twice") {
    PackWorld world;
    auto const made = world.write();
    CHECK(made.contents == 3);
    CHECK(made.volumes == 1);
    CHECK(made.missing.empty());
    auto const taken = world.take();
    REQUIRE(taken.has_value());
    CHECK(taken->came == 3);
    CHECK(taken->damaged.empty());
    CHECK(!taken->cut);
    CHECK(world.here() == 3);
    CHECK(world.came[world.all[1]] == "pack");
    auto const again = world.take();
    CHECK(again->came == 0);
    CHECK(again->here_already == 3);
}

TEST_CASE("a pack in volumes comes as one; with one volume gone the rest comes, and later the missing part") {
    PackWorld world;
    auto const made = world.write(400'000);
    REQUIRE(made.volumes == 2);
    auto const second = nodes::pack_volume(world.file(), 2);
    fs::rename(second, second.string() + "-away");
    auto taken = world.take();
    REQUIRE(taken.has_value());
    CHECK(taken->cut);
    CHECK(world.here() < 3);
    fs::rename(second.string() + "-away", second);
    taken = world.take();
    CHECK(!taken->cut);
    CHECK(taken->damaged.empty());
    CHECK(world.here() == 3);
}

TEST_CASE("of a damaged or cut pack the good is taken and the rest is named") {
    PackWorld world;
    world.write();
    auto const size = static_cast<std::int64_t>(fs::file_size(world.file()));
    world.alter(world.file(), size - 300'000);  // within the last, the largest
    auto const taken = world.take();
    REQUIRE(taken.has_value());
    CHECK(taken->came == 2);
    CHECK(taken->damaged == std::vector{world.all[2]});
    CHECK(world.here() == 2);
    world.write();
    fs::resize_file(world.file(), static_cast<std::uintmax_t>(size - 10'000));
    auto const cut = world.take();
    CHECK(cut->cut);
    CHECK(cut->damaged == std::vector{world.all[2]});
    world.write();
    CHECK(world.take()->came == 1);
    CHECK(world.here() == 3);
}

TEST_CASE("a pack of somebody else, and a file that is none, bring nothing") {
    PackWorld world;
    world.write();
    auto const right = world.above;
    world.above.open_key = core::base64(auth::ed25519::make_pair().open);
    CHECK(world.take().error().key == "nodes.pack_foreign");
    world.above = right;
    world.above.district = 430972;
    CHECK(world.take().error().key == "nodes.pack_foreign");
    world.above = right;
    world.alter(world.file(), 0);
    CHECK(world.take().error().key == "nodes.pack_unreadable");
    std::ofstream(world.file()) << "a letter";
    CHECK(world.take().error().key == "nodes.pack_unreadable");
    CHECK(world.here() == 0);
}

TEST_CASE("a pack for another school brings only what is known here") {
    PackWorld world;
    world.write(3'900'000'000, world.jinpen.id.text());
    // All of this place's records lie in one database in this test: every content is known.
    CHECK(world.take()->came == 3);
    test::TestDatabase empty;
    nodes::Site const site{*empty,  world.machine, world.clock, world.shapes, world.folder + "/box-keys",
                           "0.2.0", false};
    files::LocalContentStore contents(world.folder + "/other-files");
    nodes::FetcherPlace const place{contents, world.box_manifests, world.folder + "/arriving", {}, {}};
    auto const taken = nodes::take_pack(site, world.above, place, world.file());
    REQUIRE(taken.has_value());
    CHECK(taken->came == 0);
    CHECK(taken->not_for_here == 3);
}

TEST_CASE("a pack whose work was interrupted goes on behind the last content that was whole in it") {
    PackWorld world;
    nodes::PackWish wish;
    wish.file = world.file();
    wish.org_id = world.mingxin.id.text();
    wish.mark_every_ms = 0;
    for (auto const& one : world.all) wish.contents.push_back(world.wanted(one));
    struct Interrupted {};
    std::optional<nodes::PackMark> mark;
    wish.marked = [&](nodes::PackMark const& one) {
        mark = one;
        if (one.contents == 2) throw Interrupted{};
    };
    auto const write = [&] {
        return nodes::write_pack(world.hub, world.contents, world.hub_manifests, world.district(), wish);
    };
    CHECK_THROWS_AS(write(), Interrupted);
    REQUIRE(mark.has_value());
    CHECK_FALSE(fs::exists(world.file()));
    // Something was written behind the mark before the power went.
    auto const part = nodes::pack_part(world.file());
    std::ofstream(part, std::ios::binary | std::ios::app) << "half a record";
    wish.from = mark;
    std::int64_t first_said = -1;
    wish.marked = [&](nodes::PackMark const& one) {
        if (first_said < 0) first_said = one.contents;
    };
    auto const made = write();
    CHECK(first_said == 2);
    CHECK(made.contents == 3);
    CHECK(made.bytes > 900'000);
    auto const taken = world.take();
    REQUIRE(taken.has_value());
    CHECK(taken->came == 3);
    CHECK(taken->lost == 0);
    CHECK_FALSE(taken->cut);
    CHECK(world.here() == 3);
    // Nothing of it lies there any more: it is written anew.
    fs::remove(world.file());
    CHECK(write().contents == 3);
    CHECK(world.take()->here_already == 3);
}
