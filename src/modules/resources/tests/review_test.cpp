#include <doctest/doctest.h>

#include "library_world.hpp"
#include "modules/messages/service.hpp"
#include "modules/resources/service_mark.hpp"
#include "modules/resources/service_shelf.hpp"

using santong::test::LibraryWorld;
using namespace santong;
using namespace santong::resources;

namespace {

std::map<std::string, workflow::SheetLine> sheet(LibraryWorld& world, ResourceId const& id) {
    std::map<std::string, workflow::SheetLine> lines;
    for (auto& line : workflow::review(world.db(), world.research_head(world.heba), world.item(id)).value().sheet) {
        lines.emplace(line.key.substr(std::string("resources.check.").size()), line);
    }
    return lines;
}

}  // namespace

TEST_CASE("a teacher's resource passes school and district and is then everybody's") {
    LibraryWorld world;
    auto const id = world.in_review(world.teacher(), "平行四边形的面积", Scope::district);
    CHECK(world.row(id).state == State::in_review);
    CHECK(world.found(world.teacher(world.jinpen), {}).empty());
    REQUIRE(world.approve(world.research_head(world.heba), id).has_value());
    REQUIRE(world.approve(world.academic(world.heba), id).has_value());
    CHECK(world.row(id).state == State::in_review);
    REQUIRE(world.approve(world.caller(world.researcher), id).has_value());
    CHECK(world.row(id).state == State::published);
    CHECK(world.row(id).scope == Scope::district);
    CHECK(is_reviewed(world.row(id)));
    CHECK(world.found(world.teacher(world.jinpen), {}) == std::vector<std::string>{"平行四边形的面积"});
    CHECK(world.found(world.pupil(), {}) == std::vector<std::string>{"平行四边形的面积"});
}

TEST_CASE("who may see a resource at each stage of its way") {
    LibraryWorld world;
    auto const id = world.in_review(world.teacher(), "面积", Scope::district);
    auto const sees = [&](auth::Caller const& caller) { return view(world.library, caller, id).has_value(); };
    auto const head = world.research_head(world.heba), office = world.academic(world.heba);
    auto const researcher = world.caller(world.researcher), colleague = world.teacher(world.heba, 3);
    CHECK(sees(head));
    CHECK_FALSE(sees(office));
    CHECK_FALSE(sees(researcher));
    CHECK_FALSE(sees(colleague));
    CHECK_FALSE(sees(world.research_head(world.jinpen)));
    REQUIRE(world.approve(head, id).has_value());
    CHECK(sees(head));  // the path so far
    CHECK(sees(office));
    CHECK_FALSE(sees(researcher));
    REQUIRE(world.approve(office, id).has_value());
    CHECK(sees(researcher));
    CHECK_FALSE(sees(colleague));
    REQUIRE(world.approve(researcher, id).has_value());
    for (auto const& caller : {colleague, world.teacher(world.jinpen), world.pupil(), world.caller(world.leader)})
        CHECK(sees(caller));
    for (auto const& caller : {world.nobody(), world.caller(world.sysadmin), world.caller(world.auditor)})
        CHECK_FALSE(sees(caller));
}

TEST_CASE("what a school keeps to itself is for its own people") {
    LibraryWorld world;
    auto const id = world.published(world.teacher(), "本校的", Scope::school);
    auto const sees = [&](auth::Caller const& caller) { return view(world.library, caller, id).has_value(); };
    CHECK(sees(world.teacher(world.heba, 3)));
    CHECK(sees(world.pupil()));
    for (auto const& caller : {world.teacher(world.jinpen), world.teacher(world.mingxin), world.caller(world.leader)}) {
        CHECK_FALSE(sees(caller));
        CHECK(world.found(caller, {}).empty());
        CHECK(open(world.library, caller, id, 0).error().code == core::ErrorCode::not_found);
    }
}

