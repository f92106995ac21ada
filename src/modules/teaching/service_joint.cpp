#include "modules/teaching/service_joint.hpp"

#include <algorithm>

#include "modules/teaching/class_access.hpp"
#include "modules/teaching/evidence.hpp"
#include "modules/teaching/permissions.hpp"
#include "modules/teaching/screen_calls.hpp"
#include "modules/teaching/store_class.hpp"

namespace santong::teaching {

namespace joint {

namespace {

/// The lesson of a class in the period of a session: as planned for the caller, or written down now.
core::Result<timetable::Lesson> lesson_beside(sql::Tx& tx, auth::Caller const& caller, ClassSession const& session,
                                              core::OrgId const& class_id, core::Instant now) {
    auto const group = TRY(roster::class_group(tx, class_id, session.date));
    if (group.school_id != session.school_id) return core::not_found("roster.class_not_found");
    if (auto const known = timetable::lesson(tx, timetable::lesson_id(class_id, session.date, session.period))) {
        if (known->teacher_id != caller.person) return core::conflict("teaching.lesson_of_colleague");
        return *known;
    }
    auto const first = timetable::lesson(tx, session.lesson_id);
    if (!first) return core::not_found("teaching.lesson_not_found");
    auto lesson = *first;
    lesson.class_id = class_id;
    lesson.state = timetable::LessonState::planned;
    auto const made = TRY(timetable::add_unplanned(tx, std::move(lesson)));
    auto const reasons = store::unplanned(tx, {session.lesson_id});
    store::put_unplanned(tx, {made.id, reasons.empty() ? "" : reasons.front().reason, now});
    return made;
}

}  // namespace

core::Result<void> join(sql::Tx& tx, auth::Caller const& caller, ClassSession const& session,
                        core::OrgId const& class_id, core::Instant now) {
    auto const inside = store::joined(tx, {session.id});
    bool const there =
        class_id == session.class_id || std::ranges::find(inside, class_id, &store::Joined::class_id) != inside.end();
    if (there) return core::conflict("teaching.class_in_room");
    if (inside.size() + 1 >= most_classes) return core::conflict("teaching.too_many_classes");
    auto const lesson = TRY(lesson_beside(tx, caller, session, class_id, now));
    auto other = evidence::begin(tx, lesson, caller.person, session.kind);
    if (other.state == SessionState::discarded) {
        other.state = SessionState::provisional;
        store::update_session(tx, other);
        evidence::announce(tx, other);
    }
    store::put_joined(tx, {other.id, session.id, class_id});
    return {};
}

core::Result<int> pupils(sql::Tx& tx, ClassSession const& session, std::optional<core::OrgId> const& of) {
    if (of) return TRY(roster::class_group(tx, *of, session.date)).pupils;
    int sum = TRY(roster::class_group(tx, session.class_id, session.date)).pupils;
    for (auto const& one : store::joined(tx, {session.id})) {
        sum += TRY(roster::class_group(tx, one.class_id, session.date)).pupils;
    }
    return sum;
}

void assist(sql::Tx& tx, auth::Caller const& caller, ClassSession const& session, resources::Resource const* shown) {
    if (session.teacher_id == caller.person) return;
    auto const lesson = timetable::lesson(tx, session.lesson_id);
    if (!lesson) return;
    auto own = evidence::begin(tx, *lesson, caller.person, EvidenceKind::class_view);
    if (!own.ended_at) own.ended_at = lesson->end_at;
    if (shown != nullptr)
        evidence::use(tx, own, *shown);
    else
        ++own.question_count;
    store::update_session(tx, own);
    evidence::announce(tx, own);
}

}  // namespace joint

namespace {

core::Result<ClassView> view_now(sql::Tx& tx, auth::Caller const& caller, SessionId const& id) {
    auto const [session, live] = TRY(screen::shared_running(tx, caller, id));
    auto const lesson = timetable::lesson(tx, session.lesson_id);
    if (!lesson) return core::not_found("teaching.lesson_not_found");
    return screen::view_of(tx, caller, session, *lesson, live, session.date);
}

/// The caller's own session that runs.
core::Result<ClassSession> own_running(sql::Tx& tx, auth::Caller const& caller, SessionId const& id) {
    TRY_VOID(screen::own_session(tx, caller, id));
    return TRY(screen::shared_running(tx, caller, id)).session;
}

std::vector<AssistantBrief> colleagues_of(sql::Tx& tx, auth::Caller const& caller, ClassSession const& session) {
    std::vector<AssistantBrief> found;
    for (auto const& one : roster::teachers(tx, session.school_id, session.date)) {
        bool const known = std::ranges::find(found, one.person_id, &AssistantBrief::person_id) != found.end();
        if (one.person_id != caller.person && !known) found.push_back({one.person_id, one.name});
    }
    return found;
}

}  // namespace

core::Result<ClassView> join_class(sql::Database& db, auth::Caller const& caller, core::Clock const& clock,
                                   SessionId const& id, ClassWish const& wish) {
    return db.transact(caller.district, [&](sql::Tx& tx) -> core::Result<ClassView> {
        auto const session = TRY(own_running(tx, caller, id));
        TRY_VOID(joint::join(tx, caller, session, wish.class_id, clock.now()));
        evidence::follow(tx, session);
        screen::call(tx, session, ScreenCallKind::picture, caller.person);
        return view_now(tx, caller, id);
    });
}

core::Result<ClassView> leave_class(sql::Database& db, auth::Caller const& caller, core::Clock const& clock,
                                    SessionId const& id, core::OrgId const& class_id) {
    return db.transact(caller.district, [&](sql::Tx& tx) -> core::Result<ClassView> {
        auto const session = TRY(own_running(tx, caller, id));
        auto const inside = store::joined(tx, {id});
        auto const found = std::ranges::find(inside, class_id, &store::Joined::class_id);
        if (found == inside.end()) return core::not_found("teaching.class_not_in_room");
        store::delete_joined(tx, found->session_id);
        if (auto other = store::session(tx, found->session_id)) {
            other->state = SessionState::discarded;
            other->ended_at = clock.now();
            store::update_session(tx, *other);
            evidence::announce(tx, *other);
        }
        screen::call(tx, session, ScreenCallKind::picture, caller.person);
        return view_now(tx, caller, session.id);
    });
}

core::Result<std::vector<AssistantBrief>> colleagues(sql::Database& db, auth::Caller const& caller,
                                                     SessionId const& id) {
    return db.read(caller.district, [&](sql::Tx& tx) -> core::Result<std::vector<AssistantBrief>> {
        return colleagues_of(tx, caller, TRY(screen::own_session(tx, caller, id)));
    });
}

core::Result<ClassView> ask_assistant(sql::Database& db, auth::Caller const& caller, core::Clock const& clock,
                                      SessionId const& id, AssistantWish const& wish) {
    return db.transact(caller.district, [&](sql::Tx& tx) -> core::Result<ClassView> {
        auto const session = TRY(own_running(tx, caller, id));
        auto const able = colleagues_of(tx, caller, session);
        if (std::ranges::find(able, wish.person_id, &AssistantBrief::person_id) == able.end()) {
            return core::invalid_at("/person_id", "teaching.not_a_colleague");
        }
        if (store::assistants(tx, {id}).size() >= most_assistants)
            return core::conflict("teaching.too_many_assistants");
        store::put_assistant(tx, {id, wish.person_id, clock.now()});
        screen::call(tx, session, ScreenCallKind::picture, caller.person);
        return view_now(tx, caller, id);
    });
}

core::Result<ClassView> release_assistant(sql::Database& db, auth::Caller const& caller, core::Clock const& clock,
                                          SessionId const& id, core::PersonId const& person) {
    return db.transact(caller.district, [&](sql::Tx& tx) -> core::Result<ClassView> {
        auto const session = TRY(own_running(tx, caller, id));
        screen::call(tx, session, ScreenCallKind::pulse, caller.person);
        store::end_assistant(tx, id, person, clock.now());
        return view_now(tx, caller, id);
    });
}

core::Result<core::Nothing> leave_lesson(sql::Database& db, auth::Caller const& caller, core::Clock const& clock,
                                         SessionId const& id) {
    return db.transact(caller.district, [&](sql::Tx& tx) -> core::Result<core::Nothing> {
        auto const session = TRY(screen::shared_session(tx, caller, id));
        if (session.teacher_id == caller.person) return core::not_found("teaching.not_your_class");
        store::end_assistant(tx, id, caller.person, clock.now());
        screen::call(tx, session, ScreenCallKind::picture, caller.person);
        return core::Nothing{};
    });
}

core::Result<std::vector<UnplannedLesson>> unplanned_lessons(sql::Database& db, auth::Caller const& caller,
                                                             core::Clock const& clock, core::OrgId const& school,
                                                             int week) {
    return db.read(caller.district, [&](sql::Tx& tx) -> core::Result<std::vector<UnplannedLesson>> {
        if (!caller.may(tx, permissions::view_school_records, school)) return core::not_found("roster.org_not_found");
        auto const today = roster::today(tx, clock);
        auto const term = TRY(roster::term_at(tx, today));
        auto const monday = term.monday_of_week(week > 0 ? week : std::clamp(term.week_of(today), 1, term.weeks()));
        auto lessons = timetable::lessons_of_school(tx, school, monday, monday.plus_days(6));
        std::erase_if(lessons, [](auto const& one) { return one.source != timetable::LessonSource::unplanned; });
        std::vector<LessonId> ids;
        std::vector<core::PersonId> teachers;
        for (auto const& one : lessons) {
            ids.push_back(one.id);
            if (one.teacher_id) teachers.push_back(*one.teacher_id);
        }
        auto names = roster::names(tx, teachers);
        auto const reasons = store::unplanned(tx, ids);
        auto const rows = lesson_rows(tx, lessons, today);
        std::vector<UnplannedLesson> found;
        for (std::size_t i = 0; i < lessons.size(); ++i) {
            auto const reason = std::ranges::find(reasons, lessons[i].id, &store::Unplanned::lesson_id);
            bool const together = std::ranges::count_if(lessons, [&](auto const& other) {
                                      return other.teacher_id == lessons[i].teacher_id &&
                                             other.date == lessons[i].date && other.period == lessons[i].period;
                                  }) > 1;
            found.push_back({rows[i], lessons[i].teacher_id ? names[*lessons[i].teacher_id] : "",
                             reason == reasons.end() ? "" : reason->reason, together});
        }
        return found;
    });
}

}  // namespace santong::teaching
