// Stars and collections: whose they are, who sees them, and what a recall does to them.
#include <doctest/doctest.h>

#include "library_world.hpp"
#include "modules/resources/service_collection.hpp"

using namespace santong;
using namespace santong::resources;
using santong::test::LibraryWorld;

namespace {

CollectionView made(LibraryWorld& world, auth::Caller const& who, std::string const& name) {
    return add_collection(world.library, who, {name, "", {}}).value();
}

}  // namespace

TEST_CASE("a star is one's own, and the library can be narrowed to what has one") {
    LibraryWorld world;
    auto const reader = world.caller(world.heba.teachers[1]);
    auto const id = world.published(world.caller(world.heba.teachers[0]), "面积课件", Scope::district);
    world.published(world.caller(world.heba.teachers[0]), "周长课件", Scope::district);
    CHECK(star(world.library, reader, id).value().starred);
    CHECK(star(world.library, reader, id).value().starred);
    Search wish;
    wish.starred = true;
    CHECK(world.found(reader, wish) == std::vector<std::string>{"面积课件"});
    CHECK(world.found(world.caller(world.heba.teachers[2]), wish).empty());
    CHECK(view(world.library, reader, id).value().item.starred);
    CHECK_FALSE(unstar(world.library, reader, id).value().starred);
    CHECK(world.found(reader, wish).empty());
}

TEST_CASE("what one may not see cannot be starred or collected") {
    LibraryWorld world;
    auto const stranger = world.caller(world.jinpen.teachers[0]);
    auto const id = world.published(world.caller(world.heba.teachers[0]), "只给本校", Scope::school);
    CHECK(star(world.library, stranger, id).error().key == "resources.not_found");
    auto const own = made(world, stranger, "备课").about;
    CHECK(add_item(world.library, stranger, own.id, {id, ""}).error().key == "resources.not_found");
    auto const all = set_items(world.library, stranger, own.id, {{{id, ""}}, own.updated_at});
    CHECK(all.error().problems.front().key == "resources.not_found");
}

TEST_CASE("a collection keeps its order and notes, and two screens do not undo each other") {
    LibraryWorld world;
    auto const teacher = world.caller(world.heba.teachers[0]);
    auto const one = world.draft(teacher, "一"), two = world.draft(teacher, "二");
    auto const id = made(world, teacher, "第六单元").about.id;
    static_cast<void>(add_item(world.library, teacher, id, {one, ""}).value());
    static_cast<void>(add_item(world.library, teacher, id, {one, ""}).value());
    auto const seen = add_item(world.library, teacher, id, {two, ""}).value();
    REQUIRE(seen.rows.size() == 2);
    auto const turned =
        set_items(world.library, teacher, id, {{{two, "先放这个"}, {one, ""}}, seen.about.updated_at}).value();
    CHECK(turned.rows[0].item->title == "二");
    CHECK(turned.rows[0].note == "先放这个");
    CHECK(set_items(world.library, teacher, id, {{}, seen.about.updated_at}).error().key ==
          "resources.changed_meanwhile");
    auto const twice = set_items(world.library, teacher, id, {{{one, ""}, {one, ""}}, turned.about.updated_at});
    CHECK(twice.error().problems.front().key == "resources.collection_twice");
    CHECK(add_collection(world.library, teacher, {" ", "", {}}).error().problems.front().key == "core.required");
    CHECK(collections(world.library, teacher, one).value().mine.front().holds);
    CHECK(remove_collection(world.library, teacher, id).has_value());
    CHECK(collections(world.library, teacher, {}).value().mine.empty());
    CHECK(remove(world.library, teacher, one).has_value());
}

TEST_CASE("a collection is its owner's until he shows it to his school, and never another school's") {
    LibraryWorld world;
    auto const teacher = world.caller(world.heba.teachers[0]);
    auto const colleague = world.caller(world.heba.teachers[1]);
    auto const id = made(world, teacher, "第六单元").about.id;
    CHECK(collection(world.library, colleague, id).error().key == "resources.no_collection");
    static_cast<void>(change_collection(world.library, teacher, id, {{}, {}, CollectionAudience::school}).value());
    CHECK(collection(world.library, colleague, id).value().about.owner_name == teacher.name);
    CHECK(collections(world.library, colleague, {}).value().shown.size() == 1);
    for (auto const& person : {world.jinpen.teachers[0], world.heba.pupils[0][0], world.guardian})
        CHECK(collection(world.library, world.caller(person), id).error().key == "resources.no_collection");
    CHECK(change_collection(world.library, colleague, id, {"我的", {}, {}}).error().key == "resources.no_collection");
    CHECK(remove_collection(world.library, colleague, id).error().key == "resources.no_collection");
    CHECK(add_item(world.library, colleague, id, {world.draft(colleague, "草稿"), ""}).error().key ==
          "resources.no_collection");
}

TEST_CASE("a recall empties the place in every collection at once and says why") {
    LibraryWorld world;
    auto const author = world.caller(world.heba.teachers[0]);
    auto const reader = world.caller(world.jinpen.teachers[0]);
    auto const id = world.published(author, "面积课件", Scope::district);
    auto const own = made(world, reader, "备课").about.id;
    static_cast<void>(add_item(world.library, reader, own, {id, ""}).value());
    CHECK(collection(world.library, reader, own).value().rows[0].item.has_value());
    static_cast<void>(recall(world.library, author, id, {"图片没有授权"}).value());
    auto const row = collection(world.library, reader, own).value().rows[0];
    CHECK_FALSE(row.item.has_value());
    CHECK(row.title == "面积课件");
    CHECK(row.recalled_reason == "图片没有授权");
}

TEST_CASE("facets count by source, licence, school and stage, and follow the other filters") {
    LibraryWorld world;
    auto const reader = world.caller(world.heba.teachers[1]);
    world.published(world.caller(world.heba.teachers[0]), "面积课件", Scope::district);
    world.published(world.caller(world.jinpen.teachers[0]), "函数课件", Scope::district);
    auto facets = search(world.library, reader, {}).value().facets;
    CHECK(facets["school"].size() == 2);
    CHECK(facets["licence"].front().count == 2);
    CHECK(facets["source"].front().value == "own_work");
    Search wish;
    wish.school = world.heba.id.text();
    facets = search(world.library, reader, wish).value().facets;
    CHECK(facets["school"].size() == 2);  // its own filter is left out
    CHECK(facets["licence"].front().count == 1);
    wish.licence = "cc0";
    CHECK(world.found(reader, wish).empty());
}