TEST_CASE("a reviewer does not learn the author's name from the resource") {
    LibraryWorld world;
    auto const id = world.in_review(world.teacher(), "面积", Scope::school);
    auto const page = core::json::write(view(world.library, world.research_head(world.heba), id).value());
    CHECK(page.find("张老师") == std::string::npos);
    CHECK(page.find(world.teacher().person.text()) == std::string::npos);
    CHECK(page.find(world.teacher().name) == std::string::npos);
}

TEST_CASE("what is missing is said before a review begins") {
    LibraryWorld world;
    auto const teacher = world.teacher();
    NewResource wish{world.upload(teacher, "面积"), "", {}, {}, {}};
    wish.about.title = "面积";
    auto const id = create(world.library, teacher, wish).value().item.id;
    auto const problems = submit(world.library, teacher, id, {Scope::school}).error().problems;
    std::vector<std::string> places;
    for (auto const& problem : problems) places.push_back(problem.pointer);
    CHECK(places == std::vector<std::string>{"/subject", "/licence", "/source"});
    CHECK(submit(world.library, teacher, id, {Scope::self}).error().problems.at(0).pointer == "/scope");
    CHECK(world.row(id).state == State::draft);
}

TEST_CASE("while it is under review nothing changes; withdrawn it is a draft again") {
    LibraryWorld world;
    auto const teacher = world.teacher();
    auto const id = world.in_review(teacher, "面积", Scope::school);
    Description other;
    other.title = "别的";
    CHECK(describe(world.library, teacher, id, other).error().key == "resources.in_review");
    CHECK(add_version(world.library, teacher, id, {{}, "https://smartedu.cn/", {}, ""}).error().key ==
          "resources.in_review");
    CHECK(submit(world.library, teacher, id, {Scope::school}).error().key == "resources.in_review");
    REQUIRE(withdraw(world.library, teacher, id).has_value());
    CHECK(world.row(id).state == State::draft);
    CHECK(world.queue(world.research_head(world.heba)).empty());
    CHECK(withdraw(world.library, teacher, id).error().key == "resources.not_in_review");
    CHECK(describe(world.library, teacher, id, other).has_value());
}

TEST_CASE("a returned resource carries its reason, is mended with a new version and goes on where it was returned") {
    LibraryWorld world;
    auto const teacher = world.teacher();
    auto const id = world.in_review(teacher, "面积", Scope::school);
    REQUIRE(world.approve(world.research_head(world.heba), id).has_value());
    REQUIRE(world.send_back(world.academic(world.heba), id, "片尾没写配图出处").has_value());
    auto const page = view(world.library, teacher, id).value();
    CHECK(page.item.state == State::returned);
    CHECK(page.review->last_reason == "片尾没写配图出处");
    CHECK(page.may.edit);
    REQUIRE(add_version(world.library, teacher, id, {world.upload(teacher, "第二版"), "", {}, "补了出处"}).has_value());
    REQUIRE(submit(world.library, teacher, id, {Scope::school}).has_value());
    CHECK(world.queue(world.research_head(world.heba)).empty());
    REQUIRE(world.approve(world.academic(world.heba), id).has_value());
    CHECK(world.row(id).current_version == 2);
}

TEST_CASE("readers keep the version they have until the next one has passed, and a returned one disturbs nobody") {
    LibraryWorld world;
    auto const teacher = world.teacher(), reader = world.teacher(world.heba, 3);
    auto const id = world.published(teacher, "面积", Scope::school);
    CHECK(submit(world.library, teacher, id, {Scope::school}).error().key == "resources.nothing_new");
    Description other;
    other.title = "换了名字";
    CHECK(describe(world.library, teacher, id, other).error().key == "resources.published_fixed");
    REQUIRE(add_version(world.library, teacher, id, {world.upload(teacher, "第二版"), "", {}, ""}).has_value());
    REQUIRE(submit(world.library, teacher, id, {Scope::school}).has_value());
    CHECK(world.row(id).state == State::published);
    CHECK(open(world.library, reader, id, 0).value().version.number == 1);
    CHECK(open(world.library, reader, id, 2).error().code == core::ErrorCode::not_found);
    CHECK(open(world.library, world.research_head(world.heba), id, 0).value().version.number == 2);
    REQUIRE(world.send_back(world.research_head(world.heba), id, "第二版有错").has_value());
    CHECK(world.row(id).state == State::published);
    REQUIRE(submit(world.library, teacher, id, {Scope::school}).has_value());
    REQUIRE(world.approve(world.research_head(world.heba), id).has_value());
    REQUIRE(world.approve(world.academic(world.heba), id).has_value());
    CHECK(open(world.library, reader, id, 0).value().version.number == 2);
    CHECK(open(world.library, reader, id, 1).error().code == core::ErrorCode::not_found);
}

