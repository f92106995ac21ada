// A pack of the library becomes a lesson plan in one press.
#include <doctest/doctest.h>

#include "classroom.hpp"
#include "modules/resources/service_pack.hpp"

using santong::test::Classroom;
using namespace santong;

namespace {

/// A published pack of the school for the first chapter.
resources::ResourceId packed(Classroom& room,
                             std::vector<std::pair<resources::ResourceId, resources::PackRole>> const& held) {
    resources::BulkResources bulk;
    resources::Resource pack;
    pack.id = resources::ResourceId::make();
    pack.title = "一课全套";
    pack.kind = resources::Kind::pack;
    pack.subject = "14";
    pack.textbook_id = room.book;
    pack.chapter_id = room.first_chapter;
    pack.owner_person = room.heba.teachers[3];
    pack.school_id = room.heba.id;
    pack.scope = resources::Scope::school;
    pack.state = resources::State::published;
    pack.current_version = pack.latest_version = 1;
    pack.published_at = pack.created_at = pack.updated_at = room.clock.now();
    resources::Version version;
    version.resource_id = pack.id;
    version.media_type = resources::pack_media_type;
    bulk.resources = {pack};
    bulk.versions = {version};
    std::vector<resources::PackItem> items;
    for (auto const& [id, role] : held)
        items.push_back({pack.id, 1, static_cast<int>(items.size()), role, id, items.empty() ? "先放这个" : ""});
    room.transact([&](sql::Tx& tx) {
        resources::write_bulk(tx, bulk);
        resources::write_pack_items(tx, items);
    });
    return pack.id;
}

}  // namespace

TEST_CASE("a whole pack is taken into a new plan, each thing at its part; what is out of reach is left out") {
    Classroom room;
    auto const pack =
        packed(room, {{room.reviewed, resources::PackRole::slides}, {room.elsewhere, resources::PackRole::video}});
    auto const made = teaching::plan_from_pack(room.db(), room.math(), room.clock, {pack, {room.lesson(1, 3)}}).value();
    CHECK(made.plan.content.title == "一课全套");
    CHECK(made.plan.chapter_id == room.first_chapter);
    CHECK(made.lessons.size() == 1);
    REQUIRE(made.resources.size() == 1);
    CHECK(made.resources.front().id == room.reviewed);
    for (auto const& section : made.plan.content.sections) {
        CHECK(section.resources.size() == (section.key == "explore" ? 1U : 0U));
        if (section.key == "explore") CHECK(section.text == "先放这个");
    }
}

TEST_CASE("a pack of which nothing is left, one of another school and what is no pack are refused") {
    Classroom room;
    auto const empty = packed(room, {{room.elsewhere, resources::PackRole::video}});
    auto const refusal = [&](auth::Caller const& caller, resources::ResourceId const& id) {
        return teaching::plan_from_pack(room.db(), caller, room.clock, {id, {}}).error().key;
    };
    CHECK(refusal(room.math(), empty) == "teaching.pack_empty");
    CHECK(refusal(room.teacher(room.jinpen), empty) == "resources.not_found");
    CHECK(refusal(room.math(), room.reviewed) == "resources.not_a_pack");
    auto const plan = room.plan_with_resource();
    teaching::SavePlan save{plan.plan.version, plan.plan.content, plan.plan.sharing};
    save.content.sections.front().resources.push_back({empty, {}, {}, false});
    CHECK(teaching::save_plan(room.db(), room.math(), room.clock, plan.plan.id, save).error().problems.at(0).key ==
          "resources.not_found");
}
