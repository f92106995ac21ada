#include <doctest/doctest.h>

#include <set>

#include <algorithm>

#include "platform/feed/feed.hpp"
#include "review_world.hpp"

using santong::test::ReviewWorld;
using namespace santong;
using namespace santong::workflow;

namespace {

std::string problem(core::Result<Review> const& answer) {
    auto const& error = answer.error();
    return error.problems.empty() ? error.key : error.problems[0].pointer + " " + error.problems[0].key;
}

}  // namespace

TEST_CASE("returning needs a reason that an author can work with") {
    ReviewWorld world;
    auto const item = world.submit(world.teacher(), world.heba.id, "n1").value();
    auto const head = world.research_head(world.heba);
    CHECK(problem(world.send_back(head, item.id, "")) == "/reason workflow.reason_needed");
    CHECK(problem(world.send_back(head, item.id, "  ")) == "/reason workflow.reason_needed");
    CHECK(problem(world.send_back(head, item.id, "不行")) == "/reason workflow.reason_too_short");
    CHECK(problem(world.send_back(head, item.id, std::string(501, 'x'))) == "/reason core.too_long");
    CHECK(world.row("n1").state == ItemState::open);
    CHECK(world.send_back(head, item.id, "字太小了").has_value());
    CHECK(world.row("n1").state == ItemState::returned);
}

TEST_CASE("what was returned goes on, mended, at the step that returned it, with its history") {
    ReviewWorld world;
    auto const item = world.submit(world.teacher(), world.heba.id, "n1", "district").value();
    REQUIRE(world.approve(world.research_head(world.heba), item.id).has_value());
    REQUIRE(world.send_back(world.academic(world.heba), item.id, "片尾没写出处").has_value());
    CHECK(world.queue(world.academic(world.heba)).empty());
    auto const again = world.submit(world.teacher(), world.heba.id, "n1", "district").value();
    CHECK(again.id == item.id);
    CHECK(again.round == 2);
    CHECK(world.queue(world.research_head(world.heba)).empty());
    CHECK(world.queue(world.academic(world.heba)) == std::vector<std::string>{"n1"});
    REQUIRE(world.approve(world.academic(world.heba), item.id).has_value());
    REQUIRE(world.approve(world.caller(world.researcher), item.id).has_value());
    std::vector<std::string> acts;
    for (auto const& row : world.read([](sql::Tx& tx) { return history(tx, "note", "n1"); })) {
        acts.emplace_back(core::enum_text(row.decision));
    }
    CHECK(acts == std::vector<std::string>{"submit", "approve", "return", "resubmit", "approve", "approve"});
    CHECK(ReviewWorld::outcomes().back() == "n1 approved");
}

TEST_CASE("approving needs every line of the sheet ticked and no failed automatic check") {
    ReviewWorld world;
    auto const item = world.submit(world.teacher(), world.heba.id, "n1").value();
    auto const head = world.research_head(world.heba);
    DecisionRequest half{DecisionKind::approve, "", std::vector<std::string>{"note.true"}};
    auto const refused = decide(world.db(), world.clock, head, item.id, half);
    CHECK(refused.error().key == "workflow.sheet_not_filled");
    CHECK(refused.error().params.at("left") == "1");
    ReviewWorld::broken() = true;
    CHECK(world.approve(head, item.id).error().key == "workflow.check_failed");
    ReviewWorld::broken() = false;
    CHECK(world.approve(head, item.id).has_value());
}

TEST_CASE("what a reviewer ticked is kept for him alone and counts when he approves") {
    ReviewWorld world;
    world.appoint(world.heba.teachers[3], world.heba.id, auth::Role::research_head, "14");
    auto const item = world.submit(world.teacher(), world.heba.id, "n1").value();
    auto const head = world.research_head(world.heba);
    CHECK(problem(save_checklist(world.db(), world.clock, head, item.id, {{"note.unknown"}})) ==
          "/ticked core.unknown_choice");
    auto const half = save_checklist(world.db(), world.clock, head, item.id, {{"note.true"}}).value();
    CHECK(half.item.ticked == 1);
    CHECK_FALSE(half.item.filled);
    auto const other = review(world.db(), world.caller(world.heba.teachers[3]), item.id).value();
    CHECK(other.item.ticked == 0);
    REQUIRE(save_checklist(world.db(), world.clock, head, item.id, {{"note.true", "note.short"}}).has_value());
    CHECK(decide(world.db(), world.clock, head, item.id, {DecisionKind::approve, "", {}}).has_value());
}