TEST_CASE("from its school to the district: the wider scope is reviewed, a narrower one is refused") {
    LibraryWorld world;
    auto const id = world.published(world.teacher(), "面积", Scope::school);
    REQUIRE(submit(world.library, world.teacher(), id, {Scope::district}).has_value());
    CHECK(world.row(id).scope == Scope::school);
    CHECK_FALSE(view(world.library, world.teacher(world.jinpen), id).has_value());
    for (auto const& reviewer : {world.heba.research_head, world.heba.academic, world.researcher}) {
        REQUIRE(world.approve(world.caller(reviewer), id).has_value());
    }
    CHECK(world.row(id).scope == Scope::district);
    CHECK(submit(world.library, world.teacher(), id, {Scope::school}).error().problems.at(0).key ==
          "resources.scope_narrower");
}

TEST_CASE("a recalled resource is gone with its reason for those who had it, and can be mended and sent again") {
    LibraryWorld world;
    auto const id = world.published(world.teacher(), "面积", Scope::district);
    auto const reader = world.teacher(world.jinpen);
    CHECK(recall(world.library, reader, id, {"不喜欢这件"}).error().code == core::ErrorCode::forbidden);
    CHECK(recall(world.library, world.academic(world.jinpen), id, {"不是我校的"}).error().code ==
          core::ErrorCode::forbidden);
    CHECK(recall(world.library, world.caller(world.researcher), id, {"短"}).error().problems.at(0).pointer ==
          "/reason");
    REQUIRE(recall(world.library, world.caller(world.researcher), id, {"配图版权不清"}).has_value());
    auto const gone = view(world.library, reader, id);
    CHECK(gone.error().code == core::ErrorCode::gone);
    CHECK(gone.error().params.at("reason") == "配图版权不清");
    CHECK(world.found(reader, {}).empty());
    CHECK(view(world.library, world.teacher(), id).value().recalled_reason == "配图版权不清");
    REQUIRE(submit(world.library, world.teacher(), id, {Scope::district}).has_value());
    CHECK(world.queue(world.research_head(world.heba)).size() == 1);
}

TEST_CASE("a researcher of another subject recalls nothing of this one; recalling ends an open review") {
    LibraryWorld world;
    auto const id = world.published(world.teacher(), "面积", Scope::school);
    auto chinese = world.caller(world.researcher);
    for (auto& grant : chinese.grants) grant.subject = "13";
    CHECK(recall(world.library, chinese, id, {"不是我的学科"}).has_error());
    REQUIRE(submit(world.library, world.teacher(), id, {Scope::district}).has_value());
    REQUIRE(recall(world.library, world.academic(world.heba), id, {"先收回来改"}).has_value());
    CHECK(world.queue(world.research_head(world.heba)).empty());
    CHECK_FALSE(world.row(id).in_review);
}

TEST_CASE("the automatic checks see a copy, a missing attribution and what opens") {
    LibraryWorld world;
    auto const first = world.in_review(world.teacher(), "面积", Scope::school);
    auto lines = sheet(world, first);
    CHECK(lines.size() == 11);
    CHECK(lines.at("duplicate").detail == "resources.check.duplicate.none");
    CHECK(lines.at("opens").params.at("pages") == "1");
    CHECK(lines.at("licence").detail == "resources.check.licence.cc_by");
    auto const copy = world.draft(world.teacher(world.heba, 3), "面积");  // the same title makes the same bytes
    Description about;
    about.attribution = "";
    about.source = Source::open_web;
    about.source_note = "某教学网站";
    REQUIRE(describe(world.library, world.teacher(world.heba, 3), copy, about).has_value());
    REQUIRE(submit(world.library, world.teacher(world.heba, 3), copy, {Scope::school}).has_value());
    lines = sheet(world, copy);
    CHECK(lines.at("duplicate").state == workflow::CheckState::warning);
    CHECK(lines.at("duplicate").found_in == first.text());
    CHECK(lines.at("attribution").state == workflow::CheckState::warning);
    CHECK(lines.at("source").params.at("note") == "某教学网站");
}

