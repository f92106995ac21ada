// A folder or a disc given as a whole (D-25).
#include <doctest/doctest.h>

#include <set>

#include <fstream>

#include "intake_world.hpp"

using santong::test::Disc;
using santong::test::IntakeWorld;
using santong::test::packed;
using namespace santong;
using namespace santong::resources;

namespace {

using test::pdf;

std::string key(core::Error const& error) {
    return error.problems.empty() ? error.key : error.problems[0].pointer + " " + error.problems[0].key;
}

std::vector<test::Packed> old_disc() {
    return {{"AUTORUN.INF", "[autorun]\nopen=setup.exe\n"},
            {"setup.exe", "MZ\x01 program"},
            {"数学/五年级上册/平行四边形的面积 课件.pdf", pdf("课件", 4)},
            {"数学/五年级上册/三角形的面积 教案.pdf", pdf("教案")},
            {"数学/五年级上册/副本/三角形 教案(1).pdf", pdf("教案")},
            {"数学/五年级上册/Thumbs.db", "junk"},
            {"其他/小故事.pdf", pdf("故事")},
            {"其他/坏.pdf", "%PDF-1.4 cut off"},
            {"其他/空.txt", ""}};
}

}  // namespace

TEST_CASE("an old disc is unpacked, judged file by file, and what is sure goes into review with one word") {
    for (auto const disc : {Disc::zip, Disc::iso}) {
        IntakeWorld world;
        auto const teacher = world.teacher();
        auto const begun = world.batch(teacher, packed(old_disc(), disc), disc == Disc::iso ? "盘.iso" : "盘.zip");
        CHECK(begun.state == IntakeState::working);
        CHECK(begun.job_id.has_value());
        world.run_jobs();
        auto const done = world.look(teacher, begun.id);
        CHECK(done.state == IntakeState::ready);
        CHECK(done.files == 9);
        CHECK(done.counts == std::map<std::string, std::int64_t>{
                                 {"sure", 2}, {"unsure", 1}, {"duplicate", 1}, {"refused", 3}, {"junk", 2}});
        auto const sure = world.rows(teacher, begun.id, "sure");
        auto const slides = sure[0].path.ends_with("课件.pdf") ? sure[0] : sure[1];
        CHECK(slides.kind == Kind::slides);
        CHECK(slides.subject == "14");
        CHECK(slides.grade_from == 5);
        CHECK(slides.chapter_title == "平行四边形的面积");
        CHECK(slides.title == "平行四边形的面积 课件");
        CHECK(world.rows(teacher, begun.id, "unsure")[0].doubt == "grade");
        CHECK(world.rows(teacher, begun.id, "duplicate")[0].twin_number > 0);

        IntakeSubmit wish;
        wish.review = true;
        wish.licence = Licence::region_teaching;
        CHECK(submit_intake(world.shelf, teacher, begun.id, wish).value().state == IntakeState::submitting);
        world.run_jobs();
        for (auto const& row : world.rows(teacher, begun.id, "unsure")) CHECK(row.reason.empty());
        REQUIRE(world.rows(teacher, begun.id, "taken").size() == 2);
        CHECK(world.queue(world.caller(world.heba.research_head)).size() == 2);
        auto const taken = world.rows(teacher, begun.id, "taken");
        CHECK(world.row(*taken[0].resource_id).state == State::in_review);
        CHECK(world.row(*taken[0].resource_id).source == Source::legacy);
        CHECK(key(submit_intake(world.shelf, teacher, begun.id, wish).error()) == "resources.intake.nothing_sure");
    }
}

TEST_CASE("a batch that was bought names its holder, its contract and its last day, and ends with them") {
    IntakeWorld world;
    auto const teacher = world.teacher();
    auto const begun = world.batch(teacher, packed(old_disc(), Disc::zip), "盘.zip");
    world.run_jobs();
    IntakeSubmit wish;
    wish.licence = Licence::bought;
    wish.source = Source::bought;
    auto const refused = submit_intake(world.shelf, teacher, begun.id, wish);
    REQUIRE(refused.has_error());
    std::set<std::string> places;
    for (auto const& one : refused.error().problems) places.insert(one.pointer);
    CHECK(places == std::set<std::string>{"/holder", "/terms"});
    wish.holder = "益阳某音像社";
    wish.terms = "合同 2014-07";
    wish.valid_until = "2015-08-31";
    REQUIRE(submit_intake(world.shelf, teacher, begun.id, wish).has_value());
    world.run_jobs();
    auto const taken = world.rows(teacher, begun.id, "taken");
    REQUIRE(taken.size() == 2);
    auto const made = world.row(*taken[0].resource_id);
    CHECK(made.intake == Acquisition::bought);
    CHECK(made.holder == "益阳某音像社");
    CHECK(made.valid_until == core::LocalDate{2015, 8, 31});
}