TEST_CASE("a batch takes only items whose sheet is filled and says what became of each") {
    ReviewWorld world;
    auto const seen = world.submit(world.teacher(), world.heba.id, "seen").value().id;
    auto const unseen = world.submit(world.teacher(), world.heba.id, "unseen").value().id;
    auto const foreign = world.submit(world.teacher(world.jinpen), world.jinpen.id, "foreign").value().id;
    auto const head = world.research_head(world.heba);
    REQUIRE(save_checklist(world.db(), world.clock, head, seen, {{"note.true", "note.short"}}).has_value());
    auto const answer =
        decide_many(world.db(), world.clock, head, {{seen, unseen, foreign}, DecisionKind::approve, ""}).value();
    CHECK(answer.rows[0].done);
    CHECK(answer.rows[1].problem == "workflow.batch_not_filled");
    CHECK(answer.rows[2].problem == "workflow.not_found");
    CHECK(world.row("seen").pool_role == "academic");
    CHECK(world.row("unseen").pool_role == "research_head");
    CHECK(world.row("foreign").pool_role == "research_head");
    CHECK(decide_many(world.db(), world.clock, head, {{}, DecisionKind::approve, ""}).has_error());
    CHECK(decide_many(world.db(), world.clock, head, {{unseen}, DecisionKind::return_, "短"}).has_error());
    std::vector<ItemId> many(51, unseen);
    CHECK(decide_many(world.db(), world.clock, head, {many, DecisionKind::approve, ""}).has_error());
}

TEST_CASE("a reviewer learns the author's name only after he has decided") {
    ReviewWorld world;
    auto const item = world.submit(world.teacher(), world.heba.id, "n1").value();
    auto const head = world.research_head(world.heba);
    auto const before = review(world.db(), head, item.id).value();
    CHECK(before.author_name.empty());
    CHECK(before.may_decide);
    CHECK(before.item.school_name == world.heba.name);
    CHECK(core::json::write(before).find(world.teacher().name) == std::string::npos);
    CHECK(core::json::write(before).find(world.teacher().person.text()) == std::string::npos);
    auto const after = world.approve(head, item.id).value();
    CHECK(after.author_name == world.teacher().name);
    CHECK_FALSE(after.may_decide);
}

TEST_CASE("of two reviewers of a pool the first one decides") {
    ReviewWorld world;
    world.appoint(world.heba.teachers[3], world.heba.id, auth::Role::research_head, "14");
    auto const item = world.submit(world.teacher(), world.heba.id, "n1").value();
    REQUIRE(world.send_back(world.research_head(world.heba), item.id, "有错别字").has_value());
    CHECK(world.approve(world.caller(world.heba.teachers[3]), item.id).error().code == core::ErrorCode::not_found);
    CHECK(world.approve(world.research_head(world.heba), item.id).error().key == "workflow.not_open");
    CHECK(world.row("n1").state == ItemState::returned);
}

TEST_CASE("the author takes his item back, and nobody else does") {
    ReviewWorld world;
    auto const item = world.submit(world.teacher(), world.heba.id, "n1").value();
    CHECK(world.submit(world.teacher(), world.heba.id, "n1").error().key == "workflow.already_open");
    auto const take_back = [&](auth::Caller const& caller) {
        return world.transact([&](sql::Tx& tx) { return withdraw(tx, world.clock, caller, item.id); });
    };
    CHECK(take_back(world.research_head(world.heba)).error().code == core::ErrorCode::not_found);
    REQUIRE(take_back(world.teacher()).has_value());
    CHECK(world.queue(world.research_head(world.heba)).empty());
    auto const looked = [&](auth::Caller const& caller) { return review(world.db(), caller, item.id).error().key; };
    CHECK(looked(world.research_head(world.heba)) == "workflow.withdrawn");
    CHECK(looked(world.research_head(world.jinpen)) == "workflow.not_found");
    CHECK(looked(world.academic(world.heba)) == "workflow.not_found");  // it had not come to this step
    CHECK(world.approve(world.research_head(world.heba), item.id).error().key == "workflow.withdrawn");
    CHECK(take_back(world.teacher()).error().key == "workflow.not_open");
    CHECK(ReviewWorld::outcomes() == std::vector<std::string>{"n1 withdrawn"});
    auto const anew = world.submit(world.teacher(), world.heba.id, "n1").value();
    CHECK(anew.id != item.id);
    CHECK(anew.step_number == 1);
}

TEST_CASE("an item can be handed to another reviewer, never to its author") {
    ReviewWorld world;
    auto const item = world.submit(world.teacher(), world.heba.id, "n1").value();
    auto const head = world.research_head(world.heba);
    auto const people = deputies(world.db(), world.clock, head, item.id).value().people;
    CHECK(std::ranges::any_of(people, [&](Deputy const& d) { return d.person_id == world.heba.principal; }));
    CHECK_FALSE(std::ranges::any_of(people, [&](Deputy const& d) { return d.person_id == world.jinpen.principal; }));
    auto const hand_to = [&](core::PersonId const& person) {
        return delegate(world.db(), world.clock, head, item.id, {person, "这周出差"});
    };
    CHECK(problem(hand_to(world.heba.teachers[0])) == "/person_id workflow.not_a_reviewer");
    CHECK(problem(hand_to(world.jinpen.academic)) == "/person_id workflow.not_a_reviewer");
    CHECK(world.queue(world.principal(world.heba)).empty());
    REQUIRE(hand_to(world.heba.principal).has_value());
    CHECK(world.queue(world.principal(world.heba)) == std::vector<std::string>{"n1"});
    REQUIRE(world.approve(world.principal(world.heba), item.id).has_value());
    CHECK(world.row("n1").pool_role == "academic");
    CHECK_FALSE(world.row("n1").deputy_person.has_value());
}

