#include <doctest/doctest.h>

#include <algorithm>

#include "import_world.hpp"
#include "modules/roster/import_sheet.hpp"
#include "modules/roster/rules/citizen_number.hpp"
#include "platform/text/table.hpp"

using namespace santong::roster;
using santong::test::ImportWorld;
namespace auth = santong::auth;
namespace core = santong::core;
namespace sql = santong::sql;
namespace text = santong::text;

namespace {

/// A right identity number.
std::string citizen(std::string const& birth, std::string const& serial) {
    auto const body = "430971" + birth + serial;
    return body + rules::citizen_check_character(body);
}

std::string const heading = "学校名称,年级,班,姓名,性别,出生年月日,学籍号,身份证件号,入学时间,家长姓名,家长电话,备注";
std::string const boy = citizen("20031105", "017");   // odd: a boy
std::string const girl = citizen("20030612", "028");  // even: a girl
std::string const good_rows = "河坝镇中心小学,五年级,1班,张三丰,男,2003-11-05,G" + boy + "," + boy +
                              ",2009-09,张大山,13800138000,好\n"
                              "河坝镇中心小学,五,2,李小红,女,2003.6.12,G" +
                              girl + ",,2009-09,李大海,13900139000,\n";

}  // namespace

TEST_CASE("columns of a school's sheet are recognised, personal samples are masked") {
    ImportWorld world;
    auto const view = world.begin_csv(world.office(), heading + "\n" + good_rows);
    CHECK(view.format == "csv");
    CHECK(view.encoding == "UTF-8");
    CHECK(view.header_row == 1);
    CHECK(view.state == ImportState::columns);
    REQUIRE(view.columns.size() == 12);
    CHECK(view.columns[0].field == RosterField::school);
    CHECK(view.columns[6].field == RosterField::student_number);
    CHECK(view.columns[7].personal);
    CHECK(view.columns[7].samples.at(0).find("2003") == std::string::npos);
    CHECK(view.columns[10].field == RosterField::guardian_phone);
    CHECK(view.columns[10].samples.at(0) == "138****8000");
    CHECK_FALSE(view.columns[11].field.has_value());
    CHECK_FALSE(view.known_headings);
}

TEST_CASE("good rows are written, and the same file again changes nothing") {
    ImportWorld world;
    auto const view = world.begin_csv(world.office(), heading + "\n" + good_rows);
    auto const tried = world.try_out(world.office(), view.id);
    CHECK(tried.state == ImportState::checked);
    CHECK(tried.totals.rows == 2);
    CHECK(tried.totals.added == 2);
    CHECK(tried.totals.refused == 0);
    CHECK(tried.totals.schools == 1);
    CHECK(tried.totals.ended == 8);  // the pupils who were there before are not in the file
    world.read([&](sql::Tx& tx) { CHECK(pupils_of_class(tx, world.heba.classes[0], world.today()).size() == 4); });
    auto const written = world.write(world.office(), view.id);
    CHECK(written.state == ImportState::written);
    CHECK(written.totals.written == 2);
    world.read([&](sql::Tx& tx) {
        auto const pupils = pupils_of_class(tx, world.heba.classes[0], world.today());
        REQUIRE(pupils.size() == 5);
        auto const who = std::ranges::find(pupils, "张三丰", &Pupil::name);
        REQUIRE(who != pupils.end());
        CHECK(who->sex == Sex::male);
        auto const parents = guardians_of_pupil(tx, who->person_id, world.today());
        REQUIRE(parents.size() == 1);
        CHECK(person(tx, parents[0])->name == "张大山");
    });
    auto const again = world.take(world.office(), heading + "\n" + good_rows);
    CHECK(again.same == 2);
    CHECK(again.added + again.changed + again.refused + again.written == 0);
}

TEST_CASE("a changed file shows what it changes, and a move to another class ends the old seat") {
    ImportWorld world;
    world.take(world.office(), heading + "\n" + good_rows);
    auto moved = heading + "\n" + good_rows;
    moved.replace(moved.find("五年级,1班,张三丰"), std::string("五年级,1班,张三丰").size(), "五年级,2班,张三丰");
    auto const view = world.begin_csv(world.office(), moved);
    auto const tried = world.try_out(world.office(), view.id);
    CHECK(tried.totals.changed == 1);
    auto const rows = world.rows(world.office(), view.id, "changed");
    REQUIRE(rows.size() == 1);
    CHECK(rows[0].changes == std::vector<std::string>{"class_name"});
    world.write(world.office(), view.id);
    world.read([&](sql::Tx& tx) {
        CHECK(pupils_of_class(tx, world.heba.classes[0], world.today()).size() == 4);
        CHECK(pupils_of_class(tx, world.heba.classes[1], world.today()).size() == 6);
    });
}