TEST_CASE("a folder's files come one by one, in any order, and again after a cut") {
    IntakeWorld world;
    auto const teacher = world.teacher();
    auto const begun =
        add_intake(
            world.shelf, teacher,
            {"U盘",
             {},
             {{"数学/五上/练习.pdf", 100}, {"游戏.exe", 5}, {"../../etc/passwd", 5}, {".DS_Store", 6}, {"表.xlsx", 7}},
             {}})
            .value();
    CHECK(begun.state == IntakeState::receiving);
    CHECK(begun.counts == std::map<std::string, std::int64_t>{{"expected", 2}, {"refused", 2}, {"junk", 1}});
    auto const file = world.upload(teacher, "练习");
    IntakeArrivals const came{{{1, file, {}}, {5, {}, "files.name_disagrees"}, {99, file, {}}}};
    CHECK(note_arrivals(world.shelf, teacher, begun.id, came).value().counts.at("waiting") == 1);
    CHECK(note_arrivals(world.shelf, teacher, begun.id, came).value().counts.at("waiting") == 1);
    CHECK(work_on(world.shelf, teacher, begun.id).value().state == IntakeState::working);
    CHECK(key(work_on(world.shelf, teacher, begun.id).error()) == "resources.intake.busy");
    CHECK(key(remove_intake(world.shelf, teacher, begun.id).error()) == "resources.intake.busy");
    world.run_jobs();
    CHECK(world.look(teacher, begun.id).state == IntakeState::ready);
    auto const rows = world.rows(teacher, begun.id);
    CHECK(rows[0].verdict == Verdict::sure);
    CHECK(rows[0].kind == Kind::exercise);
    CHECK(rows[0].title == "五上 练习");
    CHECK(rows[4].reason == "files.name_disagrees");
    auto const table = intake_report(world.shelf, teacher, begun.id, "zh-CN").value();
    CHECK(table.find("数学/五上/练习.pdf") != std::string::npos);
    CHECK(table.find("系统自动生成的文件") != std::string::npos);
}

TEST_CASE("somebody else's file, an unknown school and nonsense are refused, and a batch is nobody else's business") {
    IntakeWorld world;
    auto const teacher = world.teacher();
    auto const other = world.teacher(world.jinpen);
    CHECK(key(add_intake(world.shelf, teacher, {"", {}, {{"a.pdf", 1}}, {}}).error()) == "/name core.required");
    CHECK(key(add_intake(world.shelf, teacher, {"a", {}, {}, {}}).error()) ==
          "/file_id resources.intake.content_needed");
    auto const plain = world.upload(teacher, "a");
    CHECK(key(add_intake(world.shelf, teacher, {"a", plain, {}, {}}).error()) ==
          "/file_id resources.intake.not_a_collection");
    auto const archive = world.collection(other, "a.zip", packed(old_disc()));
    CHECK(add_intake(world.shelf, teacher, {"a", archive, {}, {}}).error().code == core::ErrorCode::not_found);
    CHECK(add_intake(world.shelf, teacher, {"a", {}, {{"a.pdf", 1}}, world.jinpen.id}).error().code ==
          core::ErrorCode::forbidden);
    CHECK(add_intake(world.shelf, world.pupil(), {"a", {}, {{"a.pdf", 1}}, {}}).error().code ==
          core::ErrorCode::forbidden);
    std::vector<IntakeEntry> const many(most_intake_files + 1, {"a.pdf", 1});
    CHECK(add_intake(world.shelf, teacher, {"a", {}, many, {}}).error().code == core::ErrorCode::too_large);

    auto const mine = add_intake(world.shelf, teacher, {"a", {}, {{"a.pdf", 1}}, {}}).value().id;
    CHECK(intake(world.shelf, other, mine).error().code == core::ErrorCode::not_found);
    CHECK(intake_rows(world.shelf, other, mine, {}).error().code == core::ErrorCode::not_found);
    CHECK(work_on(world.shelf, other, mine).error().code == core::ErrorCode::not_found);
    CHECK(change_rows(world.shelf, other, mine, {}).error().code == core::ErrorCode::not_found);
    CHECK(submit_intake(world.shelf, other, mine, {}).error().code == core::ErrorCode::not_found);
    CHECK(intake_report(world.shelf, other, mine, "en").error().code == core::ErrorCode::not_found);
    CHECK(remove_intake(world.shelf, other, mine).error().code == core::ErrorCode::not_found);
    CHECK(note_arrivals(world.shelf, other, mine, {}).error().code == core::ErrorCode::not_found);
    CHECK(note_arrivals(world.shelf, teacher, mine, {{{1, world.upload(other, "b"), {}}}}).error().code ==
          core::ErrorCode::not_found);
    CHECK(intakes(world.shelf, other).empty());
    CHECK(intakes(world.shelf, teacher).size() == 1);
}

