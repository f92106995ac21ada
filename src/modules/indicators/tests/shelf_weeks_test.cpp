#include <doctest/doctest.h>

#include <algorithm>
#include <filesystem>

#include "core/json.hpp"
#include "evidence.hpp"
#include "modules/indicators/evaluation_file.hpp"
#include "modules/indicators/service_detail.hpp"
#include "modules/indicators/service_evaluation.hpp"
#include "modules/indicators/shelf_weeks.hpp"
#include "modules/resources/service.hpp"
#include "modules/resources/service_bulk.hpp"
#include "modules/resources/service_shelf.hpp"

using namespace santong;
using namespace santong::indicators;
using indicators::test::Evidence;
using indicators::test::last_monday;
using indicators::test::this_monday;

namespace {

core::LocalDate const fixed_monday{2014, 11, 3};

/// Two reviewed resources of heba since October: slides and a film.
struct Library : Evidence {
    Library() {
        resources::BulkResources bulk;
        for (auto const kind : {resources::Kind::slides, resources::Kind::video}) {
            resources::Resource one;
            one.id = resources::ResourceId::make();
            one.title = "平行四边形的面积";
            one.kind = kind;
            one.subject = "14";
            one.licence = resources::Licence::region_teaching;
            one.source = resources::Source::own_work;
            one.scope = one.wished_scope = resources::Scope::district;
            one.state = resources::State::published;
            one.owner_person = heba.teachers[0];
            one.school_id = heba.id;
            one.current_version = one.latest_version = 1;
            one.created_at = one.updated_at = core::Zone{}.at({2014, 10, 8}, 600);
            one.published_at = one.created_at;
            bulk.resources.push_back(one);
            (kind == resources::Kind::slides ? slides : film) = one.id;
        }
        transact([&](sql::Tx& tx) { resources::write_bulk(tx, bulk); });
        read_feed();
    }
    resources::ResourceId slides, film;

    teaching::ClassSession show(resources::ResourceId const& what, santong::test::WorldSchool const& school,
                                core::LocalDate date, std::size_t teacher = 1) const {
        auto const of = lesson(school.id, school.classes[0], date, 2, school.teachers[teacher]);
        auto const made = session(of);
        teaching::BulkSessions bulk;
        bulk.sessions.push_back(made);
        bulk.resources.push_back({made.id, what, 1, 1, true, teaching::MinutesBand::b20_30, false});
        transact([&](sql::Tx& tx) { teaching::write_sessions(tx, bulk); });
        read_feed();
        return made;
    }
    ShelfFigure reused(core::LocalDate monday) const {
        return read([&](sql::Tx& tx) { return shelf_figure(shelf_week(tx, monday, today()), "I29", monday); });
    }
    bool keep() const {
        return transact([&](sql::Tx& tx) { return keep_shelf_weeks(tx, today()); });
    }
    teaching::LessonPlan plan(santong::test::WorldSchool const& school, std::vector<resources::ResourceId> const& ids) {
        teaching::LessonPlan one;
        one.id = teaching::PlanId::make();
        one.owner_person = school.teachers[0];
        one.school_id = school.id;
        one.subject = "14";
        one.grade = 5;
        one.content.title = "平行四边形的面积";
        teaching::Section part;
        part.key = "explore";
        for (auto const& id : ids) part.resources.push_back({id, {}, {}, false});
        one.content.sections.push_back(part);
        one.made_at = one.updated_at = clock.now();
        return one;
    }
    void tell(teaching::LessonPlan const& one) const {
        transact([&](sql::Tx& tx) { feed::put(tx, {"teaching.LessonPlan", one.id.text(), one.school_id}, one); });
        read_feed();
    }
};

}  // namespace

TEST_CASE("a resource is reused when another school shows it in a lesson, from that week on and to the term's end") {
    Library world;
    CHECK(world.reused(this_monday).denominator == 2);
    CHECK(world.reused(this_monday).numerator == 0);
    world.show(world.slides, world.heba, last_monday);  // of its own school
    CHECK(world.reused(this_monday).numerator == 0);
    world.show(world.slides, world.jinpen, last_monday.plus_days(1));
    CHECK(world.reused(fixed_monday).numerator == 0);
    CHECK(world.reused(last_monday).numerator == 1);
    CHECK(world.reused(this_monday).numerator == 1);
    CHECK(world.reused({2014, 9, 29}).denominator == 0);  // neither was there yet
}

