#include <doctest/doctest.h>

#include <filesystem>

#include "evidence.hpp"
#include "modules/indicators/http.hpp"
#include "modules/indicators/service_detail.hpp"
#include "modules/indicators/service_school.hpp"
#include "platform/text/table.hpp"
#include "platform/text/zip.hpp"

using namespace santong;
using namespace santong::indicators;
using indicators::test::Evidence;
using indicators::test::last_monday;
using indicators::test::this_monday;

namespace {

constexpr int last_week = 11;

/// Five lessons a day for a week in every class, a different teacher each period; every second one with evidence.
void teach_week(Evidence const& world, santong::test::WorldSchool const& school, core::LocalDate monday) {
    teaching::BulkSessions bulk;
    for (int day = 0; day < 5; ++day) {
        for (std::size_t c = 0; c < school.classes.size(); ++c) {
            for (int period = 1; period <= 6; ++period) {
                auto const& teacher = school.teachers[(static_cast<std::size_t>(period) + c) % school.teachers.size()];
                auto const lesson = world.lesson(school.id, school.classes[c], monday.plus_days(day), period, teacher,
                                                 period == 6 ? "24" : "14");
                world.tell(lesson);
                if (period % 2 == 0) bulk.sessions.push_back(world.session(lesson));
            }
        }
    }
    world.transact([&](sql::Tx& tx) { teaching::write_sessions(tx, bulk); });
}

struct Taught : Evidence {
    Taught() {
        for (auto const* school : {&heba, &mingxin, &jinpen}) teach_week(*this, *school, last_monday);
        read_feed();
    }
    core::Result<IndicatorView> view(auth::Caller const& who, std::string const& org = "", int week = last_week) const {
        return indicator(db(), who, clock, "I21", {week, org}, "zh-CN");
    }
};

RowView const& row_of(IndicatorView const& view, core::OrgId const& school) {
    for (auto const& row : view.rows) {
        if (row.org_id == school) return row;
    }
    FAIL("no such row");
    return view.rows.front();
}

/// Most digits after the point of any number in a workbook.
std::size_t longest_fraction(std::filesystem::path const& file) {
    std::size_t longest = 0;
    auto zip = text::ZipReader::open(file);
    while (auto const entry = *zip->next()) {
        if (!entry->path.starts_with("xl/worksheets/")) continue;
        auto const sheet = *zip->read_all();
        for (auto at = sheet.find("<v>"); at != sheet.npos; at = sheet.find("<v>", at + 1)) {
            auto const value = sheet.substr(at + 3, sheet.find('<', at + 1) - at - 3);
            auto const point = value.find('.');
            if (point != value.npos) longest = std::max(longest, value.size() - point - 1);
        }
    }
    return longest;
}

}  // namespace

TEST_CASE("the bureau sees schools and subjects without names, and nothing of a school with two teachers") {
    Taught world;
    auto const view = world.view(world.caller(world.leader));
    REQUIRE(view.has_value());
    CHECK(view->number.value == doctest::Approx(50.0));
    CHECK(row_of(*view, world.heba.id).total.value == doctest::Approx(50.0));
    auto const& small = row_of(*view, world.mingxin.id);
    CHECK(small.total.hidden);
    CHECK_FALSE(small.total.value.has_value());
    CHECK_FALSE(small.total.denominator.has_value());
    for (auto const& cell : small.cells) CHECK((cell.hidden || cell.empty));
    CHECK(core::json::write(*view).find(world.heba.name + "教师") == std::string::npos);
}

TEST_CASE("the village school's number follows from no total: central and whole are not shown together") {
    Taught world;
    auto const page = cockpit(world.db(), world.caller(world.leader), world.clock, last_week, "zh-CN");
    REQUIRE(page.has_value());
    CHECK_FALSE(page->village.back().has_value());
    for (auto const& school : page->schools) {
        if (school.id == world.mingxin.id) CHECK(school.hidden);
    }
    for (auto const& number : page->numbers) {
        if (number.code == "I20")
            CHECK(number.hidden);  // over all schools; that of the central ones is shown elsewhere
    }
    auto const seen =
        list_indicators(world.db(), world.caller(world.leader), world.clock, {last_week, world.mingxin.id.text()});
    REQUIRE(seen.has_value());
    for (auto const& number : seen->items) {
        if (number.code == "I21" || number.code == "I20") CHECK_FALSE(number.value.has_value());
    }
}