TEST_CASE("an archive that lies, swells or is broken ends its batch with a reason") {
    IntakeWorld world;
    auto const teacher = world.teacher();
    auto const bomb = world.batch(teacher, packed({{"零.txt", std::string(12 << 20, 'a')}}));
    auto whole = packed({{"甲.txt", std::string(4000, 'x')}, {"乙.txt", "乙"}});
    auto const cut = world.batch(teacher, whole.substr(0, whole.size() / 4));
    world.run_jobs();
    CHECK(world.look(teacher, bomb.id).state == IntakeState::failed);
    CHECK(world.look(teacher, bomb.id).error_key == "files.archive_too_large");
    CHECK(world.look(teacher, cut.id).state == IntakeState::failed);
    CHECK(world.look(teacher, cut.id).error_key == "files.broken_archive");
    CHECK(std::filesystem::is_empty(world.folder + "/working"));
    CHECK(remove_intake(world.shelf, teacher, bomb.id).has_value());
    CHECK(intakes(world.shelf, teacher).size() == 1);
}

TEST_CASE("many rows are mended at once; a kind that does not fit is left out") {
    IntakeWorld world;
    auto const teacher = world.teacher();
    auto const id =
        world.batch(teacher, packed({{"甲.pdf", pdf("甲")}, {"乙.pdf", pdf("乙")}, {"丙.txt", "丙的文字"}})).id;
    world.run_jobs();
    CHECK(world.look(teacher, id).counts.at("unsure") == 3);
    IntakeChange change;
    change.numbers = {1, 2, 3, 77};
    change.subject = "14";
    change.grade_from = 3;
    change.grade_to = 4;
    auto const answer = change_rows(world.shelf, teacher, id, change).value();
    CHECK(answer.changed == 3);
    CHECK(answer.left_out == 1);
    CHECK(world.look(teacher, id).counts.at("sure") == 3);
    IntakeChange film;
    film.numbers = {1};
    film.kind = Kind::video;
    CHECK(change_rows(world.shelf, teacher, id, film).value().left_out == 1);
    IntakeChange filed;
    filed.numbers = {2};
    filed.chapter_id = world.book.chapters[1].id.text();
    filed.aside = true;
    CHECK(change_rows(world.shelf, teacher, id, filed).value().changed == 1);
    auto const rows = world.rows(teacher, id);
    CHECK(rows[1].verdict == Verdict::aside);
    CHECK(rows[1].grade_from == 5);
    CHECK(rows[0].grade_to == 4);
    for (auto const& [bad, said] : std::vector<std::pair<IntakeChange, std::string>>{
             {{{1}, {}, {}, "99", {}, {}, {}, {}}, "/subject resources.no_such_subject"},
             {{{1}, {}, {}, {}, 13, {}, {}, {}}, "/grade_from resources.no_such_grade"},
             {{{1}, " ", {}, {}, {}, {}, {}, {}}, "/title core.required"},
             {{{1}, {}, {}, {}, {}, {}, "x", {}}, "/chapter_id resources.no_such_chapter"}})
        CHECK(key(change_rows(world.shelf, teacher, id, bad).error()) == said);
    CHECK(submit_intake(world.shelf, teacher, id, {}).has_value());
    world.run_jobs();
    CHECK(world.look(teacher, id).counts.at("taken") == 2);
    CHECK(world.look(teacher, id).counts.at("aside") == 1);
    CHECK(world.row(*world.rows(teacher, id, "taken")[0].resource_id).state == State::draft);
}

