#include <doctest/doctest.h>

#include "library_world.hpp"
#include "modules/resources/service_bulk.hpp"

using santong::test::LibraryWorld;
using namespace santong;
using namespace santong::resources;

namespace {

/// Published rows of mathematics without files, as the demo district writes them.
void shelve(LibraryWorld& world, std::vector<std::string> const& titles, Scope scope = Scope::district,
            Kind kind = Kind::slides, int grade = 5) {
    BulkResources bulk;
    auto at = world.clock.now();
    for (auto const& title : titles) {
        Resource r;
        r.id = ResourceId::make();
        r.title = title;
        r.kind = kind;
        r.subject = "14";
        r.grade_from = r.grade_to = grade;
        r.scope = r.wished_scope = scope;
        r.state = State::published;
        r.owner_person = world.heba.teachers[0];
        r.school_id = world.heba.id;
        r.current_version = r.latest_version = 1;
        r.published_at = r.created_at = r.updated_at = at;
        at = at.plus_seconds(1);
        Version v;
        v.resource_id = r.id;
        v.media_type = "application/pdf";
        v.created_at = at;
        bulk.resources.push_back(r);
        bulk.versions.push_back(v);
    }
    world.transact([&](sql::Tx& tx) { write_bulk(tx, bulk); });
}

Search search_for(std::string q) {
    Search wish;
    wish.q = std::move(q);
    return wish;
}

std::int64_t facet(SearchResult const& result, std::string const& name, std::string const& value) {
    for (auto const& row : result.facets.at(name)) {
        if (row.value == value) return row.count;
    }
    return 0;
}

}  // namespace

TEST_CASE("a teacher finds Chinese by any part of it, the title first") {
    LibraryWorld world;
    shelve(world, {"平行四边形的面积", "三角形的面积", "分数的初步认识"});
    auto const teacher = world.teacher(world.jinpen);
    CHECK(world.found(teacher, search_for("四边形")) == std::vector<std::string>{"平行四边形的面积"});
    CHECK(world.found(teacher, search_for("面积")).size() == 2);
    CHECK(world.found(teacher, search_for("数学 面积")).size() == 2);
    CHECK(world.found(teacher, search_for("电流")).empty());
    CHECK(world.found(teacher, search_for("。。。")).empty());
    CHECK(world.found(teacher, search_for("面积' OR 1=1 --")).empty());
    CHECK(search(world.library, teacher, search_for(std::string(201, 'x'))).has_error());
}

TEST_CASE("facets count what each value would leave, under all other filters, and only what the caller sees") {
    LibraryWorld world;
    shelve(world, {"甲", "乙"}, Scope::district, Kind::slides, 5);
    shelve(world, {"丙"}, Scope::district, Kind::video, 6);
    shelve(world, {"丁"}, Scope::school, Kind::video, 5);
    Search wish;
    wish.kind = "slides";
    auto const mine = search(world.library, world.teacher(), wish).value();
    CHECK(mine.total == 2);
    CHECK(facet(mine, "kind", "slides") == 2);
    CHECK(facet(mine, "kind", "video") == 2);
    CHECK(facet(mine, "grade", "5") == 2);
    CHECK(facet(mine, "grade", "6") == 0);
    auto const other = search(world.library, world.teacher(world.jinpen), wish).value();
    CHECK(facet(other, "kind", "video") == 1);
    CHECK(facet(other, "scope", "school") == 0);
    wish.kind = "slides,video";
    wish.grade = 6;
    CHECK(world.found(world.teacher(), wish) == std::vector<std::string>{"丙"});
}

TEST_CASE("a list is read page by page in each order without losing or doubling a row") {
    LibraryWorld world;
    shelve(world, {"面积一", "面积二", "面积三", "面积四", "面积五"});
    for (auto const* sort : {"best", "newest", "used"}) {
        Search wish = search_for("面积");
        wish.sort = sort;
        wish.limit = 2;
        std::vector<std::string> seen;
        for (int pages = 0; pages < 5; ++pages) {
            auto const page = search(world.library, world.teacher(), wish).value();
            for (auto const& row : page.items) seen.push_back(row.title);
            if (!page.next) break;
            wish.after = *page.next;
        }
        CAPTURE(sort);
        CHECK(seen == std::vector<std::string>{"面积五", "面积四", "面积三", "面积二", "面积一"});
    }
    Search bad;
    bad.after = "1.2.x";
    CHECK(search(world.library, world.teacher(), bad).has_error());
    bad = {};
    bad.chapter = "' OR 1=1";
    CHECK(search(world.library, world.teacher(), bad).has_error());
}

TEST_CASE("one's own resources are listed in every state, and nobody else's with them") {
    LibraryWorld world;
    world.draft(world.teacher(), "草稿");
    world.in_review(world.teacher(), "送审", Scope::school);
    world.draft(world.teacher(world.heba, 3), "别人的");
    Search wish;
    wish.mine = true;
    auto const mine = search(world.library, world.teacher(), wish).value();
    CHECK(mine.total == 2);
    CHECK(facet(mine, "state", "draft") == 1);
    wish.state = "in_review";
    CHECK(world.found(world.teacher(), wish) == std::vector<std::string>{"送审"});
}

