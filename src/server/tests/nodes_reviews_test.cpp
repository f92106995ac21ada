// Reviews, resources and messages at two places: one world.
#include "modules/messages/service.hpp"
#include "modules/resources/tests/library_world.hpp"
#include "modules/workflow/service.hpp"
#include "two_places.hpp"

using namespace santong;
using namespace santong::resources;
using test::count_rows;
using test::full_sheet;
using test::LibraryWorld;

namespace {

/// A library at the hub and at the box of heba.
struct TwoLibraries : test::TwoPlacesOf<LibraryWorld> {
    files::LocalContentStore contents{box.folder() + "/contents"};
    files::Files files{*box, contents, world.clock};
    Library there{*box, world.clock, files};

    TwoLibraries() { pull(); }
    ~TwoLibraries() { workflow::register_people_above({}); }

    /// The box knows nobody above its school.
    void at_box() const {
        TwoPlacesOf::at_box();
        workflow::register_people_above([root = school](sql::Tx& tx, core::OrgId const& org) {
            auto const path = roster::self_and_ancestors(tx, org);
            return std::ranges::find(path, root) == path.end();
        });
    }
    void at_hub() const {
        TwoPlacesOf::at_hub();
        workflow::register_people_above({});
    }
    void up() {
        at_box();
        auto const taken = push_all();
        CHECK(taken.refused == 0);
        CHECK(taken.parked == 0);
    }
    void down_all() {
        at_hub();
        CHECK(pull().parked == 0);
    }
    sync::Taken push_all() {
        workflow::register_people_above({});  // what is applied is applied at the hub
        return push();
    }
    std::optional<Resource> at(sql::Database& db, ResourceId const& id) {
        return db.read(test::district, [&](sql::Tx& tx) { return resource(tx, id); });
    }
    core::Result<workflow::Review> approve_at(sql::Database& db, core::PersonId const& who, ResourceId const& id) {
        auto const item = db.read(
            test::district, [&](sql::Tx& tx) { return workflow::item_of(tx, review_kind, id.text()).value().id; });
        return workflow::decide(db, world.clock, world.caller(who), item,
                                {workflow::DecisionKind::approve, "", full_sheet()});
    }
    /// A draft that lacks nothing, made at the box.
    ResourceId draft_there(std::string const& title) {
        auto const caller = world.teacher();
        NewResource wish;
        wish.file_id = files.keep(test::district, {title + ".pdf", caller.account, {}}, test::pdf(title)).value().id;
        wish.about.title = title;
        wish.about.subject = "14";
        wish.about.grade_from = wish.about.grade_to = 5;
        wish.about.licence = Licence::cc_by;
        wish.about.source = Source::own_work;
        wish.about.attribution = "张老师";
        return create(there, caller, wish).value().item.id;
    }
};

}  // namespace

TEST_CASE(
    "a resource made at the box passes its school's review there, the district's at the hub, and is everybody's") {
    TwoLibraries places;
    places.at_box();
    auto const id = places.draft_there("箱里做的课件");
    REQUIRE(submit(places.there, places.world.teacher(), id, {Scope::district}).has_value());
    REQUIRE(places.approve_at(*places.box, places.world.heba.research_head, id).has_value());
    REQUIRE(places.approve_at(*places.box, places.world.heba.academic, id).has_value());
    CHECK(places.at(*places.box, id)->state == State::in_review);
    places.up();
    REQUIRE(places.at(places.world.db(), id).has_value());
    CHECK(places.at(places.world.db(), id)->state == State::in_review);
    CHECK(count_rows(places.world.db(), "file_object") == count_rows(*places.box, "file_object"));
    places.at_hub();
    CHECK(places.world.queue(places.world.caller(places.world.researcher)) == std::vector<std::string>{"箱里做的课件"});
    REQUIRE(places.approve_at(places.world.db(), places.world.researcher, id).has_value());
    CHECK(places.at(places.world.db(), id)->state == State::published);
    places.down_all();
    CHECK(places.at(*places.box, id)->state == State::published);
    CHECK(places.at(*places.box, id)->scope == Scope::district);
    // The author reads at the box how it ended, and what he read there is read at the hub.
    places.at_box();
    auto const author = places.world.teacher();
    auto const inbox = messages::inbox(*places.box, author, places.world.clock, {});
    REQUIRE(inbox->items.size() == 1);
    CHECK(inbox->items[0].kind == messages::MessageKind::review_approved);
    REQUIRE(messages::read_one(*places.box, author, places.world.clock, inbox->items[0].id).has_value());
    places.up();
    CHECK(messages::inbox(places.world.db(), author, places.world.clock, {})->unread == 0);
}

