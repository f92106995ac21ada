#include "modules/teaching/service_today.hpp"

#include <algorithm>
#include <map>

#include "modules/teaching/permissions.hpp"
#include "modules/teaching/store_class.hpp"
#include "modules/workflow/service.hpp"

namespace santong::teaching {

namespace {

constexpr int most_returned = 5;

/// Number of shared plans of colleagues by subject and grade.
using References = std::map<std::pair<std::string, std::int32_t>, std::int32_t>;

References references_of(sql::Tx& tx, auth::Caller const& caller, std::vector<timetable::Lesson> const& lessons) {
    References counts;
    if (lessons.empty()) return counts;
    for (auto const& one : store::shared_counts(tx, lessons.front().school_id, caller.person)) {
        counts[{one.subject, one.grade}] = static_cast<std::int32_t>(one.plans);
    }
    return counts;
}

/// Colleagues who have the class of a lesson in their room, by lesson.
std::map<LessonId, std::string> colleagues_of(sql::Tx& tx, auth::Caller const& caller,
                                              std::vector<timetable::Lesson> const& lessons,
                                              std::vector<LessonId> const& ids) {
    std::map<LessonId, std::string> found;
    if (lessons.empty()) return found;
    auto const taken = store::taken_along(tx, lessons.front().school_id, lessons.front().date, caller.person, ids);
    std::vector<core::PersonId> people;
    for (auto const& one : taken) people.push_back(one.teacher_id);
    if (people.empty()) return found;
    auto const names = roster::names(tx, people);
    for (auto const& one : taken) {
        auto const name = names.find(one.teacher_id);
        if (name != names.end()) found[one.lesson_id] = name->second;
    }
    return found;
}

std::vector<TodayLesson> with_plans(sql::Tx& tx, auth::Caller const& caller,
                                    std::vector<timetable::Lesson> const& lessons, core::LocalDate today) {
    std::vector<LessonId> ids;
    for (auto const& lesson : lessons) ids.push_back(lesson.id);
    std::map<LessonId, PlanId> plan_of;
    std::vector<PlanId> plan_ids;
    for (auto const& link : store::plans_of_lessons(tx, ids)) {
        plan_of[link.lesson_id] = link.plan_id;
        plan_ids.push_back(link.plan_id);
    }
    std::map<PlanId, LessonPlan> plans;
    for (auto& plan : store::plans(tx, plan_ids)) plans.emplace(plan.id, std::move(plan));
    auto references = references_of(tx, caller, lessons);
    std::vector<TodayLesson> out;
    auto const sessions = store::sessions_of_teacher(tx, caller.person, today, today);
    auto const along = colleagues_of(tx, caller, lessons, ids);
    for (auto& row : lesson_rows(tx, lessons, today)) {
        auto& one = out.emplace_back();
        auto const own = std::ranges::find(sessions, row.id, &ClassSession::lesson_id);
        if (own != sessions.end()) one.session = *own;
        auto const colleague = along.find(row.id);
        if (colleague != along.end() && !(one.session && one.session->running()))
            one.taken_along_by = colleague->second;
        if (auto const plan = plans.find(plan_of[row.id]); plan != plans.end()) {
            one.plan = plan_briefs(tx, caller, {plan->second}).front();
            auto const briefs = resource_briefs(tx, caller, resources_of(plan->second.content));
            one.missing_resources =
                static_cast<std::int32_t>(std::ranges::count(briefs, false, &ResourceBrief::readable));
        }
        one.references = references[{row.subject, row.grade}];
        one.lesson = std::move(row);
    }
    return out;
}

core::Result<void> add_returned(sql::Tx& tx, auth::Caller const& caller, core::Clock const& clock,
                                std::vector<Task>& tasks) {
    resources::Search wish;
    wish.mine = true;
    wish.state = "returned";
    wish.limit = most_returned;
    for (auto const& one : TRY(resources::search(tx, clock, caller, wish)).items) {
        Task task{TaskKind::resource_returned, one.title, "", one.id.text(), 1, one.updated_at};
        for (auto const& decision : workflow::history(tx, "resource", one.id.text())) {
            if (decision.decision == workflow::DecisionKind::return_) task.detail = decision.reason;
        }
        tasks.push_back(std::move(task));
    }
    return {};
}

/// Whether nothing is to be prepared for a lesson any more.
bool is_over(TodayLesson const& one, core::Instant now) {
    return one.session || !one.taken_along_by.empty() || one.lesson.end_at <= now ||
           one.lesson.state == timetable::LessonState::cancelled;
}

/// What is missing in the plans of today's lessons that are still to come: to be replaced before the bell. In the plan
/// of a colleague for whom one stands in nobody else can replace it.
void add_lost_resources(TeacherToday const& today, std::vector<Task>& tasks) {
    for (auto const& one : today.lessons) {
        if (is_over(one, today.now) || !one.plan || !one.plan->mine || one.missing_resources == 0) continue;
        tasks.push_back({TaskKind::resource_lost, one.lesson.class_name, one.plan->title, one.plan->id.text(),
                         one.lesson.period, one.lesson.start_at});
    }
}

void add_unprepared(TeacherToday const& today, std::vector<Task>& tasks) {
    for (auto const& one : today.lessons) {
        if (is_over(one, today.now) || (one.plan && (one.plan->readiness == Readiness::ready || !one.plan->mine)))
            continue;
        if (one.plan) {
            tasks.push_back({TaskKind::plan_half, one.lesson.class_name, one.plan->title, one.plan->id.text(),
                             one.lesson.period, one.lesson.start_at});
        } else {
            tasks.push_back({TaskKind::plan_missing, one.lesson.class_name, one.lesson.subject, one.lesson.id.text(),
                             one.lesson.period, one.lesson.start_at});
        }
    }
}

/// Records whose last day to correct is today or tomorrow.
void add_due_records(sql::Tx& tx, auth::Caller const& caller, core::Clock const& clock, std::vector<Task>& tasks) {
    auto const today = roster::today(tx, clock);
    int due = 0;
    std::optional<core::Instant> until;
    int week = 0;
    for (auto const& session : store::sessions_of_teacher(tx, caller.person, today.plus_days(-days_to_correct),
                                                          today.plus_days(1 - days_to_correct))) {
        if (session.state != SessionState::provisional || !changeable(session, clock.now())) continue;
        ++due;
        if (until && session.correct_until >= *until) continue;
        until = session.correct_until;
        week = session.week;
    }
    if (due > 0) tasks.push_back({TaskKind::records_due, "", "", "", due, until, week});
}

using BegunLessons = std::map<LessonId, timetable::Lesson>;
using Entries = std::map<ResourceId, GivenResource>;

/// Those that the caller may open, newest first.
std::vector<GivenResource> readable_ones(sql::Tx& tx, auth::Caller const& caller, Entries& entries) {
    std::vector<ResourceId> wanted;
    for (auto const& [id, entry] : entries) wanted.push_back(id);
    std::vector<GivenResource> out;
    for (auto& brief : resource_briefs(tx, caller, wanted)) {
        if (!brief.readable) continue;
        auto entry = entries.at(brief.id);
        entry.resource = std::move(brief);
        out.push_back(std::move(entry));
    }
    std::ranges::stable_sort(out, std::greater<>{}, &GivenResource::date);
    return out;
}

/// What the plans of lessons that have begun give to the pupils, newest lesson first, each resource once.
std::vector<GivenResource> given_resources(sql::Tx& tx, auth::Caller const& caller, BegunLessons const& begun) {
    std::vector<LessonId> ids;
    for (auto const& [id, lesson] : begun) ids.push_back(id);
    std::map<PlanId, LessonPlan> plans;
    auto const links = store::plans_of_lessons(tx, ids);
    std::vector<PlanId> plan_ids;
    for (auto const& link : links) plan_ids.push_back(link.plan_id);
    for (auto& plan : store::plans(tx, plan_ids)) plans.emplace(plan.id, std::move(plan));
    Entries given;
    for (auto const& link : links) {
        auto const plan = plans.find(link.plan_id);
        if (plan == plans.end()) continue;
        auto const& lesson = begun.at(link.lesson_id);
        for (auto const& section : plan->second.content.sections) {
            for (auto const& one : section.resources) {
                if (!one.for_pupils) continue;
                auto& entry = given[one.resource_id];
                if (entry.date < lesson.date) entry = {{}, lesson.subject, plan->second.content.title, lesson.date};
            }
        }
    }
    return readable_ones(tx, caller, given);
}

/// What stood on the class's screen since a day, newest first, without what its teachers gave it anyway.
std::vector<GivenResource> shown_resources(sql::Tx& tx, auth::Caller const& caller, core::OrgId const& class_id,
                                           core::LocalDate from, PupilToday const& view) {
    std::map<SessionId, ClassSession> sessions;
    std::vector<SessionId> ids;
    for (auto& one : store::sessions_of_class(tx, class_id, from, view.date)) {
        if (one.state == SessionState::discarded || one.kind == EvidenceKind::declared) continue;
        ids.push_back(one.id);
        sessions.emplace(one.id, std::move(one));
    }
    Entries shown;
    for (auto const& one : store::resources_of(tx, ids)) {
        if (one.removed) continue;
        auto const& session = sessions.at(one.session_id);
        auto& entry = shown[one.resource_id];
        if (entry.date < session.date) entry = {{}, session.subject, "", session.date};
    }
    for (auto const& one : view.resources) shown.erase(one.resource.id);
    auto out = readable_ones(tx, caller, shown);
    std::erase_if(out, [](GivenResource const& one) { return !one.resource.reviewed; });
    return out;
}

std::vector<AssistedLesson> assisted_lessons(sql::Tx& tx, auth::Caller const& caller, core::Instant now) {
    std::vector<AssistedLesson> found;
    for (auto const& session : store::assisted_sessions(tx, caller.person)) {
        auto const live = store::live(tx, session.id);
        auto const group = roster::class_group(tx, session.class_id, session.date);
        if (!live || !group || to_be_closed(live->seen_at, live->bell_at, now)) continue;
        found.push_back({session.id, roster::names(tx, {session.teacher_id})[session.teacher_id], group->name,
                         session.subject, session.room, session.period});
    }
    return found;
}

}  // namespace

core::Result<TeacherToday> teacher_today(sql::Database& db, auth::Caller const& caller, core::Clock const& clock) {
    return db.read(caller.district, [&](sql::Tx& tx) -> core::Result<TeacherToday> {
        TeacherToday view;
        view.date = roster::today(tx, clock);
        view.now = clock.now();
        auto const lessons = timetable::lessons_of_teacher(tx, caller.person, view.date, view.date);
        view.lessons = with_plans(tx, caller, lessons, view.date);
        for (auto const& one : view.lessons) {
            if (one.session && one.session->running()) view.running = one.session->id;
            bool const to_come = one.lesson.end_at > view.now && one.taken_along_by.empty() &&
                                 one.lesson.state != timetable::LessonState::cancelled;
            if (to_come && !view.next) view.next = one.lesson.id;
        }
        if (!lessons.empty()) view.bell = timetable::bell(tx, lessons.front().school_id, view.date);
        view.assisting = assisted_lessons(tx, caller, view.now);
        TRY_VOID(add_returned(tx, caller, clock, view.tasks));
        add_lost_resources(view, view.tasks);
        add_unprepared(view, view.tasks);
        add_due_records(tx, caller, clock, view.tasks);
        if (auto records = week_records(tx, caller, clock, 0)) {
            view.week = records->week;
            view.records = std::move(*records);
        }
        return view;
    });
}

core::Result<PupilToday> pupil_today(sql::Database& db, auth::Caller const& caller, core::Clock const& clock) {
    return db.read(caller.district, [&](sql::Tx& tx) -> core::Result<PupilToday> {
        PupilToday view;
        view.date = roster::today(tx, clock);
        view.now = clock.now();
        auto const class_id = roster::pupil_class(tx, caller.person, view.date);
        if (!class_id) return core::not_found("teaching.no_class");
        view.class_name = TRY(roster::class_group(tx, *class_id, view.date)).name;
        if (auto const term = roster::term_at(tx, view.date)) view.week = term->week_of(view.date);
        auto const lessons = timetable::lessons_of_class(tx, *class_id, view.date.plus_days(1 - days_given), view.date);
        std::vector<core::PersonId> teachers;
        for (auto const& one : lessons) {
            if (one.teacher_id) teachers.push_back(*one.teacher_id);
        }
        auto names = roster::names(tx, teachers);
        BegunLessons begun;
        for (auto const& one : lessons) {
            if (one.start_at <= view.now && one.state != timetable::LessonState::cancelled) begun.emplace(one.id, one);
            if (one.date != view.date) continue;
            view.lessons.push_back({one.period, one.subject, one.teacher_id ? names[*one.teacher_id] : "", one.room,
                                    one.state, one.source, one.start_at, one.end_at});
        }
        view.resources = given_resources(tx, caller, begun);
        view.shown = shown_resources(tx, caller, *class_id, view.date.plus_days(1 - days_given), view);
        return view;
    });
}

}  // namespace santong::teaching
