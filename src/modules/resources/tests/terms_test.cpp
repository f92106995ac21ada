// Licences that end: noticed, gone, prolonged.
#include <doctest/doctest.h>

#include "library_world.hpp"
#include "modules/resources/service_pack.hpp"
#include "modules/resources/service_terms.hpp"

using santong::test::LibraryWorld;
using namespace santong;
using namespace santong::resources;

namespace {

TermsChange bought_until(std::optional<core::LocalDate> until) {
    return {Acquisition::bought, "某出版社", "合同 12 号", core::LocalDate{2014, 1, 1}, until};
}

std::vector<std::string> listed(LibraryWorld const& world, auth::Caller const& caller) {
    std::vector<std::string> titles;
    for (auto const& row : ending_licences(world.library, caller).value().items) titles.push_back(row.title);
    return titles;
}

void pass_days(LibraryWorld& world, int days) {
    world.clock.set(world.clock.now().plus_days(days));
    keep_licences(world.db(), world.district(), world.clock);
}

}  // namespace

TEST_CASE("something bought is listed thirty days before its end, vanishes after it and comes back when prolonged") {
    LibraryWorld world;
    auto const office = world.caller(world.info_office), reader = world.teacher(world.jinpen);
    auto const id = world.published(world.teacher(), "买来的动画", Scope::district);
    auto const until = world.today().plus_days(31);
    REQUIRE(set_terms(world.library, office, id, bought_until(until)).has_value());
    CHECK(listed(world, office).empty());
    pass_days(world, 1);
    CHECK(listed(world, office) == std::vector<std::string>{"买来的动画"});
    CHECK(listed(world, world.principal(world.heba)) == std::vector<std::string>{"买来的动画"});
    CHECK(listed(world, world.caller(world.researcher)) == std::vector<std::string>{"买来的动画"});
    CHECK(listed(world, world.principal(world.jinpen)).empty());
    pass_days(world, 30);  // the last day
    CHECK(world.found(reader, {}).size() == 1);
    pass_days(world, 1);
    CHECK(world.row(id).state == State::ended);
    CHECK(world.found(reader, {}).empty());
    auto const missed = view(world.library, reader, id).error();
    CHECK(missed.key == "resources.licence_ended");
    CHECK(missed.params.at("reason").find(until.text()) != std::string::npos);
    CHECK(view(world.library, world.nobody(), id).error().key == "resources.not_found");
    CHECK(world.read([&](sql::Tx& tx) { return usable(tx, world.teacher(), id).error().key; }) ==
          "resources.licence_ended");
    CHECK(submit(world.library, world.teacher(), id, {Scope::public_}).error().key == "resources.licence_is_over");
    CHECK(ending_licences(world.library, office).value().items.at(0).days_left == -1);
    auto const back = set_terms(world.library, office, id, bought_until(world.today().plus_days(400))).value();
    CHECK(back.item.state == State::published);
    CHECK(world.found(reader, {}).size() == 1);
    CHECK(listed(world, office).empty());
    REQUIRE(set_terms(world.library, office, id, bought_until(core::LocalDate{2014, 6, 30})).has_value());
    CHECK(world.found(reader, {}).empty());  // ended at once
    CHECK(set_terms(world.library, office, id, bought_until({})).value().item.state == State::published);
}

TEST_CASE("only those who may recall change the terms of something published, its author those of a draft") {
    LibraryWorld world;
    auto const author = world.teacher();
    auto const id = world.published(author, "买来的", Scope::school);
    auto const wish = bought_until(core::LocalDate{2016, 1, 1});
    CHECK(set_terms(world.library, author, id, wish).error().code == core::ErrorCode::forbidden);
    CHECK(set_terms(world.library, world.teacher(world.heba, 3), id, wish).error().code == core::ErrorCode::forbidden);
    CHECK(set_terms(world.library, world.principal(world.jinpen), id, wish).error().key == "resources.not_found");
    CHECK(set_terms(world.library, world.nobody(), id, wish).error().key == "resources.not_found");
    CHECK(set_terms(world.library, world.academic(world.heba), id, wish).has_value());
    auto const draft = world.draft(author, "草稿");
    CHECK(set_terms(world.library, author, draft, wish).has_value());
    CHECK(set_terms(world.library, world.academic(world.heba), draft, wish).error().key == "resources.not_found");
    CHECK(world.read([&](sql::Tx& tx) { return ending_licences(tx, world.clock, author); }) == 0);
}

TEST_CASE("terms that do not hold together are refused with the place of each, and before a review too") {
    LibraryWorld world;
    auto const author = world.teacher();
    auto const draft = world.draft(author, "草稿");
    TermsChange wish{Acquisition::bought, " ", "", core::LocalDate{2014, 9, 1}, core::LocalDate{2014, 8, 1}};
    std::vector<std::string> places;
    for (auto const& problem : set_terms(world.library, author, draft, wish).error().problems)
        places.push_back(problem.pointer);
    CHECK(places == std::vector<std::string>{"/holder", "/terms", "/valid_until"});
    Description about;
    about.intake = Acquisition::bought;
    about.valid_until = "2015-02-30";
    CHECK(describe(world.library, author, draft, about).error().problems.at(0).pointer == "/valid_until");
    about.valid_until = "2015-02-28";
    REQUIRE(describe(world.library, author, draft, about).has_value());
    CHECK(submit(world.library, author, draft, {Scope::school}).error().problems.at(0).pointer == "/holder");
    about.holder = "某出版社";
    about.terms = "合同 12 号";
    about.valid_until = "";
    REQUIRE(describe(world.library, author, draft, about).has_value());
    CHECK_FALSE(world.row(draft).valid_until.has_value());
    CHECK(submit(world.library, author, draft, {Scope::school}).has_value());
}

