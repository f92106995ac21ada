#include "server/demo/teaching_on.hpp"

#include <doctest/doctest.h>

#include <filesystem>

#include "modules/teaching/service.hpp"
#include "modules/teaching/tests/classroom.hpp"
#include "modules/timetable/service.hpp"
#include "platform/sql/installation.hpp"

using namespace santong;
using server::demo::queue_teaching;
using server::demo::register_teaching;
using server::demo::teach_on;

namespace {

/// A classroom whose mathematics teacher has taught every lesson of four weeks with a screen, and the Chinese teacher
/// none.
struct Served : santong::test::Classroom {
    explicit Served(bool demo = true) {
        if (demo) db().transact(0, [](sql::Tx& tx) { sql::set_installation_value(tx, "demo", "yes"); });
        teaching::BulkSessions bulk;
        auto const lessons = read(
            [&](sql::Tx& tx) { return timetable::lessons_of_school(tx, heba.id, {2014, 10, 20}, {2014, 11, 19}); });
        for (auto const& one : lessons) {
            if (one.teacher_id != heba.teachers[0]) continue;
            auto made = teaching::session_of(one, *one.teacher_id, teaching::EvidenceKind::class_view, core::Zone{});
            bulk.resources.push_back({made.id, reviewed, 1, 1, true, teaching::MinutesBand::b10_20, false});
            bulk.sessions.push_back(std::move(made));
        }
        REQUIRE(bulk.sessions.size() >= 3);
        transact([&](sql::Tx& tx) { teaching::write_sessions(tx, bulk); });
    }
    ~Served() { std::filesystem::remove_all(folder); }

    void noon() { go_to(20, 12, 0); }
    core::Instant at(int hour, int minute) const { return core::Zone{}.at(today(), hour * 60 + minute); }
    std::vector<teaching::ClassSession> taught_today() const {
        return read([&](sql::Tx& tx) { return teaching::sessions_of_school(tx, heba.id, today(), today()); });
    }
    std::size_t jobs_there() const {
        return db().read(district(), [&](sql::Tx& tx) {
            return static_cast<std::size_t>(
                tx.value<std::int64_t>("SELECT COUNT(*) FROM job WHERE district_id = $1 AND kind = 'demo.teach_on'",
                                       tx.district())
                    .value_or(0));
        });
    }

    std::filesystem::path folder = std::filesystem::temp_directory_path() / ("served-" + core::Uuid::make().text());
    files::LocalContentStore contents{folder};
    files::Files files{db(), contents, clock};
    jobs::Jobs jobs{db(), files, clock};
};

}  // namespace

TEST_CASE("lessons of a demo that are over leave what their teachers' last weeks lead to expect") {
    Served world;
    world.noon();
    CHECK(world.taught_today().empty());
    CHECK(teach_on(world.db(), world.at(9, 3), world.at(12, 0)) == 2);  // periods 3 and 4 of mathematics
    for (auto const& one : world.taught_today()) {
        CHECK(one.teacher_id == world.heba.teachers[0]);
        CHECK(one.period >= 3);
        CHECK(one.state != teaching::SessionState::fixed);
    }
    CHECK(world.taught_today().size() == 2);
}

TEST_CASE("what was taught on is not taught twice, and a lesson with a record of its own is left alone") {
    Served world;
    world.go_to(20, 10, 30);
    world.open();  // period 3, by the teacher herself
    world.noon();
    CHECK(teach_on(world.db(), world.at(9, 3), world.at(12, 0)) == 1);
    CHECK(teach_on(world.db(), world.at(9, 3), world.at(12, 0)) == 0);
    CHECK(world.taught_today().size() == 2);
}

TEST_CASE("nothing is taught on in a folder that is no demo") {
    Served world(false);
    world.noon();
    CHECK(teach_on(world.db(), world.at(9, 3), world.at(12, 0)) == 0);
    CHECK(world.taught_today().empty());
    queue_teaching({world.db(), world.jobs, world.clock});
    CHECK(world.jobs_there() == 0);
}

TEST_CASE("an hour of a demo's clock is one job, which goes on where the last one ended") {
    Served world;
    server::demo::TeachingOn const on{world.db(), world.jobs, world.clock};
    jobs::RunnerOptions options;
    options.districts = {world.district()};
    jobs::JobRunner runner(world.jobs, nullptr, options);
    register_teaching(runner, on);
    world.go_to(20, 9, 30);
    queue_teaching(on);
    CHECK(world.jobs_there() == 0);  // less than an hour since the demo was made
    world.noon();
    queue_teaching(on);
    queue_teaching(on);
    CHECK(world.jobs_there() == 1);
    REQUIRE(runner.run_one());
    CHECK(world.taught_today().size() == 2);
    queue_teaching(on);
    CHECK(world.jobs_there() == 1);
    world.go_to(20, 13, 5);
    queue_teaching(on);
    CHECK(world.jobs_there() == 2);
    REQUIRE(runner.run_one());
    CHECK(world.taught_today().size() == 2);
}