TEST_CASE("a workbook hides what the screen hides, and its export is recorded") {
    Taught world;
    auto const file = std::filesystem::temp_directory_path() / (core::Uuid::make().text() + ".xlsx");
    REQUIRE(export_indicator(world.db(), world.caller(world.leader), world.clock, "I21", {last_week, ""},
                             {file.string(), "zh-CN"})
                .has_value());
    CHECK(std::filesystem::file_size(file) > 1000);
    CHECK(longest_fraction(file) <= 1);
    std::filesystem::remove(file);
    CHECK(export_indicator(world.db(), world.caller(world.heba.teachers[0]), world.clock, "I21", {last_week, ""},
                           {file.string(), "zh-CN"})
              .error()
              .code == core::ErrorCode::forbidden);
    CHECK_FALSE(std::filesystem::exists(file));
}

TEST_CASE("above the school a drill-down gives counts, never lessons") {
    Taught world;
    for (auto const& person : {world.leader, world.supervisor, world.researcher}) {
        auto const list =
            lessons(world.db(), world.caller(person), world.clock, "I21", {last_week, world.heba.id.text(), ""}, "en");
        REQUIRE(list.has_value());
        CHECK(list->lessons.empty());
        CHECK_FALSE(list->named);
        CHECK(list->counts.size() == 2);
    }
    auto const hidden = lessons(world.db(), world.caller(world.leader), world.clock, "I21",
                                {last_week, world.mingxin.id.text(), ""}, "en");
    REQUIRE(hidden.has_value());
    CHECK(hidden->hidden);
    CHECK(hidden->counts.empty());
    CHECK(
        lessons(world.db(), world.caller(world.leader), world.clock, "I21", {last_week, "", "99"}, "en").error().key ==
        "indicators.no_such_subject");
}

TEST_CASE("a principal sees his school's total at once and single lessons after seven days") {
    Taught world;
    auto const principal = world.principal(world.heba);
    auto const view = world.view(principal);
    REQUIRE(view.has_value());
    CHECK(view->school);
    CHECK(view->number.value == doctest::Approx(50.0));
    CHECK(view->number.provisional);
    CHECK(view->may_list_lessons);
    world.clock.set(core::Zone{}.at({2014, 11, 17}, 600));
    auto const early = lessons(world.db(), principal, world.clock, "I21", {last_week, "", ""}, "zh-CN");
    REQUIRE(early.has_value());
    CHECK(early->lessons.empty());
    CHECK(early->not_yet_open == 30);
    world.clock.set(core::Zone{}.at({2014, 11, 24}, 600));
    auto const late = lessons(world.db(), principal, world.clock, "I21", {last_week, "", ""}, "zh-CN");
    REQUIRE(late.has_value());
    CHECK(late->lessons.size() == 30);
    CHECK(late->not_yet_open == 0);
    CHECK(late->lessons.front().teacher_name.find("教师") != std::string::npos);
}

TEST_CASE("within the school a subject of few teachers is shown when the week is fixed") {
    Evidence world;
    auto const& school = world.jinpen;
    for (int i = 0; i < 6; ++i) {
        auto const lesson = world.lesson(school.id, school.classes[0], last_monday.plus_days(i % 5), 1 + i,
                                         school.teachers[static_cast<std::size_t>(i)], i == 5 ? "24" : "14");
        world.tell(lesson);
        if (i % 2 == 0) world.tell(world.session(lesson));
    }
    world.read_feed();
    auto const look = [&] {
        return indicator(world.db(), world.principal(school), world.clock, "I21", {last_week, ""}, "zh-CN");
    };
    auto const art = [](IndicatorView const& view) {
        for (std::size_t c = 0; c < view.columns.size(); ++c) {
            if (view.columns[c].key == "g.art") return view.rows.at(0).cells.at(c);
        }
        return CellView{};
    };
    auto const early = look();
    REQUIRE(early.has_value());
    CHECK(early->rows.at(0).total.value.has_value());
    CHECK(art(*early).hidden);
    world.clock.set(core::Zone{}.at({2014, 11, 24}, 600));
    auto const late = look();
    REQUIRE(late.has_value());
    CHECK_FALSE(art(*late).hidden);
    CHECK_FALSE(late->number.provisional);
}

TEST_CASE("a principal sees the village school he manages and no other") {
    Taught world;
    auto const principal = world.principal(world.heba);
    CHECK(world.view(principal, world.mingxin.id.text()).has_value());
    CHECK(world.view(principal, world.jinpen.id.text()).error().code == core::ErrorCode::forbidden);
    CHECK(world.view(principal, world.county.text()).error().code == core::ErrorCode::forbidden);
    CHECK(lessons(world.db(), principal, world.clock, "I21", {last_week, world.jinpen.id.text(), ""}, "en")
              .error()
              .code == core::ErrorCode::forbidden);
    CHECK(school_profile(world.db(), principal, world.clock, world.jinpen.id, 0, "en").error().code ==
          core::ErrorCode::not_found);
    CHECK(cockpit(world.db(), principal, world.clock, 0, "en").error().code == core::ErrorCode::forbidden);
}

