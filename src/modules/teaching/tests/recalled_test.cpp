// A plan that uses a recalled resource says so, and gets another in its place.
#include <doctest/doctest.h>

#include "classroom.hpp"
#include "modules/teaching/service_recalled.hpp"

using namespace santong;
using namespace santong::teaching;
using test::Classroom;

namespace {

struct RecallRoom : Classroom {
    RecallRoom() {
        transact([&](sql::Tx& tx) {
            auto one = resources::resource(tx, reviewed).value();
            one.id = other = ResourceId::make();
            one.title = "平行四边形 另一份课件";
            auto version = resources::version(tx, reviewed, 1).value();
            version.resource_id = other;
            resources::BulkResources bulk;
            bulk.resources = {one};
            bulk.versions = {version};
            resources::write_bulk(tx, bulk);
        });
    }
    void recall(ResourceId const& id) {
        transact([&](sql::Tx& tx) {
            tx.execute(
                "UPDATE resource SET state = 'recalled', recalled_reason = '图有错' WHERE district_id = $1"
                " AND id = $2",
                tx.district(), id);
        });
    }
    std::vector<LostResource> lost(auth::Caller const& who) { return lost_resources(db(), who, clock).value(); }
    core::Result<PlanView> replace(auth::Caller const& who, PlanView const& plan, ResourceId const& by,
                                   std::int64_t version = 0) {
        return replace_resource(db(), who, clock, plan.plan.id,
                                {version == 0 ? plan.plan.version : version, reviewed, by});
    }

    ResourceId other;  ///< published slides of the same chapter
};

}  // namespace

TEST_CASE("what was recalled in a plan is listed with its reason, the next lesson and something instead") {
    RecallRoom room;
    auto const plan = room.plan_with_resource({room.lesson(1, 3)});
    CHECK(room.lost(room.math()).empty());
    room.recall(room.reviewed);
    auto const lost = room.lost(room.math());
    REQUIRE(lost.size() == 1);
    CHECK(lost[0].plan_id == plan.plan.id);
    CHECK(lost[0].resource.recalled_reason == "图有错");
    CHECK(lost[0].places == 1);
    REQUIRE(lost[0].next.has_value());
    CHECK(lost[0].next->id == room.lesson(1, 3));
    REQUIRE(lost[0].instead.size() == 1);
    CHECK(lost[0].instead[0].id == room.other);
    CHECK(room.lost(room.chinese()).empty());
}

TEST_CASE("one press puts another resource into its places, and the former plan stays in the history") {
    RecallRoom room;
    auto const plan = room.plan_with_resource();
    room.recall(room.reviewed);
    auto const mended = room.replace(room.math(), plan, room.other).value();
    REQUIRE(mended.plan.content.sections[1].resources.size() == 1);
    auto const& put = mended.plan.content.sections[1].resources[0];
    CHECK(put.resource_id == room.other);
    CHECK_FALSE(put.page_from.has_value());
    CHECK(put.for_pupils);
    CHECK(mended.plan.version == plan.plan.version + 1);
    CHECK(room.lost(room.math()).empty());
    auto const versions = plan_versions(room.db(), room.math(), plan.plan.id).value();
    CHECK(versions.size() >= 2);
    CHECK(room.replace(room.math(), plan, room.other).error().key == "teaching.plan_changed");
    CHECK(room.replace(room.math(), mended, room.other).error().key == "teaching.resource_not_in_plan");
}

TEST_CASE("nobody replaces in another's plan, nor by something that he cannot use") {
    RecallRoom room;
    auto const plan = room.plan_with_resource();
    room.recall(room.reviewed);
    CHECK(room.replace(room.chinese(), plan, room.other).error().key == "teaching.plan_not_found");
    CHECK(room.replace(room.teacher(room.jinpen), plan, room.other).error().key == "teaching.plan_not_found");
    CHECK(room.replace(room.math(), plan, room.elsewhere).error().code == core::ErrorCode::invalid);
    CHECK(room.replace(room.math(), plan, ResourceId::make()).error().code == core::ErrorCode::invalid);
    CHECK(plan_view(room.db(), room.math(), room.clock, plan.plan.id).value().plan.version == plan.plan.version);
}

TEST_CASE("the day says what was recalled in the plans of today's lessons") {
    RecallRoom room;
    static_cast<void>(room.plan_with_resource({room.lesson(1, 3)}));
    auto const tasks = [&] {
        int found = 0;
        for (auto const& task : teacher_today(room.db(), room.math(), room.clock).value().tasks)
            found += task.kind == TaskKind::resource_lost;
        return found;
    };
    CHECK(tasks() == 0);
    room.recall(room.reviewed);
    CHECK(tasks() == 1);
}