TEST_CASE("a review begun at home at the hub goes on at the school's box, with all its decisions") {
    TwoLibraries places;
    places.at_hub();
    auto const id = places.world.in_review(places.world.teacher(), "在家做的", Scope::school);
    places.down_all();
    places.at_box();
    REQUIRE(places.approve_at(*places.box, places.world.heba.research_head, id).has_value());
    places.up();
    places.at_hub();
    REQUIRE(places.approve_at(places.world.db(), places.world.heba.academic, id).has_value());
    CHECK(places.at(places.world.db(), id)->state == State::published);
    places.down_all();
    CHECK(places.at(*places.box, id)->state == State::published);
    auto const decided = [&](sql::Database& db) {
        return db.read(test::district,
                       [&](sql::Tx& tx) { return workflow::history(tx, review_kind, id.text()).size(); });
    };
    CHECK(decided(*places.box) == 3);
    CHECK(decided(places.world.db()) == 3);
}

TEST_CASE("decisions that two places made apart on one review all stand at both, whichever place was later") {
    TwoLibraries places;
    bool hub_later = true;
    SUBCASE("the hub later") {}
    SUBCASE("the box later") {
        hub_later = false;
    }
    places.at_hub();
    auto const id = places.world.in_review(places.world.teacher(), "两处都审", Scope::district);
    places.down_all();
    auto const decide_at_box = [&] {
        places.at_box();
        REQUIRE(places.approve_at(*places.box, places.world.heba.research_head, id).has_value());
    };
    if (hub_later) decide_at_box();
    places.at_hub();
    REQUIRE(places.approve_at(places.world.db(), places.world.heba.research_head, id).has_value());
    if (!hub_later) decide_at_box();
    // The line was cut: the hub's word comes down first, the box's goes up behind it.
    places.down_all();
    places.up();
    places.down_all();
    auto const decided = [&](sql::Database& db) {
        return db.read(test::district,
                       [&](sql::Tx& tx) { return workflow::history(tx, review_kind, id.text()).size(); });
    };
    CHECK(decided(places.world.db()) == 3);
    CHECK(decided(*places.box) == 3);
    CHECK(places.at(*places.box, id)->state == places.at(places.world.db(), id)->state);
    // All is told: nobody tells it back for ever.
    places.up();
    auto const entries = count_rows(places.world.db(), "feed_entry");
    places.down_all();
    places.up();
    CHECK(count_rows(places.world.db(), "feed_entry") == entries);
}

TEST_CASE("a box brings back a file of another's making with its own school's resource, and may not change it") {
    TwoLibraries places;
    places.at_hub();
    auto const id = places.world.in_review(places.world.teacher(), "同事传的文件", Scope::school);
    auto const stranger = places.world.teacher(places.world.jinpen).account;
    places.world.transact([&](sql::Tx& tx) {
        tx.execute("UPDATE file_object SET created_by = $2, scope_org_id = NULL WHERE district_id = $1", tx.district(),
                   stranger);
        // Made by an import, which says nothing of single files: it comes with its resource.
        tx.execute("DELETE FROM feed_entry WHERE district_id = $1 AND type LIKE '%.File%'", tx.district());
    });
    places.down_all();
    places.at_box();
    REQUIRE(places.approve_at(*places.box, places.world.heba.research_head, id).has_value());
    places.up();
    places.at_box();
    REQUIRE(places.approve_at(*places.box, places.world.heba.academic, id).has_value());
    places.box->transact(test::district, [&](sql::Tx& tx) {
        tx.execute("UPDATE file_object SET name = 'other.pdf' WHERE district_id = $1", tx.district());
    });
    CHECK(places.push_all().refused > 0);
    CHECK(places.at(places.world.db(), id)->state == State::published);
}

