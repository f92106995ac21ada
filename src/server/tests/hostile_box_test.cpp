// Check 41 inside: what a box with a good key tries, change by change. From outside: tests/security/41_sync.check.mjs.
#include <doctest/doctest.h>

#include "core/json.hpp"
#include "platform/auth/accounts.hpp"
#include "platform/auth/grants.hpp"
#include "platform/feed/feed.hpp"
#include "platform/sync/incoming.hpp"
#include "server/modules.hpp"
#include "world.hpp"

using namespace santong;
using test::World;

namespace {

constexpr char const* this_hub = "01900000-0000-7000-8000-0000000000a0";
constexpr char const* hostile = "01900000-0000-7000-8000-0000000000b0";
constexpr char const* neighbour = "01900000-0000-7000-8000-0000000000c0";

/// A hub, and what the box of one of its schools tells it.
struct Attempts {
    World world;
    sync::Shapes shapes = server::all_shapes();
    std::int64_t number = 900'000;
    std::vector<std::string> told;

    Attempts() { feed::set_origin(this_hub); }

    sync::Peer below() const { return {hostile, world.heba.id.text(), std::string(32, 'k'), false, {neighbour}}; }
    /// A lesson as the box would tell it, in a class.
    sync::Change lesson(core::OrgId const& school, core::OrgId const& group, int period) {
        sync::Change change;
        change.type = "timetable.TaughtLesson";
        change.id = core::Uuid::make().text();
        change.scope_org_id = world.heba.id.text();
        change.origin = hostile;
        change.origin_seq = ++number;
        change.version = feed::version_at(core::system_now());
        change.at = core::system_now();
        change.body.value = "{}";
        change.tables = {{"taught_lesson",
                          {"id", "school_id", "class_id", "date", "week", "period", "subject", "room", "state",
                           "source", "start_at", "end_at"},
                          {{change.id, school.text(), group.text(), "2014-11-20", "12", std::to_string(period), "14",
                            "", "held", "timetable", "0", "1"}}}};
        return change;
    }
    sync::Change own_lesson(int period) { return lesson(world.heba.id, world.heba.classes[0], period); }

    sync::Taken tell(sync::Change const& change) {
        return sync::take(world.db(), world.district(), shapes, below(), {change},
                          {core::system_now(), {}, {}, [&](sql::Tx&, sync::Change const& one, std::string const&) {
                               told.push_back(one.type);
                           }});
    }
    bool refused(sync::Change const& change) {
        auto const before = told.size();
        auto const taken = tell(change);
        return taken.refused == 1 && taken.applied == 0 && told.size() == before + 1;
    }
    std::optional<feed::Entry> newest(std::string const& id) const {
        auto const all = world.read([](sql::Tx& tx) { return feed::read(tx, 0, 100'000); });
        std::optional<feed::Entry> found;
        for (auto const& one : all) {
            if (one.entity_id == id) found = one;
        }
        return found;
    }
};

}  // namespace

TEST_CASE("a box tells of its own lessons, and told again they change nothing") {
    Attempts attempts;
    auto const lesson = attempts.own_lesson(6);
    CHECK(attempts.tell(lesson).applied == 1);
    CHECK(attempts.tell(lesson).applied == 1);
    auto const all = attempts.world.read([](sql::Tx& tx) { return feed::read(tx, 0, 100'000); });
    CHECK(std::ranges::count(all, lesson.id, &feed::Entry::entity_id) == 1);
    CHECK(attempts.told.empty());
}

TEST_CASE("a box does not speak in the name of its hub or of another box") {
    Attempts attempts;
    for (auto const* name : {this_hub, neighbour}) {
        auto forged = attempts.own_lesson(6);
        forged.origin = name;
        CHECK(attempts.refused(forged));
    }
    // What its neighbour tells afterwards under that number is still news.
    CHECK(attempts.tell(attempts.own_lesson(6)).applied == 1);
}

TEST_CASE("what the hub itself once told is not news when a box brings it back") {
    Attempts attempts;
    auto const mine = attempts.own_lesson(6);
    attempts.world.transact([&](sql::Tx& tx) {
        feed::take(tx,
                   {0,
                    this_hub,
                    77,
                    feed::EntryKind::put,
                    mine.type,
                    mine.id,
                    mine.scope_org_id,
                    mine.version,
                    mine.at,
                    {"{}"}},
                   "somewhere");
    });
    auto back = mine;
    back.origin = this_hub;
    back.origin_seq = 77;
    CHECK(attempts.tell(back).applied == 1);
    auto const rows = attempts.world.read([&](sql::Tx& tx) {
        return tx.value<std::int64_t>("SELECT COUNT(*) FROM taught_lesson WHERE district_id = $1 AND id = $2",
                                      tx.district(), mine.id);
    });
    CHECK(rows == 0);
}

TEST_CASE("the body of an entry speaks of its own entity, school and class") {
    Attempts attempts;
    auto const& other = attempts.world.jinpen;
    for (auto const& body :
         {R"({"id":")" + core::Uuid::make().text() + "\"}", R"({"school_id":")" + other.id.text() + "\"}",
          R"({"class_id":")" + other.classes[0].text() + "\"}", std::string(R"({"school_id":7})"),
          std::string(R"({"class_id":7})")}) {
        auto forged = attempts.own_lesson(6);
        forged.body.value = body;
        CHECK_MESSAGE(attempts.refused(forged), body);
    }
    auto honest = attempts.own_lesson(6);
    honest.body.value = R"({"id":")" + honest.id + R"(","school_id":")" + attempts.world.heba.id.text() +
                        R"(","class_id":")" + attempts.world.heba.classes[0].text() + "\"}";
    CHECK(attempts.tell(honest).applied == 1);
}

TEST_CASE("a box takes no place in another school's timetable and tells of nothing in its name") {
    Attempts attempts;
    auto const& world = attempts.world;
    CHECK(attempts.refused(attempts.lesson(world.heba.id, world.jinpen.classes[0], 6)));
    CHECK(attempts.refused(attempts.lesson(world.jinpen.id, world.heba.classes[0], 6)));
    auto scoped = attempts.own_lesson(6);
    scoped.scope_org_id = world.jinpen.id.text();
    CHECK(attempts.refused(scoped));
    auto event = attempts.own_lesson(6);
    event.deed = sync::Deed::event;
    CHECK(attempts.refused(event));  // a lesson is no event: its readers would take it for one
    auto use = attempts.own_lesson(6);
    use.type = "teaching.SessionUse";
    CHECK(attempts.refused(use));  // and an event is no entity
    use.deed = sync::Deed::event;
    use.tables.clear();
    use.body.value = R"({"school_id":")" + world.jinpen.id.text() + "\"}";
    CHECK(attempts.refused(use));
    use.body.value = R"({"school_id":")" + world.heba.id.text() + "\"}";
    CHECK(attempts.tell(use).applied == 1);
}

