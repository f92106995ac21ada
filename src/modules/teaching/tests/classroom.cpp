#include "classroom.hpp"

#include <doctest/doctest.h>

#include "modules/timetable/service.hpp"

namespace santong::test {

namespace {

resources::Resource resource(core::PersonId const& owner, core::OrgId const& school, char const* title) {
    resources::Resource made;
    made.id = resources::ResourceId::make();
    made.title = title;
    made.kind = resources::Kind::slides;
    made.subject = "14";
    made.grade_from = made.grade_to = 5;
    made.licence = resources::Licence::cc_by;
    made.source = resources::Source::own_work;
    made.owner_person = owner;
    made.school_id = school;
    made.latest_version = 1;
    return made;
}

resources::Version version(resources::ResourceId const& id) {
    resources::Version made;
    made.resource_id = id;
    made.url = "https://basic.smartedu.cn/x";
    made.media_type = "application/pdf";
    made.pages = 12;
    return made;
}

std::vector<timetable::Entry> thursday(WorldSchool const& school, timetable::TimetableId const& id) {
    auto const entry = [&](int class_number, int period, int teacher, char const* subject) {
        return timetable::Entry{timetable::EntryId::make(),
                                id,
                                school.classes[static_cast<std::size_t>(class_number - 1)],
                                4,
                                period,
                                subject,
                                school.teachers[static_cast<std::size_t>(teacher)],
                                class_number == 1 ? "302" : "303",
                                timetable::WeekParity::all};
    };
    return {entry(1, 1, 0, "14"), entry(1, 3, 0, "14"), entry(2, 4, 0, "14"), entry(2, 3, 1, "13")};
}

}  // namespace

Classroom::Classroom() {
    resources::BulkResources bulk;
    book = resources::TextbookId::make();
    unit = resources::ChapterId::make();
    first_chapter = resources::ChapterId::make();
    second_chapter = resources::ChapterId::make();
    bulk.textbooks = {{book, "rj-math-5a", "人教版 数学 五年级上册", "14", 5, 1, "人教版"}};
    bulk.chapters = {{unit, book, std::nullopt, "多边形的面积", 1, 0},
                     {first_chapter, book, unit, "平行四边形的面积", 1, 1},
                     {second_chapter, book, unit, "三角形的面积", 2, 2}};
    auto published = resource(heba.teachers[3], heba.id, "数方格");
    published.state = resources::State::published;
    published.scope = resources::Scope::school;
    published.current_version = 1;
    published.textbook_id = book;
    published.chapter_id = first_chapter;
    published.published_at = published.created_at = published.updated_at = clock.now();
    reviewed = published.id;
    auto const own = resource(heba.teachers[0], heba.id, "花坛比大小");
    draft = own.id;
    auto const foreign = resource(jinpen.teachers[0], jinpen.id, "别校的");
    elsewhere = foreign.id;
    bulk.resources = {published, own, foreign};
    bulk.versions = {version(reviewed), version(draft), version(elsewhere)};
    transact([&](sql::Tx& tx) {
        resources::write_bulk(tx, bulk);
        timetable::write_bell(
            tx, heba.id, {2014, 9, 1},
            {{1, "第1节", 500, 540}, {2, "第2节", 550, 590}, {3, "第3节", 620, 660}, {4, "第4节", 670, 710}});
        timetable::Timetable table;
        table.id = timetable::TimetableId::make();
        table.school_id = heba.id;
        table.term_id = autumn;
        table.state = timetable::TimetableState::published;
        table.from_date = {2014, 9, 1};
        table.made_by = heba.academic;
        timetable::write_timetable(tx, table, thursday(heba, table.id));
        timetable::materialise(tx, heba.id, {2014, 11, 6}, {2014, 11, 27}, clock.now());
    });
}

void Classroom::go_to(int day, int hour, int minute, int second) {
    clock.set(core::Zone{}.at({2014, 11, static_cast<std::int8_t>(day)}, hour * 60 + minute).plus_seconds(second));
}

timetable::LessonId Classroom::lesson(int class_number, int period, int day) const {
    return timetable::lesson_id(heba.classes[static_cast<std::size_t>(class_number - 1)],
                                {2014, 11, static_cast<std::int8_t>(day)}, period);
}

teaching::SessionId Classroom::session(int class_number, int period, int day) const {
    return teaching::session_id(heba.classes[static_cast<std::size_t>(class_number - 1)],
                                {2014, 11, static_cast<std::int8_t>(day)}, period);
}

teaching::ClassView Classroom::open(int class_number, int period) {
    teaching::OpenRequest request;
    request.lesson_id = lesson(class_number, period);
    auto const view = teaching::open_class(db(), math(), clock, request);
    REQUIRE(view.has_value());
    return *view;
}

teaching::ScreenPlace Classroom::show(teaching::SessionId const& id, resources::ResourceId const& what, int page) {
    auto const place = teaching::show(db(), math(), clock, id, {what, page, std::nullopt, std::nullopt});
    REQUIRE(place.has_value());
    return *place;
}

void Classroom::stay(teaching::SessionId const& id, int minutes) {
    for (int i = 0; i < minutes * 4; ++i) {
        clock.set(clock.now().plus_seconds(teaching::heartbeat_seconds));
        REQUIRE(teaching::heartbeat(db(), math(), clock, id).has_value());
    }
}

teaching::ClassSession Classroom::stored(teaching::SessionId const& id) const {
    auto const found = read([&](sql::Tx& tx) { return teaching::session(tx, id); });
    REQUIRE(found.has_value());
    return *found;
}

teaching::PlanView Classroom::plan_with_resource(std::vector<timetable::LessonId> const& lessons) {
    teaching::NewPlan wish;
    wish.title = "平行四边形的面积";
    wish.chapter_id = first_chapter;
    wish.lesson_ids = lessons;
    auto const made = teaching::create_plan(db(), math(), clock, wish);
    REQUIRE(made.has_value());
    teaching::SavePlan save{made->plan.version, made->plan.content, teaching::Sharing::own};
    for (auto& section : save.content.sections) section.text = "写好了";
    save.content.sections[1].resources.push_back({reviewed, 1, 3, true});
    auto const saved = teaching::save_plan(db(), math(), clock, made->plan.id, save);
    REQUIRE(saved.has_value());
    auto const view = teaching::plan_view(db(), math(), clock, made->plan.id);
    REQUIRE(view.has_value());
    return *view;
}

}  // namespace santong::test
