#include <doctest/doctest.h>

#include "library_world.hpp"

using santong::test::LibraryWorld;
using namespace santong;
using namespace santong::resources;

namespace {

template <class T>
std::string problem(core::Result<T> const& answer) {
    auto const& error = answer.error();
    return error.problems.empty() ? error.key : error.problems[0].pointer + " " + error.problems[0].key;
}

Description titled(std::string title) {
    Description about;
    about.title = std::move(title);
    return about;
}

}  // namespace

TEST_CASE("an uploaded file becomes a draft of the teacher's own school") {
    LibraryWorld world;
    auto const teacher = world.teacher();
    auto const file = world.upload_file(teacher, "教案.pdf", test::pdf("面积", 3));
    NewResource wish{file, "", {}, {}, titled("平行四边形的面积")};
    wish.about.chapter_id = world.book.chapters[1].id.text();
    auto const made = create(world.library, teacher, wish).value();
    CHECK(made.item.state == State::draft);
    CHECK(made.item.mine);
    CHECK(made.item.pages == 3);
    CHECK(made.item.media_type == "application/pdf");
    CHECK(made.item.school_name == world.heba.name);
    CHECK(made.item.chapter_title == "平行四边形的面积");
    CHECK(made.textbook_title == "数学五年级上册");
    CHECK(made.may.edit);
    CHECK(made.may.remove);
    CHECK_FALSE(made.may.recall);
}

TEST_CASE("a resource is made of one file or of one link, and of nobody else's file") {
    LibraryWorld world;
    auto const teacher = world.teacher();
    auto const file = world.upload(teacher, "面积");
    auto const make = [&](std::optional<core::FileId> const& id, std::string const& url) {
        return create(world.library, teacher, {id, url, {}, {}, titled("面积")});
    };
    CHECK(problem(make({}, "")) == "/file_id resources.content_needed");
    CHECK(problem(make(file, "https://smartedu.cn/")) == "/file_id resources.content_needed");
    CHECK(problem(make({}, "https://evil.example/")) == "/url resources.link_not_allowed");
    CHECK(make(world.upload(world.teacher(world.jinpen), "别人的"), "").error().code == core::ErrorCode::not_found);
    CHECK(make(core::FileId::make(), "").error().code == core::ErrorCode::not_found);
    auto const link = make({}, "https://basic.smartedu.cn/a").value();
    CHECK(link.item.kind == Kind::link);
    CHECK(link.url == "https://basic.smartedu.cn/a");
    CHECK(link.source == Source::national_platform);
}

TEST_CASE("a pupil and a guardian contribute nothing, a teacher nothing in the name of another school") {
    LibraryWorld world;
    for (auto const& caller : {world.pupil(), world.caller(world.guardian), world.caller(world.auditor)}) {
        NewResource const wish{world.upload(caller, "作文"), "", {}, {}, titled("作文")};
        CHECK(create(world.library, caller, wish).error().code == core::ErrorCode::forbidden);
    }
    NewResource const foreign{world.upload(world.teacher(), "面积"), "", {}, world.jinpen.id, titled("面积")};
    CHECK(create(world.library, world.teacher(), foreign).error().code == core::ErrorCode::forbidden);
}

TEST_CASE("a description must fit: a known subject, chapter and textbook, a title") {
    LibraryWorld world;
    auto const teacher = world.teacher();
    auto const id = world.draft(teacher, "面积");
    auto const change = [&](Description const& changes) { return describe(world.library, teacher, id, changes); };
    CHECK(problem(change(titled(" "))) == "/title core.required");
    Description wrong;
    wrong.subject = "99";
    CHECK(problem(change(wrong)) == "/subject resources.no_such_subject");
    wrong = {};
    wrong.chapter_id = core::Uuid::make().text();
    CHECK(problem(change(wrong)) == "/chapter_id resources.no_such_chapter");
    wrong = {};
    wrong.textbook_id = "x";
    CHECK(problem(change(wrong)) == "/textbook_id resources.no_such_textbook");
    Description right = titled("三角形的面积");
    right.chapter_id = world.book.chapters[2].id.text();
    right.grade_to = 6;
    auto const now = change(right).value();
    CHECK(now.item.title == "三角形的面积");
    CHECK(now.textbook_id == world.book.textbook.id);
    right = {};
    right.chapter_id = "";
    CHECK_FALSE(change(right).value().item.chapter_id.has_value());
}

TEST_CASE("nobody but its author sees, changes or submits a draft") {
    LibraryWorld world;
    auto const id = world.draft(world.teacher(), "草稿");
    for (auto const& caller :
         {world.teacher(world.heba, 3), world.research_head(world.heba), world.principal(world.heba),
          world.teacher(world.jinpen), world.caller(world.researcher), world.pupil(), world.nobody()}) {
        CHECK(view(world.library, caller, id).error().code == core::ErrorCode::not_found);
        CHECK(describe(world.library, caller, id, titled("我的")).error().code == core::ErrorCode::not_found);
        CHECK(submit(world.library, caller, id, {Scope::school}).error().code == core::ErrorCode::not_found);
        CHECK(remove(world.library, caller, id).error().code == core::ErrorCode::not_found);
        CHECK(open(world.library, caller, id, 0).error().code == core::ErrorCode::not_found);
        CHECK(history(world.library, caller, id).error().code == core::ErrorCode::not_found);
        CHECK(recall(world.library, caller, id, {"理由写清楚"}).error().code == core::ErrorCode::not_found);
        CHECK(add_version(world.library, caller, id, {{}, "https://smartedu.cn/", {}, ""}).error().code ==
              core::ErrorCode::not_found);
    }
}

