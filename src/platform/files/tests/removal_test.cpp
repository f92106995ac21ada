#include "files_world.hpp"

using namespace santong::test;
namespace core = santong::core;
namespace files = santong::files;
using santong::http::Method;

namespace {

constexpr std::int64_t day_ms = 86'400'000;

void make_old(FilesWorld& world) {
    world.contents.each([&](std::string const& digest) {
        fs::last_write_time(world.contents.open(digest).value(),
                            fs::file_time_type::clock::now() - std::chrono::hours(72));
    });
}

int contents(FilesWorld& world) {
    int number = 0;
    world.contents.each([&](std::string const&) { ++number; });
    return number;
}

}  // namespace

TEST_CASE("a file that nobody uses goes after its grace, one in use stays, and so does what was made from it") {
    FilesWorld world;
    auto const used = world.uploaded(world.teacher, "used.pdf", pdf);
    auto const loose = world.uploaded(world.teacher, "loose.png", png);
    auto const small = world.kept.keep(district, {"t.txt", world.teacher.account, {}}, "thumbnail").value().id;
    world.database->transact(district, [&](santong::sql::Tx& tx) {
        (void)world.kept.hold(tx, used, "test.Shelf", "1");
        world.kept.set_derived(tx, used, "thumbnail", small);
    });
    CHECK(world.kept.remove_unused_files(district, day_ms) == 0);
    world.clock.set(world.clock.now().plus_days(2));
    CHECK(world.kept.remove_unused_files(district, day_ms) == 1);
    CHECK_FALSE(world.kept.find(district, loose));
    CHECK(world.kept.find(district, small));
    world.database->transact(district, [&](santong::sql::Tx& tx) { world.kept.release(tx, used, "test.Shelf", "1"); });
    CHECK(world.kept.remove_unused_files(district, day_ms) == 2);
    CHECK(world.kept.remove_unused_contents(day_ms) == 0);
    make_old(world);
    CHECK(world.kept.remove_unused_contents(day_ms) == 3);
    CHECK(contents(world) == 0);
}

TEST_CASE("a content that a file of another district names stays") {
    FilesWorld world;
    (void)world.kept.keep(110101, {"a.pdf", world.teacher.account, {}}, pdf).value();
    (void)world.uploaded(world.teacher, "a.pdf", pdf);
    world.clock.set(world.clock.now().plus_days(2));
    CHECK(world.kept.remove_unused_files(district, day_ms) == 1);
    make_old(world);
    CHECK(world.kept.remove_unused_contents(day_ms) == 0);
    CHECK(contents(world) == 1);
}

TEST_CASE("verification names damaged and missing contents, and their files say so") {
    FilesWorld world;
    auto const good = world.uploaded(world.teacher, "good.pdf", pdf);
    auto const bad = world.uploaded(world.teacher, "bad.txt", "bytes");
    auto const gone = world.uploaded(world.teacher, "gone.txt", "other");
    auto const path_of = [&](core::FileId const& id) { return world.kept.open(world.kept.find(district, id).value()); };
    std::ofstream(path_of(bad), std::ios::in | std::ios::out).put('B');
    fs::remove(path_of(gone));
    auto const found = world.kept.verify({district});
    CHECK(found.contents == 2);
    CHECK(found.damaged.size() == 1);
    CHECK(found.missing.size() == 1);
    auto const get = [&](core::FileId const& id) {
        return world.call(world.teacher, Method::get, "/api/v1/files/" + id.text());
    };
    CHECK(get(good).status == 200);
    CHECK(get(bad).status == 410);
    CHECK(get(gone).status == 410);
    (void)world.contents.put("other");
    CHECK(world.kept.verify({district}).missing.empty());
    CHECK(get(gone).status == 200);
}

TEST_CASE("a file that is let go at once goes with its content, unless it is held or another file has the same") {
    FilesWorld world;
    auto const held = world.uploaded(world.teacher, "held.pdf", pdf);
    auto const same = world.uploaded(world.teacher, "same.pdf", pdf);
    world.database->transact(district,
                             [&](santong::sql::Tx& tx) { (void)world.kept.hold(tx, held, "test.Shelf", "1"); });
    make_old(world);
    world.kept.discard(district, held);
    CHECK(world.kept.find(district, held));
    world.kept.discard(district, same);
    CHECK_FALSE(world.kept.find(district, same));
    CHECK(contents(world) == 1);
    world.database->transact(district, [&](santong::sql::Tx& tx) { world.kept.release(tx, held, "test.Shelf", "1"); });
    world.kept.discard(district, held);
    CHECK(contents(world) == 0);
}
