#include "modules/resources/domain.hpp"

#include <doctest/doctest.h>

#include "modules/resources/views.hpp"

using namespace santong;
using namespace santong::resources;

TEST_CASE("only https links to the national platforms are taken, and they come out in one form") {
    CHECK(check_link("https://basic.smartedu.cn/syncClassroom/classActivity?id=1#a").value() ==
          "https://basic.smartedu.cn/syncClassroom/classActivity?id=1#a");
    CHECK(check_link("  https://WWW.ZXX.EDU.CN/elecEdu ").value() == "https://www.zxx.edu.cn/elecEdu");
    CHECK(check_link("https://smartedu.cn").value() == "https://smartedu.cn/");
    for (auto const* url :
         {"http://basic.smartedu.cn/", "https://smartedu.cn.evil.example/", "https://evilsmartedu.cn/",
          "https://a@smartedu.cn/", "https://smartedu.cn@evil.example/", "https://smartedu.cn:8443/",
          "https://smartedu.cn\\@evil.example/", "javascript:alert(1)//smartedu.cn", "https://127.0.0.1/",
          "https://[::1]/", "https:///smartedu.cn", "https://smartedu.cn/<script>", "https://smartedu.cn/a b",
          "https://smartedu.cn\n/", "//smartedu.cn/", "", "file:///etc/passwd"}) {
        CAPTURE(url);
        CHECK(check_link(url).has_error());
    }
    CHECK(check_link("https://smartedu.cn/" + std::string(500, 'a')).error().problems.at(0).key == "core.too_long");
}

TEST_CASE("a description is refused with the place of every broken rule") {
    Resource resource;
    resource.title = "  ";
    resource.grade_from = 6;
    resource.grade_to = 5;
    resource.description = std::string(2001, 'x');
    auto const problems = check_description(resource).error().problems;
    REQUIRE(problems.size() == 3);
    CHECK(problems[0].pointer == "/title");
    CHECK(problems[1].pointer == "/description");
    CHECK(problems[2].pointer == "/grade_to");
}

TEST_CASE("what is missing for a submission is said all at once") {
    Resource resource;
    auto const problems = check_ready(resource, std::nullopt).error().problems;
    CHECK(problems.size() == 4);
    resource.subject = "14";
    resource.licence = Licence::cc_by;
    resource.source = Source::adapted;
    CHECK(check_ready(resource, Version{}).error().problems.at(0).pointer == "/source_note");
    resource.source_note = "改编自人民教育出版社教师用书";
    CHECK(check_ready(resource, Version{}).has_value());
}

TEST_CASE("a kind is made of what fits it") {
    auto const of = [](char const* media_type, char const* url = "") {
        Version version;
        version.media_type = media_type;
        version.url = url;
        return version;
    };
    auto const pdf = of("application/pdf"), film = of("video/mp4"), sound = of("audio/mpeg"),
               package = of("application/zip"), picture = of("image/png");
    CHECK(misfit(Kind::video, pdf) == std::string("resources.misfit_video"));
    CHECK(misfit(Kind::audio, film) == std::string("resources.misfit_audio"));
    CHECK(misfit(Kind::picture, pdf) == std::string("resources.misfit_picture"));
    CHECK(misfit(Kind::scorm, pdf) == std::string("resources.misfit_package"));
    CHECK(misfit(Kind::interactive, film) == std::string("resources.misfit_package"));
    CHECK(misfit(Kind::plan, film) == std::string("resources.misfit_document"));
    CHECK(misfit(Kind::document, sound) == std::string("resources.misfit_document"));
    CHECK(misfit(Kind::link, pdf) == std::string("resources.misfit_link"));
    for (auto const& [kind, version] : {std::pair{Kind::video, film},
                                        {Kind::video, package},
                                        {Kind::video, of("text/html", "https://smartedu.cn/")},
                                        {Kind::audio, sound},
                                        {Kind::exercise, sound},
                                        {Kind::slides, package},
                                        {Kind::slides, pdf},
                                        {Kind::plan, picture},
                                        {Kind::picture, picture},
                                        {Kind::interactive, package},
                                        {Kind::scorm, package}}) {
        CAPTURE(version.media_type);
        CHECK(misfit(kind, version) == nullptr);
    }
}

TEST_CASE(
    "a broken file and a kind that does not fit are named before a review; what has passed one is not asked again") {
    Resource resource;
    resource.subject = "14";
    resource.licence = Licence::cc_by;
    resource.source = Source::own_work;
    resource.kind = Kind::video;
    Version version;
    version.media_type = "application/pdf";
    version.opens = false;
    auto const problems = check_ready(resource, version).error().problems;
    REQUIRE(problems.size() == 2);
    CHECK(problems[0].pointer == "/file_id");
    CHECK(problems[0].key == "resources.file_broken");
    CHECK(problems[1].pointer == "/kind");
    version.opens = true;
    resource.current_version = 1;
    CHECK(check_ready(resource, version).has_value());
}

TEST_CASE("chapters are read as in the book, however their numbers were given") {
    auto const chapter = [](std::optional<ChapterId> parent, int sort) {
        return Chapter{ChapterId::make(), {}, parent, std::to_string(sort), sort, 1};
    };
    auto const second = chapter({}, 2), first = chapter({}, 1);
    auto const b = chapter(first.id, 2), a = chapter(first.id, 1), c = chapter(second.id, 1);
    std::vector<ChapterId> ids;
    for (auto const& one : in_reading_order({c, b, second, a, first})) ids.push_back(one.id);
    CHECK(ids == std::vector<ChapterId>{first.id, a.id, b.id, second.id, c.id});
}

TEST_CASE("the viewer follows from what the bytes are, and a picture that may carry scripts is only saved") {
    Resource resource;
    Version version;
    CHECK(viewer_of(resource, version, "application/pdf") == Viewer::pdf);
    CHECK(viewer_of(resource, version, "image/svg+xml") == Viewer::download);
    CHECK(viewer_of(resource, version, "text/html") == Viewer::download);
    CHECK(viewer_of(resource, version, "application/zip") == Viewer::download);
    resource.kind = Kind::scorm;
    CHECK(viewer_of(resource, version, "application/zip") == Viewer::package);
    version.url = "https://smartedu.cn/";
    CHECK(viewer_of(resource, version, "text/html") == Viewer::link);
}
