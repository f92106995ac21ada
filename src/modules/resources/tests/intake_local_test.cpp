// A folder or an archive on the machine itself that becomes somebody's batch (D-25).
#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>

#include "intake_world.hpp"
#include "modules/resources/local_files.hpp"
#include "modules/resources/service_intake_local.hpp"

using santong::test::IntakeWorld;
using santong::test::packed;
using namespace santong;
using namespace santong::resources;
namespace fs = std::filesystem;

namespace {

using test::pdf;

struct LocalWorld : IntakeWorld {
    LocalWorld() : desk(folder + "/desk/老光盘") {
        put("数学/五年级上册/平行四边形的面积 课件.pdf", pdf("课件", 4));
        put("数学/五年级上册/三角形的面积 教案.pdf", pdf("教案"));
        put("数学/五年级上册/副本 三角形 教案.pdf", pdf("教案"));
        put("数学/五年级上册/Thumbs.db", "junk");
        put("其他/小故事.pdf", pdf("故事"));
        put("setup.exe", "MZ\x01 program");
        fs::create_symlink("/etc/passwd", desk / "其他/表.pdf");
    }
    void put(std::string const& path, std::string const& bytes) const {
        fs::create_directories((desk / path).parent_path());
        std::ofstream(desk / path, std::ios::binary) << bytes;
    }
    IntakePlace place() { return {db(), files, jobs, clock, folder + "/importing", limits()}; }
    core::Result<IntakeView> bring_in(auth::Caller const& owner, fs::path const& path) {
        return bring(place(), owner, {path, heba.id}, [](std::string const&, std::int64_t, std::int64_t) {});
    }
    std::vector<IntakeRow> foretold(auth::Caller const& owner, fs::path const& path) {
        return foretell(place(), owner, {path, heba.id}, [](std::string const&, std::int64_t, std::int64_t) {}).value();
    }
    static std::map<Verdict, int> counted(std::vector<IntakeRow> const& rows) {
        std::map<Verdict, int> counts;
        for (auto const& row : rows) ++counts[row.verdict];
        return counts;
    }

    fs::path desk;
};

std::map<Verdict, int> const expected_counts = {
    {Verdict::sure, 2}, {Verdict::unsure, 1}, {Verdict::duplicate, 1}, {Verdict::refused, 2}, {Verdict::junk, 1}};

}  // namespace

TEST_CASE("a folder on the machine becomes a batch of its owner, and a second run takes nothing twice") {
    LocalWorld world;
    auto const teacher = world.teacher();
    auto const begun = world.bring_in(teacher, world.desk).value();
    CHECK(begun.name == "老光盘");
    CHECK(begun.counts == std::map<std::string, std::int64_t>{{"waiting", 4}, {"refused", 2}, {"junk", 1}});
    CHECK(work_on(world.shelf, teacher, begun.id).has_value());
    world.run_jobs();
    CHECK(world.counted(all_rows(world.shelf, teacher, begun.id).value()) == expected_counts);
    CHECK(submit_intake(world.shelf, teacher, begun.id, {}).has_value());
    world.run_jobs();
    CHECK(world.look(teacher, begun.id).counts.at("taken") == 2);

    auto const again = world.bring_in(teacher, world.desk).value();
    CHECK(again.id == begun.id);
    CHECK(again.state == IntakeState::ready);
    CHECK(again.counts.at("taken") == 2);
    CHECK_FALSE(again.counts.contains("waiting"));
    CHECK(intakes(world.shelf, teacher).size() == 1);

    world.put("数学/五年级上册/可能性 练习.pdf", pdf("练习"));
    CHECK(world.bring_in(teacher, world.desk).value().counts.at("waiting") == 1);
}

TEST_CASE("a run that was cut off goes on where it was") {
    LocalWorld world;
    auto const teacher = world.teacher();
    int told = 0;
    auto const cut = [&told](std::string const& step, std::int64_t, std::int64_t) {
        if (step == "resources.intake.step_keep" && ++told == 3) throw std::runtime_error("power cut");
    };
    CHECK_THROWS(static_cast<void>(bring(world.place(), teacher, {world.desk, world.heba.id}, cut)));
    auto const left = intakes(world.shelf, teacher);
    REQUIRE(left.size() == 1);
    CHECK(left[0].counts.at("waiting") == 2);
    CHECK(left[0].counts.at("expected") == 2);
    auto const again = world.bring_in(teacher, world.desk).value();
    CHECK(again.id == left[0].id);
    CHECK(again.counts.at("waiting") == 4);
    CHECK_FALSE(again.counts.contains("expected"));
    CHECK(fs::is_empty(world.folder + "/importing"));
}