TEST_CASE("a file that breaks off is told its author and not taken into review") {
    LibraryWorld world;
    auto const teacher = world.teacher();
    auto half = test::pdf("面积", 2);
    half.resize(half.size() - 20);
    NewResource wish{world.upload_file(teacher, "半个.pdf", half), "", {}, {}, {}};
    wish.about.title = "半个";
    wish.about.subject = "14";
    wish.about.licence = Licence::cc_by;
    wish.about.source = Source::own_work;
    auto const id = create(world.library, teacher, wish).value().item.id;
    CHECK_FALSE(view(world.library, teacher, id).value().opens);
    auto const refused = submit(world.library, teacher, id, {Scope::school}).error().problems;
    REQUIRE(refused.size() == 1);
    CHECK(refused[0].pointer == "/file_id");
    CHECK(refused[0].key == "resources.file_broken");
    CHECK(world.queue(world.research_head(world.heba)).empty());
    REQUIRE(add_version(world.library, teacher, id, {world.upload(teacher, "整个"), {}, {}, {}}).has_value());
    CHECK(view(world.library, teacher, id).value().opens);
    REQUIRE(submit(world.library, teacher, id, {Scope::school}).has_value());
}

TEST_CASE("what broke off before files were looked at on submission cannot pass") {
    LibraryWorld world;
    auto const id = world.in_review(world.teacher(), "面积", Scope::school);
    world.transact([&](sql::Tx& tx) {
        auto const before = store::find(tx, id).value();
        auto changed = before;
        changed.latest_version = 2;
        auto version = store::find_version(tx, id, 1).value();
        version.number = 2;
        version.opens = false;
        store::insert_version(tx, version);
        CHECK(store::update(tx, changed, before));
    });
    CHECK(sheet(world, id).at("opens").state == workflow::CheckState::failed);
    CHECK(world.approve(world.research_head(world.heba), id).error().key == "workflow.check_failed");
    CHECK(world.send_back(world.research_head(world.heba), id, "文件打不开").has_value());
}

TEST_CASE("history tells its author everything, a reader how it passed, and nobody a name") {
    LibraryWorld world;
    auto const id = world.in_review(world.teacher(), "面积", Scope::school);
    REQUIRE(world.send_back(world.research_head(world.heba), id, "字太小，看不清").has_value());
    REQUIRE(submit(world.library, world.teacher(), id, {Scope::school}).has_value());
    REQUIRE(world.approve(world.research_head(world.heba), id).has_value());
    REQUIRE(world.approve(world.academic(world.heba), id).has_value());
    auto const words = [&](auth::Caller const& caller) {
        std::vector<std::string> found;
        for (auto const& entry : history(world.library, caller, id).value().entries) found.push_back(entry.what);
        return found;
    };
    CHECK(words(world.teacher()) ==
          std::vector<std::string>{"version", "submit", "return", "resubmit", "approve", "approve", "published"});
    CHECK(words(world.teacher(world.heba, 3)) ==
          std::vector<std::string>{"version", "submit", "approve", "approve", "published"});
    auto const text = core::json::write(history(world.library, world.teacher(world.heba, 3), id).value());
    CHECK(text.find("字太小") == std::string::npos);
}