TEST_CASE("people who are not in the file leave only when that is asked for") {
    ImportWorld world;
    auto const view = world.begin_csv(world.office(), heading + "\n" + good_rows);
    auto const tried = world.try_out(world.office(), view.id);
    REQUIRE(tried.cover.size() == 2);
    CHECK(tried.cover[0].name == "五(1)班");
    CHECK(tried.cover[0].rows == 1);
    CHECK(tried.cover[0].here == 4);
    CHECK(tried.cover[0].absent == 4);
    auto const written = world.write(world.office(), view.id, {world.heba.classes[0]});
    CHECK(written.totals.written == 6);
    world.read([&](sql::Tx& tx) {
        CHECK(pupils_of_class(tx, world.heba.classes[0], world.today()).size() == 1);
        CHECK(pupils_of_class(tx, world.heba.classes[1], world.today()).size() == 5);
        CHECK(pupils_of_class(tx, world.jinpen.classes[0], world.today()).size() == 4);
    });
}

TEST_CASE("each trap of schools' sheets is named") {
    ImportWorld world;
    auto with = [&](std::string const& line) { return world.refusal(heading, line); };
    std::string const start = "河坝镇中心小学,五年级,1班,张三丰,男,";
    CHECK(with(start + "2003-02-31,,,,,,") == "roster.date_no_such_day");
    CHECK(with(start + "2003-11-05,,4.30971E+17,,,,") == "roster.citizen_number_ruined");
    CHECK(with(start + "2003-11-05,4.30971E+18,,,,,") == "roster.import_number_ruined");
    auto wrong = boy;
    wrong.back() = wrong.back() == '1' ? '2' : '1';
    CHECK(with(start + "2003-11-05,," + wrong + ",,,,") == "roster.citizen_number_check");
    CHECK(with(start + "2003-11-05,,,20l2-09,,,") == "roster.date_letter");
    CHECK(with(start + "2003-11-05,,,2012-09,张大山,1387256,") == "roster.phone_length");
    CHECK(with("河坝镇中心小学,七,1班,张三丰,男,2003-11-05,,,,,,") == "roster.class_grade_not_taught");
    CHECK(with("河坝镇中心小学,五,9班,张三丰,男,2003-11-05,,,,,,") == "roster.import_class_missing");
    CHECK(with("河坝镇中心小学,五,,张三丰,男,2003-11-05,,,,,,") == "roster.import_class_required");
    CHECK(with("河坝中心小学,五,1班,张三丰,男,2003-11-05,,,,,,") == "roster.import_school_near");
    CHECK(with("火星小学,五,1班,张三丰,男,2003-11-05,,,,,,") == "roster.import_school_unknown");
    CHECK(with(",五,1班,张三丰,男,2003-11-05,,,,,,") == "roster.import_required");
    CHECK(with("河坝镇中心小学,五,1班,,男,2003-11-05,,,,,,") == "roster.name_missing");
    CHECK(with("河坝镇中心小学,五,1班,张?宇,男,2003-11-05,,,,,,") == "roster.name_lost_character");
    CHECK(with("河坝镇中心小学,五,1班,张三丰,Q,2003-11-05,,,,,,") == "roster.import_sex_unknown");
    CHECK(with("河坝镇中心小学,五,1班,张三丰,女,2003-11-05,," + boy + ",,,,") == "roster.import_sex_differs");
    CHECK(with("河坝镇中心小学,五,1班,张三丰,男,2003-11-06,," + boy + ",,,,") == "roster.import_birth_differs");
    CHECK(with("河坝镇中心小学,五,1班,张三丰,男,2003-11-05,G" + girl + "," + boy + ",,,,") ==
          "roster.import_numbers_differ");
    CHECK(with("河坝镇中心小学,,2010级1班,张三丰,男,2003-11-05,,,,,,") == "(good)");
}

