// Packs on disks in the browser: made at the hub by a job, fetched, uploaded at the box and taken by another one.
#include <fstream>

#include "modules/push/service_packs.hpp"
#include "modules/push/store.hpp"
#include "platform/files/media_type.hpp"
#include "platform/files/uploads.hpp"
#include "platform/jobs/runner.hpp"
#include "transfer_world.hpp"

using namespace santong;
using namespace santong::push;
using test::film_of;
using test::TransferWorld;
namespace fs = std::filesystem;

namespace {

template <class T>
std::string said(core::Result<T> const& answer) {
    if (answer) return "done";
    if (answer.error().problems.empty()) return answer.error().key;
    return answer.error().problems.front().pointer + " " + answer.error().problems.front().key;
}

/// A hub with three published films and an order of them for mingxin, and mingxin's box.
struct DiskWorld : TransferWorld {
    DiskWorld() {
        for (unsigned i = 0; i < 3; ++i)
            all.push_back(for_all("课件" + std::to_string(i), film_of(5'000 + i * 300'000, 70 + i)));
        push::PushWish wish;
        wish.resources = read([](sql::Tx& tx) {
            return tx.column<resources::ResourceId>("SELECT id FROM resource WHERE district_id = $1", tx.district());
        });
        wish.schools = {mingxin.id};
        order = make_order(above_desk().desk, caller(info_office), wish).value().order.id;
    }

    PackDesk above_desk() {
        return {{db(), clock, &contents}, {hub, contents, hub_manifests, folder, {}}, files, jobs};
    }
    PackDesk box_desk() {
        nodes::Site const site{db(), machine, clock, shapes, folder + "/box-keys", "0.2.0", false};
        return {{db(), clock, &box_contents, true},
                {site, box_contents, box_manifests, folder + "/box", above},
                box_files,
                jobs};
    }
    auth::Caller technician() { return caller(mingxin.technician); }

    bool work(PackDesk const& at) {
        jobs::RunnerOptions options;
        options.districts = {district()};
        jobs::JobRunner runner(jobs, nullptr, options);
        register_pack_jobs(runner, at);
        return runner.run_one();
    }
    PushPackAbout seen(PackDesk const& at) { return list_packs(at, technician()).value().items.at(0).pack; }
    /// Makes a pack of what waits for a school; answers its file.
    fs::path made(core::OrgId const& school) {
        auto const row = make_pack(above_desk(), caller(info_office), {school, PushPackScope::orders, {order}});
        REQUIRE(row.has_value());
        REQUIRE(work(above_desk()));
        return pack_file(above_desk(), caller(info_office), row->pack.id).value().path;
    }
    core::Result<files::Upload> sent(fs::path const& file, std::string const& name = "course.stpack") {
        auto const size = files::disk::size_of(file);
        auto const begun = uploads.create(technician(), {size, name, "purpose cGFjaw=="});
        if (!begun) return begun.error();
        return uploads.append(technician(), begun->id, {0, size, file, {}});
    }
    /// What became of a pack that was brought to the box.
    PushPackAbout taken(fs::path const& file) {
        auto const upload = sent(file).value();
        REQUIRE(begin_taking(box_desk(), technician(), {*upload.file_id}).has_value());
        REQUIRE(work(box_desk()));
        CHECK_FALSE(box_files.find(district(), *upload.file_id).has_value());
        return seen(box_desk());
    }
    int here() {
        int count = 0;
        for (auto const& one : all) count += box_contents.open(one) && box_contents.verify(one) ? 1 : 0;
        return count;
    }

    std::vector<std::string> all;
    OrderId order;
    files::Files box_files{db(), box_contents, clock};
    files::Uploads uploads{box_files, folder + "/uploads", {}};
    jobs::Jobs jobs{db(), files, clock};
};

}  // namespace