TEST_CASE("a row of its own name is not taken out of another school's entity") {
    Attempts attempts;
    auto const& world = attempts.world;
    auto const row = core::Uuid::make().text();
    auto const theirs = core::Uuid::make().text();
    world.transact([&](sql::Tx& tx) {
        tx.execute(
            "INSERT INTO class_question (district_id, id, session_id, number, text, options, present, counts, done, at)"
            " VALUES ($1, $2, $3, 1, '几个角?', '[]', 0, '[]', $4, 0)",
            tx.district(), row, theirs, true);
    });
    sync::Change session;
    session.type = "teaching.ClassSession";
    session.id = core::Uuid::make().text();
    session.scope_org_id = world.heba.id.text();
    session.origin = hostile;
    session.origin_seq = ++attempts.number;
    session.version = feed::version_at(core::system_now());
    session.at = core::system_now();
    session.body.value = "{}";
    session.tables = {{"class_question",
                       {"id", "session_id", "number", "text", "options", "present", "counts", "done", "at"},
                       {{row, session.id, "1", "改了", "[]", "0", "[]", "1", "0"}}}};
    CHECK(attempts.refused(session));
    auto const stands = world.read([&](sql::Tx& tx) {
        return tx.value<std::string>("SELECT text FROM class_question WHERE district_id = $1 AND id = $2",
                                     tx.district(), row);
    });
    CHECK(stands == "几个角?");
}

TEST_CASE("a box does not change the password of somebody who has rights beyond its school") {
    Attempts attempts;
    auto const& world = attempts.world;
    auto const person = world.heba.teachers[1];
    auto const account = world.read([&](sql::Tx& tx) { return auth::accounts_of(tx, {person}).front().id; });
    sync::Change change;
    change.type = "auth.Password";
    change.id = account.text();
    change.origin = hostile;
    change.version = feed::version_at(core::system_now());
    change.body.value = "{}";
    change.tables = {{"auth_account", {"id", "password_hash", "must_change"}, {{change.id, "first", "0"}}}};
    auto const tell = [&](char const* hash) {
        change.origin_seq = ++attempts.number;
        change.tables.front().rows.front()[1] = hash;
        return attempts.tell(change);
    };
    CHECK(tell("first").applied == 1);
    world.transact([&](sql::Tx& tx) {
        tx.execute(
            "INSERT INTO auth_grant (district_id, id, person_id, role, org_id, subject, from_date, made_at)"
            " VALUES ($1, $2, $3, 'researcher', $4, '14', $5, 0)",
            tx.district(), core::Uuid::make(), person, world.county, core::LocalDate{2014, 9, 1});
    });
    CHECK(tell("second").refused == 1);
    auto const hash = world.read([&](sql::Tx& tx) {
        return tx.value<std::string>("SELECT password_hash FROM auth_account WHERE district_id = $1 AND id = $2",
                                     tx.district(), account);
    });
    CHECK(hash == "first");
}

TEST_CASE("what a box says to have made in 2040 was made now") {
    Attempts attempts;
    auto lesson = attempts.own_lesson(6);
    constexpr std::int64_t in_2040 = 2'208'988'800'000;
    lesson.at = {in_2040};
    lesson.version = feed::version_at({in_2040});
    CHECK(attempts.tell(lesson).applied == 1);
    auto const kept = attempts.newest(lesson.id);
    REQUIRE(kept.has_value());
    auto const now = core::system_now().ms;
    CHECK(kept->at.ms < now + 120'000);
    CHECK(kept->version < feed::version_at({now + 120'000}));
}