TEST_CASE("a class that is called by its year of entry is found in a school of several stages") {
    ImportWorld world;
    auto office = world.office();
    auto const school = world.transact([&](sql::Tx& tx) {
        BulkRoster bulk;
        Org node;
        node.id = OrgId::make();
        node.parent_id = world.jinpen_town;
        node.name = node.short_name = "金盆镇学校";
        node.from_date = {2010, 9, 1};
        bulk.orgs.push_back(node);
        bulk.schools.push_back({node.id, SchoolKind::nine_year, 1, 9, "", "", 0, true, true, ""});
        for (int const first : {1, 7}) {
            Org group = node;
            group.id = OrgId::make();
            group.kind = OrgKind::class_group;
            group.parent_id = node.id;
            group.name = first == 7 ? "2014级1班" : "一(1)班";
            bulk.orgs.push_back(group);
            bulk.classes.push_back({group.id, node.id, 2014, first, 1, "", false, ""});
        }
        SANTONG_ASSERT(write_bulk(tx, bulk, world.clock).has_value());
        return node.id;
    });
    CHECK(world.take(office, "学校,班级,姓名\n金盆镇学校,2014级1班,陈一\n").written == 1);
    CHECK(world.take(office, "学校,年级,班级,姓名\n金盆镇学校,一年级,2014级1班,陈二\n").written == 1);
    CHECK(world.refusal("学校,班级,姓名", "金盆镇学校,2014级2班,陈三") == "roster.class_name_ambiguous");
    world.read([&](sql::Tx& tx) {
        for (auto const& group : classes(tx, school, world.today())) CHECK(group.pupils == 1);
    });
}

TEST_CASE("a row that stands twice is refused with the number of the first") {
    ImportWorld world;
    auto const view = world.begin_csv(world.office(), heading + "\n" + good_rows + good_rows);
    auto const tried = world.try_out(world.office(), view.id);
    CHECK(tried.totals.added == 2);
    auto const refused = world.rows(world.office(), view.id, "refused");
    REQUIRE(refused.size() == 2);
    CHECK(refused[0].problems.at(0).key == "roster.import_row_twice");
    CHECK(refused[0].problems.at(0).params.at("row") == "2");
    CHECK(tried.refused_by_reason.at(0).count == 2);
    CHECK(tried.refused_by_school.at(0).name == "河坝镇中心小学");
}

TEST_CASE("a pupil of another school is not taken over") {
    ImportWorld world;
    world.take(world.office(), heading + "\n" + good_rows);
    auto const line = "河坝镇铭新小学,三,1班,张三丰,男,2003-11-05,G" + boy + ",,,,,";
    CHECK(world.refusal(heading, line) == "roster.import_elsewhere");
}

TEST_CASE("somebody of the same name and birthday is a question, and the answer counts") {
    ImportWorld world;
    auto office = world.office();
    world.take(office, "学校,班级,姓名,出生日期\n河坝镇中心小学,五(1)班,陈小明,2003-04-05\n");
    auto const sheet = "学校,班级,姓名,出生日期\n河坝镇中心小学,五(2)班,陈小明,2003-04-05\n";
    auto const view = world.begin_csv(office, sheet);
    CHECK(world.try_out(office, view.id).totals.ask == 1);
    auto const row = world.rows(office, view.id, "ask").at(0);
    CHECK(row.problems.at(0).key == "roster.import_same_person");
    RowFix same;
    same.decision = ImportDecision::same;
    CHECK(fix_row(world.place, office, view.id, row.number, same)->state == ImportRowState::changed);
    RowFix different;
    different.decision = ImportDecision::different;
    CHECK(fix_row(world.place, office, view.id, row.number, different)->state == ImportRowState::added);
    CHECK(world.try_out(office, view.id).totals.added == 1);  // what was answered stays answered
    CHECK(world.write(office, view.id).totals.written == 1);
    CHECK(world.take(office, sheet).same == 1);
}

