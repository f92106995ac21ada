#include "platform/files/packages.hpp"

#include "files_world.hpp"
#include "platform/files/zip_reader.hpp"

using namespace santong::test;
namespace core = santong::core;
namespace files = santong::files;
using santong::http::Method;

namespace {

std::string const origin = "https://packages.example";

std::string const manifest = R"(<?xml version="1.0"?>
<manifest xmlns:adlcp="http://www.adlnet.org/xsd/adlcp_v1p3">
 <organizations default="B"><organization identifier="A"><item identifier="i" identifierref="R1"/></organization>
  <organization identifier="B"><item identifier="t"><item identifier="j" identifierref="R2"/></item></organization>
 </organizations>
 <resources><resource identifier="R1" href="one.html"/><resource identifier="R2" href="课/two.html?x=1"/></resources>
</manifest>)";

/// The address that opens a package, without its origin; or the refusal's key.
std::string opened(FilesWorld& world, std::string const& name, std::string const& zip) {
    auto const done = world.upload(world.teacher, name, zip);
    if (done.status != 204) return code_of(done);
    auto const answer =
        world.call(world.teacher, Method::get, "/api/v1/files/" + world.value(done, "Santong-File-Id") + "/package");
    if (answer.status != 200) return code_of(answer);
    auto const from = answer.body.find(origin) + origin.size();
    return answer.body.substr(from, answer.body.find('"', from) - from);
}

santong::http::Response fetch(FilesWorld& world, std::string const& path,
                              std::map<std::string, std::string> const& headers = {}) {
    return world.send(world.package_router, world.nobody, Method::get, path, headers, "");
}

std::string beside(std::string const& start, std::string const& name) {
    return start.substr(0, start.find('/', 3)) + "/" + name;
}

}  // namespace

TEST_CASE("an HTML package opens on the second origin, under its own policy and without listings") {
    FilesWorld world;
    auto const start = opened(world, "课件.zip", make_zip({{"index.html", "<p>诗"}, {"js/a.js", "1"}, {"noext", "x"}}));
    REQUIRE(start.ends_with("/index.html"));
    auto const page = fetch(world, start);
    CHECK(page.status == 200);
    CHECK(page.content_type == "text/html");
    CHECK(world.bytes_of(page.file) == "<p>诗");
    auto const policy = world.value(page, "Content-Security-Policy");
    CHECK(policy.find("frame-ancestors 'self' https://main.example") != std::string::npos);
    CHECK(policy.find("sandbox allow-scripts") != std::string::npos);
    CHECK(world.value(page, "Referrer-Policy") == "no-referrer");
    CHECK(fetch(world, beside(start, "js/a.js")).content_type == "text/javascript");
    CHECK(fetch(world, beside(start, "noext")).content_type == "application/octet-stream");
    for (char const* name : {"js", "js/", "missing.html", "../../files/x", "js/../../x", "/etc/passwd"})
        CHECK(fetch(world, beside(start, name)).status == 404);
    CHECK(fetch(world, start, {{"service-worker", "script"}}).status == 403);
}

TEST_CASE("a package address ends with its session, its hours, and any change") {
    FilesWorld world;
    auto const start = opened(world, "课件.zip", make_zip({{"top/index.html", "<p>"}}));
    REQUIRE(start.ends_with("/top/index.html"));
    CHECK(fetch(world, start).status == 200);
    auto altered = start;
    altered[6] = altered[6] == 'A' ? 'B' : 'A';
    CHECK(fetch(world, altered).status == 404);
    world.closed_session = world.teacher.session_key;
    CHECK(fetch(world, start).status == 404);
    world.closed_session.clear();
    world.clock.set(world.clock.now().plus_seconds(4 * 3600 + 1));
    CHECK(fetch(world, start).status == 404);
}

TEST_CASE("a SCORM package opens at the page that its manifest names") {
    CHECK(files::read_scorm_manifest(manifest).value().scos.front().href == "课/two.html?x=1");
    CHECK(files::read_scorm_manifest("<manifest/>").error().key == "files.package_no_start");
    CHECK(files::read_scorm_manifest("not xml").error().key == "files.scorm_manifest_broken");
    FilesWorld world;
    auto const start = opened(world, "s.zip", make_zip({{"imsmanifest.xml", manifest}, {"课/two.html", "<p>"}}));
    CHECK(start.ends_with("/%E8%AF%BE/two.html?x=1"));
    CHECK(opened(world, "t.zip", make_zip({{"imsmanifest.xml", manifest}, {"x.html", "<p>"}})) ==
          "files.package_no_start");
}

TEST_CASE("only packages open as packages, and only for who may read them") {
    FilesWorld world;
    auto const id = world.uploaded(world.teacher, "a.pdf", pdf).text();
    CHECK(code_of(world.call(world.teacher, Method::get, "/api/v1/files/" + id + "/package")) == "files.no_package");
    CHECK(world.call(world.stranger, Method::get, "/api/v1/files/" + id + "/package").status == 404);
    CHECK(world.call(world.nobody, Method::get, "/api/v1/files/" + id + "/package").status == 401);
}

