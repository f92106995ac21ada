#include <doctest/doctest.h>

#include "modules/roster/service_orgs.hpp"
#include "modules/roster/service_people.hpp"
#include "world.hpp"

using santong::test::World;
namespace auth = santong::auth;
namespace core = santong::core;
namespace roster = santong::roster;
namespace sql = santong::sql;

namespace {

struct Desk {
    World world;

    core::Result<roster::PersonDetail> page(auth::Caller const& caller, core::PersonId id) const {
        return roster::person_detail(world.db(), world.clock, caller, id);
    }
    core::Result<roster::PersonDetail> save(auth::Caller const& caller, core::PersonId id, std::int64_t version,
                                            roster::PersonChange change) const {
        return roster::change_person(world.db(), world.clock, caller, id, {std::move(change), version});
    }
    core::Result<roster::Org> save(auth::Caller const& caller, core::OrgId id, std::int64_t version,
                                   roster::OrgChange change) const {
        return roster::change_org(world.db(), world.clock, caller, id, {std::move(change), version});
    }
};

roster::PersonChange named(std::string const& name) {
    roster::PersonChange change;
    change.name = name;
    return change;
}

}  // namespace

TEST_CASE("who saves a person second is told what the first one changed, and undoes nothing") {
    Desk desk;
    auto const clerk = desk.world.caller(desk.world.heba.registry_clerk);
    auto const academic = desk.world.academic(desk.world.heba);
    auto const who = desk.world.heba.teachers[0];
    auto const seen = desk.page(clerk, who)->version;
    roster::PersonChange change;
    change.subject = "13";
    change.phone = "13712345678";
    auto const first = desk.save(clerk, who, seen, change);
    REQUIRE(first.has_value());
    CHECK(first->version == seen + 1);
    auto const second = desk.save(academic, who, seen, named("张改名"));
    REQUIRE(second.has_error());
    CHECK(second.error().code == core::ErrorCode::conflict);
    CHECK(second.error().key == "roster.changed_meanwhile");
    CHECK(second.error().params.at("by") == clerk.name);
    CHECK(second.error().params.at("fields") == "phone,subject");
    CHECK(desk.page(academic, who)->name != "张改名");
    CHECK(desk.page(academic, who)->subject == "13");
    CHECK(desk.save(academic, who, first->version, named("张改名"))->name == "张改名");
}

TEST_CASE("a save that changes nothing makes no version") {
    Desk desk;
    auto const clerk = desk.world.caller(desk.world.heba.registry_clerk);
    auto const who = desk.world.heba.teachers[1];
    auto const seen = desk.page(clerk, who);
    CHECK(desk.save(clerk, who, seen->version, named(seen->name))->version == seen->version);
}

TEST_CASE("a person whom an import has changed meanwhile is not overwritten either") {
    Desk desk;
    auto const clerk = desk.world.caller(desk.world.heba.registry_clerk);
    auto const who = desk.world.heba.teachers[0];
    auto const seen = desk.page(clerk, who);
    desk.world.transact([&](sql::Tx& tx) {
        roster::BulkRoster bulk;
        roster::PersonRecord record;
        record.id = who;
        record.name = seen->name;
        record.subject = "41";
        bulk.people = {record};
        REQUIRE(roster::write_bulk(tx, bulk, desk.world.clock).has_value());
    });
    CHECK(desk.save(clerk, who, seen->version, named("张改名")).error().key == "roster.changed_by_import");
}

TEST_CASE("who may not change somebody hears nothing of versions") {
    Desk desk;
    auto const who = desk.world.heba.teachers[0];
    auto const elsewhere = desk.world.caller(desk.world.jinpen.registry_clerk);
    CHECK(desk.save(elsewhere, who, 99, named("张改名")).error().code == core::ErrorCode::not_found);
    CHECK(desk.save(desk.world.teacher(desk.world.heba, 1), who, 99, named("张改名")).error().code ==
          core::ErrorCode::forbidden);
}

TEST_CASE("who saves a place second is told what the first one changed") {
    Desk desk;
    auto const& world = desk.world;
    auto const office = world.caller(world.info_office);
    auto const version = roster::org_detail(world.db(), world.clock, office, world.heba.id)->version;
    roster::OrgChange renamed;
    renamed.name = "河坝镇第一小学";
    renamed.short_name = "河坝一小";
    REQUIRE(desk.save(office, world.heba.id, version, renamed).has_value());
    roster::OrgChange sorted;
    sorted.sort = 7;
    auto const second = desk.save(office, world.heba.id, version, sorted);
    CHECK(second.error().key == "roster.changed_meanwhile");
    CHECK(second.error().params.at("fields") == "name,short_name");
    auto const now = roster::org_detail(world.db(), world.clock, office, world.heba.id);
    CHECK(now->name == "河坝镇第一小学");
    CHECK(now->sort != 7);
    CHECK(now->version == version + 1);
    CHECK(desk.save(office, world.heba.id, now->version, sorted)->name == "河坝镇第一小学");
}
