#include <doctest/doctest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "modules/timetable/service_import.hpp"
#include "modules/timetable/sheet_cell.hpp"
#include "modules/timetable/store.hpp"
#include "platform/text/xlsx_writer.hpp"
#include "world.hpp"

using namespace santong;
using namespace santong::timetable;
using santong::test::World;

namespace {

using Rows = std::vector<std::vector<std::string>>;
struct TestSheet {
    std::string name;
    Rows rows;  ///< the first is the heading
};

std::filesystem::path new_folder() {
    auto const path = std::filesystem::temp_directory_path() / ("santong-timetable-" + core::Uuid::make().text());
    std::filesystem::create_directories(path);
    return path;
}

/// A school with a bell of three periods and a place for uploads.
struct Office {
    Office() : folder(new_folder()), contents(folder.string()), files(world.db(), contents, world.clock) {
        world.transact([&](sql::Tx& tx) {
            write_bell(tx, world.heba.id, {2014, 9, 1}, {{1, "", 500, 540}, {2, "", 550, 590}, {3, "", 640, 680}});
            for (auto const& group : roster::classes(tx, world.heba.id, world.today())) classes.push_back(group.name);
            for (auto const& id : world.heba.teachers) teachers.push_back(roster::names(tx, {id}).at(id));
        });
    }
    ~Office() { std::filesystem::remove_all(folder); }

    core::FileId upload(auth::Caller const& caller, std::vector<TestSheet> const& sheets) {
        auto const path = folder / "made.xlsx";
        text::XlsxWriter writer(path);
        for (auto const& sheet : sheets) {
            std::vector<text::XlsxColumn> columns;
            for (auto const& title : sheet.rows[0]) columns.push_back({title, text::ColumnKind::text, 14, {}, {}});
            writer.sheet(sheet.name, columns);
            for (std::size_t i = 1; i < sheet.rows.size(); ++i) writer.row(sheet.rows[i]);
        }
        writer.finish();
        std::ifstream in(path, std::ios::binary);
        std::string const bytes{std::istreambuf_iterator<char>(in), {}};
        return files.keep(world.district(), {"课表.xlsx", caller.account, {}}, bytes).value().id;
    }
    core::Result<ImportAnswer> import(std::vector<TestSheet> const& sheets, bool write = false,
                                      bool keep_others = false) {
        auto const caller = world.academic(world.heba);
        return import_timetable(world.db(), caller, world.clock, files,
                                {world.heba.id, upload(caller, sheets), world.today(), write, keep_others});
    }
    std::vector<std::string> list_heading() const {
        return {"班级", "星期", "节次", "学科", "任课教师", "教室", "单双周"};
    }
    ImportAnswer import_row(std::vector<std::string> const& row) {
        return import({{"课表", {list_heading(), row}}}).value();
    }

    World world;
    std::filesystem::path folder;
    files::LocalContentStore contents;
    files::Files files;
    std::vector<std::string> classes, teachers;
};

}  // namespace

TEST_CASE("a list becomes a draft that can be published") {
    Office office;
    auto& world = office.world;
    auto const caller = world.academic(world.heba);
    auto const read =
        office.import({{"课表",
                        {office.list_heading(),
                         {office.classes[0], "周一", "1", "数学", office.teachers[0], "501", ""},
                         {office.classes[0], "星期一", "第二节", "语文", office.teachers[1], "501", "单周"},
                         {office.classes[1], "周五", "3", "数学", office.teachers[0], "", "每周"}}}},
                      true);
    REQUIRE(read.has_value());
    CHECK(read->entries == 3);
    CHECK(read->classes == 2);
    CHECK(read->refused.empty());
    REQUIRE(read->timetable_id.has_value());
    auto const entries = world.read([&](sql::Tx& tx) { return store::entries(tx, *read->timetable_id); });
    CHECK(entries.size() == 3);
    auto const published = publish(world.db(), caller, world.clock, *read->timetable_id, world.today());
    REQUIRE(published.has_value());
    auto const friday = world.read(
        [&](sql::Tx& tx) { return lessons_of_class(tx, world.heba.classes[1], {2014, 11, 21}, {2014, 11, 21}); });
    REQUIRE(friday.size() == 1);
    CHECK(friday[0].subject == "14");
}