TEST_CASE("looking is no use: openings, whoever's, count by the first formula only") {
    Library world;
    auto const& item = world.slides;
    for (auto const& who :
         {world.caller(world.leader), world.research_head(world.jinpen), world.teacher(world.jinpen)}) {
        world.transact(
            [&](sql::Tx& tx) { resources::record_view(tx, world.clock, who, resources::resource(tx, item).value()); });
    }
    world.read_feed();
    CHECK(world.reused(this_monday).numerator == 0);
    auto const& formula = *find_formula("I29");
    CHECK(formula.version_of({2014, 8, 25}).number == 1);
    CHECK(formula.version_of({2014, 9, 1}).number == 2);
    CHECK(find_indicator("I29") == nullptr);
}

TEST_CASE("a session that its teacher discarded is no use, nor what the giver does elsewhere himself") {
    Library world;
    auto made = world.show(world.slides, world.jinpen, last_monday);
    CHECK(world.reused(last_monday).numerator == 1);
    made.state = teaching::SessionState::discarded;
    world.Evidence::tell(made);
    world.read_feed();
    CHECK(world.reused(last_monday).numerator == 0);
    auto away = world.lesson(world.jinpen.id, world.jinpen.classes[1], last_monday, 3, world.heba.teachers[0]);
    teaching::BulkSessions bulk;
    bulk.sessions.push_back(world.session(away));
    bulk.resources.push_back({bulk.sessions[0].id, world.film, 1, 1, true, teaching::MinutesBand::b20_30, false});
    world.transact([&](sql::Tx& tx) { teaching::write_sessions(tx, bulk); });
    world.read_feed();
    CHECK(world.reused(last_monday).numerator == 0);
}

TEST_CASE("a plan of another school is a use as long as it holds the resource; what a teacher saves is one, too") {
    Library world;
    auto plan = world.plan(world.jinpen, {world.slides, world.film});
    world.tell(plan);
    CHECK(world.reused(this_monday).numerator == 2);
    CHECK(world.reused(last_monday).numerator == 0);
    plan.content.sections[0].resources.pop_back();
    world.tell(plan);
    CHECK(world.reused(this_monday).numerator == 1);
    world.transact([&](sql::Tx& tx) { feed::remove(tx, {"teaching.LessonPlan", plan.id.text(), plan.school_id}); });
    world.read_feed();
    CHECK(world.reused(this_monday).numerator == 0);
    world.tell(world.plan(world.heba, {world.slides}));  // the giver's own
    CHECK(world.reused(this_monday).numerator == 0);
    world.transact([&](sql::Tx& tx) {
        resources::Saved const said{world.film, world.jinpen.id, world.clock.now()};
        feed::event(tx, {"resources.Saved", world.film.text(), world.jinpen.id}, said);
    });
    world.read_feed();
    CHECK(world.reused(this_monday).numerator == 1);
}

TEST_CASE("a week whose seven days are over is kept as it was; one that teachers may still correct moves") {
    Library world;
    world.show(world.slides, world.jinpen, fixed_monday);
    REQUIRE(world.keep());
    auto const lines = [&] {
        return world.read([&](sql::Tx& tx) { return shelf_weeks(tx, fixed_monday, last_monday, world.today()); });
    };
    auto const before = lines();
    CHECK(world.keep());
    CHECK(lines() == before);
    world.transact([&](sql::Tx& tx) {
        tx.execute("UPDATE resource SET state = 'recalled' WHERE district_id = $1 AND id = $2", tx.district(),
                   world.slides);
    });
    CHECK(world.keep());
    CHECK(world.reused(fixed_monday).numerator == 1);
    CHECK(world.reused(fixed_monday).denominator == 2);
    CHECK(world.reused(last_monday).numerator == 0);
    CHECK(world.reused(last_monday).denominator == 1);
}

