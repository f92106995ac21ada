#include "modules/teaching/service.hpp"

#include <algorithm>

#include "modules/resources/service.hpp"
#include "modules/roster/service.hpp"
#include "modules/teaching/evidence.hpp"
#include "modules/teaching/screen_calls.hpp"
#include "modules/teaching/store.hpp"
#include "modules/timetable/service.hpp"
#include "platform/feed/feed.hpp"

namespace santong::teaching {

/// What the office did about lessons that run now stands beside their screens, and those are told at once.
static void follow_office(sql::Tx& tx, core::OrgId const& school, std::vector<timetable::Lesson> const& changed) {
    for (auto const& live : store::live_lessons(tx, school)) {
        auto const lesson = std::ranges::find(changed, live.lesson_id, &timetable::Lesson::id);
        if (lesson == changed.end()) continue;
        auto const whose = lesson->teacher_id == live.teacher_id ? std::nullopt : lesson->teacher_id;
        store::set_standing(tx, live.session_id, whose, lesson->state == timetable::LessonState::cancelled);
        screen::call_person(tx, live.teacher_id, {live.session_id, ScreenCallKind::pulse});
    }
}

void register_lesson_records() {
    timetable::register_lesson_watch(&follow_office);
    timetable::register_lesson_records([](sql::Tx& tx, LessonId const& id) -> std::optional<timetable::LessonRecord> {
        auto const lesson = timetable::lesson(tx, id);
        if (!lesson || !lesson->teacher_id) return {};
        // what its teacher discarded or merely declared is his own affair
        auto const session = store::own_session(tx, *lesson, *lesson->teacher_id);
        if (!session || !session->counts()) return {};
        return timetable::LessonRecord{session->teacher_id, session->running()};
    });
    timetable::register_lesson_exchange([](sql::Tx& tx, LessonId const& one, LessonId const& other) {
        auto links = store::plans_of_lessons(tx, {one, other});
        for (auto& link : links) link.lesson_id = link.lesson_id == one ? other : one;
        store::clear_lessons(tx, {one, other});
        store::put_plan_lessons(tx, links);
    });
}

std::optional<ClassSession> session(sql::Tx& tx, SessionId const& id) {
    return store::session(tx, id);
}

std::vector<ClassSession> sessions_of_teacher(sql::Tx& tx, core::PersonId const& teacher, core::LocalDate from,
                                              core::LocalDate to) {
    return store::sessions_of_teacher(tx, teacher, from, to);
}
std::vector<ClassSession> sessions_of_school(sql::Tx& tx, core::OrgId const& school, core::LocalDate from,
                                             core::LocalDate to) {
    return store::sessions_of_school(tx, school, from, to);
}
std::vector<ClassSession> sessions_of_class(sql::Tx& tx, core::OrgId const& class_id, core::LocalDate from,
                                            core::LocalDate to) {
    return store::sessions_of_class(tx, class_id, from, to);
}
std::vector<ClassSession> sessions_after(sql::Tx& tx, SessionId const& after, int limit) {
    return store::sessions_after(tx, after, limit);
}

std::vector<SessionResource> session_resources(sql::Tx& tx, std::vector<SessionId> const& ids) {
    auto rows = store::resources_of(tx, ids);
    std::erase_if(rows, [](SessionResource const& row) { return row.removed; });
    return rows;
}

std::vector<PlanLesson> plans_of_lessons(sql::Tx& tx, std::vector<LessonId> const& lessons) {
    return store::plans_of_lessons(tx, lessons);
}
std::optional<LessonPlan> plan(sql::Tx& tx, PlanId const& id) {
    return store::plan(tx, id);
}

std::vector<SessionTotal> session_totals(sql::Tx& tx, core::OrgId const& school, core::LocalDate from,
                                         core::LocalDate to) {
    return store::totals(tx, school, from, to);
}

core::Result<ClassSession> add_evidence(sql::Tx& tx, core::Clock const& clock, Evidence const& seen) {
    auto const lesson = timetable::lesson(tx, seen.lesson_id);
    if (!lesson) return core::not_found("teaching.lesson_not_found");
    bool const fresh = !store::own_session(tx, *lesson, seen.teacher_id).has_value();
    auto session = evidence::begin(tx, *lesson, seen.teacher_id, seen.kind);
    if (seen.resource_id) {
        auto const resource = resources::resource(tx, *seen.resource_id);
        if (!resource) return core::not_found("resources.not_found");
        evidence::use(tx, session, *resource);
    }
    // Nobody sits at a screen of ours: what is not a running class view has no end to wait for.
    if (fresh && !store::live(tx, session.id)) {
        session.ended_at = lesson->end_at;
        store::update_session(tx, session);
        evidence::announce(tx, session);
    }
    store::append_event(tx,
                        {store::EventId::make(), session.id, store::EventKind::open, seen.resource_id, 0, clock.now()});
    return session;
}

int close_sessions(sql::Tx& tx, core::Instant now, int limit) {
    int changed = 0;
    for (auto const& live : store::live_after_bell(tx, now, limit)) {
        if (!to_be_closed(live.seen_at, live.bell_at, now)) continue;
        auto session = store::session(tx, live.session_id);
        if (!session) continue;
        evidence::finish(tx, *session, live.bell_at, store::EventKind::close, now);
        ++changed;
    }
    for (auto& session : store::due_sessions(tx, now, limit)) {
        session.state = SessionState::fixed;
        store::update_session(tx, session);
        evidence::announce(tx, session);
        ++changed;
    }
    return changed;
}

long erase_traces(sql::Tx& tx, core::LocalDate before) {
    return store::erase_traces(tx, before);
}

void keep_house(sql::Database& db, core::DistrictId district, core::Clock const& clock) {
    while (db.transact(district, [&](sql::Tx& tx) { return close_sessions(tx, clock.now()); }) > 0) {}
    db.transact(district, [&](sql::Tx& tx) {
        auto const today = roster::today(tx, clock);
        auto const term = roster::term_at(tx, today);
        // In the holidays `term_at` answers the term that is over; while one runs, what lies before it is over.
        if (term) erase_traces(tx, term->contains(today) ? term->from_date : term->to_date.plus_days(1));
    });
}

void write_sessions(sql::Tx& tx, BulkSessions const& bulk) {
    std::map<SessionId, std::pair<std::int32_t, bool>> used;
    for (auto const& one : bulk.resources) {
        if (one.removed) continue;
        auto& [count, reviewed] = used[one.session_id];
        ++count;
        reviewed = reviewed || one.reviewed;
    }
    std::map<SessionId, std::int32_t> asked;
    for (auto const& one : bulk.questions) ++asked[one.session_id];
    auto sessions = bulk.sessions;
    std::map<SessionId, ClassSession const*> by_id;
    for (auto& session : sessions) {
        auto const& [count, reviewed] = used[session.id];
        session.resource_count = count;
        session.reviewed_resource = reviewed;
        session.question_count = asked[session.id];
        by_id[session.id] = &session;
    }
    store::insert_sessions(tx, sessions);
    store::insert_resources(tx, bulk.resources);
    store::insert_questions(tx, bulk.questions);
    for (auto const& session : sessions) evidence::announce(tx, session);
    for (auto const& one : bulk.resources) {
        auto const& session = *by_id.at(one.session_id);
        SessionUse const use{session.id,       one.resource_id, one.version,  one.reviewed, session.school_id,
                             session.class_id, session.subject, session.date, session.week};
        feed::event(tx, {"teaching.SessionUse", session.id.text(), session.school_id}, use);
    }
}

void write_plans(sql::Tx& tx, BulkPlans const& bulk) {
    auto plans = bulk.plans;
    for (auto& plan : plans) plan.readiness = readiness_of(plan.content);
    store::insert_plans(tx, plans);
    store::put_plan_lessons(tx, bulk.lessons);
    store::insert_templates(tx, bulk.templates);
    for (auto const& plan : plans) {
        store::put_version(
            tx, {PlanVersionId::make(), plan.id, plan.version, PlanVersionKind::saved, plan.content, plan.updated_at});
        feed::put(tx, {"teaching.LessonPlan", plan.id.text(), plan.school_id}, plan);
    }
}

}  // namespace santong::teaching
