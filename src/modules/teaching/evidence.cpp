#include "modules/teaching/evidence.hpp"

#include <algorithm>

#include "core/assert.hpp"
#include "core/json.hpp"
#include "modules/roster/service.hpp"
#include "modules/teaching/screen_calls.hpp"
#include "modules/teaching/store_class.hpp"
#include "platform/feed/feed.hpp"

namespace santong::teaching::evidence {

void announce(sql::Tx& tx, ClassSession const& session) {
    feed::put(tx, {"teaching.ClassSession", session.id.text(), session.school_id}, session);
}

static void say_use(sql::Tx& tx, ClassSession const& session, SessionResource const& one) {
    SessionUse const used{session.id,       one.resource_id, one.version,  one.reviewed, session.school_id,
                          session.class_id, session.subject, session.date, session.week};
    feed::event(tx, {"teaching.SessionUse", session.id.text(), session.school_id}, used);
}

bool insert(sql::Tx& tx, timetable::Lesson const& lesson, ClassSession& fresh) {
    if (store::own_session(tx, lesson, fresh.teacher_id)) return false;
    if (store::insert_session(tx, fresh)) return true;
    fresh.id = session_id(lesson.class_id, lesson.date, lesson.period, fresh.teacher_id);
    return store::insert_session(tx, fresh);
}

ClassSession begin(sql::Tx& tx, timetable::Lesson const& lesson, core::PersonId const& teacher, EvidenceKind kind) {
    auto fresh = session_of(lesson, teacher, kind, roster::district(tx).zone());
    auto const plans = store::plans_of_lessons(tx, {lesson.id});
    if (!plans.empty()) fresh.plan_id = plans.front().plan_id;
    if (insert(tx, lesson, fresh)) {
        announce(tx, fresh);
        return fresh;
    }
    auto session = store::own_session(tx, lesson, teacher);
    SANTONG_ASSERT(session.has_value());
    bool const stronger = kind > session->kind;
    bool const plan_known = !session->plan_id && fresh.plan_id;
    if (stronger) session->kind = kind;
    if (plan_known) session->plan_id = fresh.plan_id;
    if (stronger || plan_known) {
        store::update_session(tx, *session);
        announce(tx, *session);
    }
    return *session;
}

bool use(sql::Tx& tx, ClassSession& session, resources::Resource const& resource) {
    bool const reviewed = resources::is_reviewed(resource);
    int const version = resource.current_version > 0 ? resource.current_version : resource.latest_version;
    auto const before = store::resources_of(tx, {session.id});
    SessionResource const row{session.id, resource.id, static_cast<std::int32_t>(before.size()) + 1,
                              version,    reviewed,    MinutesBand::b0_10,
                              false};
    if (!store::insert_resource(tx, row)) return false;
    recount(tx, session);
    store::update_session(tx, session);
    announce(tx, session);
    say_use(tx, session, row);
    return true;
}

void tick(sql::Tx& tx, ClassSession& session, store::Live const& live, core::Instant now) {
    auto const ms = counted_ms(live.seen_at, now, live.bell_at);
    if (ms == 0) return;
    auto const band = band_of(store::add_shown(tx, session.id, std::nullopt, ms));
    if (band > session.minutes_band) {
        session.minutes_band = band;
        store::update_session(tx, session);
        announce(tx, session);
    }
    if (!live.resource_id) return;
    auto const shown = store::add_shown(tx, session.id, live.resource_id, ms);
    if (band_of(shown) != band_of(shown - ms))
        store::set_resource_band(tx, session.id, *live.resource_id, band_of(shown));
}

void finish(sql::Tx& tx, ClassSession& session, core::Instant bell_at, store::EventKind why, core::Instant now) {
    session.ended_at = bell_at;
    store::update_session(tx, session);
    store::delete_live(tx, session.id);
    store::append_event(tx, {store::EventId::make(), session.id, why, std::nullopt, 0, now});
    announce(tx, session);
    follow(tx, session);
    screen::call(tx, session, ScreenCallKind::pulse);
}

void follow(sql::Tx& tx, ClassSession const& session) {
    auto const classes = store::joined(tx, {session.id});
    if (classes.empty()) return;
    auto const used = store::resources_of(tx, {session.id});
    for (auto const& one : classes) {
        auto other = store::session(tx, one.session_id);
        if (!other || other->state == SessionState::discarded) continue;
        auto const before = core::json::write(*other);
        for (auto row : used) {
            row.session_id = other->id;
            if (row.removed || !store::insert_resource(tx, row)) continue;
            recount(tx, *other);
            say_use(tx, *other, row);
        }
        other->minutes_band = std::max(other->minutes_band, session.minutes_band);
        other->question_count = std::max(other->question_count, session.question_count);
        other->ended_at = session.ended_at;
        if (core::json::write(*other) == before) continue;
        store::update_session(tx, *other);
        announce(tx, *other);
    }
}

void take_over(sql::Tx& tx, ClassSession const& session, core::Instant now) {
    for (auto& other : store::sessions_of_lesson(tx, session.class_id, session.date, session.period)) {
        if (other.id == session.id || !other.running()) continue;
        auto const live = store::live(tx, other.id);
        if (live) finish(tx, other, live->bell_at, store::EventKind::close, now);
    }
}

void recount(sql::Tx& tx, ClassSession& session) {
    session.resource_count = 0;
    session.reviewed_resource = false;
    for (auto const& one : store::resources_of(tx, {session.id})) {
        if (one.removed) continue;
        ++session.resource_count;
        session.reviewed_resource = session.reviewed_resource || one.reviewed;
    }
}

}  // namespace santong::teaching::evidence