TEST_CASE("names that lead out of the package, and links, are refused and leave nothing") {
    FilesWorld world;
    for (char const* name : {"../evil.html", "/etc/evil", "a/../../evil", "..\\evil", "C:\\evil", "a/./../../b"})
        CHECK(opened(world, "a.zip", make_zip({{"index.html", "<p>"}, {name, "x"}})) == "files.unsafe_path");
    CHECK(opened(world, "a.zip", make_zip({{"index.html", "<p>"}, {"link", "", "/etc/passwd"}})) ==
          "files.unsafe_path");
    CHECK(fs::is_empty(world.folder / "packages"));
    CHECK_FALSE(fs::exists(world.folder / "evil.html"));
}

TEST_CASE("a zip bomb is refused before it is unpacked") {
    FilesWorld world;
    auto const bomb = make_zip({{"index.html", "<p>"}, {"big", std::string(8 << 20, '\0')}});
    CHECK(bomb.size() < 100'000);
    CHECK(opened(world, "a.zip", bomb) == "files.archive_too_large");
    CHECK(fs::is_empty(world.folder / "packages"));
}

TEST_CASE("a zip bomb that lies about its sizes is stopped while it is unpacked") {
    FilesWorld world;
    auto bomb = make_zip({{"index.html", "<p>"}, {"big", std::string(8 << 20, '\0')}});
    std::string const size{'\0', '\0', '\x80', '\0'};  // 8 MiB, little endian
    for (auto at = bomb.find(size); at != std::string::npos; at = bomb.find(size, at + 1))
        bomb.replace(at, 4, "\x10\0\0\0", 4);
    auto const result = opened(world, "a.zip", bomb);
    CHECK((result == "files.archive_too_large" || result == "files.broken_archive"));
    CHECK(fs::is_empty(world.folder / "packages"));
}

TEST_CASE("an entry name in GB18030 is read as Chinese") {
    FilesWorld world;
    std::string const gb = "\xBF\xCE.html";  // 课.html
    auto const start = opened(world, "a.zip", make_zip({{"index.html", "<p>"}, {gb, "x"}}));
    CHECK(fetch(world, beside(start, "课.html")).status == 200);
}

TEST_CASE("an unpacked package that nobody opens goes, and comes back when it is opened") {
    FilesWorld world;
    auto const start = opened(world, "a.zip", make_zip({{"index.html", "<p>"}}));
    CHECK(world.packages.remove_unused(3'600'000) == 0);
    CHECK(world.packages.remove_unused(-1000) == 1);
    CHECK(fetch(world, start).status == 200);
}

TEST_CASE("a path inside a package has no dots, drives or line breaks") {
    CHECK(files::safe_path("a/./b//c.html").value() == "a/b/c.html");
    CHECK(files::safe_path("a\\b.html").value() == "a/b.html");
    for (std::string const& name : {std::string(), std::string("."), std::string("a\0b", 3), std::string("a\nb"),
                                    std::string(256, 'a'), std::string("\xFF"), std::string("../a")})
        CHECK(files::safe_path(name).error().key == "files.unsafe_path");
}

TEST_CASE("a SCORM manifest names its pages in order, with their parameters, and which of them report") {
    auto const course = files::read_scorm_manifest(R"(<manifest xmlns:adlcp="http://www.adlnet.org/xsd/adlcp_rootv1p2"
 xmlns:xml="http://www.w3.org/XML/1998/namespace" xml:base="top/"><metadata><schemaversion>1.2</schemaversion></metadata>
 <organizations><organization identifier="O"><title>面积</title>
 <item identifier="a" identifierref="A" parameters="?q=1"><title>测</title><adlcp:masteryscore>60</adlcp:masteryscore></item>
 <item identifier="b" identifierref="B"/></organization></organizations>
 <resources><resource identifier="A" adlcp:scormtype="sco" href="a%20b.html"/>
 <resource identifier="B" adlcp:scormtype="asset" href="b.html#x"/></resources></manifest>)");
    REQUIRE(course.has_value());
    CHECK(course->edition == files::ScormEdition::scorm_12);
    CHECK(course->title == "面积");
    REQUIRE(course->scos.size() == 2);
    CHECK(course->scos[0].href == "top/a b.html?q=1");
    CHECK(course->scos[0].mastery_score == "60");
    CHECK(course->scos[0].reports);
    CHECK(course->scos[1].href == "top/b.html#x");
    CHECK_FALSE(course->scos[1].reports);
}

TEST_CASE("items of a SCORM manifest without a name of their own are given one") {
    CHECK(files::read_scorm_manifest(
              R"(<manifest><organizations><organization><item identifierref="A"/>
 <item identifier="a" identifierref="A"/><item identifier="a" identifierref="A"/></organization></organizations>
 <resources><resource identifier="A" href="a.html"/></resources></manifest>)")
              .value()
              .scos[2]
              .identifier == "page-3");
}

TEST_CASE("what a SCORM 2004 manifest says of sequencing is read, an item's own words before those of its collection") {
    constexpr char const* text = R"(<?xml version="1.0"?>
<manifest xmlns:adlcp="http://www.adlnet.org/xsd/adlcp_v1p3" xmlns:imsss="http://www.imsglobal.org/xsd/imsss"
  xmlns:adlseq="http://www.adlnet.org/xsd/adlseq_v1p3" xmlns:adlnav="http://www.adlnet.org/xsd/adlnav_v1p3">
 <metadata><schemaversion>2004 4th Edition</schemaversion></metadata>
 <organizations default="O"><organization identifier="O"><title>面积</title>
  <item identifier="learn" identifierref="R1"><title>学</title>
   <imsss:sequencing><imsss:objectives><imsss:primaryObjective objectiveID="own">
    <imsss:mapInfo targetObjectiveID="g.learnt" readSatisfiedStatus="false" writeSatisfiedStatus="true"/>
   </imsss:primaryObjective></imsss:objectives></imsss:sequencing>
   <adlnav:presentation><adlnav:navigationInterface><adlnav:hideLMSUI>previous</adlnav:hideLMSUI>
   </adlnav:navigationInterface></adlnav:presentation></item>
  <item identifier="unit"><title>练</title>
   <item identifier="practise" identifierref="R2"><title>练习</title>
    <adlcp:completionThreshold completedByMeasure="true" minProgressMeasure="0.5"/>
    <imsss:sequencing IDRef="strict"><imsss:limitConditions attemptLimit="1"/></imsss:sequencing></item>
   <imsss:sequencing><imsss:rollupRules objectiveMeasureWeight="0.5"><imsss:rollupRule childActivitySet="atLeastCount"
     minimumCount="1"><imsss:rollupConditions><imsss:rollupCondition operator="not" condition="attempted"/>
     </imsss:rollupConditions><imsss:rollupAction action="completed"/></imsss:rollupRule></imsss:rollupRules>
    <adlseq:rollupConsiderations requiredForCompleted="ifAttempted" measureSatisfactionIfActive="false"/>
   </imsss:sequencing></item>
  <imsss:sequencing><imsss:controlMode choice="false" flow="true"/></imsss:sequencing></organization></organizations>
 <resources><resource identifier="R1" href="1.html"/><resource identifier="R2" href="2.html"/></resources>
 <imsss:sequencingCollection><imsss:sequencing ID="strict"><imsss:controlMode forwardOnly="true"/>
  <imsss:limitConditions attemptLimit="9"/>
  <imsss:sequencingRules><imsss:preConditionRule><imsss:ruleConditions conditionCombination="any">
   <imsss:ruleCondition referencedObjective="n" operator="not" condition="satisfied"/>
   <imsss:ruleCondition condition="objectiveMeasureGreaterThan" measureThreshold="0.75"/></imsss:ruleConditions>
   <imsss:ruleAction action="disabled"/></imsss:preConditionRule></imsss:sequencingRules></imsss:sequencing>
 </imsss:sequencingCollection>
</manifest>)";
    auto const course = files::read_scorm_manifest(text).value();
    REQUIRE(course.activities.size() == 4);
    auto const& root = course.activities[0];
    CHECK(root.parent.empty());
    CHECK_FALSE(root.choice);
    CHECK(root.flow);
    auto const& learn = course.activities[1];
    CHECK(learn.id == "learn");
    CHECK(learn.parent == root.id);
    CHECK(learn.choice);
    CHECK(learn.hide == std::vector<std::string>{"previous"});
    REQUIRE(learn.objectives.size() == 1);
    CHECK(learn.objectives[0].primary);
    REQUIRE(learn.objectives[0].maps.size() == 1);
    CHECK(learn.objectives[0].maps[0].write_satisfied);
    CHECK_FALSE(learn.objectives[0].maps[0].read_satisfied);
    auto const& unit = course.activities[2];
    CHECK(unit.id == "unit");
    CHECK(unit.measure_weight == doctest::Approx(0.5));
    REQUIRE(unit.rules.size() == 1);
    CHECK(unit.rules[0].kind == files::ScormRuleKind::rollup);
    CHECK(unit.rules[0].consideration == "atLeastCount");
    CHECK(unit.rules[0].minimum_count == 1);
    CHECK(unit.rules[0].conditions[0].negated);
    CHECK(unit.required == std::vector<std::string>{"", "", "ifAttempted", ""});
    CHECK_FALSE(unit.measure_if_active);
    auto const& practise = course.activities[3];
    CHECK(practise.parent == "unit");
    CHECK(practise.forward_only);
    CHECK(practise.attempt_limit == 1);
    CHECK(practise.completed_by_measure);
    CHECK(practise.min_progress == doctest::Approx(0.5));
    REQUIRE(practise.rules.size() == 1);
    CHECK(practise.rules[0].any);
    CHECK(practise.rules[0].conditions[0].objective == "n");
    CHECK(practise.rules[0].conditions[1].threshold == doctest::Approx(0.75));
    // a course that says nothing of it is open at every page
    CHECK(files::read_scorm_manifest(manifest).value().activities.empty());
}