TEST_CASE("of two copies one is kept, with the description of the one that says more") {
    IntakeWorld world;
    auto const teacher = world.teacher();
    auto const id = world
                        .batch(teacher, packed({{"A 杂/旧课件.pdf", pdf("面积", 2)},
                                                {"数学/五年级上册/平行四边形的面积 课件.pdf", pdf("面积", 2)},
                                                {"数学/五年级上册/三角形的面积 教案.pdf", pdf("教案")},
                                                {"桌面/新建.pdf", pdf("教案")}}))
                        .id;
    world.run_jobs();
    auto const sure = world.rows(teacher, id, "sure");
    REQUIRE(sure.size() == 2);
    for (auto const& row : sure) {
        CAPTURE(row.path);
        CHECK(row.grade_from == 5);
        CHECK_FALSE(row.chapter_title.empty());
    }
    auto const kept = sure[0].path.starts_with("A ") ? sure[0] : sure[1];
    CHECK(kept.chapter_title == "平行四边形的面积");
    CHECK(kept.title == "平行四边形的面积 课件");
    CHECK(kept.kind == Kind::slides);
    CHECK(world.rows(teacher, id, "duplicate").size() == 2);
    // What somebody has put aside by hand stays as it is.
    IntakeRow aside, richer;
    aside.verdict = Verdict::aside;
    richer.grade_from = 5;
    richer.subject = "14";
    CHECK_FALSE(take_richer(aside, richer));
    aside.verdict = Verdict::sure;
    CHECK(take_richer(aside, richer));
    CHECK_FALSE(take_richer(aside, richer));
}

TEST_CASE("what the library has already is named to who may open it") {
    IntakeWorld world;
    auto const teacher = world.teacher();
    auto const known = world.published(world.teacher(world.jinpen), "别校的", Scope::school);
    auto const open = world.published(world.teacher(world.jinpen), "公开的", Scope::district);
    auto const id = world.batch(teacher, packed({{"甲.pdf", pdf("别校的")}, {"乙.pdf", pdf("公开的")}})).id;
    world.run_jobs();
    auto const rows = world.rows(teacher, id, "duplicate");
    REQUIRE(rows.size() == 2);
    CHECK_FALSE(rows[0].twin_id.has_value());
    CHECK(rows[0].twin_title.empty());
    CHECK(rows[1].twin_id == open);
    CHECK(rows[1].twin_title == "公开的");
    CHECK(world.row(known).state == State::published);
}

TEST_CASE("a cancelled batch goes on where it stopped, and nothing is doubled") {
    IntakeWorld world;
    auto const teacher = world.teacher();
    auto const begun = world.batch(teacher, packed(old_disc()));
    CHECK(world.jobs.cancel(teacher, *begun.job_id).has_value());
    world.run_jobs();
    CHECK(world.look(teacher, begun.id).state == IntakeState::stopped);
    CHECK(work_on(world.shelf, teacher, begun.id).has_value());
    world.run_jobs();
    CHECK(world.look(teacher, begun.id).files == 9);
    CHECK(work_on(world.shelf, teacher, begun.id).has_value());
    world.run_jobs();
    auto const done = world.look(teacher, begun.id);
    CHECK(done.state == IntakeState::ready);
    CHECK(done.files == 9);
    CHECK(done.counts.at("sure") == 2);
}

TEST_CASE("a batch that nobody touches for three months is forgotten, its resources are not") {
    IntakeWorld world;
    auto const teacher = world.teacher();
    auto const id = world.batch(teacher, packed(old_disc())).id;
    world.run_jobs();
    CHECK(submit_intake(world.shelf, teacher, id, {}).has_value());
    world.run_jobs();
    auto const made = *world.rows(teacher, id, "taken")[0].resource_id;
    world.clock.set(world.clock.now().plus_ms(std::int64_t{91} * 86'400'000));
    forget_old_intakes(world.shelf, world.district());
    CHECK(intakes(world.shelf, teacher).empty());
    CHECK(world.row(made).state == State::draft);
}
