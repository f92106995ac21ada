// Requests for a change of lessons (调代课申请): asked for at home, answered and decided at school.
#include <doctest/doctest.h>

#include "modules/timetable/tests/changes.hpp"
#include "two_places.hpp"

using namespace santong;
using test::count_rows;

namespace {

struct TwoOffices : test::TwoPlacesOf<test::ChangeWeek> {
    auth::Caller const asker = world.teacher(), colleague = world.teacher(world.heba, 2), office = world.office();

    TwoOffices() { pull(); }
    timetable::ChangeRequest ask(sql::Database& db) {
        at(db);
        auto const made = timetable::ask_change(
            db, asker, world.clock, {timetable::ChangeCause::leave, "家里有事", {world.substitute(world.id(1, 1), 2)}});
        REQUIRE(made.has_value());
        return made->front();
    }
    void at(sql::Database const& db) const {
        if (&db == &*box)
            at_box();
        else
            at_hub();
    }
    std::vector<timetable::ChangeView> queue(sql::Database& db) const {
        at(db);
        return timetable::change_queue(db, office, world.clock, world.heba.id).value();
    }
    timetable::DecidedRequest decide(sql::Database& db, timetable::ChangeRequest const& request, bool approve) {
        at(db);
        auto const done = timetable::decide_changes(
            db, office, world.clock, {{{request.id, request.version}}, approve, approve ? "" : "那天有考试", {}});
        REQUIRE(done.has_value());
        return done->front();
    }
};

}  // namespace

TEST_CASE("a change that is asked for at home is answered and decided at school, and at home one reads how") {
    TwoOffices places;
    auto& hub = places.world.db();
    auto const asked = places.ask(hub);
    CHECK(places.pull().parked == 0);
    auto const here = timetable::my_changes(*places.box, places.colleague, places.world.clock);
    REQUIRE(here.has_value());
    REQUIRE(here->to_answer.size() == 1);
    CHECK(here->to_answer[0].request.reason.empty());
    places.at_box();
    REQUIRE(
        timetable::answer_change(*places.box, places.colleague, places.world.clock, asked.id, {true, ""}).has_value());
    auto const queue = places.queue(*places.box);
    REQUIRE(queue.size() == 1);
    CHECK(queue[0].request.reason == "家里有事");
    auto const done = places.decide(*places.box, queue[0].request, true);
    CHECK(done.refused.empty());
    CHECK(places.push().parked == 0);
    auto const known = timetable::my_changes(hub, places.asker, places.world.clock);
    REQUIRE(known.has_value());
    REQUIRE(known->asked.size() == 1);
    CHECK(known->asked[0].request.state == timetable::ChangeState::approved);
    CHECK(known->asked[0].request.act_id == done.request->act_id);
    CHECK(count_rows(hub, "substitution") == count_rows(*places.box, "substitution"));
    // Why somebody asks goes along with the request and stands in no feed.
    for (auto* db : {&*places.box, &hub}) {
        auto const said = db->read(test::district, [](sql::Tx& tx) {
            return tx.column<std::string>(
                "SELECT DISTINCT body FROM feed_entry WHERE district_id = $1"
                " AND type = 'timetable.ChangeRequest'",
                tx.district());
        });
        CHECK(said == std::vector<std::string>{"{}"});
    }
}

TEST_CASE("a change that is asked for at school is withdrawn at home") {
    TwoOffices places;
    auto& hub = places.world.db();
    auto const asked = places.ask(*places.box);
    CHECK(places.push().parked == 0);
    places.at_hub();
    REQUIRE(timetable::withdraw_change(hub, places.asker, places.world.clock, asked.id).has_value());
    CHECK(places.pull().parked == 0);
    auto const queue = places.queue(*places.box);
    REQUIRE(queue.size() == 1);
    CHECK(queue[0].request.state == timetable::ChangeState::withdrawn);
}

TEST_CASE("a lesson that is asked for at both places with the line cut has two requests, and the office decides") {
    TwoOffices places;
    auto& hub = places.world.db();
    auto const first = places.ask(*places.box);
    auto const second = places.ask(hub);
    CHECK(places.push().parked == 0);
    CHECK(places.pull().parked == 0);
    CHECK(places.queue(*places.box).size() == 2);
    CHECK(places.queue(hub).size() == 2);
    places.at_hub();
    CHECK(timetable::ask_change(
              hub, places.asker, places.world.clock,
              {timetable::ChangeCause::leave, "家里有事", {places.world.substitute(places.world.id(1, 1), 2)}})
              .error()
              .key == "timetable.change_asked_already");
    CHECK(places.decide(hub, second, false).refused.empty());
    places.pull();
    places.at_box();
    auto const agreed =
        timetable::answer_change(*places.box, places.colleague, places.world.clock, first.id, {true, ""});
    REQUIRE(agreed.has_value());
    CHECK(places.decide(*places.box, *agreed, true).refused.empty());
    CHECK(places.push().parked == 0);
    for (auto const& one : places.queue(hub))
        CHECK(one.request.state ==
              (one.request.id == first.id ? timetable::ChangeState::approved : timetable::ChangeState::refused));
}

TEST_CASE("a box asks for changes of its own school's lessons only") {
    TwoOffices places;
    auto const asked = places.ask(*places.box);
    places.at_box();
    auto const batch = places.box->read(
        test::district, [&](sql::Tx& tx) { return sync::outgoing(tx, places.shapes, places.above(), places.up); });
    auto forged = test::change_of(batch.changes, "timetable.ChangeRequest");
    auto& rows = forged.tables.front();
    for (std::size_t i = 0; i < rows.columns.size(); ++i) {
        if (rows.columns[i] == "school_id") rows.rows.front()[i] = places.world.jinpen.id.text();
        if (rows.columns[i] == "class_id") rows.rows.front()[i] = places.world.jinpen.classes[0].text();
    }
    CHECK(places.give_hub({forged}).refused == 1);
    CHECK(count_rows(places.world.db(), "change_request") == 0);
}
