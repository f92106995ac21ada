// Guardians whom a corrected list of a school no longer tells.
#include <doctest/doctest.h>

#include <algorithm>

#include "import_world.hpp"
#include "platform/auth/sessions.hpp"

using namespace santong::roster;
using santong::test::ImportWorld;
namespace auth = santong::auth;
namespace core = santong::core;
namespace sql = santong::sql;

namespace {

std::string const guardian_heading = "学校名称,年级,班,姓名,性别,出生年月日,家长姓名,家长电话";

std::string list_with(std::string const& guardian) {
    return guardian_heading + "\n河坝镇中心小学,五年级,1班,张三丰,男,2003-11-05," + guardian + "\n";
}

struct GuardianWorld : ImportWorld {
    /// Tries a list out.
    ImportView tried(auth::Caller const& who, std::string const& csv) { return try_out(who, begin_csv(who, csv).id); }
    PersonId called(std::string const& name) const {
        return read([&](sql::Tx& tx) {
            auto const found =
                tx.column<PersonId>("SELECT id FROM person WHERE district_id = $1 AND name = $2", tx.district(), name);
            return found.size() == 1 ? found[0] : PersonId{};
        });
    }
    std::vector<std::string> guardians_of(std::string const& pupil) const {
        auto const id = called(pupil);
        return read([&](sql::Tx& tx) {
            std::vector<std::string> found;
            for (auto const& [one, name] : names(tx, guardians_of_pupil(tx, id, today()))) found.push_back(name);
            std::ranges::sort(found);
            return found;
        });
    }
    ImportView end(auth::Caller const& who, ImportId const& id, std::vector<GuardianshipId> const& ends) {
        start_write(place, who, id, {{}, ends}).value();
        run_jobs();
        return find_import(place, who, id).value();
    }
    std::size_t grants_of(std::string const& name) const {
        auto const id = called(name);
        return read([&](sql::Tx& tx) { return auth::current_grants(tx, id, today()).size(); });
    }
};

}  // namespace

TEST_CASE("a guardian whom a corrected list no longer tells stays unless somebody ends him") {
    GuardianWorld world;
    auto const office = world.office();
    world.take(office, list_with("张大山,13800138000"));
    CHECK(world.guardians_of("张三丰") == std::vector<std::string>{"张大山"});
    CHECK(world.grants_of("张大山") == 1);
    auto const corrected = list_with("张大川,13800138001");
    auto const first = world.tried(office, corrected);
    CHECK(first.untold == 1);
    auto const offered = list_untold(world.place, office, first.id).value().items;
    REQUIRE(offered.size() == 1);
    CHECK(offered[0].guardian_name == "张大山");
    CHECK(offered[0].pupil_name == "张三丰");
    CHECK(offered[0].class_name == "五(1)班");
    CHECK(offered[0].row == 2);
    world.end(office, first.id, {});
    CHECK(world.guardians_of("张三丰") == std::vector<std::string>{"张大山", "张大川"});

    auto const second = world.tried(office, corrected);
    REQUIRE(second.untold == 1);
    auto const written = world.end(office, second.id, {offered[0].guardianship_id});
    CHECK(written.state == ImportState::written);
    CHECK(world.guardians_of("张三丰") == std::vector<std::string>{"张大川"});
    CHECK(world.grants_of("张大山") == 0);
    CHECK(world.grants_of("张大川") == 1);
    CHECK(list_untold(world.place, office, second.id).value().items.at(0).ended_at.has_value());
    CHECK(world.tried(office, corrected).untold == 0);
}

TEST_CASE("an ended guardianship can be taken back, once") {
    GuardianWorld world;
    auto const office = world.office();
    world.take(office, list_with("张大山,13800138000"));
    auto const view = world.tried(office, list_with(","));
    auto const bond = list_untold(world.place, office, view.id).value().items.at(0).guardianship_id;
    CHECK(restore_untold(world.place, office, view.id, bond).error().key == "roster.import_guardian_stands");
    world.end(office, view.id, {bond});
    CHECK(world.guardians_of("张三丰").empty());
    auto const other = world.caller(world.jinpen.registry_clerk);
    CHECK(restore_untold(world.place, other, view.id, bond).error().key == "roster.import_not_found");
    CHECK_FALSE(restore_untold(world.place, office, view.id, bond).value().items.at(0).ended_at.has_value());
    CHECK(world.guardians_of("张三丰") == std::vector<std::string>{"张大山"});
    CHECK(world.grants_of("张大山") == 1);
    CHECK(restore_untold(world.place, office, view.id, bond).error().key == "roster.import_guardian_stands");
    CHECK(restore_untold(world.place, office, view.id, GuardianshipId::make()).error().key ==
          "roster.import_guardian_gone");
}

TEST_CASE("a list offers nobody whom no list has told, and says nothing where it has no column for guardians") {
    GuardianWorld world;
    auto const office = world.office();
    auto const pupil = world.read([&](sql::Tx& tx) { return person(tx, world.heba.pupils[0][0])->name; });
    auto const by_hand = world.tried(
        office, "学校名称,年级,班,姓名,家长姓名,家长电话\n河坝镇中心小学,五,1," + pupil + ",新家长,13800138009\n");
    CHECK(by_hand.untold == 0);
    world.take(office, list_with("张大山,13800138000"));
    CHECK(world.tried(office, "学校名称,年级,班,姓名,出生年月日\n河坝镇中心小学,五,1,张三丰,2003-11-05\n").untold == 0);
    CHECK(world.tried(office, list_with("张大山,13800138000")).untold == 0);
}

TEST_CASE("nobody ends a guardian who was not offered, and a row mended in between keeps him") {
    GuardianWorld world;
    auto const office = world.office();
    world.take(office, list_with("张大山,13800138000"));
    auto const view = world.tried(office, list_with("张大川,13800138001"));
    auto const bond = list_untold(world.place, office, view.id).value().items.at(0).guardianship_id;
    CHECK(start_write(world.place, office, view.id, {{}, {{GuardianshipId::make()}}}).error().key ==
          "roster.import_guardian_gone");
    auto const other = world.caller(world.jinpen.registry_clerk);
    CHECK(list_untold(world.place, other, view.id).error().key == "roster.import_not_found");
    CHECK(list_untold(world.place, world.teacher(), view.id).has_error());
    RowFix fix;
    fix.cells = {{6, "张大山"}, {7, "13800138000"}};
    REQUIRE(fix_row(world.place, office, view.id, 2, fix).has_value());
    world.end(office, view.id, {bond});
    CHECK(world.guardians_of("张三丰") == std::vector<std::string>{"张大山"});
}
