#include "modules/push/service_packs.hpp"

#include <algorithm>

#include "core/json.hpp"
#include "modules/nodes/service_served.hpp"
#include "modules/push/pack_work.hpp"
#include "modules/push/permissions.hpp"
#include "modules/push/store.hpp"
#include "modules/push/store_packs.hpp"
#include "modules/push/sync.hpp"
#include "modules/resources/sync.hpp"
#include "modules/roster/service.hpp"
#include "platform/auth/audit.hpp"
#include "platform/files/media_type.hpp"
#include "platform/sync/outgoing.hpp"

namespace santong::push {

namespace fs = std::filesystem;

namespace {

constexpr std::int64_t disk_reserve = std::int64_t{256} << 20;
constexpr int taken_days = 30;

/// Contents once each, in the order in which they are named.
class PackList {
public:
    void add(std::string const& sha256, std::int64_t size) {
        if (listed_.insert(sha256).second) all_.push_back({sha256, size, nodes::Urgency::later});
    }
    std::vector<nodes::Wanted> take() { return std::move(all_); }

private:
    std::set<std::string> listed_;
    std::vector<nodes::Wanted> all_;
};

std::int64_t bytes_of(std::vector<nodes::Wanted> const& contents) {
    std::int64_t sum = 0;
    for (auto const& one : contents) sum += one.size;
    return sum;
}

/// The first school of the name is enough for a file: "明心小学-20141120.stpack".
std::string file_name(sql::Tx& tx, core::Instant now, roster::School const& school) {
    auto const day = roster::district(tx).zone().date_of(now).text();
    std::string digits;
    for (char const one : day) {
        if (one != '-') digits += one;
    }
    return school.name + '-' + digits + ".stpack";
}

}  // namespace

std::set<core::OrgId> boxed_schools_of(sql::Tx& tx) {
    std::set<core::OrgId> found;
    for (auto const& [school, box] : nodes::served_below(tx)) found.insert(school);
    return found;
}

namespace {

core::Result<roster::School> school_for(PackDesk const& at, sql::Tx& tx, auth::Caller const& caller,
                                        core::OrgId const& id) {
    if (at.desk.box) return core::conflict("push.pack_made_above");
    TRY_VOID(caller.require(tx, permissions::carry, id));
    auto school = TRY(roster::school(tx, id));
    if (!boxed_schools_of(tx).contains(id)) return core::conflict("push.pack_hosted");
    return school;
}

/// What lies on the school's box, for whichever of the schools that it serves.
std::set<std::string> there_at(sql::Tx& tx, core::OrgId const& school) {
    auto const served = nodes::served_below(tx);
    auto const box = served.find(school);
    auto there = store::whole_at(tx, school);
    for (auto const& [other, by] : served) {
        if (box != served.end() && by.node == box->second.node) there.merge(store::whole_at(tx, other));
    }
    return there;
}

core::Result<void> check_orders(sql::Tx& tx, PushPackWish const& wish) {
    if (wish.what != PushPackScope::orders) return {};
    if (wish.orders.empty()) return core::invalid_at("/orders", "core.required");
    for (auto const& id : wish.orders) {
        auto const targets = store::targets(tx, {id});
        if (std::ranges::find(targets, wish.school_id, &PushTarget::school_id) == targets.end())
            return core::invalid_at("/orders", "push.not_found");
    }
    return {};
}

/// A plan with what it is made of.
struct Planned {
    PushPackPlan plan;
    std::vector<nodes::Wanted> contents;
};

core::Result<Planned> planned(PackDesk const& at, sql::Tx& tx, auth::Caller const& caller, PushPackWish const& wish) {
    auto const school = TRY(school_for(at, tx, caller, wish.school_id));
    TRY_VOID(check_orders(tx, wish));
    Planned made;
    made.contents = contents_of_pack(tx, at.place.site.shapes, wish);
    if (made.contents.empty()) return core::conflict("push.pack_empty");
    auto& plan = made.plan;
    plan.name = file_name(tx, at.desk.clock.now(), school);
    plan.contents = static_cast<std::int64_t>(made.contents.size());
    plan.bytes = bytes_of(made.contents);
    plan.room = at.place.contents.free_bytes() > plan.bytes + disk_reserve;
    if (wish.what == PushPackScope::orders) {
        std::set<std::string> all;
        for (auto const& one : store::contents(tx, wish.orders)) all.insert(one.sha256);
        plan.left_out = static_cast<std::int64_t>(all.size()) - plan.contents;
    }
    return made;
}

std::string pack_megabytes(std::int64_t bytes) {
    return std::to_string((bytes + 999'999) / 1'000'000);
}

/// Work that was cancelled, or given up, says nothing more by itself.
PushPackRow row_of(PackDesk const& at, sql::Tx& tx, auth::Caller const& caller, PushPack const& pack) {
    PushPackRow row;
    row.pack = pack;
    if (pack.state == PushPackState::working) {
        auto const state = at.jobs.state(tx, pack.job_id);
        if (!state || jobs::ended(*state)) {
            row.pack.state = PushPackState::failed;
            row.pack.problem = "push.pack_stopped";
        }
    }
    if (auto const school = roster::school(tx, pack.school_id)) row.school = school->name;
    row.mine = pack.made_by == caller.person;
    return row;
}

core::Result<PushPack> pack_of(sql::Tx& tx, auth::Caller const& caller, PackId const& id) {
    auto pack = store::pack(tx, id);
    if (!pack || !caller.may(tx, permissions::carry, pack->school_id)) return core::not_found("push.pack_not_found");
    return std::move(*pack);
}

/// Schools with a box for which the caller may make packs, each with what runs for it.
std::vector<PushPackSchool> pack_schools(sql::Tx& tx, auth::Caller const& caller) {
    auto const running = store::orders(tx, {PushState::open, PushState::paused});
    std::vector<OrderId> ids;
    for (auto const& one : running) ids.push_back(one.id);
    auto const sizes = store::sizes(tx, ids);
    std::map<core::OrgId, std::set<OrderId>> wanted;
    for (auto const& target : store::targets(tx, ids)) wanted[target.school_id].insert(target.order_id);
    auto const boxed = boxed_schools_of(tx);
    std::vector<PushPackSchool> schools;
    for (auto const& school : roster::schools(tx)) {
        if (!boxed.contains(school.id) || !caller.may(tx, permissions::carry, school.id)) continue;
        auto& row = schools.emplace_back(PushPackSchool{school.id, school.name, {}});
        for (auto const& order : running) {
            auto const size = sizes.find(order.id);
            if (wanted[school.id].contains(order.id))
                row.orders.push_back({order.id, order.title, size == sizes.end() ? 0 : size->second.bytes});
        }
    }
    return schools;
}

void drop_files(PackDesk const& at, core::DistrictId district, PushPack const& pack) {
    std::error_code gone;
    fs::remove(made_file(at.place, pack.id), gone);
    fs::remove(nodes::pack_part(made_file(at.place, pack.id)), gone);
    if (pack.file_id) at.files.discard(district, *pack.file_id);
}

/// The rows of a pack, and its hold on what was uploaded; its job hears of it.
void drop_row(PackDesk const& at, sql::Tx& tx, PushPack const& pack) {
    if (pack.file_id) at.files.release(tx, *pack.file_id, pack_holder_type, pack.id.text());
    store::delete_pack(tx, pack.id);
}

}  // namespace

std::vector<nodes::Wanted> contents_for_school(sql::Tx& tx, sync::Shapes const& shapes, core::OrgId const& school,
                                               core::Instant since) {
    auto const all = resources::contents_of_library(tx, since);
    std::vector<std::string> ids;
    for (auto const& one : all) ids.push_back(one.id.text());
    auto const held = sync::held_of(tx, *shapes.find("resources.File"), school.text(), ids);
    std::set<std::string> const may(held.begin(), held.end());
    PackList list;
    for (auto const& one : all) {
        if (may.contains(one.id.text())) list.add(one.sha256, one.size);
    }
    return list.take();
}

std::vector<nodes::Wanted> contents_of_orders(sql::Tx& tx, std::vector<OrderId> const& orders) {
    std::set<std::string> library;
    for (auto const& one : resources::contents_of_library(tx, {})) library.insert(one.sha256);
    PackList list;
    for (auto const& order : orders) {
        for (auto const& one : store::contents(tx, {order})) {
            if (library.contains(one.sha256)) list.add(one.sha256, one.size);
        }
    }
    return list.take();
}

std::vector<nodes::Wanted> contents_of_pack(sql::Tx& tx, sync::Shapes const& shapes, PushPackWish const& wish) {
    switch (wish.what) {
        case PushPackScope::library: return contents_for_school(tx, shapes, wish.school_id, {});
        case PushPackScope::orders: return contents_of_orders(tx, wish.orders);
        case PushPackScope::waiting: break;
    }
    auto contents = contents_of_orders(tx, store::orders_for(tx, wish.school_id));
    auto const there = there_at(tx, wish.school_id);
    std::erase_if(contents, [&](nodes::Wanted const& one) { return there.contains(one.sha256); });
    return contents;
}

core::Result<PushPackList> list_packs(PackDesk const& at, auth::Caller const& caller) {
    return at.desk.db.read(caller.district, [&](sql::Tx& tx) -> core::Result<PushPackList> {
        PushPackList list;
        list.now = at.desk.clock.now();
        list.box = at.desk.box;
        if (!at.desk.box) list.schools = pack_schools(tx, caller);
        for (auto const& pack : store::packs(tx)) {
            if (caller.may(tx, permissions::carry, pack.school_id)) list.items.push_back(row_of(at, tx, caller, pack));
        }
        return list;
    });
}

core::Result<PushPackPlan> plan_pack(PackDesk const& at, auth::Caller const& caller, PushPackWish const& wish) {
    return at.desk.db.read(caller.district, [&](sql::Tx& tx) -> core::Result<PushPackPlan> {
        return TRY(planned(at, tx, caller, wish)).plan;
    });
}

core::Result<PushPackRow> make_pack(PackDesk const& at, auth::Caller const& caller, PushPackWish const& wish) {
    return at.desk.db.transact(caller.district, [&](sql::Tx& tx) -> core::Result<PushPackRow> {
        auto const made = TRY(planned(at, tx, caller, wish));
        if (made.plan.bytes > most_pack_bytes)
            return core::conflict("push.pack_too_large", {{"size", pack_megabytes(made.plan.bytes)},
                                                          {"limit", pack_megabytes(most_pack_bytes)}});
        if (!made.plan.room) return core::conflict("push.pack_no_room", {{"size", pack_megabytes(made.plan.bytes)}});
        auto const kept = store::packs(tx);
        if (std::ranges::count(kept, PushPackWay::made, &PushPack::way) >= std::ptrdiff_t{most_packs})
            return core::conflict("push.pack_too_many", {{"max", std::to_string(most_packs)}});
        PushPack pack;
        pack.id = PackId::make();
        pack.school_id = wish.school_id;
        pack.what = wish.what;
        pack.orders = wish.orders;
        pack.name = made.plan.name;
        pack.contents = made.plan.contents;
        pack.bytes = made.plan.bytes;
        pack.made_by = caller.person;
        pack.made_at = at.desk.clock.now();
        pack.job_id =
            at.jobs.add(tx, {pack_job, caller.account, pack.school_id, core::json::write(PackJobInput{pack.id})});
        store::insert_pack(tx, pack);
        auth::audit(tx, caller, {"push.pack", pack.id.text()});
        return row_of(at, tx, caller, pack);
    });
}

core::Result<PackFile> pack_file(PackDesk const& at, auth::Caller const& caller, PackId const& id) {
    auto const pack = TRY(at.desk.db.read(caller.district, [&](sql::Tx& tx) { return pack_of(tx, caller, id); }));
    auto path = made_file(at.place, id);
    if (pack.way != PushPackWay::made || pack.state != PushPackState::ready || !fs::exists(path))
        return core::conflict("push.pack_not_ready");
    return PackFile{std::move(path), pack};
}

core::Result<PushPackRow> begin_taking(PackDesk const& at, auth::Caller const& caller, PushPackArrival const& arrival) {
    if (!at.place.above) return core::conflict("push.pack_no_parent");
    return at.desk.db.transact(caller.district, [&](sql::Tx& tx) -> core::Result<PushPackRow> {
        auto const& school = at.place.above->org_id;
        TRY_VOID(caller.require(tx, permissions::carry, school));
        auto const file = TRY(at.files.own(tx, caller, arrival.file_id));
        if (file.media_type != files::pack_type) return core::invalid_at("/file_id", "files.not_a_pack");
        if (at.place.contents.free_bytes() < file.size + disk_reserve)
            return core::conflict("push.pack_no_room", {{"size", pack_megabytes(file.size)}});
        PushPack pack;
        pack.id = PackId::make();
        pack.way = PushPackWay::taken;
        pack.school_id = school;
        pack.name = file.name;
        pack.size = file.size;
        pack.file_id = file.id;
        pack.made_by = caller.person;
        pack.made_at = at.desk.clock.now();
        TRY_VOID(at.files.hold(tx, file.id, pack_holder_type, pack.id.text()));
        pack.job_id = at.jobs.add(tx, {pack_job, caller.account, school, core::json::write(PackJobInput{pack.id})});
        store::insert_pack(tx, pack);
        auth::audit(tx, caller, {"push.pack_taken", pack.id.text()});
        return row_of(at, tx, caller, pack);
    });
}

core::Result<core::Nothing> remove_pack(PackDesk const& at, auth::Caller const& caller, PackId const& id) {
    auto const pack = TRY(at.desk.db.transact(caller.district, [&](sql::Tx& tx) -> core::Result<PushPack> {
        auto known = TRY(pack_of(tx, caller, id));
        drop_row(at, tx, known);
        auth::audit(tx, caller, {"push.pack_removed", id.text()});
        return known;
    }));
    drop_files(at, caller.district, pack);
    return core::Nothing{};
}

void forget_packs(PackDesk const& at, core::DistrictId district) {
    auto const now = at.desk.clock.now();
    auto const old = at.desk.db.transact(district, [&](sql::Tx& tx) {
        std::vector<PushPack> found;
        for (auto const& pack : store::packs(tx)) {
            bool const over = pack.expires_at ? *pack.expires_at <= now : pack.made_at.plus_days(taken_days) <= now;
            if (!over) continue;
            drop_row(at, tx, pack);
            found.push_back(pack);
        }
        return found;
    });
    for (auto const& pack : old) drop_files(at, district, pack);
}

}  // namespace santong::push
