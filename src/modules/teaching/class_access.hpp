#pragma once
// Who may act on a class session's screen, and where it stands. Inner header of the module.
#include "modules/teaching/service_class.hpp"
#include "modules/teaching/store.hpp"

namespace santong::teaching::screen {

/// What stands on the screen, as the screens are told.
ScreenPlace place_of(sql::Tx& tx, store::Live const& live);

/// Refuses "teaching.class_not_in_room".
core::Result<void> check_in_room(sql::Tx& tx, ClassSession const& session, core::OrgId const& class_id);

/// A session of which the caller is the teacher. Refuses "teaching.not_your_class".
core::Result<ClassSession> own_session(sql::Tx& tx, auth::Caller const& caller, SessionId const& id);
/// A session that the caller teaches or assists in. Refuses "teaching.not_your_class".
core::Result<ClassSession> shared_session(sql::Tx& tx, auth::Caller const& caller, SessionId const& id);

/// A session that still runs, with its place on the screen.
struct Running {
    ClassSession session;
    store::Live live;
};
/// Refuses "teaching.session_ended", "teaching.session_handed_over".
core::Result<Running> shared_running(sql::Tx& tx, auth::Caller const& caller, SessionId const& id);

/// A session that a screen goes on telling about; `late`: it has ended, and no screen stands any more.
struct OnScreen {
    ClassSession session;
    store::Live live;
    bool late = false;
};
core::Result<OnScreen> on_screen(sql::Tx& tx, auth::Caller const& caller, SessionId const& id, core::Instant now);

/// Keeps where the screen stands; nothing of one that has ended.
void keep_place(sql::Tx& tx, store::Live& live, bool late, core::Instant now);
void note(sql::Tx& tx, store::Live const& live, store::EventKind kind);

/// Everything a classroom screen needs.
ClassView view_of(sql::Tx& tx, auth::Caller const& caller, ClassSession const& session, timetable::Lesson const& lesson,
                  store::Live const& live, core::LocalDate today);

}  // namespace santong::teaching::screen
