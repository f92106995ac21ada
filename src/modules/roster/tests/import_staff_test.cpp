#include <doctest/doctest.h>

#include <algorithm>

#include "import_world.hpp"

using namespace santong::roster;
using santong::test::ImportWorld;
namespace sql = santong::sql;

TEST_CASE("a subject is known by its title, by the names within it and by its beginning") {
    ImportWorld world;
    std::string const heading = "单位,工号,姓名,任教学科\n";
    std::string sheet = heading;
    std::vector<std::pair<std::string, std::string>> const written{
        {"思想品德（政治）", "12"}, {"思想品德(政治)", "12"}, {"政治", "12"}, {"体育", "22"}, {"语文", "13"},
        {"数学老师", "14"}};
    int number = 3000;
    for (auto const& [text, code] : written) {
        ++number;
        sheet += "河坝镇中心小学," + std::to_string(number) + ",王明" + std::string(number % 2 ? "远" : "亮") + "," +
                 text + "\n";
    }
    world.take(world.office(), sheet, ImportKind::staff);
    world.read([&](sql::Tx& tx) {
        auto const staff = teachers(tx, world.heba.id, world.today());
        for (std::size_t i = 0; i < written.size(); ++i) {
            auto const who = std::ranges::find(staff, std::to_string(3001 + i), &Teacher::staff_number);
            REQUIRE(who != staff.end());
            CHECK(who->subject == written[i].second);
        }
    });
}

TEST_CASE("teachers of a sheet get their posts; a teacher of another school is a question") {
    ImportWorld world;
    auto office = world.office();
    std::string const sheet =
        "单位,工号,姓名,性别,出生日期,手机,任教学科,职务\n"
        "河坝镇中心小学,2009015,赵明,男,1985-06-01,13700137000,语文,教研组长\n"
        "河坝镇中心小学,2009016,钱亮,女,1986-06-01,,炼金术,\n";
    auto const view = world.begin_csv(office, sheet, ImportKind::staff);
    auto const tried = world.try_out(office, view.id);
    CHECK(tried.totals.added == 1);
    CHECK(world.rows(office, view.id, "refused").at(0).problems.at(0).key == "roster.import_subject_unknown");
    world.write(office, view.id);
    world.read([&](sql::Tx& tx) {
        auto const staff = teachers(tx, world.heba.id, world.today());
        auto const who = std::ranges::find(staff, "赵明", &Teacher::name);
        REQUIRE(who != staff.end());
        CHECK(who->subject == "13");
        CHECK(who->staff_number == "2009015");
    });
    CHECK(world.take(office, sheet, ImportKind::staff).same == 1);
    auto const elsewhere =
        world.begin_csv(office, "单位,工号,姓名,出生日期\n金盆镇中学,2009015,赵明,1985-06-01\n", ImportKind::staff);
    CHECK(world.try_out(office, elsewhere.id).totals.ask == 1);
}