TEST_CASE("a draft that was never submitted can be removed, and its file is free again") {
    LibraryWorld world;
    auto const id = world.draft(world.teacher(), "草稿");
    REQUIRE(remove(world.library, world.teacher(), id).has_value());
    CHECK(view(world.library, world.teacher(), id).has_error());
    world.clock.set(world.clock.now().plus_days(2));
    CHECK(world.files.remove_unused_files(world.district(), 86'400'000) == 1);
    auto const sent = world.in_review(world.teacher(), "送审过", Scope::school);
    REQUIRE(withdraw(world.library, world.teacher(), sent).has_value());
    CHECK(remove(world.library, world.teacher(), sent).error().key == "resources.was_submitted");
}

TEST_CASE("a plain archive is not taken, a package is") {
    LibraryWorld world;
    auto const teacher = world.teacher();
    // An empty zip with one stored entry "a.txt", made by hand.
    using namespace std::string_literals;
    auto const name = "a.txt"s;
    auto const local = "PK\x03\x04\x14\0\0\0\0\0\0\0\0\0\x43\xbe\xb7\xe8\x01\0\0\0\x01\0\0\0\x05\0\0\0"s + name + "a";
    auto const central =
        "PK\x01\x02\x14\0\x14\0\0\0\0\0\0\0\0\0\x43\xbe\xb7\xe8\x01\0\0\0\x01\0\0\0\x05\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0"s +
        name;
    auto const end = "PK\x05\x06\0\0\0\0\x01\0\x01\0"s + static_cast<char>(central.size()) + "\0\0\0"s +
                     static_cast<char>(local.size()) + "\0\0\0\0\0"s;
    auto const file = world.upload_file(teacher, "资料.zip", local + central + end);
    CHECK(create(world.library, teacher, {file, "", {}, {}, titled("资料")}).error().key ==
          "resources.archive_not_taken");
}

TEST_CASE("a file's name tells title, kind, grade and chapter") {
    LibraryWorld world;
    auto const read = [&](std::string const& name) { return guess(world.library, world.teacher(), name).value(); };
    auto const slides = read("五上_平行四边形的面积 课件 (2).pptx");
    CHECK(slides.title == "五上 平行四边形的面积 课件");
    CHECK(slides.kind == Kind::slides);
    CHECK(slides.grade == 5);
    CHECK(slides.term == 1);
    CHECK(slides.subject == "14");
    CHECK(slides.chapter_title == "平行四边形的面积");
    CHECK_FALSE(read("六下 平行四边形的面积.pdf").chapter_id.has_value());
    auto const nothing = read("IMG_2031.mp4");
    CHECK(nothing.title == "IMG 2031");
    CHECK_FALSE(nothing.kind.has_value());
    CHECK(read("高三数学教案.docx").grade == 12);
    CHECK(read("第一单元 练习.pdf").grade == 0);
}

TEST_CASE("of an uploaded file it is told what it is and whether it opens, of nobody else's") {
    LibraryWorld world;
    auto const teacher = world.teacher();
    auto half = test::pdf("面积", 2);
    half.resize(half.size() - 20);
    auto const broken = world.upload_file(teacher, "面积微课.pdf", half);
    auto const found = guess(world.library, teacher, "面积微课.pdf", broken).value();
    CHECK(found.opens == false);
    CHECK(found.fits == std::vector<Kind>{Kind::plan, Kind::slides, Kind::exercise, Kind::document});
    CHECK(guess(world.library, teacher, "面积微课.pdf").value().fits.empty());
    CHECK(found.kind == Kind::document);  // whatever its name says, no film is made of a PDF
    CHECK(guess(world.library, teacher, "面积教案.pdf", world.upload(teacher, "面积")).value().kind == Kind::plan);
    CHECK_FALSE(guess(world.library, teacher, "面积微课.pdf").value().opens.has_value());
    CHECK(guess(world.library, world.teacher(world.jinpen), "面积.pdf", broken).error().code ==
          core::ErrorCode::not_found);
}

TEST_CASE("a small picture that the browser drew stands for a resource in lists, nothing else does") {
    LibraryWorld world;
    auto const teacher = world.teacher();
    std::string const png(
        "\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\x06\0\0\0\x1f\x15\xc4\x89\0\0\0\0IEND\xae\x42\x60\x82",
        45);
    auto const make = [&](core::FileId const& thumbnail) {
        return create(world.library, teacher, {world.upload(teacher, "面积"), "", thumbnail, {}, titled("面积")});
    };
    auto const picture = world.upload_file(teacher, "t.png", png);
    CHECK(make(picture).value().item.thumbnail_file_id == picture);
    CHECK(problem(make(world.upload(teacher, "文档"))) == "/thumbnail_file_id resources.thumbnail_not_taken");
    auto const large = world.upload_file(teacher, "l.png", png + std::string(600 * 1024, 'x'));
    CHECK(problem(make(large)) == "/thumbnail_file_id resources.thumbnail_not_taken");
    auto const foreign = world.upload_file(world.teacher(world.jinpen), "f.png", png);
    CHECK(make(foreign).error().code == core::ErrorCode::not_found);
}
