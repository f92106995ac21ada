// Courses (SCORM): what is kept of whom, and who sees whose result.
#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>

#include "library_world.hpp"
#include "modules/resources/service_course.hpp"
#include "modules/timetable/service.hpp"
#include "platform/auth/vault.hpp"
#include "platform/text/zip.hpp"

using namespace santong;
using namespace santong::resources;

namespace {

constexpr char const* manifest = R"(<?xml version="1.0"?>
<manifest xmlns:adlcp="http://www.adlnet.org/xsd/adlcp_rootv1p2">
 <metadata><schemaversion>1.2</schemaversion></metadata>
 <organizations default="O"><organization identifier="O"><title>面积自测</title>
  <item identifier="one" identifierref="R1"><title>学一学</title></item>
  <item identifier="two" identifierref="R2" parameters="?quiz=1"><title>测一测</title></item></organization></organizations>
 <resources><resource identifier="R1" href="one.html"/><resource identifier="R2" href="a%20b.html"/></resources>
</manifest>)";

std::string make_zip(std::vector<std::pair<std::string, std::string>> const& entries) {
    auto const path = std::filesystem::temp_directory_path() / ("course-" + core::Uuid::make().text() + ".zip");
    text::ZipWriter zip(path);
    for (auto const& [name, bytes] : entries) zip.add(name, bytes);
    zip.finish();
    std::ifstream in(path, std::ios::binary);
    std::string bytes(std::istreambuf_iterator<char>(in), {});
    std::filesystem::remove(path);
    return bytes;
}

/// The same pages, of which the second opens when the first is done.
constexpr char const* sequenced_manifest = R"(<?xml version="1.0"?>
<manifest xmlns:adlcp="http://www.adlnet.org/xsd/adlcp_v1p3" xmlns:imsss="http://www.imsglobal.org/xsd/imsss">
 <metadata><schemaversion>2004 4th Edition</schemaversion></metadata>
 <organizations default="O"><organization identifier="O"><title>面积自测</title>
  <item identifier="one" identifierref="R1"><title>学一学</title></item>
  <item identifier="two" identifierref="R2"><title>测一测</title></item>
  <imsss:sequencing><imsss:controlMode choice="false" flow="true"/></imsss:sequencing></organization></organizations>
 <resources><resource identifier="R1" href="one.html"/><resource identifier="R2" href="a%20b.html"/></resources>
</manifest>)";

struct CourseWorld : test::LibraryWorld {
    explicit CourseWorld(char const* text = manifest)
        : packages(contents, std::filesystem::path(folder) / "packages", {}), courses{library, packages} {
        auto const author = caller(heba.teachers[0]);
        NewResource wish;
        wish.file_id = upload_file(author, "自测.zip",
                                   make_zip({{"imsmanifest.xml", text}, {"one.html", "1"}, {"a b.html", "2"}}));
        wish.about.title = "面积自测";
        wish.about.subject = "14";
        wish.about.licence = Licence::cc_by;
        wish.about.source = Source::own_work;
        id = create(library, author, wish).value().item.id;
    }
    void publish() {
        static_cast<void>(submit(library, caller(heba.teachers[0]), id, {Scope::school}).value());
        for (auto const& reviewer : {heba.research_head, heba.academic})
            if (row(id).state != State::published) static_cast<void>(approve(caller(reviewer), id));
        REQUIRE(row(id).state == State::published);
    }
    core::Result<CourseResult> say(auth::Caller const& who, CourseReport const& said) {
        return report(courses, who, id, said);
    }
    /// Heba's first teacher teaches this subject in a class this week.
    void teach(std::string const& subject, core::OrgId const& class_id) {
        timetable::Lesson lesson;
        lesson.id = timetable::LessonId::make();
        lesson.school_id = heba.id;
        lesson.class_id = class_id;
        lesson.date = today();
        lesson.period = subject == "14" ? 6 : 7;
        lesson.subject = subject;
        lesson.teacher_id = heba.teachers[3];
        lesson.source = timetable::LessonSource::unplanned;
        lesson.start_at = core::Zone{}.at(today(), 14 * 60);
        lesson.end_at = lesson.start_at.plus_seconds(2400);
        static_cast<void>(transact([&](sql::Tx& tx) { return timetable::add_unplanned(tx, lesson); }).value());
    }

