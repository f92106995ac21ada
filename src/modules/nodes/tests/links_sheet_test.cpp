// The register of lines from a file, and to one.
#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>

#include "modules/nodes/links_import.hpp"
#include "platform/files/content_store.hpp"
#include "world.hpp"

using namespace santong;
using santong::test::World;

namespace {

struct SheetWorld : World {
    sync::Shapes shapes;
    nodes::Site site{db(), clock, clock, shapes, "", "test"};
    std::filesystem::path folder = [] {
        auto path = std::filesystem::temp_directory_path() / ("santong-lines-" + core::Uuid::make().text());
        std::filesystem::create_directories(path);
        return path;
    }();
    files::LocalContentStore contents{folder.string()};
    files::Files files{db(), contents, clock};

    ~SheetWorld() { std::filesystem::remove_all(folder); }

    auth::Caller who(core::PersonId const& person) const {
        auto one = caller(person);
        if (one.account.is_nil()) one.account = core::AccountId{core::Uuid::named("account of " + person.text())};
        return one;
    }
    core::Result<nodes::LinkImportAnswer> import(core::PersonId const& person, std::string const& text, bool write) {
        auto const owner = who(person);
        auto const file = files.keep(district(), {"线路.csv", owner.account, {}}, text);
        REQUIRE(file.has_value());
        return nodes::import_links(site, owner, files, {file->id, write});
    }
    nodes::LinkView line(core::OrgId const& org) {
        auto const list = nodes::list_links(site, caller(info_office)).value();
        for (auto const& one : list.items) {
            if (one.link.org_id == org) return one;
        }
        return {};
    }
};

std::vector<std::string> places(nodes::LinkImportAnswer const& answer) {
    std::vector<std::string> all;
    for (auto const& one : answer.refused) all.push_back(one.cell + " " + one.reason);
    return all;
}

}  // namespace

TEST_CASE("a file of lines is looked at first and written when it is asked for") {
    SheetWorld world;
    std::string const text =
        "学校,接入方式,下行,上行,运营商,启用日期,IPv6,传输时段,限速,白天占比\n"
        "河坝镇中心小学,光纤,8,8,中国电信,2014-09,否,,,\n"
        "河坝镇铭新小学,光纤,4兆,1.5,中国移动,2014/09/01,,22：00—6:00,1,0\n"
        "大通湖区,未知,,,,,,22:00-06:00,,10\n";
    auto const looked = world.import(world.info_office, text, false);
    REQUIRE(looked.has_value());
    CHECK(places(*looked).empty());
    CHECK(looked->rows == 3);
    CHECK(looked->changed == 3);
    CHECK_FALSE(looked->written);
    CHECK_FALSE(world.line(world.heba.id).registered);

    auto const written = world.import(world.info_office, text, true);
    REQUIRE(written.has_value());
    CHECK(written->written);
    CHECK(written->changed == 3);
    auto const village = world.line(world.mingxin.id);
    CHECK(village.link.down_kbit == 4000);
    CHECK(village.link.up_kbit == 1500);
    CHECK(village.link.windows == "22:00-06:00");
    CHECK(village.link.cap_kbit == 1000);
    CHECK(village.link.day_percent == 0);
    CHECK(village.link.since == core::LocalDate{2014, 9, 1});
    CHECK(world.line(world.heba.id).plan.windows.size() == 1);
    CHECK(world.import(world.info_office, text, true)->changed == 0);
}

TEST_CASE("every cell that cannot be taken is named, and nothing is written") {
    SheetWorld world;
    auto const answer = world.import(world.info_office,
                                     "School,Medium,Down (Mbit/s),Since,Windows,Day share (%)\n"
                                     "河坝镇中心小学,fibre,fast,soon,nightly,140\n"
                                     "无名小学,fibre,8,,,\n"
                                     ",fibre,8,,,\n"
                                     "金盆镇中学,none,8,,,\n"
                                     "河坝镇中心小学,fibre,8,,,\n",
                                     true);
    REQUIRE(answer.has_value());
    CHECK(places(*answer) == std::vector<std::string>{"C2 nodes.import.rate", "D2 nodes.import.date",
                                                      "E2 nodes.import.windows", "F2 nodes.import.percent",
                                                      "A3 nodes.import.school", "A4 nodes.import.no_school",
                                                      "B5 nodes.import.none_has_rate", "A6 nodes.import.twice"});
    CHECK_FALSE(answer->written);
    CHECK_FALSE(world.line(world.jinpen.id).registered);
}

TEST_CASE("a column that a file does not have stays as it was") {
    SheetWorld world;
    REQUIRE(world.import(world.info_office, "学校,接入方式,下行,运营商\n金盆镇中学,光纤,8,中国联通\n", true)->written);
    REQUIRE(world.import(world.info_office, "学校,下行\n金盆镇中学,100\n", true)->written);
    auto const line = world.line(world.jinpen.id);
    CHECK(line.link.down_kbit == 100'000);
    CHECK(line.link.operator_name == "中国联通");
    CHECK(line.link.medium == nodes::Medium::fibre);
    CHECK(line.changes == 2);
}

TEST_CASE("a file without a heading is refused, and a school's technician may not import") {
    SheetWorld world;
    CHECK(world.import(world.info_office, "a,b\n1,2\n", false).error().problems.at(0).key == "nodes.import.no_heading");
    CHECK(world.import(world.heba.technician, "学校,下行\n河坝镇中心小学,100\n", true).error().code ==
          core::ErrorCode::forbidden);
    auto const foreign =
        world.files.keep(world.district(), {"a.csv", world.who(world.leader).account, {}}, "学校,下行\n");
    CHECK(
        nodes::import_links(world.site, world.who(world.info_office), world.files, {foreign->id, false}).error().code ==
        core::ErrorCode::not_found);
}

TEST_CASE("what is exported can be imported again and changes nothing, in both languages") {
    SheetWorld world;
    REQUIRE(world
                .import(world.info_office,
                        "学校,接入方式,下行,上行,运营商,启用日期,IPv6,传输时段,限速,白天占比,备注\n"
                        "河坝镇铭新小学,4G/5G,4.5,1,中国移动,2014-09-01,是,不限,1.2,0,=校门口\n",
                        true)
                ->written);
    for (auto const* language : {"zh-CN", "en"}) {
        auto const text = nodes::links_csv(world.site, world.who(world.info_office), language).value();
        auto const again = world.import(world.info_office, text, false);
        REQUIRE(again.has_value());
        CHECK(places(*again).empty());
        CHECK(again->rows == 4);
        auto const path = world.folder / (std::string(language) + ".xlsx");
        REQUIRE(
            nodes::write_links_workbook(world.site, world.who(world.info_office), path.string(), language).has_value());
        std::ifstream file(path, std::ios::binary);
        std::string const bytes((std::istreambuf_iterator<char>(file)), {});
        auto const owner = world.who(world.info_office);
        auto const kept = world.files.keep(world.district(), {"线路.xlsx", owner.account, {}}, bytes);
        REQUIRE(kept.has_value());
        auto const answer = nodes::import_links(world.site, owner, world.files, {kept->id, false});
        REQUIRE(answer.has_value());
        CHECK(places(*answer).empty());
        CHECK(answer->rows == 4);
    }
}
