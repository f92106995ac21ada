#include "modules/teaching/service_wish.hpp"

#include <algorithm>

#include "modules/teaching/class_access.hpp"
#include "modules/teaching/evidence.hpp"
#include "modules/teaching/screen_calls.hpp"
#include "modules/teaching/store_class.hpp"
#include "modules/teaching/store_wish.hpp"

namespace santong::teaching {

namespace {

/// The caller's own lesson, as it runs.
core::Result<ClassSession> asking_session(sql::Tx& tx, auth::Caller const& caller, SessionId const& id) {
    TRY_VOID(screen::own_session(tx, caller, id));
    return TRY(screen::shared_running(tx, caller, id)).session;
}

enum class Side { asks, is_asked };

std::vector<ClassAskRow> rows_of(sql::Tx& tx, std::vector<ClassAsk> const& wishes, Side side) {
    std::vector<ClassAskRow> rows;
    for (auto const& wish : wishes) {
        auto const session = store::session(tx, wish.session_id);
        if (!session) continue;
        auto const other = side == Side::asks ? wish.asked_of : session->teacher_id;
        auto const group = roster::class_group(tx, wish.class_id, session->date);
        rows.push_back({wish, group ? group->name : "", roster::names(tx, {other})[other], session->subject,
                        session->room, session->period});
    }
    return rows;
}

core::Result<void> check_room(sql::Tx& tx, ClassSession const& session, core::OrgId const& class_id) {
    auto const inside = store::joined(tx, {session.id});
    bool const there =
        class_id == session.class_id || std::ranges::find(inside, class_id, &store::Joined::class_id) != inside.end();
    if (there) return core::conflict("teaching.class_in_room");
    if (inside.size() + 1 >= most_classes) return core::conflict("teaching.too_many_classes");
    return {};
}

/// The class comes in: its use stands with the teacher who teaches it, and what its own one has running ends.
core::Result<void> bring_in(sql::Tx& tx, ClassSession const& session, timetable::Lesson const& lesson,
                            core::Instant now) {
    TRY_VOID(check_room(tx, session, lesson.class_id));
    auto other = evidence::begin(tx, lesson, session.teacher_id, session.kind);
    if (other.state == SessionState::discarded) {
        other.state = SessionState::provisional;
        store::update_session(tx, other);
        evidence::announce(tx, other);
    }
    store::put_joined(tx, {other.id, session.id, lesson.class_id});
    evidence::take_over(tx, other, now);
    evidence::follow(tx, session);
    screen::call(tx, session, ScreenCallKind::picture);
    return {};
}

}  // namespace

core::Result<std::vector<ClassAskRow>> asked_for(sql::Database& db, auth::Caller const& caller, SessionId const& id) {
    return db.read(caller.district, [&](sql::Tx& tx) -> core::Result<std::vector<ClassAskRow>> {
        TRY_VOID(screen::own_session(tx, caller, id));
        return rows_of(tx, store::asks_for(tx, id), Side::asks);
    });
}

core::Result<std::vector<ClassAskRow>> ask_for_class(sql::Database& db, auth::Caller const& caller,
                                                     core::Clock const& clock, SessionId const& id,
                                                     ClassWish const& wish) {
    return db.transact(caller.district, [&](sql::Tx& tx) -> core::Result<std::vector<ClassAskRow>> {
        auto const session = TRY(asking_session(tx, caller, id));
        auto const group = TRY(roster::class_group(tx, wish.class_id, session.date));
        if (group.school_id != session.school_id) return core::not_found("roster.class_not_found");
        TRY_VOID(check_room(tx, session, wish.class_id));
        auto const lesson = timetable::lesson(tx, timetable::lesson_id(wish.class_id, session.date, session.period));
        if (!lesson || !lesson->teacher_id || lesson->teacher_id == caller.person) {
            return core::conflict("teaching.lesson_not_of_colleague");
        }
        store::put_ask(
            tx, {WishId::make(), id, lesson->id, wish.class_id, *lesson->teacher_id, clock.now(), WishState::asked});
        screen::call_person(tx, *lesson->teacher_id, {id, ScreenCallKind::picture});
        return rows_of(tx, store::asks_for(tx, id), Side::asks);
    });
}

core::Result<std::vector<ClassAskRow>> take_back_ask(sql::Database& db, auth::Caller const& caller, SessionId const& id,
                                                     WishId const& wish) {
    return db.transact(caller.district, [&](sql::Tx& tx) -> core::Result<std::vector<ClassAskRow>> {
        TRY_VOID(screen::own_session(tx, caller, id));
        auto const found = store::ask(tx, wish);
        if (!found || found->session_id != id) return core::not_found("teaching.ask_over");
        store::set_ask(tx, wish, WishState::taken_back);
        return rows_of(tx, store::asks_for(tx, id), Side::asks);
    });
}

core::Result<std::vector<ClassAskRow>> asked_of_me(sql::Database& db, auth::Caller const& caller) {
    return db.read(caller.district, [&](sql::Tx& tx) -> core::Result<std::vector<ClassAskRow>> {
        return rows_of(tx, store::asks_of(tx, caller.person), Side::is_asked);
    });
}

core::Result<std::vector<ClassAskRow>> answer_ask(sql::Database& db, auth::Caller const& caller,
                                                  core::Clock const& clock, WishId const& id, AskAnswer const& answer) {
    return db.transact(caller.district, [&](sql::Tx& tx) -> core::Result<std::vector<ClassAskRow>> {
        auto const wish = store::ask(tx, id);
        if (!wish || wish->asked_of != caller.person) return core::not_found("teaching.ask_over");
        auto const lesson = timetable::lesson(tx, wish->lesson_id);
        auto const session = store::session(tx, wish->session_id);
        bool const stands = lesson && lesson->teacher_id == caller.person && session && session->running();
        auto const state = answer.accept ? WishState::accepted : WishState::refused;
        if (!stands || !store::set_ask(tx, id, state)) return core::conflict("teaching.ask_over");
        if (answer.accept) TRY_VOID(bring_in(tx, *session, *lesson, clock.now()));
        return rows_of(tx, store::asks_of(tx, caller.person), Side::is_asked);
    });
}

}  // namespace santong::teaching
