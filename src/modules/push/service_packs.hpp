#pragma once
// Packs on disks (U 盘): made at the hub for a school, taken at its box. Whoever carries one needs neither command line
// nor the machine itself.
#include <filesystem>
#include <set>

#include "modules/nodes/service_packs.hpp"
#include "modules/push/packs.hpp"
#include "modules/push/service_orders.hpp"
#include "platform/files/service.hpp"
#include "platform/jobs/runner.hpp"

namespace santong::push {

/// Where packs are written and read.
struct PackPlace {
    nodes::Site site;
    files::ContentStore& contents;
    chunks::KeptManifests& manifests;
    std::filesystem::path data;            ///< folder of the place
    std::optional<nodes::Parent> above{};  ///< who signs what is taken here
};

/// Schools that take packs: with a box of their own, or of the school above them.
std::set<core::OrgId> boxed_schools_of(sql::Tx& tx);
/// What a school may have of the library, each content once.
std::vector<nodes::Wanted> contents_for_school(sql::Tx& tx, sync::Shapes const& shapes, core::OrgId const& school,
                                               core::Instant since);
/// Of these orders, what may go into a pack: what is for one school or person only never does.
std::vector<nodes::Wanted> contents_of_orders(sql::Tx& tx, std::vector<OrderId> const& orders);
/// Takes what is good of a pack and writes down by which way it came. Refuses as `nodes::take_pack`, and
/// "push.pack_no_parent".
core::Result<nodes::PackTaken> take_pack(PackPlace const& place, std::filesystem::path const& file,
                                         nodes::PackProgress const& progress);

/// What the use cases work with.
struct PackDesk {
    Desk desk;
    PackPlace place;
    files::Files& files;
    jobs::Jobs& jobs;
};

/// What a pack would be, before it is made.
struct PushPackPlan {
    std::string name;
    std::int64_t contents = 0;
    std::int64_t bytes = 0;
    std::int64_t left_out = 0;  ///< contents of the orders that are not for packs
    std::int64_t most_bytes = most_pack_bytes;
    bool room = true;  ///< the hub's disk has room for it
};
BOOST_DESCRIBE_STRUCT(PushPackPlan, (), (name, contents, bytes, left_out, most_bytes, room))

struct PushPackRow {
    PushPackAbout pack;
    std::string school;
    bool mine = false;  ///< its progress is the caller's to see
};
BOOST_DESCRIBE_STRUCT(PushPackRow, (), (pack, school, mine))
/// An order that runs for a school.
struct PushPackOrder {
    OrderId order_id;
    std::string title;
    std::int64_t bytes = 0;
};
BOOST_DESCRIBE_STRUCT(PushPackOrder, (), (order_id, title, bytes))
struct PushPackSchool {
    core::OrgId school_id;
    std::string name;
    std::vector<PushPackOrder> orders;  ///< the newest first
};
BOOST_DESCRIBE_STRUCT(PushPackSchool, (), (school_id, name, orders))
struct PushPackList {
    core::Instant now;
    bool box = false;  ///< packs are taken here; else they are made here
    std::int64_t most_bytes = most_pack_bytes;
    std::int32_t days = pack_days;
    std::vector<PushPackSchool> schools;  ///< with a box, for which the caller may make packs
    std::vector<PushPackRow> items;       ///< the newest first
};
BOOST_DESCRIBE_STRUCT(PushPackList, (), (now, box, most_bytes, days, schools, items))

/// An uploaded pack (tus, `purpose pack`) that is to be taken.
struct PushPackArrival {
    core::FileId file_id;
};
BOOST_DESCRIBE_STRUCT(PushPackArrival, (), (file_id))

/// Packs of the schools for which the caller may carry them.
core::Result<PushPackList> list_packs(PackDesk const& at, auth::Caller const& caller);
/// Refuses "push.pack_made_above" at a box, "push.not_found" for an order that is not for the school,
/// "push.pack_hosted" where the school works on the hub, "push.pack_empty".
core::Result<PushPackPlan> plan_pack(PackDesk const& at, auth::Caller const& caller, PushPackWish const& wish);
/// Begins to make it. Refuses as `plan_pack`, and "push.pack_too_large" {size} {limit}, "push.pack_no_room",
/// "push.pack_too_many" {max}.
core::Result<PushPackRow> make_pack(PackDesk const& at, auth::Caller const& caller, PushPackWish const& wish);
/// The file of one that is ready, under its name. Refuses "push.pack_not_found", "push.pack_not_ready".
struct PackFile {
    std::filesystem::path path;
    PushPackAbout pack;
};
core::Result<PackFile> pack_file(PackDesk const& at, auth::Caller const& caller, PackId const& id);
/// Begins to take an uploaded pack. Refuses "push.pack_no_parent" where there is nobody who could have signed it,
/// "files.not_a_pack", "files.not_found", "push.pack_no_room".
core::Result<PushPackRow> begin_taking(PackDesk const& at, auth::Caller const& caller, PushPackArrival const& arrival);
/// Forgets one, and its file; work on it stops.
core::Result<core::Nothing> remove_pack(PackDesk const& at, auth::Caller const& caller, PackId const& id);

void register_pack_jobs(jobs::JobRunner& runner, PackDesk const& at);
/// Made packs that have expired go with their files; what was taken is forgotten after a month.
void forget_packs(PackDesk const& at, core::DistrictId district);

}  // namespace santong::push