TEST_CASE("a chapter finds what is filed at it and below it, and shows what is missing") {
    LibraryWorld world;
    auto const unit = world.book.chapters[0], lesson = world.book.chapters[1];
    auto const id = world.draft(world.teacher(), "平行四边形教案");
    Description about;
    about.chapter_id = lesson.id.text();
    about.kind = Kind::plan;
    REQUIRE(describe(world.library, world.teacher(), id, about).has_value());
    REQUIRE(submit(world.library, world.teacher(), id, {Scope::school}).has_value());
    REQUIRE(world.approve(world.research_head(world.heba), id).has_value());
    REQUIRE(world.approve(world.academic(world.heba), id).has_value());
    Search wish;
    wish.chapter = unit.id.text();
    CHECK(world.found(world.teacher(), wish).size() == 1);
    auto const tree = textbook(world.library, world.teacher(), world.book.textbook.id).value().chapters;
    CHECK(tree[0].count == 1);
    CHECK_FALSE(tree[0].leaf);
    CHECK(tree[1].missing == std::vector<Kind>{Kind::slides, Kind::video, Kind::exercise});
    CHECK(tree[2].missing.size() == 4);
    // Another school does not see it, so for its teachers the chapter is still empty.
    auto const foreign = textbook(world.library, world.teacher(world.jinpen), world.book.textbook.id).value().chapters;
    CHECK(foreign[1].missing.size() == 4);
    auto const covered = coverage(world.library, world.teacher(), {}).value().items.at(0);
    CHECK(covered.chapters == 3);
    CHECK(covered.empty == 2);
    CHECK(covered.holes.at("plan") == 2);
    CHECK(covered.holes.at("video") == 3);
}

TEST_CASE("textbooks are added by researchers and the information office, each key once") {
    LibraryWorld world;
    NewTextbook wish{"rj-math-6a", "数学六年级上册", "14", 6, 1, "人教版", {{"圆", 8, {}}}};
    CHECK(add_textbook(world.library, world.teacher(), wish).error().code == core::ErrorCode::forbidden);
    REQUIRE(add_textbook(world.library, world.caller(world.info_office), wish).has_value());
    CHECK(add_textbook(world.library, world.caller(world.researcher), wish).error().key == "resources.textbook_exists");
    wish.key = "x";
    wish.grade = 13;
    wish.chapters = {};
    CHECK(add_textbook(world.library, world.caller(world.researcher), wish).error().problems.size() == 2);
    CHECK(textbooks(world.library, world.teacher(), {"14", 6, 0}).value().items.size() == 1);
    CHECK(textbook(world.library, world.teacher(), TextbookId::make()).error().code == core::ErrorCode::not_found);
}

TEST_CASE("use is counted by school and class, never by person, and not the author's own look") {
    LibraryWorld world;
    auto const id = world.published(world.teacher(), "面积", Scope::district);
    REQUIRE(open(world.library, world.teacher(), id, 0).has_value());
    REQUIRE(open(world.library, world.teacher(world.jinpen), id, 0).has_value());
    REQUIRE(open(world.library, world.teacher(world.jinpen, 1), id, 0).has_value());
    world.transact([&](sql::Tx& tx) {
        auto const row = resource(tx, id).value();
        record_view(tx, world.clock, world.teacher(), row, {world.heba.classes[0], core::Uuid::make()});
    });
    feed::run_consumer(world.db(), world.district(), *use_counter());
    auto const page = view(world.library, world.teacher(), id).value();
    CHECK(page.item.uses == 3);
    CHECK(page.item.schools == 2);
    for (auto const& school : page.used_by) CHECK(school.classes == (school.school_id == world.heba.id ? 1 : 0));
    for (auto const& entry : world.read([](sql::Tx& tx) { return feed::read(tx, 0, 10'000); })) {
        if (entry.type != "resources.Viewed") continue;
        CHECK(entry.body.value.find(world.jinpen.teachers[0].text()) == std::string::npos);
    }
    world.clock.set(world.clock.now().plus_days(40));
    CHECK(view(world.library, world.teacher(), id).value().item.uses == 0);
}

TEST_CASE("a file is read by those who may read the version that uses it") {
    LibraryWorld world;
    auto const teacher = world.teacher(), reader = world.teacher(world.heba, 3);
    auto const id = world.in_review(teacher, "面积", Scope::school);
    auto const file_of = [&](int number) {
        return *world.read([&](sql::Tx& tx) { return version(tx, id, number).value().file_id; });
    };
    auto const reads = [&](auth::Caller const& caller, int number) {
        return world.files.readable(caller, file_of(number)).has_value();
    };
    CHECK(reads(world.research_head(world.heba), 1));
    CHECK_FALSE(reads(world.academic(world.heba), 1));
    CHECK_FALSE(reads(reader, 1));
    REQUIRE(world.approve(world.research_head(world.heba), id).has_value());
    REQUIRE(world.approve(world.academic(world.heba), id).has_value());
    CHECK(reads(reader, 1));
    CHECK_FALSE(reads(world.teacher(world.jinpen), 1));
    REQUIRE(add_version(world.library, teacher, id, {world.upload(teacher, "第二版"), "", {}, ""}).has_value());
    CHECK_FALSE(reads(reader, 2));
    REQUIRE(recall(world.library, teacher, id, {"先收回来改"}).has_value());
    CHECK_FALSE(reads(reader, 1));
}