TEST_CASE("whoever changes his own file after the import changes nothing that was kept") {
    LocalWorld world;
    auto const teacher = world.teacher();
    auto const begun = world.bring_in(teacher, world.desk).value();
    world.put("其他/小故事.pdf", "changed");
    for (auto const& row : all_rows(world.shelf, teacher, begun.id).value()) {
        if (row.path == "其他/小故事.pdf") CHECK(world.contents.verify(row.sha256));
    }
}

TEST_CASE("an archive on the machine is unpacked once, however often it is given") {
    LocalWorld world;
    auto const teacher = world.teacher();
    for (auto const disc : {test::Disc::zip, test::Disc::iso}) {
        auto const path = world.desk.parent_path() / (disc == test::Disc::iso ? "盘.iso" : "盘.zip");
        std::ofstream(path, std::ios::binary)
            << packed({{"数学/五年级上册/三角形的面积 教案.pdf", pdf(disc == test::Disc::iso ? "甲" : "乙")}}, disc);
        auto const begun = world.bring_in(teacher, path).value();
        CHECK(begun.archive);
        CHECK(work_on(world.shelf, teacher, begun.id).has_value());
        world.run_jobs();
        CHECK(world.look(teacher, begun.id).counts == std::map<std::string, std::int64_t>{{"sure", 1}});
        CHECK(world.bring_in(teacher, path).value().id == begun.id);
    }
    CHECK(intakes(world.shelf, teacher).size() == 2);
}

TEST_CASE("a dry run says what a run would find and writes nothing") {
    LocalWorld world;
    auto const teacher = world.teacher();
    auto const rows = world.foretold(teacher, world.desk);
    CHECK(world.counted(rows) == expected_counts);
    CHECK(intakes(world.shelf, teacher).empty());
    auto const lines = lines_of(rows, "en");
    for (auto const& line : lines) {
        CAPTURE(line.path);
        CHECK(line.reason.empty() == (line.verdict == Verdict::sure));
        CHECK(line.hint.empty() == (line.verdict != Verdict::refused && line.verdict != Verdict::unsure));
        CHECK(line.reason.find("resources.") == std::string::npos);
    }
    auto const table = lines_table(lines_of(rows, "zh-CN"), "zh-CN");
    CHECK(table.find("其他/小故事.pdf") != std::string::npos);
    CHECK(table.find("缺年级") != std::string::npos);
    auto const zip = world.desk.parent_path() / "盘.zip";
    std::ofstream(zip, std::ios::binary) << packed({{"a.pdf", pdf("一")}, {"b.pdf", pdf("一")}, {"x.exe", "MZ"}});
    CHECK(world.counted(world.foretold(teacher, zip)) ==
          std::map<Verdict, int>{{Verdict::unsure, 1}, {Verdict::duplicate, 1}, {Verdict::refused, 1}});
    CHECK(intakes(world.shelf, teacher).empty());
}

TEST_CASE("a path that is no folder, an empty one, a broken archive, a pupil and a foreign school are refused") {
    LocalWorld world;
    auto const teacher = world.teacher();
    auto const refused = [&](auth::Caller const& owner, fs::path const& path) {
        return world.bring_in(owner, path).error();
    };
    CHECK(refused(teacher, world.folder + "/nothing").key == "resources.intake.not_there");
    CHECK(refused(teacher, world.desk / "setup.exe").key == "resources.intake.not_there");
    fs::create_directories(world.folder + "/empty");
    CHECK(refused(teacher, world.folder + "/empty").key == "resources.intake.nothing_there");
    std::ofstream(world.folder + "/broken.zip", std::ios::binary) << "PK\x03\x04 and no more";
    CHECK(refused(teacher, world.folder + "/broken.zip").code != core::ErrorCode::forbidden);
    CHECK(refused(world.pupil(), world.desk).code == core::ErrorCode::forbidden);
    CHECK(refused(world.teacher(world.jinpen), world.desk).code == core::ErrorCode::forbidden);
    for (auto const& one : {teacher, world.pupil(), world.teacher(world.jinpen)})
        CHECK(intakes(world.shelf, one).empty());
}

TEST_CASE("names of an old Chinese disc are read, and links lead nowhere") {
    LocalWorld const world;
    std::ofstream(world.desk / "\xbf\xce\xbc\xfe.txt") << "words";  // 课件 in GB 18030
    bool read = false;
    for (auto const& file : local_files(world.desk, 100)) {
        read = read || file.path == "课件.txt";
        CHECK(file.ordinary == (file.path != "其他/表.pdf"));
    }
    CHECK(read);
    CHECK(local_files(world.desk, 3).size() >= 4);  // one more than asked for says that there are too many
}