TEST_CASE("a pack of what waits is made by a job, fetched under school and date, and taken at the box") {
    DiskWorld world;
    auto const wish = PushPackWish{world.mingxin.id, PushPackScope::waiting, {}};
    auto const plan = plan_pack(world.above_desk(), world.technician(), wish).value();
    CHECK(plan.name == world.mingxin.name + "-20141120.stpack");
    CHECK(plan.contents == 3);
    CHECK(plan.bytes > 900'000);
    CHECK(plan.room);
    auto const schools = list_packs(world.above_desk(), world.technician()).value().schools;
    REQUIRE(schools.size() == 1);
    REQUIRE(schools[0].orders.size() == 1);
    CHECK(schools[0].orders[0].order_id == world.order);
    CHECK(schools[0].orders[0].bytes == plan.bytes);
    CHECK(list_packs(world.above_desk(), world.caller(world.jinpen.technician)).value().schools.empty());
    auto const begun = make_pack(world.above_desk(), world.technician(), wish).value();
    CHECK(begun.pack.state == PushPackState::working);
    CHECK(begun.mine);
    CHECK(said(pack_file(world.above_desk(), world.technician(), begun.pack.id)) == "push.pack_not_ready");
    REQUIRE(world.work(world.above_desk()));
    auto const file = pack_file(world.above_desk(), world.technician(), begun.pack.id).value();
    CHECK(file.pack.name == plan.name);
    CHECK(file.pack.size == files::disk::size_of(file.path));
    CHECK(file.pack.missing.empty());

    auto const taken = world.taken(file.path);
    CHECK(taken.state == PushPackState::ready);
    CHECK(taken.came == 3);
    CHECK(taken.contents == 3);
    CHECK(taken.problem.empty());
    CHECK_FALSE(taken.for_other);
    CHECK(world.here() == 3);
    auto const ways = world.read([](sql::Tx& tx) {
        return tx.column<std::string>("SELECT DISTINCT way FROM push_arrival WHERE district_id = $1", tx.district());
    });
    CHECK(ways == std::vector<std::string>{"pack"});
    auto const receipt =
        world.read([&](sql::Tx& tx) { return push::store::receipt(tx, receipt_id(world.order, world.mingxin.id)); });
    REQUIRE(receipt.has_value());
    CHECK(receipt->way == PushWay::pack);
    CHECK(receipt->checked_at.has_value());
    auto const again = world.taken(file.path);
    CHECK(again.came == 0);
    CHECK(again.here_already == 3);
}

TEST_CASE("what of the library a school may have fits into a pack too, as by the command") {
    DiskWorld world;
    auto const plan =
        plan_pack(world.above_desk(), world.technician(), {world.mingxin.id, PushPackScope::library, {}}).value();
    auto const listed =
        world.read([&](sql::Tx& tx) { return contents_for_school(tx, world.shapes, world.mingxin.id, {}); });
    CHECK(plan.contents == static_cast<std::int64_t>(listed.size()));
    CHECK(plan.contents >= 3);
}

TEST_CASE("a pack is refused for a school on the hub, a foreign caller, an order of others, and where nothing waits") {
    DiskWorld world;
    auto const at = world.above_desk();
    auto const office = world.caller(world.info_office);
    auto const plan = [&](auth::Caller const& caller, PushPackWish const& wish) {
        return said(plan_pack(at, caller, wish));
    };
    CHECK(plan(office, {world.jinpen.id, PushPackScope::waiting, {}}) == "push.pack_hosted");
    auto const boxed = world.read([](sql::Tx& tx) { return boxed_schools_of(tx); });
    CHECK(boxed.contains(world.mingxin.id));
    CHECK(!boxed.contains(world.jinpen.id));
    CHECK(plan(office, {world.mingxin.id, PushPackScope::orders, {}}) == "/orders core.required");
    CHECK(plan(office, {world.mingxin.id, PushPackScope::orders, {OrderId::make()}}) == "/orders push.not_found");
    CHECK(plan(world.caller(world.jinpen.technician), {world.mingxin.id, {}, {}}) == "core.forbidden");
    CHECK(plan(world.principal(world.mingxin), {world.mingxin.id, {}, {}}) == "core.forbidden");
    CHECK(plan(world.pupil(), {world.mingxin.id, {}, {}}) == "core.forbidden");
    CHECK(said(plan_pack(world.box_desk(), office, {world.mingxin.id, {}, {}})) == "push.pack_made_above");
    world.transact([&](sql::Tx& tx) {
        tx.execute("UPDATE push_content SET size = 2000000000 WHERE district_id = $1", tx.district());
    });
    CHECK(said(make_pack(at, office, {world.mingxin.id, PushPackScope::waiting, {}})) == "push.pack_too_large");
    world.transact([&](sql::Tx& tx) {
        tx.execute("UPDATE push_order SET state = 'cancelled' WHERE district_id = $1", tx.district());
    });
    CHECK(plan(office, {world.mingxin.id, PushPackScope::waiting, {}}) == "push.pack_empty");
    CHECK(list_packs(at, office)->items.empty());
}

TEST_CASE("a foreign, an unreadable and a damaged pack are named, and nothing is lost") {
    DiskWorld world;
    auto const file = world.made(world.mingxin.id);
    auto const damaged = world.folder + "/damaged.stpack";
    fs::copy_file(file, damaged);
    {
        std::fstream out(damaged, std::ios::binary | std::ios::in | std::ios::out);
        out.seekp(static_cast<std::int64_t>(fs::file_size(damaged)) - 300'000);
        out << "damaged here";
    }
    auto const right = world.above;
    world.above.open_key = core::base64(auth::ed25519::make_pair().open);
    auto taken = world.taken(file);
    CHECK(taken.state == PushPackState::failed);
    CHECK(taken.problem == "nodes.pack_foreign");
    world.above = right;
    auto const text = world.folder + "/letter.stpack";
    std::ofstream(text) << "STPK and a letter";
    taken = world.taken(text);
    CHECK(taken.problem == "nodes.pack_unreadable");
    CHECK(world.here() == 0);
    taken = world.taken(damaged);
    CHECK(taken.state == PushPackState::ready);
    CHECK(taken.came == 2);
    CHECK(taken.missing_count == 1);
    CHECK(taken.missing.size() == 1);
    CHECK(world.here() == 2);
    taken = world.taken(file);
    CHECK(taken.came == 1);
    CHECK(taken.here_already == 2);
    CHECK(world.here() == 3);
}

TEST_CASE("a pack for another school says whose it is, and brings what is known here") {
    DiskWorld world;
    auto const file = world.folder + "/other.stpack";
    nodes::PackWish wish{file, {}, world.jinpen.id.text(), world.jinpen.name};
    for (auto const& one : world.all) wish.contents.push_back(world.wanted(one));
    nodes::write_pack(world.hub, world.contents, world.hub_manifests, world.district(), wish);
    auto const taken = world.taken(file);
    CHECK(taken.for_other);
    CHECK(taken.made_for == world.jinpen.name);
    CHECK(taken.came + taken.not_for_here == 3);
    // At the box of a school that does not know it, the pack itself says the name.
    wish.org_id = core::OrgId::make().text();
    nodes::write_pack(world.hub, world.contents, world.hub_manifests, world.district(), wish);
    CHECK(world.taken(file).made_for == world.jinpen.name);
    CHECK(world.taken(world.made(world.mingxin.id)).made_for.empty());
}

TEST_CASE("only a pack is taken, only by who carries packs for the school, and only where somebody signs them") {
    DiskWorld world;
    fs::path const film = fs::path(world.folder) / "junk";
    std::ofstream(film) << "not a pack";
    auto const junk = world.taken(film);
    CHECK(junk.state == PushPackState::failed);
    CHECK(junk.problem == "nodes.pack_unreadable");
    CHECK(said(world.sent(film, "course.pdf")) == "files.not_a_pack");
    auto const usual =
        world.box_files.keep(world.district(), {"a.pdf", world.technician().account, {}}, film_of(90, 3));
    CHECK(said(begin_taking(world.box_desk(), world.technician(), {usual->id})) == "/file_id files.not_a_pack");
    auto const upload = world.sent(world.made(world.mingxin.id)).value();
    CHECK(said(begin_taking(world.box_desk(), world.caller(world.jinpen.technician), {*upload.file_id})) ==
          "core.forbidden");
    CHECK(said(begin_taking(world.box_desk(), world.pupil(), {*upload.file_id})) == "core.forbidden");
    CHECK(said(begin_taking(world.box_desk(), world.caller(world.info_office), {*upload.file_id})) ==
          "files.not_found");
    CHECK(said(begin_taking(world.above_desk(), world.technician(), {*upload.file_id})) == "push.pack_no_parent");
    CHECK(world.here() == 0);
}

TEST_CASE("a pack goes when it expires or somebody deletes it; one whose work was stopped says so") {
    DiskWorld world;
    auto const at = world.above_desk();
    auto const file = world.made(world.mingxin.id);
    auto const id = world.seen(at).id;
    CHECK(said(remove_pack(at, world.caller(world.jinpen.technician), id)) == "push.pack_not_found");
    CHECK(said(pack_file(at, world.caller(world.jinpen.technician), id)) == "push.pack_not_found");
    world.clock.set(world.clock.now().plus_days(pack_days));
    forget_packs(at, world.district());
    CHECK_FALSE(fs::exists(file));
    CHECK(list_packs(at, world.technician())->items.empty());
    auto const second = world.made(world.mingxin.id);
    CHECK(said(remove_pack(at, world.technician(), world.seen(at).id)) == "done");
    CHECK_FALSE(fs::exists(second));
    auto const begun = make_pack(at, world.technician(), {world.mingxin.id, PushPackScope::waiting, {}}).value();
    CHECK(world.jobs.cancel(world.technician(), begun.pack.job_id).has_value());
    CHECK(world.seen(at).state == PushPackState::failed);
    CHECK(world.seen(at).problem == "push.pack_stopped");
}
