#include <doctest/doctest.h>

#include <filesystem>

#include "platform/files/store.hpp"
#include "platform/jobs/http.hpp"
#include "platform/jobs/permissions.hpp"
#include "platform/jobs/runner.hpp"
#include "platform/jobs/store.hpp"
#include "test_database.hpp"

using namespace santong::jobs;
using santong::test::district;
using santong::test::TestDatabase;
namespace auth = santong::auth;
namespace core = santong::core;
namespace files = santong::files;
namespace fs = std::filesystem;
namespace http = santong::http;
namespace sql = santong::sql;

namespace {

struct Steps {
    std::int32_t next = 0;
};
BOOST_DESCRIBE_STRUCT(Steps, (), (next))

struct OneOrg final : auth::OrgScopes {
    std::vector<core::OrgId> self_and_ancestors(sql::Tx&, core::OrgId const& org) override { return {org}; }
};

struct Screen final : http::EventStream {
    bool send(std::string_view, std::string_view data) override {
        heard.emplace_back(data);
        return alive;
    }
    void close() override { alive = false; }
    bool open() const override { return alive; }
    std::vector<std::string> heard;
    bool alive = true;
};

struct JobsWorld {
    JobsWorld() {
        auth::PermissionRegistry::scopes() = &scopes;
        permissions::register_all(auth::PermissionRegistry::instance());
        kept.register_access(Jobs::file_access());
        register_routes(router, jobs, hub);
    }
    ~JobsWorld() {
        auth::PermissionRegistry::scopes() = nullptr;
        fs::remove_all(folder);
    }

    static auth::Caller person() {
        auth::Caller caller;
        caller.district = district;
        caller.account = core::AccountId::make();
        return caller;
    }
    auth::Caller administrator(core::OrgId const& at) {
        auto caller = person();
        caller.grants.push_back({auth::Role::sysadmin, at, {}});
        return caller;
    }
    core::JobId add(char const* kind = "count", std::string input = "null") {
        return database->transact(
            district, [&](sql::Tx& tx) { return jobs.add(tx, {kind, teacher.account, school, std::move(input)}); });
    }
    Job row(core::JobId const& id) {
        return database->read(district, [&](sql::Tx& tx) { return store::find(tx, id).value(); });
    }
    std::unique_ptr<JobRunner> runner(char const* node, JobHandler handler) {
        RunnerOptions options;
        options.districts = {district};
        options.node = node;
        options.workers = 1;
        auto made = std::make_unique<JobRunner>(jobs, &hub, options);
        made->on("count", std::move(handler));
        return made;
    }
    http::Response call(auth::Caller const& caller, http::Method method, std::string const& path,
                        std::map<std::string, std::string> query = {}) {
        http::Call request;
        request.caller = caller;
        request.query = std::move(query);
        auto const match = router.find(method, path);
        request.path_values = match.values;
        return match.route->handler(request);
    }

    TestDatabase database;
    fs::path folder = fs::path(database.folder() + "-jobs");
    core::FixedClock clock{core::Instant{1'700'000'000'000}};
    files::LocalContentStore contents{folder};
    files::Files kept{*database, contents, clock};
    Jobs jobs{*database, kept, clock};
    santong::notify::Hub hub{[](auto, auto const&) { return true; }};
    OneOrg scopes;
    http::Router router;
    auth::Caller teacher = person(), stranger = person();
    core::OrgId school = core::OrgId::make();
};

std::string path(core::JobId const& id, char const* more = "") {
    return "/api/v1/jobs/" + id.text() + more;
}

}  // namespace

TEST_CASE("a job runs, shows its progress and keeps its result") {
    JobsWorld world;
    auto const id = world.add("count", "{\"next\":7}");
    auto const screen = std::make_shared<Screen>();
    world.call(world.teacher, http::Method::get, path(id, "/events")).events(screen);
    auto const runner = world.runner("a", [](JobContext& job) {
        CHECK(job.input<Steps>().value().next == 7);
        job.progress(3, 10, "test.counting", {{"what", "sheep"}});
        job.finish("{\"sheep\":10}");
    });
    CHECK(runner->run_one());
    CHECK_FALSE(runner->run_one());
    auto const done = world.jobs.find(world.teacher, id).value();
    CHECK(done.state == JobState::done);
    CHECK(done.done == 10);
    CHECK(done.step_key == "test.counting");
    CHECK(core::json::read<std::map<std::string, int>>(done.result.value).value().at("sheep") == 10);
    CHECK(screen->heard.size() >= 4);
    CHECK(screen->heard.back().find("\"state\":\"done\"") != std::string::npos);
    CHECK(screen->heard.back().find("sheep\":10") == std::string::npos);
    CHECK_FALSE(screen->alive);
}