TEST_CASE("a queue is ordered by due time and read page by page, and what was decided can be looked up") {
    ReviewWorld world;
    for (int i = 0; i < 5; ++i) {
        REQUIRE(world.submit(world.teacher(), world.heba.id, "n" + std::to_string(i)).has_value());
        world.clock.set(world.clock.now().plus_days(1));
    }
    auto const head = world.research_head(world.heba);
    ReviewQuery query;
    query.limit = 2;
    std::vector<std::string> seen;
    for (int pages = 0; pages < 5; ++pages) {
        auto const page = reviews(world.db(), head, query).value();
        for (auto const& row : page.items) seen.push_back(row.title);
        if (!page.next) break;
        query.after = *page.next;
    }
    CHECK(seen == std::vector<std::string>{"n0", "n1", "n2", "n3", "n4"});
    query.after = "nonsense";
    CHECK(reviews(world.db(), head, query).error().problems.at(0).key == "workflow.bad_page_key");
    REQUIRE(world.send_back(head, world.row("n0").id, "再改一改").has_value());
    ReviewQuery done;
    done.state = "done";
    auto const page = reviews(world.db(), head, done).value();
    REQUIRE(page.items.size() == 1);
    CHECK(page.items[0].my_decision == DecisionKind::return_);
    done.kind = "audio";
    done.state = "mine";
    CHECK(reviews(world.db(), head, done).value().items.empty());
}

TEST_CASE("what was decided in one moment is read page by page, each once") {
    ReviewWorld world;
    auto const head = world.research_head(world.heba);
    for (int i = 0; i < 5; ++i) {
        auto const item = world.submit(world.teacher(), world.heba.id, "n" + std::to_string(i)).value();
        REQUIRE(world.approve(head, item.id).has_value());
    }
    ReviewQuery query;
    query.state = "done";
    query.limit = 2;
    std::set<std::string> seen;
    for (int pages = 0; pages < 5; ++pages) {
        auto const page = reviews(world.db(), head, query).value();
        for (auto const& row : page.items) CHECK(seen.insert(row.title).second);
        if (!page.next) break;
        query.after = *page.next;
    }
    CHECK(seen.size() == 5);
}

TEST_CASE("a review that ended with a return took its time as well") {
    ReviewWorld world;
    auto const head = world.research_head(world.heba);
    auto const one = world.submit(world.teacher(), world.heba.id, "n1").value().id;
    world.clock.set(world.clock.now().plus_days(1));
    DecisionRequest request;
    request.decision = DecisionKind::return_;
    request.reason = "字太小，看不清";
    REQUIRE(decide(world.db(), world.clock, head, one, request).has_value());
    CHECK(summary(world.db(), world.clock, head, "note").value().median_days == 1.0);
}

TEST_CASE("the figures above a queue: what waits, what is nearly due, and how long a review takes in the middle") {
    ReviewWorld world;
    auto const head = world.research_head(world.heba);
    CHECK_FALSE(summary(world.db(), world.clock, head, "note").value().median_days.has_value());
    auto const first = world.submit(world.teacher(), world.heba.id, "n1").value().id;
    world.clock.set(world.clock.now().plus_days(2));
    REQUIRE(world.approve(head, first).has_value());
    REQUIRE(world.approve(world.academic(world.heba), first).has_value());
    REQUIRE(world.submit(world.teacher(), world.heba.id, "n2").has_value());
    REQUIRE(world.submit(world.teacher(world.jinpen), world.jinpen.id, "n3").has_value());
    auto figures = summary(world.db(), world.clock, head, "note").value();
    CHECK(figures.waiting == 1);
    CHECK(figures.due_soon == 0);
    CHECK(figures.open_in_district == 2);
    CHECK(figures.median_days == 2.0);
    CHECK(figures.kinds.at(0).kind == "video");
    world.clock.set(world.clock.now().plus_days(4));
    figures = summary(world.db(), world.clock, head, "note").value();
    CHECK(figures.due_soon == 1);
    CHECK(figures.late == 0);
    world.clock.set(world.clock.now().plus_days(2));
    figures = summary(world.db(), world.clock, head, "note").value();
    CHECK(figures.due_soon == 0);
    CHECK(figures.late == 1);
    CHECK(figures.late_days == 2);
}

TEST_CASE("every move of an item stands in the feed") {
    ReviewWorld world;
    auto const item = world.submit(world.teacher(), world.heba.id, "n1").value();
    REQUIRE(world.approve(world.research_head(world.heba), item.id).has_value());
    int entries = 0;
    for (auto const& entry : world.read([](sql::Tx& tx) { return feed::read(tx, 0, 10'000); })) {
        if (entry.type == "workflow.Item") ++entries;
    }
    CHECK(entries == 2);
}