TEST_CASE("teachers, pupils, guardians and administrators get no indicator at all") {
    Taught world;
    for (auto const& person : {world.heba.teachers[0], world.heba.pupils[0][0], world.guardian, world.finance,
                               world.sysadmin, world.heba.technician, world.heba.research_head}) {
        auto const who = world.caller(person);
        CHECK(world.view(who).error().code == core::ErrorCode::forbidden);
        CHECK(world.view(who, world.heba.id.text()).error().code == core::ErrorCode::forbidden);
        CHECK(cockpit(world.db(), who, world.clock, 0, "en").error().code == core::ErrorCode::forbidden);
        CHECK(list_indicators(world.db(), who, world.clock, {}).error().code == core::ErrorCode::forbidden);
        CHECK(lessons(world.db(), who, world.clock, "I21", {0, world.heba.id.text(), ""}, "en").error().code ==
              core::ErrorCode::forbidden);
        CHECK(school_profile(world.db(), who, world.clock, world.heba.id, 0, "en").error().code ==
              core::ErrorCode::not_found);
        CHECK(principal_home(world.db(), who, world.clock, "", "en").error().code == core::ErrorCode::forbidden);
        CHECK(declare(world.db(), who, world.clock, {"I21", world.heba.id, "2014-10", 50, ""}).error().code ==
              core::ErrorCode::forbidden);
    }
    CHECK(world.view(world.nobody()).error().code == core::ErrorCode::forbidden);
}

TEST_CASE("who may hear that figures have moved") {
    Evidence world;
    notify::Hub hub([](core::DistrictId, std::string const&) { return true; });
    allow_topics(hub);
    CHECK(hub.may_hear(world.caller(world.leader), topic_of(world.district())));
    CHECK(hub.may_hear(world.principal(world.heba), topic_of(world.district())));
    CHECK_FALSE(hub.may_hear(world.teacher(), topic_of(world.district())));
    CHECK_FALSE(hub.may_hear(world.caller(world.leader), topic_of(world.district() + 1)));
}

TEST_CASE("every route says who may call it") {
    Evidence world;
    http::Router router;
    register_routes(router, world.db(), world.clock);
    for (auto const* path :
         {"/api/v1/cockpit", "/api/v1/cockpit/export.xlsx", "/api/v1/indicators", "/api/v1/indicators/I21",
          "/api/v1/indicators/I21/export.xlsx", "/api/v1/indicators/I21/lessons", "/api/v1/principal/home"}) {
        auto const match = router.find(http::Method::get, path);
        REQUIRE(match.route != nullptr);
        CHECK(match.route->access.kind != http::Access::Kind::open);
    }
    CHECK(router.find(http::Method::post, "/api/v1/declarations").route != nullptr);
}

TEST_CASE("the share of village schools counts only those whose figure is shown, and the library names nobody") {
    Taught world;
    auto const leader = world.caller(world.leader);
    auto const seen = [&](auth::Caller const& caller, char const* wanted, FigureQuery const& query) {
        return indicator(world.db(), caller, world.clock, wanted, query, "zh-CN");
    };
    auto const schools = seen(leader, "I28S", {last_week, ""});
    REQUIRE(schools.has_value());
    CHECK_FALSE(schools->number.value.has_value());  // the only village school has two teachers
    CHECK(schools->number.denominator == 0);
    CHECK(row_of(*schools, world.mingxin.id).total.hidden);
    CHECK(schools->columns.empty());
    for (auto const& row : schools->rows) CHECK(row.cells.empty());
    for (auto const* shelf : {"I29", "I30"}) {
        auto const view = seen(leader, shelf, {});
        REQUIRE(view.has_value());
        CHECK(view->number.series.size() == 8);
        for (auto const& part : view->numerator_parts) CHECK(part.key != "people");  // nobody has given anything
    }
    CHECK(seen(leader, "I29", {0, world.heba.id.text()}).error().code == core::ErrorCode::not_found);
    CHECK(seen(world.principal(world.heba), "I29", {}).error().code == core::ErrorCode::not_found);
    CHECK(seen(world.teacher(), "I29", {}).has_error());
    auto const list = list_indicators(world.db(), leader, world.clock, {});
    for (auto const* code : {"I28S", "I29", "I30"})
        CHECK(std::ranges::count(list->items, std::string(code), &Number::code) == 1);
    auto const own = list_indicators(world.db(), world.principal(world.heba), world.clock, {});
    CHECK(std::ranges::count(own->items, std::string("I29"), &Number::code) == 0);
}