    files::Packages packages;
    Courses courses;
    ResourceId id;
};

CourseReport said(std::string const& sco, Completion completion, std::optional<int> score = {}) {
    return {1, sco, completion, Success::unknown, score, 30, R"({"suspend_data":"第三页"})"};
}

}  // namespace

TEST_CASE("a course goes on where its learner stopped, and what he reached stays") {
    CourseWorld world;
    world.publish();
    auto const pupil = world.caller(world.heba.pupils[0][0]);
    auto const first = course(world.courses, pupil, world.id).value().view;
    REQUIRE(first.pages.size() == 2);
    CHECK(first.edition == files::ScormEdition::scorm_12);
    CHECK(first.pages[1].url == "a b.html?quiz=1");
    CHECK(first.pages[0].cmi.empty());
    CHECK(first.mine.completion == Completion::not_yet);
    CHECK(world.say(pupil, said("one", Completion::completed)).value().completion == Completion::begun);
    CHECK(world.say(pupil, said("two", Completion::begun, 40)).value().score == 40);
    auto done = said("two", Completion::completed, 80);
    done.success = Success::passed;
    CHECK(world.say(pupil, done).value().completion == Completion::completed);
    // Looking at it once more takes nothing away.
    CHECK(world.say(pupil, said("two", Completion::begun, 10)).value().score == 80);
    auto const later = course(world.courses, pupil, world.id).value().view;
    CHECK(later.pages[1].cmi == R"({"suspend_data":"第三页"})");
    CHECK(later.mine.completion == Completion::completed);
    CHECK(later.mine.success == Success::passed);
    CHECK(begin_anew(world.courses, pupil, world.id).value().completed == 2);
    CHECK(course(world.courses, pupil, world.id).value().view.pages[1].cmi.empty());
}

TEST_CASE("what a course must not report is refused") {
    CourseWorld world;
    world.publish();
    auto const pupil = world.caller(world.heba.pupils[0][0]);
    auto const refused = [&](CourseReport const& report) {
        auto const answer = world.say(pupil, report);
        REQUIRE_FALSE(answer.has_value());
        auto const& error = answer.error();
        return error.problems.empty() ? error.key : error.problems.front().key;
    };
    CHECK(refused(said("three", Completion::begun)) == "resources.no_such_page");
    CHECK(refused(said("one", Completion::begun, 101)) == "core.number_out_of_range");
    CHECK(refused(said("one", Completion::not_yet)) == "core.number_out_of_range");
    auto report = said("one", Completion::begun);
    report.version = 2;
    CHECK(refused(report) == "resources.course_changed");
    report = said("one", Completion::begun);
    report.cmi = "[1]";
    CHECK(refused(report) == "resources.course_not_json");
    report.cmi = "{\"a\":\"" + std::string(most_course_bytes, 'x') + "\"}";
    CHECK(refused(report) == "resources.course_too_large");
    report.cmi.clear();
    report.seconds = -1;
    CHECK(refused(report) == "core.number_out_of_range");
}

TEST_CASE("a course of another school is not there; a document is no course") {
    CourseWorld world;
    world.publish();
    auto const stranger = world.caller(world.jinpen.pupils[0][0]);
    CHECK(course(world.courses, stranger, world.id).error().key == "resources.not_found");
    CHECK(world.say(stranger, said("one", Completion::begun)).error().key == "resources.not_found");
    CHECK(begin_anew(world.courses, stranger, world.id).error().key == "resources.not_found");
    auto const document = world.published(world.caller(world.heba.teachers[0]), "一篇文章", Scope::school);
    CHECK(course(world.courses, world.caller(world.heba.pupils[0][0]), document).error().key == "resources.no_course");
}

