#include <doctest/doctest.h>

#include "intake_world.hpp"

using santong::test::IntakeWorld;
using namespace santong;
using namespace santong::resources;

namespace {

ResourceId given(IntakeWorld& world, auth::Caller const& caller, std::string const& words) {
    NewResource wish;
    wish.file_id = world.upload(caller, words);
    wish.about.title = words;
    wish.about.grade_from = wish.about.grade_to = 5;
    return create(world.shelf, caller, wish).value().item.id;
}

Version version_of(IntakeWorld const& world, ResourceId const& id) {
    return world.read([&](sql::Tx& tx) { return version(tx, id, 1).value(); });
}

}  // namespace

TEST_CASE("a content is drawn once, whoever gives it, and shown to those who may read it") {
    IntakeWorld world;
    auto const teacher = world.teacher();
    auto const id = given(world, teacher, "面积");
    CHECK(preview(world.shelf, teacher, id).value().state == PreviewState::waiting);
    CHECK_FALSE(version_of(world, id).thumbnail_file_id.has_value());
    world.run_jobs();
    CHECK(world.maker->made == 1);
    CHECK(preview(world.shelf, teacher, id).value().state == PreviewState::ready);
    auto const picture = version_of(world, id).thumbnail_file_id;
    REQUIRE(picture.has_value());
    CHECK(world.files.readable(teacher, *picture).has_value());
    auto const stranger = world.teacher(world.jinpen);
    CHECK_FALSE(world.files.readable(stranger, *picture).has_value());
    auto const same = given(world, stranger, "面积");
    CHECK(version_of(world, same).thumbnail_file_id == picture);
    CHECK(world.files.readable(stranger, *picture).has_value());
    world.run_jobs();
    CHECK(world.maker->made == 1);
    CHECK(preview(world.shelf, stranger, id).error().code == core::ErrorCode::not_found);
}

TEST_CASE("a file that cannot be converted says why, hurts nobody else, and is tried again by hand") {
    IntakeWorld world;
    auto const teacher = world.teacher();
    world.maker->refusal = core::invalid("files.preview_broken");
    auto const broken = given(world, teacher, "坏的");
    world.run_jobs();
    auto view = preview(world.shelf, teacher, broken).value();
    CHECK(view.state == PreviewState::failed);
    CHECK(view.reason == "files.preview_broken");
    CHECK(view.may_retry);
    world.maker->refusal = core::unsupported("files.preview_no_tool", {{"package", "poppler-utils"}});
    auto const lacking = given(world, teacher, "没有程序");
    world.run_jobs();
    view = preview(world.shelf, teacher, lacking).value();
    CHECK(view.state == PreviewState::no_tool);
    CHECK(view.package == "poppler-utils");
    world.maker->refusal.reset();
    auto const good = given(world, teacher, "好的");
    world.run_jobs();
    CHECK(preview(world.shelf, teacher, good).value().state == PreviewState::ready);
    CHECK(preview(world.shelf, teacher, broken).value().state == PreviewState::failed);
    CHECK(retry_preview(world.shelf, teacher, broken).value().state == PreviewState::waiting);
    world.run_jobs();
    CHECK(preview(world.shelf, teacher, broken).value().state == PreviewState::ready);
    CHECK(retry_preview(world.shelf, teacher, broken).value().state == PreviewState::ready);
    auto const open = world.published(teacher, "公开", Scope::district);
    world.maker->refusal = core::invalid("files.preview_late");
    static_cast<void>(given(world, teacher, "另一个坏的"));
    world.run_jobs();
    CHECK(preview(world.shelf, world.teacher(world.jinpen), open).value().reason == "files.preview_late");
    CHECK_FALSE(preview(world.shelf, world.teacher(world.jinpen), open).value().may_retry);
    CHECK(retry_preview(world.shelf, world.teacher(world.jinpen), open).error().code == core::ErrorCode::forbidden);
    CHECK(retry_preview(world.shelf, world.teacher(world.jinpen), broken).error().code == core::ErrorCode::not_found);
}

TEST_CASE("a conversion that was interrupted is made by the next job") {
    IntakeWorld world;
    auto const teacher = world.teacher();
    auto const id = given(world, teacher, "凶的");
    world.maker->refusal = core::unavailable("files.preview_stopped");
    for (int i = 0; i < 2; ++i) {
        CHECK(world.runner.run_one());
        CHECK(preview(world.shelf, teacher, id).value().state == PreviewState::waiting);
        static_cast<void>(given(world, teacher, "另一个" + std::to_string(i)));
    }
    world.maker->refusal.reset();
    world.run_jobs();
    CHECK(preview(world.shelf, teacher, id).value().state == PreviewState::ready);
}

TEST_CASE("a link has no preview, and none is asked for") {
    IntakeWorld world;
    NewResource wish;
    wish.url = "https://basic.smartedu.cn/a";
    wish.about.title = "链接";
    wish.about.grade_from = wish.about.grade_to = 5;
    auto const id = create(world.shelf, world.teacher(), wish).value().item.id;
    CHECK(preview(world.shelf, world.teacher(), id).value().state == PreviewState::none);
    CHECK(retry_preview(world.shelf, world.teacher(), id).error().key == "resources.preview.none_possible");
    CHECK_FALSE(world.runner.run_one());
}