TEST_CASE("a dry run writes nothing, and a second import replaces the first draft") {
    Office office;
    auto& world = office.world;
    std::vector<TestSheet> const sheets{
        {"课表", {office.list_heading(), {office.classes[0], "周一", "1", "数学", "", "", ""}}}};
    auto const drafts = [&] {
        return world.read([&](sql::Tx& tx) { return store::timetables(tx, world.heba.id, world.autumn).size(); });
    };
    CHECK_FALSE(office.import(sheets).value().timetable_id.has_value());
    CHECK(drafts() == 0);
    CHECK(office.import(sheets, true).value().timetable_id.has_value());
    CHECK(office.import(sheets, true).value().timetable_id.has_value());
    CHECK(drafts() == 1);
}

TEST_CASE("a grid has one sheet for each class, and its cells hold subject and teacher") {
    Office office;
    auto const& a = office.teachers[0];
    auto const& b = office.teachers[1];
    auto const read = office.import({{office.classes[0],
                                      {{"节次", "周一", "周二", "周三"},
                                       {"第1节", "数学 " + a, "语文" + b, "数学/" + a + "/音乐室"},
                                       {"午休", "", "", ""},
                                       {"2", "数学 " + a + "(单);语文 " + b + "(双)", "", "语文"}}}});
    REQUIRE(read.has_value());
    for (auto const& one : read->refused) INFO(one.cell << ' ' << one.reason);
    CHECK(read->refused.empty());
    CHECK(read->entries == 6);
    CHECK(read->classes == 1);
}

TEST_CASE("a cell that cannot be taken is named by its sheet and place") {
    Office office;
    auto const& group = office.classes[0];
    auto const refused = [&](std::vector<std::string> const& row) {
        auto const answer = office.import_row(row);
        REQUIRE(answer.refused.size() == 1);
        CHECK(answer.refused[0].sheet == "课表");
        return answer.refused[0].cell + ' ' + answer.refused[0].reason;
    };
    CHECK(refused({"九(9)班", "周一", "1", "数学"}) == "A2 timetable.import_class");
    CHECK(refused({group, "某天", "1", "数学"}) == "B2 timetable.import_weekday");
    CHECK(refused({group, "周一", "9", "数学"}) == "C2 timetable.import_period");
    CHECK(refused({group, "周一", "1", "炼金术"}) == "D2 timetable.import_subject");
    CHECK(refused({group, "周一", "1", "数学", "查无此人"}) == "E2 timetable.import_teacher");
    CHECK(refused({group, "周一", "1", "数学", "", "", "有时"}) == "G2 timetable.import_weeks");
}

TEST_CASE("a grid without a class, a lesson outside the periods and a sheet without heading are refused") {
    Office office;
    auto const reason = [&](TestSheet const& sheet) {
        auto const answer = office.import({sheet}).value();
        REQUIRE_FALSE(answer.refused.empty());
        return answer.refused[0].reason;
    };
    CHECK(reason({"随便", {{"节次", "周一", "周二", "周三"}, {"1", "数学", "", ""}}}) == "timetable.import_no_class");
    CHECK(reason({office.classes[0], {{"节次", "周一", "周二", "周三"}, {"课后", "数学", "", ""}}}) ==
          "timetable.import_row_period");
    CHECK(reason({"说明", {{"甲", "乙"}, {"丙", "丁"}}}) == "timetable.import_no_heading");
}

TEST_CASE("namesakes are told apart by their subject, else refused") {
    SheetWords words;
    words.subjects = {{"数学", "14"}, {"语文", "13"}, {"英语", "41"}};
    auto const first = core::PersonId::make();
    words.teachers.emplace("王芳", SheetWords::Teacher{first, "14"});
    words.teachers.emplace("王芳", SheetWords::Teacher{core::PersonId::make(), "13"});
    Entry entry;
    CHECK_FALSE(fill(entry, {"数学", "王芳", "", ""}, words).has_value());
    CHECK(entry.teacher_id == first);
    auto const refusal = fill(entry, {"英语", "王芳", "", ""}, words);
    REQUIRE(refusal.has_value());
    CHECK(refusal->reason == "timetable.import_namesakes");
}