TEST_CASE("nothing is kept while uses have not been read") {
    Library world;
    auto const of = world.lesson(world.jinpen.id, world.jinpen.classes[0], fixed_monday, 2, world.jinpen.teachers[1]);
    teaching::BulkSessions bulk;
    bulk.sessions.push_back(world.session(of));
    bulk.resources.push_back({bulk.sessions[0].id, world.slides, 1, 1, true, teaching::MinutesBand::b20_30, false});
    world.transact([&](sql::Tx& tx) { teaching::write_sessions(tx, bulk); });
    CHECK_FALSE(world.keep());
    world.read_feed();
    CHECK(world.keep());
    CHECK(world.reused(fixed_monday).numerator == 1);
}

TEST_CASE("the library's indicators have a curve and are those of the chosen week") {
    Library world;
    world.show(world.slides, world.jinpen, last_monday);
    auto const leader = world.caller(world.leader);
    auto const view = indicator(world.db(), leader, world.clock, "I29", {0, ""}, "zh-CN");
    REQUIRE(view.has_value());
    REQUIRE(view->number.series.size() == 8);
    CHECK(view->number.series.back() == doctest::Approx(50.0));
    CHECK(view->number.series[5] == doctest::Approx(0.0));
    CHECK(view->number.points[0] == PointState::nothing);  // 29 September: an empty shelf
    CHECK(view->number.provisional);
    CHECK(view->versions.size() == 2);
    auto const earlier = indicator(world.db(), leader, world.clock, "I29", {10, ""}, "zh-CN");
    REQUIRE(earlier.has_value());
    CHECK(earlier->number.value == doctest::Approx(0.0));
    CHECK_FALSE(earlier->number.provisional);
    auto const chapters = indicator(world.db(), leader, world.clock, "I30", {0, ""}, "zh-CN");
    REQUIRE(chapters.has_value());
    CHECK(chapters->number.points.back() == PointState::nothing);  // no textbook
}

TEST_CASE("an evaluation run holds the library's weeks without names, and a verifier computes them again") {
    Library world;
    world.show(world.slides, world.jinpen, fixed_monday);
    auto const folder = std::filesystem::temp_directory_path() / ("shelf-" + core::Uuid::make().text());
    files::LocalContentStore contents{folder};
    files::Files files{world.db(), contents, world.clock};
    jobs::Jobs jobs{world.db(), files, world.clock};
    EvaluationPlace const place{world.db(), jobs, world.clock};
    auto const made = make_evaluation(place, world.caller(world.supervisor),
                                      {"资源", {2014, 10, 27}, fixed_monday, {"I21", "I29", "I30"}, {}});
    REQUIRE(made.has_value());
    jobs::RunnerOptions options;
    options.districts = {world.district()};
    jobs::JobRunner runner(jobs, nullptr, options);
    register_evaluation_jobs(runner, place);
    REQUIRE(runner.run_one());
    auto const seen = evaluation(place, world.caller(world.supervisor), made->id);
    REQUIRE(seen.has_value());
    REQUIRE(seen->state == EvaluationState::frozen);
    auto const line = std::ranges::find(seen->results, std::string("I29"), &EvaluationLine::indicator);
    REQUIRE(line != seen->results.end());
    CHECK(line->value == "50.0");  // the last week, not the sum of two
    CHECK_FALSE(line->org_id.has_value());
    auto const file = evaluation_file(place, world.caller(world.supervisor), made->id)->content;
    auto const checked = verify_evaluation(file);
    REQUIRE(checked.has_value());
    CHECK(checked->difference.empty());
    CHECK(checked->head.format == second_format);
    auto text = unpack(file).value_or("");
    for (auto const& id : {world.slides.text(), world.heba.id.text(), world.heba.teachers[0].text()})
        CHECK(text.find(id) == std::string::npos);
    std::string const family = "\"family\":\"held\"", done = "\"done\":1";
    auto const at = text.find(done, text.find(family));
    REQUIRE(at != std::string::npos);
    text.replace(at, done.size(), "\"done\":0");
    CHECK(verify_evaluation(pack(text))->difference.starts_with("fact: row"));
    std::filesystem::remove_all(folder);
}
