#include <doctest/doctest.h>

#include <algorithm>
#include <filesystem>

#include "core/base64.hpp"
#include "core/json.hpp"
#include "evidence.hpp"
#include "modules/indicators/evaluation_file.hpp"
#include "modules/indicators/service_evaluation.hpp"
#include "modules/indicators/store_lines.hpp"
#include "platform/auth/ed25519.hpp"

using namespace santong;
using namespace santong::indicators;
using indicators::test::Evidence;

namespace {

core::LocalDate const first_week{2014, 10, 20};
core::LocalDate const second_week{2014, 10, 27};

/// A district with two weeks of lessons, jobs and keys.
struct Frozen : Evidence {
    Frozen() {
        for (auto const monday : {first_week, second_week}) {
            for (auto const* school : {&heba, &jinpen}) teach(*school, monday);
        }
        read_feed();
    }
    ~Frozen() { std::filesystem::remove_all(folder); }

    void teach(santong::test::WorldSchool const& school, core::LocalDate monday) const {
        for (int i = 0; i < 30; ++i) {
            auto const one = lesson(school.id, school.classes[0], monday.plus_days(i % 5), 1 + i / 5,
                                    school.teachers[static_cast<std::size_t>(i) % school.teachers.size()]);
            tell(one);
            if (i % 2 == 0) tell(session(one));
        }
    }

    std::filesystem::path folder = std::filesystem::temp_directory_path() / ("frozen-" + core::Uuid::make().text());
    files::LocalContentStore contents{folder};
    files::Files files{db(), contents, clock};
    jobs::Jobs jobs{db(), files, clock};
    EvaluationPlace place{db(), jobs, clock};

    NewEvaluation wish() const {
        return {"期中评估", first_week, second_week.plus_days(6), {"I20", "I21", "I22", "I23", "I27"}, {}};
    }
    EvaluationView frozen() { return frozen(wish()); }
    EvaluationView frozen(NewEvaluation const& asked) {
        auto const made = make_evaluation(place, caller(supervisor), asked);
        REQUIRE(made.has_value());
        jobs::RunnerOptions options;
        options.districts = {district()};
        jobs::JobRunner runner(jobs, nullptr, options);
        register_evaluation_jobs(runner, place);
        REQUIRE(runner.run_one());
        auto const seen = evaluation(place, caller(supervisor), made->id);
        REQUIRE(seen.has_value());
        return *seen;
    }
    std::string file() {
        auto const run = frozen();
        REQUIRE(run.state == EvaluationState::frozen);
        auto const taken = evaluation_file(place, caller(supervisor), run.id);
        REQUIRE(taken.has_value());
        return taken->content;
    }
};

/// The file with the first `from` behind `mark` replaced.
std::string altered(std::string const& file, std::string const& mark, std::string const& from, std::string const& to) {
    auto text = unpack(file).value_or("");
    auto const at = text.find(from, text.find(mark));
    REQUIRE(at != std::string::npos);
    text.replace(at, from.size(), to);
    return pack(text);
}

std::string difference(std::string const& file) {
    auto const checked = verify_evaluation(file);
    return checked ? checked->difference : "unreadable: " + checked.error().key;
}

}  // namespace

TEST_CASE("a run freezes what rollups say, and its file is computed again without the district") {
    Frozen world;
    auto const run = world.frozen();
    CHECK(run.state == EvaluationState::frozen);
    CHECK(run.weeks == 2);
    CHECK(run.hidden == 0);
    auto const taken = evaluation_file(world.place, world.caller(world.info_office), run.id);
    REQUIRE(taken.has_value());
    auto const checked = verify_evaluation(taken->content, run.key);
    REQUIRE(checked.has_value());
    CHECK(checked->difference.empty());
    CHECK(checked->facts == run.facts);
    for (auto const& line : run.results) {
        if (line.indicator != "I21" || line.name != world.heba.name) continue;
        CHECK(line.numerator == 30);
        CHECK(line.denominator == 60);
        CHECK(line.value == "50.0");
    }
    CHECK(verify_evaluation(taken->content, "00")->difference.starts_with("key:"));
}

