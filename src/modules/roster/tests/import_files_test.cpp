#include <doctest/doctest.h>

#include "import_world.hpp"
#include "modules/roster/import_sheet.hpp"

using namespace santong::roster;
using santong::test::ImportWorld;
namespace sql = santong::sql;

TEST_CASE("GB18030, old headings in two rows, titles above them and merged cells are read") {
    ImportWorld world;
    // 学校,班级,姓名 / 河坝镇中心小学,五(1)班,张三 in GB18030
    std::string const gb =
        "\xD1\xA7\xD0\xA3,\xB0\xE0\xBC\xB6,\xD0\xD5\xC3\xFB\n"
        "\xBA\xD3\xB0\xD3\xD5\xF2\xD6\xD0\xD0\xC4\xD0\xA1\xD1\xA7,\xCE\xE5(1)\xB0\xE0,\xD5\xC5\xC8\xFD\n";
    auto const view = world.begin_csv(world.office(), gb);
    CHECK(view.encoding == "GB18030");
    CHECK(world.try_out(world.office(), view.id).totals.added == 1);
    auto const titled = world.begin(
        world.office(), "花名册.xlsx",
        world.workbook({{"2014秋花名册", "", ""}, {"学校", "班级", "姓名"}, {"河坝镇中心小学", "五(1)班", "李四"}}));
    CHECK(titled.format == "xlsx");
    CHECK(titled.header_row == 2);
    CHECK(titled.first_data_row == 3);
    CHECK(world.try_out(world.office(), titled.id).totals.added == 1);
    auto const signed_by =
        world.begin_csv(world.office(), "2014秋花名册\n填表人：王老师\n校名,班级,姓名\n河坝镇中心小学,五(1)班,王五\n");
    CHECK(signed_by.header_row == 3);
    CHECK(signed_by.columns.at(0).header == "校名");
    CHECK(world.try_out(world.office(), signed_by.id).totals.added == 1);
}

TEST_CASE("templates are understood by the import itself") {
    ImportWorld world;
    std::filesystem::create_directories(world.folder);
    for (auto const kind : {ImportKind::pupils, ImportKind::staff}) {
        auto const path = world.folder / "template.xlsx";
        write_template(kind, path, "zh-CN");
        auto const look = look_at_sheet(path, kind);
        REQUIRE(look.has_value());
        for (auto const& column : look->columns) {
            CAPTURE(column.header);
            CHECK(column.field.has_value());
        }
    }
}

TEST_CASE("files that are no tables are refused with a reason, and hostile cells do no harm") {
    ImportWorld world;
    auto office = world.office();
    auto refused = [&](std::string const& name, std::string const& bytes) {
        return begin_import(world.place, office, {world.upload(office, name, bytes), ImportKind::pupils}).error().key;
    };
    CHECK(refused("名册.pdf", "%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer <<>>\n%%EOF\n") == "text.table_is_pdf");
    CHECK(refused("空表.csv", "学校,班级,姓名\n,,\n") == "roster.import_only_headings");
    auto const view =
        world.begin_csv(office,
                        "学校,班级,姓名\n河坝镇中心小学,五(1)班,\"=HYPERLINK(\"\"http://x\"\")\"\n"
                        "河坝镇中心小学,五(1)班,O'Brien😀\n河坝镇中心小学,五(1)班,'; DROP TABLE person;--\n");
    auto const tried = world.try_out(office, view.id);
    CHECK(tried.totals.rows == 3);
    world.write(office, view.id);
    world.read([&](sql::Tx& tx) { CHECK(schools(tx).size() == 3); });
}