TEST_CASE("a job that was killed in the middle goes on from its checkpoint when the lease has run out") {
    JobsWorld world;
    auto const id = world.add();
    std::vector<int> steps;
    auto const work = [&](JobContext& job, int die_at) {
        auto const saved = job.saved<Steps>().value();
        for (int step = saved ? saved->next : 0; step < 4; ++step) {
            if (step == die_at)
                throw JobInterrupted(JobInterrupted::Reason::lease_lost);  // leaves the row as a kill does
            steps.push_back(step);
            job.checkpoint(core::json::write(Steps{step + 1}));
        }
    };
    auto const first = world.runner("a", [&](JobContext& job) { work(job, 2); });
    CHECK(first->run_one());
    CHECK(world.row(id).state == JobState::running);
    auto const second = world.runner("b", [&](JobContext& job) { work(job, -1); });
    CHECK_FALSE(second->run_one());
    world.clock.set(world.clock.now().plus_seconds(61));
    CHECK(second->run_one());
    CHECK(world.row(id).state == JobState::done);
    CHECK(steps == std::vector<int>{0, 1, 2, 3});
}

TEST_CASE("a node that starts again goes on with its own jobs at once") {
    JobsWorld world;
    auto const id = world.add();
    auto const killed =
        world.runner("a", [](JobContext&) { throw JobInterrupted(JobInterrupted::Reason::lease_lost); });
    CHECK(killed->run_one());
    auto const again = world.runner("a", [](JobContext& job) { job.finish("{}"); });
    again->start();
    while (!ended(world.row(id).state)) std::this_thread::yield();
    again->stop();
    CHECK(world.row(id).state == JobState::done);
}

TEST_CASE("who lost the lease cannot write any more") {
    JobsWorld world;
    auto const id = world.add();
    auto const other = world.runner("b", [](JobContext& job) { job.finish("\"by b\""); });
    auto const slow = world.runner("a", [&](JobContext& job) {
        world.clock.set(world.clock.now().plus_seconds(61));
        CHECK(other->run_one());
        CHECK_THROWS_AS(job.checkpoint("{\"next\":1}"), JobInterrupted);
        job.finish("\"by a\"");
    });
    CHECK(slow->run_one());
    CHECK(world.row(id).result.value == "\"by b\"");
    CHECK(world.row(id).checkpoint.value == "null");
}

TEST_CASE("a job that breaks is tried again after a pause, and given up in the end") {
    JobsWorld world;
    auto const id = world.add();
    int tries = 0;
    auto const runner = world.runner("a", [&](JobContext&) {
        ++tries;
        throw std::runtime_error("the world is broken");
    });
    CHECK(runner->run_one());
    CHECK(world.row(id).state == JobState::queued);
    CHECK_FALSE(runner->run_one());
    for (int i = 0; i < 4; ++i) {
        world.clock.set(world.clock.now().plus_seconds(600));
        CHECK(runner->run_one());
    }
    CHECK(tries == 5);
    CHECK(world.row(id).state == JobState::failed);
    CHECK(world.row(id).error_key == "jobs.gave_up");
}

TEST_CASE("a job that kills its process again and again is given up") {
    JobsWorld world;
    auto const id = world.add();
    int tries = 0;
    auto const runner = world.runner("a", [&](JobContext&) {
        ++tries;
        throw JobInterrupted(JobInterrupted::Reason::lease_lost);
    });
    for (int i = 0; i < 7; ++i) {
        (void)runner->run_one();
        world.clock.set(world.clock.now().plus_seconds(61));
    }
    CHECK(tries == 5);
    CHECK(world.row(id).error_key == "jobs.gave_up");
}

TEST_CASE("a refusal that trying again would not change ends the job") {
    JobsWorld world;
    auto const id = world.add();
    CHECK(world.runner("a", [](JobContext& job) { job.fail(core::invalid("roster.no_rows", {{"file", "a.xlsx"}})); })
              ->run_one());
    auto const view = world.jobs.find(world.teacher, id).value();
    CHECK(view.state == JobState::failed);
    CHECK(view.error_key == "roster.no_rows");
    CHECK(view.error_params.value.find("a.xlsx") != std::string::npos);
}