TEST_CASE("who teaches the subject sees the pupils, another teacher of the class counts, everybody else nothing") {
    CourseWorld world;
    world.publish();
    auto const& group = world.heba.classes[0];
    world.teach("14", group);
    world.teach("13", world.heba.classes[1]);
    static_cast<void>(world.say(world.caller(world.heba.pupils[0][0]), said("one", Completion::begun)).value());
    auto const teacher = world.caller(world.heba.teachers[3]);
    auto const classes = course_classes(world.courses, teacher, world.id).value();
    REQUIRE(classes.items.size() >= 2);
    CHECK(classes.items[0].begun == 1);
    CHECK(classes.items[0].not_yet == 3);
    CHECK(classes.items[0].detail);
    CHECK_FALSE(classes.items[1].detail);
    auto const pupils = course_pupils(world.courses, teacher, world.id, group).value();
    REQUIRE(pupils.pupils.size() == 4);
    CHECK(course_pupils(world.courses, teacher, world.id, world.heba.classes[1]).error().key ==
          "roster.class_not_found");
    for (auto const& other : {world.heba.academic, world.heba.principal, world.heba.pupils[0][1]})
        CHECK(course_pupils(world.courses, world.caller(other), world.id, group).error().key ==
              "roster.class_not_found");
    CHECK(course_classes(world.courses, world.caller(world.heba.pupils[0][1]), world.id).value().items.empty());
    CHECK(course_pupils(world.courses, world.caller(world.jinpen.teachers[0]), world.id, group).error().key ==
          "resources.not_found");
}

TEST_CASE("a course whose list is broken, or names a page that is not in it, is not taken") {
    CourseWorld world;
    auto const author = world.caller(world.heba.teachers[0]);
    auto const refused = [&](std::string const& zip) {
        NewResource wish;
        wish.file_id = world.upload_file(author, "课.zip", zip);
        wish.about.title = "课";
        return create(world.library, author, wish).error().problems.front().key;
    };
    CHECK(refused(make_zip({{"imsmanifest.xml", manifest}, {"one.html", "1"}})) == "files.scorm_page_missing");
    CHECK(refused(make_zip({{"imsmanifest.xml", "<man"}, {"one.html", "1"}})) == "files.scorm_manifest_broken");
    CHECK(refused(make_zip({{"imsmanifest.xml", "<manifest/>"}, {"one.html", "1"}})) == "files.package_no_start");
}

TEST_CASE("an erased person's course memory can be read by nobody") {
    CourseWorld world;
    world.publish();
    auto const pupil = world.caller(world.heba.pupils[0][0]);
    static_cast<void>(world.say(pupil, said("one", Completion::begun)).value());
    world.transact([&](sql::Tx& tx) {
        auth::erase_person_key(tx, pupil.person);
        return 0;
    });
    CHECK(course(world.courses, pupil, world.id).error().key == "auth.person_erased");
}

TEST_CASE("a sequenced course keeps the way through it, and says by its own rules how far it is") {
    CourseWorld world(sequenced_manifest);
    world.publish();
    auto const pupil = world.caller(world.heba.pupils[0][0]);
    auto const first = course(world.courses, pupil, world.id).value().view;
    REQUIRE(first.activities.size() == 3);
    CHECK(first.activities[0].flow);
    CHECK(first.sequencing.empty());
    REQUIRE(world.say(pupil, said("one", Completion::completed, 90)).has_value());
    auto way = said("", Completion::begun);
    way.cmi = R"({"current":"one"})";
    CHECK(world.say(pupil, way).value().completion == Completion::begun);
    CHECK(course(world.courses, pupil, world.id).value().view.sequencing == way.cmi);
    // its rules may call it done with one page only, and passed
    way.completion = Completion::completed;
    way.success = Success::passed;
    auto const done = world.say(pupil, way).value();
    CHECK(done.completion == Completion::completed);
    CHECK(done.success == Success::passed);
    CHECK(done.completed == 1);
    CHECK(done.score == 90);
    REQUIRE(begin_anew(world.courses, pupil, world.id).has_value());
    CHECK(course(world.courses, pupil, world.id).value().view.sequencing.empty());
}

TEST_CASE("a course without rules of its own has no way through it to be kept") {
    CourseWorld plain;
    plain.publish();
    CHECK(plain.say(plain.caller(plain.heba.pupils[0][0]), said("", Completion::begun)).error().problems.at(0).key ==
          "resources.no_such_page");
}
