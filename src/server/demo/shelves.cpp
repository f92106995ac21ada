#include "server/demo/shelves.hpp"

#include <algorithm>
#include <set>

#include "core/assert.hpp"
#include "modules/resources/service.hpp"
#include "modules/resources/service_bulk.hpp"

namespace santong::server::demo {

namespace {

using resources::Completion;
using resources::ResourceId;

constexpr char const* mathematics = "14";
constexpr char const* course_title = "多边形的面积 课程包";
/// Pages of that course by its manifest; none of them gives a score.
constexpr char const* course_pages[] = {"i-start", "i-parallelogram-cut-move", "i-parallelogram-frame",
                                        "i-triangle-doubling", "i-trapezium-doubling"};

class ShelfWriter {
public:
    ShelfWriter(SchoolPlan const& school, LibraryPlan const& library, Random random)
        : school_(school), library_(library), random_(random) {}

    /// Things of mathematics in grade 5 that everybody finds, in a collection.
    void collect(PersonPlan const& owner, resources::Collection about, std::string const& chapter_key,
                 std::size_t most) {
        about.id = resources::CollectionId::make();
        about.owner_person = owner.id;
        about.school_id = school_.id;
        about.created_at = about.updated_at = core::Zone{}.at(demo_today.plus_days(-9), random_.between(990, 1080));
        int sort = 0;
        for (auto const& item : library_.items) {
            bool const fits = item.subject == mathematics && item.grade_from <= 5 && 5 <= item.grade_to &&
                              item.only_at == OrgId{} && item.reviewed && item.chapter_key.starts_with(chapter_key);
            if (!fits || static_cast<std::size_t>(sort) == most) continue;
            bulk_.items.push_back({about.id, item.id, sort, sort == 0 ? "先用这个导入" : ""});
            if (sort < 3) bulk_.stars.push_back({owner.id, item.id, about.created_at});
            ++sort;
        }
        SANTONG_ASSERT(sort > 0);
        bulk_.collections.push_back(std::move(about));
    }

    /// Some pupils have done all of a course, some a part, some nothing; only such who were here at all.
    void learn(ClassPlan const& group, ResourceId const& course, SignIns& sign_ins) {
        for (auto const& pupil : group.pupils) {
            if (!sign_ins.of(pupil.id) || !random_.chance(0.8)) continue;
            auto const pages = random_.chance(0.55) ? std::size(course_pages) : 1 + random_.below(4);
            for (std::size_t i = 0; i < pages; ++i) {
                auto const day = demo_today.plus_days(-random_.between(1, 6));
                auto const at = core::Zone{}.at(day, random_.between(1030, 1230));
                auto const done = i + 1 < pages || pages == std::size(course_pages);
                bulk_.states.push_back({course,
                                        pupil.id,
                                        course_pages[i],
                                        1,
                                        done ? Completion::completed : Completion::begun,
                                        resources::Success::unknown,
                                        {},
                                        random_.between(40, 400),
                                        at.plus_seconds(-300),
                                        at,
                                        done ? std::optional(at) : std::nullopt});
                sign_ins.note(pupil.id, at.plus_seconds(-300));
            }
        }
    }
    resources::BulkShelves const& written() const { return bulk_; }

private:
    SchoolPlan const& school_;
    LibraryPlan const& library_;
    Random random_;
    resources::BulkShelves bulk_;
};

ResourceId course_of(sql::Tx& tx, LibraryPlan const& library) {
    for (auto const& item : library.items) {
        if (item.kind != resources::Kind::scorm || item.only_at != OrgId{} || !item.reviewed) continue;
        if (auto const row = resources::resource(tx, item.id); row && row->title == course_title) return row->id;
    }
    SANTONG_ASSERT(false);
    return {};
}

}  // namespace

void write_shelves(sql::Database& db, DistrictPlan const& plan, LibraryPlan const& library,
                   std::vector<RoleAccount> const& accounts, Random random, SignIns& sign_ins) {
    auto const& account = *std::ranges::find(accounts, std::string("teacher"), &RoleAccount::role);
    auto const& school = *std::ranges::find_if(plan.schools, [&](SchoolPlan const& one) {
        return std::ranges::any_of(one.teachers, [&](auto const& person) { return person.id == account.person.id; });
    });
    std::set<OrgId> taught;
    for (auto const& entry : school.entries) {
        if (entry.teacher_id == account.person.id && entry.subject == mathematics) taught.insert(entry.class_id);
    }
    auto const colleague = std::ranges::find_if(school.teachers, [&](PersonPlan const& person) {
        return person.subject == mathematics && person.id != account.person.id;
    });
    SANTONG_ASSERT(colleague != school.teachers.end());
    ShelfWriter writer(school, library, random);
    resources::Collection about;
    about.name = "第六单元 多边形的面积";
    about.note = "导入、操作、练习各备一件";
    writer.collect(account.person, about, "maths-5a-6", 6);
    about.name = "复习课可以用的";
    about.note.clear();
    writer.collect(account.person, about, "maths-5a-", 4);
    about.name = "小数乘法 教研组备课";
    about.note = "大家上完课在备注里写一句效果";
    about.audience = resources::CollectionAudience::school;
    writer.collect(*colleague, about, "maths-5a-1", 5);
    db.transact(datonghu, [&](sql::Tx& tx) {
        auto const course = course_of(tx, library);
        auto with_course = writer;  // the closure may run twice
        auto notes = sign_ins;
        for (auto const& group : school.classes) {
            if (taught.contains(group.id)) with_course.learn(group, course, notes);
        }
        resources::write_shelves(tx, with_course.written());
        sign_ins = std::move(notes);
    });
}

}  // namespace santong::server::demo
