// Who sees of others how far they have come in a course: counts of one's own classes, pupils of one's own subject.
#include <algorithm>
#include <map>
#include <set>

#include "modules/resources/found_course.hpp"
#include "modules/resources/store_course.hpp"
#include "modules/roster/service.hpp"
#include "modules/timetable/service.hpp"
#include "platform/auth/audit.hpp"

namespace santong::resources {

namespace {

constexpr int weeks_around = 4;  ///< a lesson so near says who teaches a class, holidays and substitutes included

/// A class of the caller's own of the grades that a resource is for; `detail`: he teaches this subject in it.
struct OwnClass {
    roster::ClassGroup group;
    bool detail = false;
};

/// What the audit log keeps of a look at single pupils.
struct CourseLook {
    ResourceId resource;
};
BOOST_DESCRIBE_STRUCT(CourseLook, (), (resource))

std::vector<OwnClass> own_classes(sql::Tx& tx, core::Clock const& clock, auth::Caller const& caller,
                                  Resource const& resource) {
    auto const today = roster::today(tx, clock);
    std::map<core::OrgId, bool> classes;
    for (auto const& post : roster::posts_of(tx, caller.person, today)) {
        bool const at_class = post.kind == auth::Role::homeroom || post.kind == auth::Role::teacher;
        if (!at_class || !roster::class_group(tx, post.org_id, today)) continue;
        classes[post.org_id] |= post.kind == auth::Role::teacher && post.subject == resource.subject;
    }
    for (auto const& lesson : timetable::lessons_of_teacher(tx, caller.person, today.plus_days(-7 * weeks_around),
                                                            today.plus_days(7 * weeks_around)))
        classes[lesson.class_id] |= lesson.subject == resource.subject;
    std::vector<core::OrgId> ids;
    for (auto const& [id, detail] : classes) ids.push_back(id);
    std::vector<OwnClass> own;
    for (auto const& group : roster::class_groups(tx, ids, today)) {
        bool const for_them = resource.grade_from <= group.grade && group.grade <= resource.grade_to;
        if (for_them) own.push_back({group, classes[group.id]});
    }
    std::ranges::sort(own, [](auto const& a, auto const& b) {
        return std::tie(a.group.grade, a.group.number, a.group.id) <
               std::tie(b.group.grade, b.group.number, b.group.id);
    });
    return own;
}

std::vector<CoursePupil> class_results(sql::Tx& tx, core::Clock const& clock, FoundCourse const& found,
                                       core::OrgId const& class_id) {
    std::vector<core::PersonId> people;
    std::vector<CoursePupil> rows;
    for (auto const& pupil : roster::pupils_of_class(tx, class_id, roster::today(tx, clock))) {
        people.push_back(pupil.person_id);
        rows.push_back({pupil.person_id, pupil.name, {}});
    }
    std::map<core::PersonId, std::vector<CourseState>> states;
    for (auto& state : store::course_states(tx, found.resource.id, people)) states[state.person_id].push_back(state);
    for (auto& row : rows) row.result = result_in(states[row.person_id], found.course);
    return rows;
}

CourseClass counted(OwnClass const& own, std::vector<CoursePupil> const& pupils) {
    CourseClass row{own.group.id, own.group.name, static_cast<int>(pupils.size()), 0, 0, 0, own.detail};
    for (auto const& pupil : pupils) {
        switch (pupil.result.completion) {
            case Completion::completed: ++row.completed; break;
            case Completion::begun: ++row.begun; break;
            case Completion::not_yet: ++row.not_yet; break;
        }
    }
    return row;
}

}  // namespace

core::Result<CourseClasses> course_classes(Courses const& courses, auth::Caller const& caller, ResourceId const& id) {
    auto const found = TRY(find_course(courses, caller, id));
    auto const& clock = courses.library.clock;
    return courses.library.db.read(caller.district, [&](sql::Tx& tx) -> core::Result<CourseClasses> {
        CourseClasses answer{static_cast<int>(found.course.scos.size()), {}};
        for (auto const& own : own_classes(tx, clock, caller, found.resource))
            answer.items.push_back(counted(own, class_results(tx, clock, found, own.group.id)));
        return answer;
    });
}

core::Result<CoursePupils> course_pupils(Courses const& courses, auth::Caller const& caller, ResourceId const& id,
                                         core::OrgId const& class_id) {
    auto const found = TRY(find_course(courses, caller, id));
    auto const& clock = courses.library.clock;
    return courses.library.db.transact(caller.district, [&](sql::Tx& tx) -> core::Result<CoursePupils> {
        auto const own = own_classes(tx, clock, caller, found.resource);
        auto const mine =
            std::ranges::find_if(own, [&](OwnClass const& one) { return one.group.id == class_id && one.detail; });
        if (mine == own.end()) return core::not_found("roster.class_not_found");
        auth::audit(tx, caller, {"resources.course_pupils", class_id.text(), core::json::write(CourseLook{id})});
        return CoursePupils{class_id, mine->group.name, static_cast<int>(found.course.scos.size()),
                            class_results(tx, clock, found, class_id)};
    });
}

}  // namespace santong::resources