TEST_CASE("a box decides no step of the county, publishes nothing beyond its school, and takes no recall back") {
    TwoLibraries places;
    places.at_hub();
    auto const id = places.world.in_review(places.world.teacher(), "等研究员", Scope::district);
    REQUIRE(places.world.approve(places.world.research_head(places.world.heba), id).has_value());
    REQUIRE(places.world.approve(places.world.academic(places.world.heba), id).has_value());
    places.down_all();
    places.at_box();
    // Somebody at the box writes what he likes into its tables.
    places.box->transact(test::district, [&](sql::Tx& tx) {
        auto item = workflow::item_of(tx, review_kind, id.text()).value();
        tx.execute("UPDATE workflow_item SET state = 'approved' WHERE district_id = $1 AND id = $2", tx.district(),
                   item.id);
        feed::put(tx, {"workflow.Item", item.id.text(), item.origin_school_id}, item);
    });
    CHECK(places.push_all().refused == 1);
    places.at_box();
    places.box->transact(test::district, [&](sql::Tx& tx) {
        tx.execute(
            "UPDATE resource SET state = 'published', scope = 'district', current_version = 1 WHERE district_id = $1"
            " AND id = $2",
            tx.district(), id);
        feed::put(tx, {"resources.Resource", id.text(), places.school}, resource(tx, id).value());
    });
    CHECK(places.push_all().refused == 1);
    places.at_hub();
    CHECK(places.at(places.world.db(), id)->state == State::in_review);
    auto const item = places.world.read([&](sql::Tx& tx) { return workflow::item_of(tx, review_kind, id.text()); });
    CHECK(item->state == workflow::ItemState::open);
}

TEST_CASE("a step whose people the box cannot know finds them at the hub") {
    TwoLibraries places;
    places.at_box();
    auto const id = places.draft_there("没有这个学科的教研员");
    // The county has no researcher of this subject.
    places.at_hub();
    places.world.transact([&](sql::Tx& tx) {
        tx.execute("UPDATE auth_grant SET to_date = '2014-10-01' WHERE district_id = $1 AND person_id = $2",
                   tx.district(), places.world.researcher);
        tx.execute("UPDATE post SET to_date = '2014-10-01' WHERE district_id = $1 AND person_id = $2", tx.district(),
                   places.world.researcher);
    });
    places.at_box();
    REQUIRE(submit(places.there, places.world.teacher(), id, {Scope::district}).has_value());
    REQUIRE(places.approve_at(*places.box, places.world.heba.research_head, id).has_value());
    REQUIRE(places.approve_at(*places.box, places.world.heba.academic, id).has_value());
    places.up();
    auto const item = places.world.read([&](sql::Tx& tx) { return workflow::item_of(tx, review_kind, id.text()); });
    CHECK(item->pool_role == "info_office");
    places.down_all();
    auto const below =
        places.box->read(test::district, [&](sql::Tx& tx) { return workflow::item_of(tx, review_kind, id.text()); });
    CHECK(below->pool_role == "info_office");
}

TEST_CASE("messages go to the people of the school only") {
    TwoLibraries places;
    places.at_hub();
    messages::Notice notice;
    notice.kind = messages::MessageKind::report_returned;
    notice.href = "/reports";
    places.world.transact([&](sql::Tx& tx) {
        messages::send(tx, places.world.clock.now(), notice,
                       {places.world.heba.principal, places.world.jinpen.principal, places.world.leader});
    });
    places.down_all();
    CHECK(count_rows(*places.box, "message") == 1);
    places.at_hub();
    CHECK(messages::read_all(places.world.db(), places.world.caller(places.world.heba.principal), places.world.clock,
                             {messages::inbox(places.world.db(), places.world.caller(places.world.heba.principal),
                                              places.world.clock, {})
                                  ->items[0]
                                  .id})
              ->unread == 0);
    places.down_all();
    CHECK(messages::inbox(*places.box, places.world.caller(places.world.heba.principal), places.world.clock, {})
              ->unread == 0);
}