TEST_CASE("a waiting job is cancelled at once, a running one when it looks, an ended one not at all") {
    JobsWorld world;
    auto const waiting = world.add();
    CHECK(world.call(world.teacher, http::Method::post, path(waiting, "/cancel")).status == 200);
    CHECK(world.row(waiting).state == JobState::cancelled);
    auto const running = world.add();
    auto const runner = world.runner("a", [&](JobContext& job) {
        CHECK(world.call(world.teacher, http::Method::post, path(running, "/cancel")).status == 200);
        CHECK(job.cancelled());
    });
    CHECK(runner->run_one());
    CHECK(world.row(running).state == JobState::cancelled);
    CHECK_FALSE(runner->run_one());
    CHECK(world.call(world.teacher, http::Method::post, path(running, "/cancel")).status == 409);
}

TEST_CASE("a stopping process saves its job and puts it back") {
    JobsWorld world;
    auto const id = world.add();
    std::atomic<bool> inside{false};
    auto const runner = world.runner("a", [&](JobContext& job) {
        for (int step = 0;; ++step) {
            inside = true;
            job.checkpoint(core::json::write(Steps{step}));
        }
    });
    runner->start();
    while (!inside) std::this_thread::yield();
    runner->stop();
    auto const row = world.row(id);
    CHECK(row.state == JobState::queued);
    CHECK(row.checkpoint.value.find("next") != std::string::npos);
    CHECK(row.attempts == 0);
}

TEST_CASE("a job is its owner's; an administrator of its organisation sees it without the result") {
    JobsWorld world;
    auto const id = world.add();
    CHECK(world.runner("a", [](JobContext& job) { job.finish("\"names\""); })->run_one());
    auto const overseer = world.administrator(world.school);
    auto const elsewhere = world.administrator(core::OrgId::make());
    CHECK(world.jobs.find(world.teacher, id).value().result.value == "\"names\"");
    auto const seen = world.jobs.find(overseer, id).value();
    CHECK_FALSE(seen.mine);
    CHECK(seen.result.value == "null");
    for (auto const& caller : {world.stranger, elsewhere, auth::Caller{}}) {
        CHECK(world.call(caller, http::Method::get, path(id)).status == 404);
        CHECK(world.call(caller, http::Method::get, path(id, "/events")).status == 404);
        CHECK(world.call(caller, http::Method::post, path(id, "/cancel")).status == 404);
        CHECK_FALSE(world.hub.may_hear(caller, topic_of(id)));
    }
    CHECK(world.hub.may_hear(overseer, topic_of(id)));
    CHECK(world.jobs.list(world.stranger, {}, 10).items.empty());
    CHECK(world.jobs.list(overseer, {}, 10).items.empty());
}

TEST_CASE("the list of one's jobs pages from the newest") {
    JobsWorld world;
    std::vector<core::JobId> ids;
    for (int i = 0; i < 5; ++i) ids.push_back(world.add());
    auto const first = world.jobs.list(world.teacher, {}, 2);
    REQUIRE(first.items.size() == 2);
    CHECK(first.items[0].id == ids[4]);
    auto const second = world.jobs.list(world.teacher, core::JobId::parse(first.next.value()).value(), 3);
    CHECK(second.items.size() == 3);
    CHECK(second.items[2].id == ids[0]);
    CHECK_FALSE(second.next);
    auto const answer = world.call(world.teacher, http::Method::get, "/api/v1/jobs", {{"limit", "1"}});
    CHECK(answer.body.find(ids[4].text()) != std::string::npos);
}

TEST_CASE("a result file is read by the job's owner alone and goes with the job") {
    JobsWorld world;
    (void)world.add();
    auto const maker = core::AccountId::make();
    auto const file = world.kept.keep(district, {"名单.csv", maker, {}}, "姓名\n").value();
    CHECK(world.runner("a", [&](JobContext& job) { job.finish_with_file(file.id); })->run_one());
    CHECK(world.kept.readable(world.teacher, file.id).has_value());
    CHECK(world.kept.readable(world.stranger, file.id).has_error());
    CHECK(world.kept.readable(world.administrator(world.school), file.id).has_error());
    std::int64_t const month = 30 * std::int64_t{86'400'000};
    CHECK(world.jobs.remove_old(district, month) == 0);
    world.clock.set(world.clock.now().plus_days(31));
    CHECK(world.jobs.remove_old(district, month) == 1);
    CHECK(world.kept.readable(world.teacher, file.id).has_error());
}