TEST_CASE("a refused row is mended in place, by hand or by its suggestion, and stays mended") {
    ImportWorld world;
    auto office = world.office();
    auto const view = world.begin_csv(office, heading +
                                                  "\n河坝中心小学,五,1班,张三丰,男,2003-11-05,,,,,,\n"
                                                  "河坝镇中心小学,五,1班,王小五,男,2003-02-31,,,,,,\n");
    CHECK(world.try_out(office, view.id).totals.refused == 2);
    RowFix suggestion;
    suggestion.use_suggestions = true;
    CHECK(fix_row(world.place, office, view.id, 2, suggestion)->state == ImportRowState::added);
    RowFix by_hand;
    by_hand.cells = {{5, "2003-02-28"}};
    auto const mended = fix_row(world.place, office, view.id, 3, by_hand);
    CHECK(mended->state == ImportRowState::added);
    CHECK(mended->fixed);
    CHECK(find_import(world.place, office, view.id)->totals.refused == 0);
    CHECK(world.try_out(office, view.id).totals.added == 2);
    CHECK(fix_row(world.place, office, view.id, 99, suggestion).error().key == "roster.import_row_gone");
    CHECK(world.write(office, view.id).totals.written == 2);
}

TEST_CASE("a written import is closed: what it says is what was written") {
    ImportWorld world;
    auto office = world.office();
    auto const view =
        world.begin_csv(office, heading + "\n" + good_rows + "河坝镇中心小学,五,1班,王小五,男,2003-02-31,,,,,,\n");
    CHECK(world.try_out(office, view.id).totals.refused == 1);
    CHECK(world.write(office, view.id).totals.written == 2);
    RowFix by_hand;
    by_hand.cells = {{5, "2003-02-28"}};
    CHECK(fix_row(world.place, office, view.id, 4, by_hand).error().key == "roster.import_closed");
    CHECK(start_dry_run(world.place, office, view.id).error().key == "roster.import_closed");
    CHECK(start_write(world.place, office, view.id, {}).error().key == "roster.import_closed");
    CHECK(map_columns(world.place, office, view.id, {}).error().key == "roster.import_closed");
    CHECK(find_import(world.place, office, view.id)->totals.refused == 1);
}

TEST_CASE("somebody's numbers under another name are a question, and no number is given to a second person") {
    ImportWorld world;
    auto office = world.office();
    world.take(office, heading + "\n" + good_rows);
    auto renamed = heading + "\n" + good_rows;
    renamed.replace(renamed.find("张三丰"), std::string("张三丰").size(), "卫晨欣");
    auto const view = world.begin_csv(office, renamed);
    auto const tried = world.try_out(office, view.id);
    CHECK(tried.totals.ask == 1);
    CHECK(tried.totals.changed == 0);
    auto const row = world.rows(office, view.id, "ask").at(0);
    CHECK(row.problems.at(0).key == "roster.import_other_name");
    RowFix answer;
    answer.decision = ImportDecision::different;
    auto const apart = fix_row(world.place, office, view.id, row.number, answer);
    CHECK(apart->state == ImportRowState::refused);
    CHECK(apart->problems.at(0).key == "roster.import_number_taken");
    answer.decision = ImportDecision::same;
    auto const renaming = fix_row(world.place, office, view.id, row.number, answer);
    CHECK(renaming->state == ImportRowState::changed);
    CHECK(renaming->changes == std::vector<std::string>{"name"});
    CHECK(world.write(office, view.id).totals.written == 1);
    world.read([&](sql::Tx& tx) {
        auto const pupils = pupils_of_class(tx, world.heba.classes[0], world.today());
        CHECK(pupils.size() == 5);
        CHECK(std::ranges::find(pupils, "卫晨欣", &Pupil::name) != pupils.end());
    });
}

TEST_CASE("the next classes of a grade are opened, one far from them is a slip of the pen") {
    ImportWorld world;
    auto const office = world.office();
    auto const view =
        world.begin_csv(office, "学校,班级,姓名\n河坝镇中心小学,五(3)班,陈一\n河坝镇中心小学,五(33)班,陈二\n");
    auto const tried = world.try_out(office, view.id);
    CHECK(tried.totals.new_classes == 1);
    CHECK(tried.totals.refused == 1);
    CHECK(world.rows(office, view.id, "refused").at(0).problems.at(0).key == "roster.import_class_missing");
}