TEST_CASE(
    "an author hears how the review of his resource ends and that it was taken off; who did it and why stands at the "
    "resource") {
    LibraryWorld world;
    auto const kinds = [&](core::PersonId const& who) {
        std::vector<messages::MessageKind> all;
        for (auto const& one : messages::inbox(world.db(), world.caller(who), world.clock, {}).value().items)
            all.push_back(one.kind);
        return all;
    };
    auto const author = world.heba.teachers[0];
    auto const id = world.in_review(world.teacher(), "平行四边形的面积", Scope::district);
    REQUIRE(world.send_back(world.research_head(world.heba), id, "第二页有错字，请改正").has_value());
    CHECK(kinds(author) == std::vector{messages::MessageKind::review_returned});
    auto const other = world.published(world.teacher(), "三角形的面积", Scope::district);
    CHECK(kinds(author).front() == messages::MessageKind::review_approved);
    REQUIRE(recall(world.library, world.caller(world.info_office), other, {"内容有误，请改正后再提交"}).has_value());
    CHECK(kinds(author).front() == messages::MessageKind::resource_recalled);
    CHECK(messages::inbox(world.db(), world.teacher(), world.clock, {})->items[0].href == "/resources/" + other.text());
    CHECK(messages::inbox(world.db(), world.teacher(), world.clock, {})->items[0].who.empty());
    CHECK(kinds(world.heba.teachers[1]).empty());
}

TEST_CASE("the shelf is what was there before a moment, with who gave it and what chapters have") {
    LibraryWorld world;
    auto const first = world.published(world.teacher(), "平行四边形的面积", Scope::district);
    world.published(world.teacher(), "三角形的面积", Scope::school);
    auto const at = [&](core::Instant before) {
        return world.read([&](sql::Tx& tx) { return shelf_state(tx, before); });
    };
    auto const now = at(world.clock.now().plus_days(1));
    REQUIRE(now.resources.size() == 1);  // that of the school alone is no district's
    CHECK(now.resources[0].id == first);
    CHECK(now.schools == 1);
    CHECK(now.people == 1);
    std::int64_t chapters = 0;
    for (auto const& [kinds, count] : now.chapters) {
        CHECK(kinds.size() < std::size(chapter_needs));
        CHECK_FALSE(kinds.contains(Kind::video));
        chapters += count;
    }
    CHECK(chapters == 3);
    auto const before = at(world.clock.now().plus_days(-1));
    CHECK(before.resources.empty());
    CHECK(before.people == 0);
    CHECK(before.chapters.at({}) == 3);
}

TEST_CASE("what anybody of another school opened on some days is known, as the first formula wants it") {
    LibraryWorld world;
    auto const id = world.published(world.teacher(), "平行四边形的面积", Scope::district);
    auto const use = [&](core::OrgId const& school) {
        world.transact([&](sql::Tx& tx) {
            tx.execute(
                "INSERT INTO resource_use (district_id, resource_id, date, school_id, class_id, role, uses)"
                " VALUES ($1, $2, $3, $4, '', 'teacher', 1)",
                tx.district(), id, world.today(), school);
        });
    };
    auto const opened = [&](core::LocalDate from, core::LocalDate to) {
        return world.read([&](sql::Tx& tx) { return opened_elsewhere(tx, from, to); });
    };
    use(world.heba.id);
    CHECK(opened({2014, 9, 1}, world.today()).empty());
    use(world.jinpen.id);
    CHECK(opened({2014, 9, 1}, world.today()).contains(id));
    CHECK(opened(world.today().plus_days(1), world.today().plus_days(2)).empty());
    CHECK(opened({2014, 9, 1}, world.today().plus_days(-1)).empty());
}

