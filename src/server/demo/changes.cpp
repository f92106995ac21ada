#include "server/demo/changes.hpp"

#include <algorithm>
#include <set>

#include "core/assert.hpp"
#include "modules/timetable/service.hpp"
#include "modules/timetable/service_changes.hpp"

namespace santong::server::demo {

namespace {

using timetable::ChangeCause;
using timetable::ChangeRequest;
using timetable::ChangeState;
using timetable::ChangeWay;
using timetable::Lesson;

PersonPlan const& person_of(std::vector<RoleAccount> const& accounts, std::string_view role) {
    auto const found = std::ranges::find_if(accounts, [&](RoleAccount const& one) { return one.role == role; });
    SANTONG_ASSERT(found != accounts.end());
    return found->person;
}

/// Draws requests out of the lessons of one school.
class Desk {
public:
    Desk(SchoolPlan const& school, std::vector<Lesson> lessons, core::Clock const& clock)
        : school_(school), lessons_(std::move(lessons)), clock_(clock) {}

    std::vector<ChangeRequest> requests;
    std::vector<timetable::Substitution> changes;

    /// A lesson from `from` on that fits and that nothing was asked for yet.
    template <class F>
    Lesson const* lesson(core::LocalDate from, F const& fits) const {
        for (auto const& one : lessons_) {
            bool const plain = one.source == timetable::LessonSource::timetable && one.teacher_id &&
                               one.state == timetable::LessonState::planned;
            if (plain && one.date >= from && !used_.contains(one.id) && fits(one)) return &one;
        }
        return nullptr;
    }
    bool is_free(PersonId const& teacher, Lesson const& at) const {
        return std::ranges::none_of(lessons_, [&](Lesson const& one) {
            return one.teacher_id == teacher && one.date == at.date && one.period == at.period;
        });
    }
    /// Somebody of the subject who is free, as the office would find him.
    std::optional<PersonId> colleague(Lesson const& lesson, std::set<PersonId> const& others) const {
        for (bool const same : {true, false}) {
            for (std::size_t i = 3; i < school_.teachers.size(); ++i) {
                auto const& one = school_.teachers[i];
                bool const fits = (one.subject == lesson.subject) == same && one.id != lesson.teacher_id;
                if (fits && !others.contains(one.id) && is_free(one.id, lesson)) return one.id;
            }
        }
        return {};
    }
    ChangeRequest& ask(Lesson const& lesson, ChangeCause cause, char const* reason) {
        used_.insert(lesson.id);
        ChangeRequest one;
        one.id = timetable::ChangeRequestId::make();
        one.batch_id = timetable::ChangeBatchId::make();
        one.school_id = lesson.school_id;
        one.class_id = lesson.class_id;
        one.date = lesson.date;
        one.period = lesson.period;
        one.subject = lesson.subject;
        one.asked_by = *lesson.teacher_id;
        one.cause = cause;
        one.reason = reason;
        one.created_at = clock_.now().plus_seconds(-5400);
        return requests.emplace_back(std::move(one));
    }
    static void propose(ChangeRequest& one, std::optional<PersonId> const& colleague, ChangeState state) {
        if (!colleague) return;
        one.way = ChangeWay::substitute;
        one.colleague_id = colleague;
        one.state = state;
        if (state == ChangeState::ready) one.word = "可以。";
    }
    void approve(ChangeRequest& one, Lesson const& lesson, std::optional<Lesson> const& other) {
        one.state = ChangeState::approved;
        one.act_id = timetable::ActId::make();
        decided(one);
        for (auto& row : timetable::substitutions_of(one, {lesson, other, {}})) {
            row.created_by = school_.teachers[1].id;
            row.created_at = *one.decided_at;
            changes.push_back(std::move(row));
        }
    }
    void decided(ChangeRequest& one) const {
        one.decided_by = school_.teachers[1].id;
        one.decided_at = clock_.now().plus_seconds(-1800);
    }
    bool asked(Lesson const& lesson) const { return used_.contains(lesson.id); }
    std::vector<Lesson> const& lessons() const { return lessons_; }

private:
    SchoolPlan const& school_;
    std::vector<Lesson> lessons_;
    core::Clock const& clock_;
    std::set<timetable::LessonId> used_;
};

/// The demo teacher is away on a day of next week: one lesson has nobody yet, one waits for a colleague.
void ask_of_teacher(Desk& desk, PersonId const& teacher, PersonId const& homeroom) {
    auto const own = [&](Lesson const& one) { return one.teacher_id == teacher; };
    auto const* first = desk.lesson(demo_today.plus_days(4), own);
    if (!first) return;
    desk.ask(*first, ChangeCause::training, "去区里参加数学教研活动");
    auto const* second = desk.lesson(first->date, own);
    if (!second) return;
    auto& asked = desk.ask(*second, ChangeCause::training, "去区里参加数学教研活动");
    asked.batch_id = desk.requests.front().batch_id;
    auto const who = desk.is_free(homeroom, *second) ? std::optional(homeroom) : desk.colleague(*second, {teacher});
    Desk::propose(asked, who, ChangeState::asked);
}

/// Requests of others: one asks the demo teacher, two are ready, one is refused.
void ask_of_others(Desk& desk, PersonId const& teacher, std::set<PersonId> taken) {
    auto const other = [&](Lesson const& one) { return !taken.contains(*one.teacher_id); };
    auto const next = [&](auto const& fits) {
        auto const* found = desk.lesson(demo_today.plus_days(1), fits);
        if (found) taken.insert(*found->teacher_id);
        return found;
    };
    if (auto const* one =
            next([&](Lesson const& l) { return other(l) && l.subject == "14" && desk.is_free(teacher, l); }))
        Desk::propose(desk.ask(*one, ChangeCause::leave, "孩子发烧，要去医院"), teacher, ChangeState::asked);
    for (auto const* reason : {"体检", "参加县里的优质课比赛"}) {
        auto const* one = next(other);
        auto const who = one ? desk.colleague(*one, taken) : std::nullopt;
        if (!who) continue;
        taken.insert(*who);
        Desk::propose(desk.ask(*one, ChangeCause::leave, reason), who, ChangeState::ready);
    }
    if (auto const* one = next(other)) {
        auto& request = desk.ask(*one, ChangeCause::other, "想换到下午");
        request.state = ChangeState::refused;
        request.note = "下午全校有活动，请照原课表上。";
        desk.decided(request);
    }
}

/// Decided ones: the pupil's class has a substitute this afternoon, another class two lessons exchanged.
void approve_some(Desk& desk, OrgId const& pupils, std::set<PersonId> const& taken) {
    Lesson const* last = nullptr;
    for (auto const& one : desk.lessons()) {
        bool const fits = one.date == demo_today && one.class_id == pupils && one.teacher_id &&
                          one.state == timetable::LessonState::planned && !taken.contains(*one.teacher_id);
        if (fits) last = &one;
    }
    if (last) {
        auto& request = desk.ask(*last, ChangeCause::leave, "下午要去看牙医");
        Desk::propose(request, desk.colleague(*last, taken), ChangeState::ready);
        if (request.colleague_id) desk.approve(request, *last, {});
    }
    auto const* moved = desk.lesson(demo_today.plus_days(1), [&](Lesson const& one) {
        return one.class_id != pupils && !taken.contains(*one.teacher_id) &&
               !timetable::swaps_for(one, desk.lessons()).empty();
    });
    if (!moved) return;
    auto const others = timetable::swaps_for(*moved, desk.lessons());
    auto const other = std::ranges::find_if(others, [&](Lesson const& one) {
        return one.date > demo_today && !taken.contains(*one.teacher_id) && !desk.asked(one);
    });
    if (other == others.end()) return;
    auto& request = desk.ask(*moved, ChangeCause::training, "外出听课");
    request.way = ChangeWay::swap;
    request.colleague_id = other->teacher_id;
    request.swap_date = other->date;
    request.swap_period = other->period;
    request.swap_subject = other->subject;
    request.word = "好的，我先上。";
    desk.approve(request, *moved, *other);
}

}  // namespace

void write_changes(sql::Database& db, DistrictPlan const& plan, std::vector<RoleAccount> const& accounts,
                   core::Clock const& clock) {
    auto const& teacher = person_of(accounts, "teacher").id;
    auto const& homeroom = person_of(accounts, "homeroom").id;
    auto const school = std::ranges::find_if(plan.schools, [&](SchoolPlan const& one) {
        return std::ranges::any_of(one.teachers, [&](PersonPlan const& person) { return person.id == teacher; });
    });
    SANTONG_ASSERT(school != plan.schools.end());
    auto const group =
        std::ranges::find_if(school->classes, [](ClassPlan const& one) { return one.grade == 5 && one.number == 2; });
    SANTONG_ASSERT(group != school->classes.end());
    auto const to = demo_today.plus_days(8);
    db.transact(datonghu, [&](sql::Tx& tx) {
        Desk desk(*school, timetable::lessons_of_school(tx, school->id, demo_today, to), clock);
        ask_of_teacher(desk, teacher, homeroom);
        ask_of_others(desk, teacher, {teacher, homeroom});
        approve_some(desk, group->id, {teacher, homeroom});
        timetable::write_changes(tx, clock.now(), desk.requests, desk.changes);
    });
}

}  // namespace santong::server::demo