TEST_CASE("clashes are told and keep the draft from being written") {
    Office office;
    auto const& teacher = office.teachers[0];
    auto const read = office.import({{"课表",
                                      {office.list_heading(),
                                       {office.classes[0], "周一", "1", "数学", teacher},
                                       {office.classes[1], "周一", "1", "数学", teacher},
                                       {office.classes[0], "周一", "1", "语文", ""}}}},
                                    true);
    REQUIRE(read.has_value());
    CHECK(read->clashes.size() == 2);
    CHECK_FALSE(read->timetable_id.has_value());
    bool named = false;
    for (auto const& clash : read->clashes) named = named || clash.teacher_name == teacher;
    CHECK(named);
}

TEST_CASE("a file of some classes leaves the others their lessons, if that is asked") {
    Office office;
    auto& world = office.world;
    auto const caller = world.academic(world.heba);
    auto const whole = office.import({{"课表",
                                       {office.list_heading(),
                                        {office.classes[0], "周一", "1", "数学", office.teachers[0]},
                                        {office.classes[1], "周一", "2", "数学", office.teachers[0]},
                                        {office.classes[1], "周五", "3", "语文", office.teachers[1], "", "单周"}}}},
                                     true);
    CHECK(whole->left_out.empty());
    REQUIRE(publish(world.db(), caller, world.clock, *whole->timetable_id, world.today()).has_value());
    auto const sheet = [&](std::string const& period) {
        return std::vector<TestSheet>{
            {"课表", {office.list_heading(), {office.classes[0], "周一", period, "语文", office.teachers[0]}}}};
    };
    auto const one = office.import(sheet("3"), true);
    CHECK(one->left_out == std::vector<std::string>{office.classes[1]});
    CHECK(one->kept == 0);
    auto const entries_of = [&](TimetableId const& id) {
        return world.read([&](sql::Tx& tx) { return store::entries(tx, id); });
    };
    CHECK(entries_of(*one->timetable_id).size() == 1);
    auto const merged = office.import(sheet("3"), true, true);
    CHECK(merged->entries == 1);
    CHECK(merged->kept == 2);
    CHECK(merged->left_out == std::vector<std::string>{office.classes[1]});
    REQUIRE(merged->timetable_id.has_value());
    CHECK(entries_of(*merged->timetable_id).size() == 3);
    REQUIRE(publish(world.db(), caller, world.clock, *merged->timetable_id, world.today()).has_value());
    auto const kept = world.read([&](sql::Tx& tx) {
        return lessons_of_class(tx, world.heba.classes[1], world.today(), world.today().plus_days(13));
    });
    CHECK(std::ranges::count(kept, std::string("14"), &Lesson::subject) == 2);  // two Mondays
    auto const replaced = world.read([&](sql::Tx& tx) {
        return lessons_of_class(tx, world.heba.classes[0], world.today(), world.today().plus_days(13));
    });
    CHECK(std::ranges::count(replaced, 3, &Lesson::period) == 2);
    CHECK(std::ranges::count(replaced, 1, &Lesson::period) == 0);
}

TEST_CASE("what is kept of other classes is checked with what is new") {
    Office office;
    auto& world = office.world;
    auto const whole = office.import(
        {{"课表", {office.list_heading(), {office.classes[1], "周一", "2", "数学", office.teachers[0]}}}}, true);
    REQUIRE(
        publish(world.db(), world.academic(world.heba), world.clock, *whole->timetable_id, world.today()).has_value());
    std::vector<TestSheet> const sheets{
        {"课表", {office.list_heading(), {office.classes[0], "周一", "2", "语文", office.teachers[0]}}}};
    CHECK(office.import(sheets, true)->clashes.empty());
    auto const merged = office.import(sheets, true, true);
    REQUIRE(merged->clashes.size() == 1);
    CHECK(merged->clashes[0].key == "timetable.teacher_twice");
    CHECK(merged->clashes[0].teacher_name == office.teachers[0]);
    CHECK_FALSE(merged->timetable_id.has_value());
}