TEST_CASE("a teacher of another school who saves a file is told in the feed, and nobody else") {
    LibraryWorld world;
    auto const id = world.published(world.teacher(), "平行四边形的面积", Scope::district);
    auto const file = world.read([&](sql::Tx& tx) { return *version(tx, id, 1)->file_id; });
    auto const saves = [&](auth::Caller const& who) {
        auto const count = [&] {
            return world.read([](sql::Tx& tx) {
                std::vector<core::OrgId> schools;
                for (auto const& entry : feed::read(tx, 0, 100'000)) {
                    if (entry.type == "resources.Saved") schools.push_back(*core::OrgId::parse(entry.scope_org_id));
                }
                return schools;
            });
        };
        auto const before = count().size();
        auto const known = world.files.readable(who, file);
        if (known) world.files.note_saved(who, *known);
        auto const all = count();
        return all.size() > before ? std::optional(all.back()) : std::nullopt;
    };
    CHECK_FALSE(saves(world.teacher()).has_value());                       // the giver
    CHECK_FALSE(saves(world.caller(world.heba.teachers[1])).has_value());  // of the same school
    CHECK_FALSE(saves(world.caller(world.leader)).has_value());            // an officer
    CHECK(saves(world.caller(world.jinpen.teachers[0])) == world.jinpen.id);
}

TEST_CASE(
    "the researcher marks something published as excellent at any time, and takes that away; its author is told") {
    LibraryWorld world;
    auto const author = world.teacher();
    auto const researcher = world.caller(world.researcher);
    auto const id = world.published(author, "平行四边形的面积", Scope::district);
    REQUIRE_FALSE(world.row(id).fine);
    CHECK(view(world.library, researcher, id).value().may.mark);
    CHECK_FALSE(view(world.library, author, id).value().may.mark);
    CHECK(set_mark(world.library, researcher, id, {true, "适合全区推广"}).value().item.fine);
    CHECK(world.row(id).fine);
    auto const newest = [&] { return messages::inbox(world.db(), author, world.clock, {}).value().items.at(0); };
    CHECK(newest().kind == messages::MessageKind::resource_marked);
    CHECK(newest().href == "/resources/" + id.text());
    CHECK(set_mark(world.library, researcher, id, {true, "适合全区推广"}).error().key == "resources.marked_already");
    world.clock.set(world.clock.now().plus_days(1));
    CHECK_FALSE(set_mark(world.library, researcher, id, {false, "教材已经换版"}).value().item.fine);
    CHECK(newest().kind == messages::MessageKind::resource_unmarked);
    auto const told = [&](auth::Caller const& who) {
        std::vector<std::string> lines;
        for (auto const& entry : history(world.library, who, id).value().entries)
            if (entry.what == "marked" || entry.what == "unmarked") lines.push_back(entry.what + " " + entry.text);
        return lines;
    };
    CHECK(told(author) == std::vector<std::string>{"marked 适合全区推广", "unmarked 教材已经换版"});
    CHECK(told(world.teacher(world.jinpen)) == std::vector<std::string>{"marked 适合全区推广"});
}

TEST_CASE("nobody marks without the right, the reason, or something published that is not his own") {
    LibraryWorld world;
    auto const researcher = world.caller(world.researcher);
    FineMarkRequest const wish{true, "适合全区推广"};
    auto const id = world.published(world.teacher(), "平行四边形的面积", Scope::district);
    for (auto const& who : {world.teacher(), world.academic(world.heba), world.principal(world.heba), world.pupil(),
                            world.teacher(world.jinpen)})
        CHECK(set_mark(world.library, who, id, wish).error().code == core::ErrorCode::forbidden);
    CHECK(set_mark(world.library, researcher, id, {true, "好"}).error().code == core::ErrorCode::invalid);
    auto const other_subject = world.draft(world.teacher(world.heba, 1), "古诗三首", "13");
    CHECK(set_mark(world.library, researcher, other_subject, wish).error().code == core::ErrorCode::not_found);
    auto const waiting = world.in_review(world.teacher(), "三角形的面积", Scope::district);
    CHECK(set_mark(world.library, researcher, waiting, wish).has_error());
    CHECK_FALSE(world.row(waiting).fine);
    CHECK_FALSE(world.row(id).fine);
    world.transact([&](sql::Tx& tx) {
        tx.execute("UPDATE resource SET owner_person = $3 WHERE district_id = $1 AND id = $2", tx.district(), id,
                   world.researcher);
    });
    CHECK(set_mark(world.library, researcher, id, wish).error().key == "resources.mark_of_own");
}
