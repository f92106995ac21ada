#include "server/demo/write_plans.hpp"

#include <algorithm>

#include "core/assert.hpp"
#include "modules/teaching/service.hpp"
#include "modules/timetable/service.hpp"

namespace santong::server::demo {

namespace {

using teaching::Section;

constexpr char const* lesson_key = "maths-5a-6-1";

std::vector<ShelfItem> items_of(LibraryPlan const& library, std::string_view chapter) {
    std::vector<ShelfItem> found;
    std::copy_if(library.items.begin(), library.items.end(), std::back_inserter(found),
                 [&](ShelfItem const& item) { return item.chapter_key == chapter && item.reviewed; });
    return found;
}

teaching::PlanResource of_kind(std::vector<ShelfItem> const& items, resources::Kind kind) {
    auto const found =
        std::find_if(items.begin(), items.end(), [&](ShelfItem const& item) { return item.kind == kind; });
    SANTONG_ASSERT(found != items.end());
    return {found->id, {}, {}, kind == resources::Kind::interactive};
}

teaching::PlanContent parallelogram(LibraryPlan const& library) {
    using resources::Kind;
    auto const items = items_of(library, lesson_key);
    teaching::PlanContent content;
    content.title = "平行四边形的面积";
    content.sections = {
        Section{"goals", "", 0, "会用割补的办法推出平行四边形的面积公式，能说清底和高要对应。", {}, {}},
        Section{"lead_in",
                "",
                5,
                "两块花坛，一块长方形、一块平行四边形，哪块大？先猜再验证。",
                {of_kind(items, Kind::slides)},
                {}},
        Section{"explore",
                "",
                15,
                "在方格上剪一剪、移一移，找出底、高与长、宽的关系。",
                {of_kind(items, Kind::interactive), of_kind(items, Kind::video)},
                {}},
        Section{"ask",
                "",
                8,
                "拉动长方形框，周长不变，面积变不变？",
                {},
                {{"把长方形框拉成平行四边形，面积怎样？", {"变大", "变小", "不变", "说不准"}, 1}}},
        Section{"practise", "", 10, "课本练习第一、二题，先说底和高再算。", {of_kind(items, Kind::exercise)}, {}},
        Section{"sum_up", "", 2, "今天把平行四边形变成了什么？", {}, {}},
    };
    content.homework = "练习第四、六题；选做：画一个面积是 12 平方厘米的平行四边形。";
    return content;
}

}  // namespace

void write_plans(sql::Database& db, DistrictPlan const& plan, LibraryPlan const& library,
                 std::vector<RoleAccount> const& accounts) {
    auto const& teacher = std::find_if(accounts.begin(), accounts.end(), [](RoleAccount const& a) {
                              return a.role == "teacher";
                          })->person;
    auto const school = std::find_if(plan.schools.begin(), plan.schools.end(),
                                     [](SchoolPlan const& s) { return s.row.prefix == "HB"; });
    auto const made = core::Zone{}.at(demo_today.plus_days(-1), 1180);
    teaching::BulkPlans bulk;
    teaching::LessonPlan finished;
    finished.id = teaching::PlanId::make();
    finished.owner_person = teacher.id;
    finished.school_id = school->id;
    finished.subject = "14";
    finished.grade = 5;
    finished.textbook_id = library.textbooks.at("maths-5a");
    finished.chapter_id = library.chapters.at(lesson_key);
    finished.content = parallelogram(library);
    finished.sharing = teaching::Sharing::school;
    finished.made_at = finished.updated_at = made;
    auto begun = finished;
    begun.id = teaching::PlanId::make();
    begun.chapter_id = library.chapters.at("maths-5a-6-3");
    begun.content.title = "三角形的面积";
    begun.sharing = teaching::Sharing::own;
    for (auto& section : begun.content.sections)
        section.resources.clear(), section.questions.clear(), section.text.clear();
    begun.content.sections[0].text = "能用两个一样的三角形拼成平行四边形，推出面积公式。";
    begun.content.homework.clear();
    bulk.plans = {finished, begun};
    auto const lessons = db.read(datonghu, [&](sql::Tx& tx) {
        return timetable::lessons_of_teacher(tx, teacher.id, demo_today, demo_today.plus_days(7));
    });
    for (auto const& lesson : lessons) {
        auto const grade_five =
            std::any_of(school->classes.begin(), school->classes.end(),
                        [&](ClassPlan const& group) { return group.id == lesson.class_id && group.grade == 5; });
        if (lesson.subject != "14" || !grade_five) continue;
        bulk.lessons.push_back({lesson.id, lesson.date == demo_today ? finished.id : begun.id});
    }
    db.transact(datonghu, [&](sql::Tx& tx) { teaching::write_plans(tx, bulk); });
}

}  // namespace santong::server::demo