TEST_CASE(
    "a pack bundles what is published for a chapter, in roles; what goes is a gap, and its review is that of any") {
    LibraryWorld world;
    auto const author = world.teacher(), reader = world.teacher(world.jinpen);
    auto const slides = world.published(world.teacher(world.heba, 3), "课件", Scope::district);
    auto const film = world.published(author, "微课", Scope::district);
    auto const own = world.published(author, "只给本校", Scope::school);
    auto const chapter = world.book.chapters.at(1).id;
    NewPack wish{chapter, "一课全套", "", {{slides, PackRole::slides, "导入用"}, {film, PackRole::video, ""}}, {}};
    auto made = add_pack(world.library, author, wish).value();
    CHECK(made.missing == std::vector<PackRole>{PackRole::plan, PackRole::exercise});
    CHECK(pack(world.library, reader, made.id).error().key == "resources.not_found");
    auto const submitted = [&] { return submit(world.library, author, made.id, {Scope::district}); };
    PackItemsWish items{wish.items, made.updated_at};
    items.items.push_back({own, PackRole::exercise, ""});
    made = set_pack_items(world.library, author, made.id, items).value();
    CHECK(submitted().error().problems.at(0).key == "resources.pack_item_narrower");
    CHECK(set_pack_items(world.library, author, made.id, items).error().key == "resources.changed_meanwhile");
    items.items.pop_back();
    items.updated_at = made.updated_at;
    made = set_pack_items(world.library, author, made.id, items).value();
    REQUIRE(submitted().has_value());
    for (auto const& reviewer : {world.heba.research_head, world.heba.academic, world.researcher})
        REQUIRE(world.approve(world.caller(reviewer), made.id).has_value());
    Search at_chapter;
    at_chapter.kind = "pack";
    at_chapter.chapter = chapter.text();
    CHECK(world.found(reader, at_chapter) == std::vector<std::string>{"一课全套"});
    CHECK(open(world.library, reader, made.id, 0).has_value());
    CHECK(pack(world.library, reader, made.id).value().rows.size() == 2);
    REQUIRE(recall(world.library, author, film, {"配乐没有授权"}).has_value());
    auto const seen = pack(world.library, reader, made.id).value();
    CHECK_FALSE(seen.rows.at(1).item.has_value());
    CHECK(seen.rows.at(1).gone_reason == "配乐没有授权");
    CHECK(std::ranges::count(seen.missing, PackRole::video) == 1);
    CHECK(world.read([&](sql::Tx& tx) { return pack_contents(tx, reader, made.id).value().items.size(); }) == 1);
}

TEST_CASE("a pack takes what its maker may use, once, and nothing that is unpublished, a pack, or not his to change") {
    LibraryWorld world;
    auto const author = world.teacher();
    auto const chapter = world.book.chapters.at(1).id;
    auto const good = world.published(author, "课件", Scope::school);
    auto const draft = world.draft(author, "草稿");
    auto const elsewhere = world.published(world.teacher(world.jinpen), "别校的", Scope::school);
    auto const refusal = [&](std::vector<PackItemWish> items) {
        return add_pack(world.library, author, {chapter, "包", "", std::move(items), {}}).error().problems.at(0);
    };
    CHECK(refusal({}).key == "resources.pack_empty");
    CHECK(refusal({{good, PackRole::plan, ""}, {good, PackRole::other, ""}}).pointer == "/items/1/resource_id");
    CHECK(refusal({{draft, PackRole::plan, ""}}).key == "resources.pack_not_published");
    CHECK(refusal({{elsewhere, PackRole::plan, ""}}).key == "resources.not_found");
    CHECK(add_pack(world.library, author, {ChapterId::make(), "包", "", {{good, PackRole::plan, ""}}, {}})
              .error()
              .problems.at(0)
              .pointer == "/chapter_id");
    auto const made = add_pack(world.library, author, {chapter, "包", "", {{good, PackRole::plan, ""}}, {}}).value();
    CHECK(refusal({{made.id, PackRole::other, ""}}).key == "resources.pack_not_published");
    PackItemsWish const same{{{good, PackRole::slides, ""}}, made.updated_at};
    CHECK(set_pack_items(world.library, world.teacher(world.heba, 3), made.id, same).error().key ==
          "resources.not_found");
    CHECK(set_pack_items(world.library, author, good, same).error().key == "resources.not_a_pack");
    CHECK(add_version(world.library, author, made.id, {{}, "https://smartedu.cn/", {}, ""}).error().key ==
          "resources.is_a_pack");
    Description other;
    other.kind = Kind::plan;
    CHECK(describe(world.library, author, made.id, other).error().problems.at(0).pointer == "/kind");
    REQUIRE(submit(world.library, author, made.id, {Scope::school}).has_value());
    REQUIRE(world.approve(world.research_head(world.heba), made.id).has_value());
    REQUIRE(world.approve(world.academic(world.heba), made.id).has_value());
    auto const now = pack(world.library, author, made.id).value();
    auto const next =
        set_pack_items(world.library, author, made.id, {{{good, PackRole::slides, ""}}, now.updated_at}).value();
    CHECK(next.version == 2);  // its readers keep the first
    auto const colleague = world.teacher(world.heba, 3);
    CHECK(pack(world.library, colleague, made.id).value().rows.at(0).role == PackRole::plan);
    REQUIRE(submit(world.library, author, made.id, {Scope::school}).has_value());
}