TEST_CASE("an import is for the school's own office, its own file, from today on and with a bell") {
    Office office;
    auto& world = office.world;
    auto const caller = world.academic(world.heba);
    auto const file =
        office.upload(caller, {{"课表", {office.list_heading(), {office.classes[0], "周一", "1", "数学"}}}});
    auto const attempt = [&](auth::Caller const& who, ImportRequest const& request) {
        auto const answer = import_timetable(world.db(), who, world.clock, office.files, request);
        REQUIRE(answer.has_error());
        return answer.error();
    };
    CHECK(attempt(world.academic(world.jinpen), {world.heba.id, file, world.today(), {}, {}}).code ==
          core::ErrorCode::not_found);
    CHECK(attempt(world.teacher(), {world.heba.id, file, world.today(), {}, {}}).code == core::ErrorCode::forbidden);
    CHECK(attempt(world.principal(world.heba), {world.heba.id, file, world.today(), {}, {}}).code ==
          core::ErrorCode::not_found);
    CHECK(attempt(caller, {world.heba.id, file, world.today().plus_days(-1), {}, {}}).problems[0].key ==
          "timetable.in_the_past");
    CHECK(attempt(caller, {world.heba.id, file, {2016, 1, 1}, {}, {}}).problems[0].key == "timetable.outside_term");
    auto const other = world.academic(world.jinpen);
    auto const elsewhere = office.upload(other, {{"课表", {office.list_heading(), {"八(1)班", "周一", "1", "数学"}}}});
    CHECK(attempt(other, {world.jinpen.id, elsewhere, world.today(), {}, {}}).key == "timetable.import_no_bell");
    auto const words =
        office.files.keep(world.district(), {"课表.pdf", caller.account, {}}, "%PDF-1.4\n1 0 obj\n%%EOF\n").value().id;
    CHECK(attempt(caller, {world.heba.id, words, world.today(), {}, {}}).key == "text.table_is_pdf");
}

TEST_CASE("what is exported can be imported again; another school's is not given") {
    Office office;
    auto& world = office.world;
    auto const caller = world.academic(world.heba);
    auto const made = office.import(
        {{"课表",
          {office.list_heading(), {office.classes[0], "周一", "1", "数学", office.teachers[0], "501", "单周"}}}},
        true);
    REQUIRE(publish(world.db(), caller, world.clock, *made->timetable_id, world.today()).has_value());
    auto const path = office.folder / "export.xlsx";
    REQUIRE(write_workbook(world.db(), caller, world.clock, world.heba.id, true, {path.string(), "zh-CN"}).has_value());
    std::ifstream in(path, std::ios::binary);
    std::string const bytes{std::istreambuf_iterator<char>(in), {}};
    auto const file = office.files.keep(world.district(), {"export.xlsx", caller.account, {}}, bytes).value().id;
    auto const again =
        import_timetable(world.db(), caller, world.clock, office.files, {world.heba.id, file, world.today(), {}, {}});
    REQUIRE(again.has_value());
    CHECK(again->entries == 1);
    CHECK(again->refused.empty());
    auto const foreign = write_workbook(world.db(), world.teacher(world.jinpen), world.clock, world.heba.id, false,
                                        {path.string(), "zh-CN"});
    CHECK(foreign.error().code == core::ErrorCode::not_found);
    CHECK(write_check(world.db(), caller, world.clock, world.heba.id, {path.string(), "en"}).has_value());
}

TEST_CASE("weekdays and periods are read as schools write them") {
    for (auto const* word : {"周三", "星期三", "三", "3", "Wed", "Wednesday", "礼拜三"}) CHECK(weekday_of(word) == 3);
    CHECK(weekday_of("周日") == 7);
    CHECK(weekday_of("日") == 0);
    CHECK(weekday_of("节次") == 0);
    for (auto const* word : {"第2节", "第二节", "2", "二", "Period 2"}) CHECK(period_of(word) == 2);
    CHECK(period_of("午休") == 0);
    CHECK(period_of("12") == 12);
}