TEST_CASE("rows behind which too few people stand are kept back, and the values made of them") {
    Frozen world;
    world.teach(world.mingxin, first_week);  // two teachers
    world.read_feed();
    auto const run = world.frozen();
    CHECK(run.hidden > 0);
    for (auto const& line : run.results) {
        if (line.indicator != "I20" || line.name != world.mingxin.name) continue;
        CHECK(line.denominator == 0);
        CHECK(line.hidden == 1);
    }
    auto const taken = evaluation_file(world.place, world.caller(world.supervisor), run.id);
    REQUIRE(taken.has_value());
    CHECK(difference(taken->content).empty());
}

TEST_CASE("a file holds no name, number or day of a person, and two runs cannot be laid side by side") {
    Frozen world;
    auto const text = unpack(world.file()).value_or("");
    for (auto const& teacher : world.heba.teachers) CHECK(text.find(teacher.text()) == std::string::npos);
    for (auto const& group : world.heba.classes) CHECK(text.find(group.text()) == std::string::npos);
    CHECK(text.find("\"teacher_id\"") == std::string::npos);
    CHECK(text.find("2014-10-21") == std::string::npos);
    auto const first = text.find("\"id\":\"");
    auto const id = text.substr(first, 22);
    CHECK(unpack(world.file()).value_or("").find(id) == std::string::npos);
}

TEST_CASE("one altered fact, value, hash, result or signature is found and named") {
    Frozen world;
    auto const file = world.file();
    CHECK(difference(file).empty());
    CHECK(difference(altered(file, "\"family\":\"lesson\"", "\"state\":\"held\"", "\"state\":\"gone\""))
              .starts_with("fact: row 1 of lesson"));
    CHECK(difference(altered(file, "\"line\":\"value\"", "\"denominator\":", "\"denominator\":1"))
              .starts_with("value: I"));
    auto const text = unpack(file).value_or("");
    auto const hash = text.substr(text.find("\"hashes\":[\"") + 11, 8);
    auto const other = hash == "00000000" ? std::string("11111111") : std::string("00000000");
    CHECK(difference(altered(file, "\"hashes\":[\"", hash, other)).starts_with("hash: that of row 1"));
    CHECK(
        difference(altered(file, "\"line\":\"result\"", "\"numerator\":", "\"numerator\":1")).starts_with("result: I"));
    CHECK(difference(altered(file, "\"line\":\"head\"", "期中评估", "期末评估")).starts_with("seal:"));
    // With its name before it: its first letter may stand in the name, too.
    std::string const name = "\"signature\":\"";
    auto const letter = text.substr(text.find(name) + name.size(), 1);
    CHECK(difference(altered(file, name, name + letter, name + (letter == "A" ? "B" : "A"))).starts_with("signature:"));
}

TEST_CASE("a file that was cut, is none, or goes on behind its seal is not read") {
    Frozen world;
    auto const file = world.file();
    CHECK(difference(file.substr(0, file.size() / 2)).starts_with("unreadable"));
    CHECK(difference("no such thing").starts_with("unreadable"));
    CHECK(difference("").starts_with("unreadable"));
    CHECK(difference(pack(unpack(file).value_or("") + "{\"line\":\"value\"}\n")).starts_with("unreadable"));
}

TEST_CASE("a run needs a name, known indicators, schools that exist and weeks that are fixed") {
    Frozen world;
    auto const refused = [&](NewEvaluation const& wish) {
        auto const made = make_evaluation(world.place, world.caller(world.info_office), wish);
        REQUIRE_FALSE(made.has_value());
        return made.error().problems.empty() ? made.error().key : made.error().problems[0].key;
    };
    auto wish = world.wish();
    wish.title = "";
    CHECK(refused(wish) == "indicators.evaluation_title");
    wish = world.wish();
    wish.to = world.today();
    CHECK(refused(wish) == "indicators.evaluation_open");
    wish = world.wish();
    std::swap(wish.from, wish.to);
    CHECK(refused(wish) == "indicators.evaluation_period");
    wish = world.wish();
    wish.indicators = {"I99"};
    CHECK(refused(wish) == "indicators.not_found");
    wish = world.wish();
    wish.schools = {world.county};
    CHECK(refused(wish) == "roster.org_not_found");
}