TEST_CASE("refused rows come back as a workbook whose last column says why, and only those are uploaded again") {
    ImportWorld world;
    auto office = world.office();
    auto const view =
        world.begin_csv(office, heading + "\n" + good_rows + "河坝中心小学,五,1班,王小五,男,2003-11-05,,,,,,\n");
    world.try_out(office, view.id);
    world.write(office, view.id);
    auto const path = world.folder / "refused.xlsx";
    CHECK(write_refused(world.place, office, view.id, path, "zh-CN").has_value());
    auto reader = text::open_table(path);
    REQUIRE(reader.has_value());
    text::TableRow row;
    REQUIRE(*(*reader)->next(row));
    CHECK(row.cells.back().text == "为什么不收");
    REQUIRE(*(*reader)->next(row));
    CHECK(row.cells.at(3).text == "王小五");
    CHECK(row.cells.back().text.find("河坝镇中心小学") != std::string::npos);
    CHECK_FALSE(*(*reader)->next(row));
    auto const again = world.begin(office, "改好.xlsx", ImportWorld::read_file(path));
    CHECK(again.columns.size() == view.columns.size());
    CHECK(again.known_headings == view.known_headings);
    CHECK(world.try_out(office, again.id).totals.rows == 1);
}

TEST_CASE("columns that were looked at once are known for the next file with the same headings") {
    ImportWorld world;
    auto office = world.office();
    std::string const strange =
        "甲,乙,丙\n河坝镇中心小学,五(1)班,张三丰\n河坝镇中心小学,五(1)班,李四\n河坝镇中心小学,五(1)班,王五\n";
    auto const view = world.begin_csv(office, strange);
    MappingRequest request;
    request.columns = {{0, RosterField::school}, {1, RosterField::class_name}, {2, RosterField::name}};
    request.first_data_row = 2;
    CHECK(map_columns(world.place, office, view.id, request)->columns[2].field == RosterField::name);
    CHECK(world.try_out(office, view.id).totals.added == 3);
    auto const next = world.begin_csv(office, strange);
    CHECK(next.known_headings);
    CHECK(next.columns[0].field == RosterField::school);
    CHECK(list_mappings(world.place, office)->items.size() == 1);
    request.columns = {{0, RosterField::name}, {1, RosterField::name}};
    CHECK(map_columns(world.place, office, view.id, request).has_error());
    request.columns = {{0, RosterField::school}, {1, std::nullopt}, {2, std::nullopt}};
    CHECK(map_columns(world.place, office, view.id, request).has_error());
    CHECK(start_write(world.place, office, next.id, {}).error().key == "roster.import_try_first");
}

TEST_CASE("a registry clerk imports for his own school only, and sees only his own imports") {
    ImportWorld world;
    auto const clerk = world.caller(world.heba.registry_clerk);
    auto const other = world.caller(world.jinpen.registry_clerk);
    auto const view =
        world.begin_csv(clerk, heading + "\n" + good_rows + "金盆镇中学,八,1班,外校生,男,2000-01-01,,,,,,\n");
    auto const tried = world.try_out(clerk, view.id);
    CHECK(tried.totals.added == 2);
    CHECK(world.rows(clerk, view.id, "refused").at(0).problems.at(0).key == "roster.import_other_school");
    CHECK(find_import(world.place, other, view.id).error().key == "roster.import_not_found");
    CHECK(list_imports(world.place, other)->items.empty());
    CHECK(list_imports(world.place, world.office())->items.size() == 1);
    CHECK(start_write(world.place, other, view.id, {}).has_error());
    CHECK(drop_import(world.place, other, view.id).has_error());
    CHECK(write_refused(world.place, other, view.id, world.folder / "x.xlsx", "en").has_error());
    CHECK(begin_import(world.place, world.teacher(), {core::FileId::make(), ImportKind::pupils}).error().key ==
          "core.forbidden");
    CHECK(begin_import(world.place, other, {world.upload(clerk, "a.csv", heading), ImportKind::pupils}).has_error());
    auto const own = world.begin_csv(world.caller(world.mingxin.registry_clerk), "班级,姓名\n三(1)班,无校名\n");
    CHECK(world.try_out(world.caller(world.mingxin.registry_clerk), own.id).totals.added == 1);
}

TEST_CASE("rows wait sealed, and nothing of them is left when an import is forgotten") {
    ImportWorld world;
    auto office = world.office();
    auto const view = world.begin_csv(office, heading + "\n" + good_rows);
    world.try_out(office, view.id);
    world.read([&](sql::Tx& tx) {
        for (auto const& row : store::rows_after(tx, view.id, 0, 100)) CHECK(row.cells.find(boy) == std::string::npos);
    });
    CHECK(drop_import(world.place, office, view.id).has_value());
    CHECK(find_import(world.place, office, view.id).has_error());
    world.read([&](sql::Tx& tx) { CHECK(store::rows_after(tx, view.id, 0, 100).empty()); });
}
