#pragma once
// How a class session begins, lives and ends; every kind of evidence passes here. Inner header of the module.
#include "modules/teaching/domain.hpp"
#include "modules/teaching/store.hpp"
#include "platform/auth/caller.hpp"

namespace santong::teaching::evidence {

/// Says in the feed how a session looks now.
void announce(sql::Tx& tx, ClassSession const& session);

/// Writes a teacher's new session of a lesson: under the lesson's own id or, beside what another teacher left of it
/// (代课), under one of his. False if he has one already.
bool insert(sql::Tx& tx, timetable::Lesson const& lesson, ClassSession& fresh);

/// The teacher's session of a lesson, made if there is none. A declared one becomes measured; the stronger kind stays.
/// What another teacher left of the same lesson (代课) is not touched.
ClassSession begin(sql::Tx& tx, timetable::Lesson const& lesson, core::PersonId const& teacher, EvidenceKind kind);

/// Notes a resource as used; true if it is the first time in this session. Counts of the session follow.
bool use(sql::Tx& tx, ClassSession& session, resources::Resource const& resource);

/// Adds the time since the last sign of life to the raw traces and moves the bands; `live` is not written.
void tick(sql::Tx& tx, ClassSession& session, store::Live const& live, core::Instant now);

/// Ends a running session at its bell; raw place on the screen goes.
void finish(sql::Tx& tx, ClassSession& session, core::Instant bell_at, store::EventKind why, core::Instant now);

/// Ends what other teachers have running of the same lesson: it is this session's now, and theirs stays their evidence.
void take_over(sql::Tx& tx, ClassSession const& session, core::Instant now);

/// Brings the sessions of the other classes in the room (合班) to what the first one's is: minutes, resources,
/// questions, end. What their owner changed in their records since then stays.
void follow(sql::Tx& tx, ClassSession const& session);

/// Counts of used resources after the owner took some out or put them back.
void recount(sql::Tx& tx, ClassSession& session);

}  // namespace santong::teaching::evidence