TEST_CASE("a principal neither makes nor sees a run, a leader sees it and takes no file") {
    Frozen world;
    auto const run = world.frozen();
    CHECK_FALSE(make_evaluation(world.place, world.principal(world.heba), world.wish()).has_value());
    CHECK_FALSE(evaluation(world.place, world.principal(world.heba), run.id).has_value());
    CHECK_FALSE(list_evaluations(world.place, world.teacher()).has_value());
    CHECK(evaluation(world.place, world.caller(world.leader), run.id).has_value());
    CHECK_FALSE(evaluation_file(world.place, world.caller(world.leader), run.id).has_value());
    CHECK_FALSE(make_evaluation(world.place, world.caller(world.leader), world.wish()).has_value());
    CHECK_FALSE(evaluation(world.place, world.caller(world.supervisor), EvaluationId::make()).has_value());
}

TEST_CASE("an Ed25519 signature holds for its text and key only") {
    auto const pair = auth::ed25519::make_pair();
    auto const signature = auth::ed25519::sign(pair.secret, "a");
    CHECK(auth::ed25519::verify(pair.open, "a", signature));
    CHECK_FALSE(auth::ed25519::verify(pair.open, "b", signature));
    CHECK_FALSE(auth::ed25519::verify(auth::ed25519::make_pair().open, "a", signature));
    CHECK_FALSE(auth::ed25519::verify(pair.open, "a", signature.substr(1)));
}

TEST_CASE("lines and boxes are frozen with what each school adds: how they stand by the last week, outages by all") {
    Frozen world;
    world.transact([&](sql::Tx& tx) {
        auto const fact = [](char const* indicator, core::LocalDate monday, core::OrgId const& org, bool known,
                             std::int64_t total, std::int64_t counted) {
            return LineFact{indicator, monday, org, known, total, counted, 0, true};
        };
        store::replace_lines(
            tx, first_week,
            {fact("I04", first_week, world.heba.id, true, 1, 0), fact("I65", first_week, world.heba.id, true, 60, 30)});
        store::replace_lines(tx, second_week,
                             {fact("I04", second_week, world.heba.id, true, 1, 1),
                              fact("I04", second_week, world.jinpen.id, false, 1, 0),
                              fact("I02", second_week, world.heba.id, false, 1, 0),
                              fact("I65", second_week, world.jinpen.id, true, 40, 40)});
    });
    auto wish = world.wish();
    wish.indicators = {"I02", "I04", "I31", "I65", "I21"};
    auto const run = world.frozen(wish);
    REQUIRE(run.state == EvaluationState::frozen);
    auto const line = [&](char const* code) {
        auto const found = std::ranges::find_if(
            run.results, [&](EvaluationLine const& one) { return one.indicator == code && one.name.empty(); });
        REQUIRE(found != run.results.end());
        return *found;
    };
    CHECK(line("I04").numerator == 1);
    CHECK(line("I04").denominator == 2);
    CHECK(line("I65").numerator == 70);
    CHECK(line("I65").denominator == 100);
    CHECK(line("I02").value.empty());  // nobody has measured
    CHECK(line("I31").value.empty());
    auto const taken = evaluation_file(world.place, world.caller(world.supervisor), run.id).value();
    auto const checked = verify_evaluation(taken.content).value();
    CHECK(checked.difference.empty());
    CHECK(checked.head.format == third_format);
    CHECK(
        difference(altered(taken.content, "\"family\":\"lines\"", "\"done\":30", "\"done\":31")).starts_with("fact:"));
    auto const all = list_evaluations(world.place, world.caller(world.supervisor)).value().choices.indicators;
    for (auto const* code : {"I01", "I09", "I31", "I65"}) CHECK(std::ranges::find(all, code) != all.end());
}
