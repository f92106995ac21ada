#pragma once
// How a class session begins, lives and ends; every kind of evidence passes here. Inner header of the module.
#include "modules/teaching/domain.hpp"
#include "modules/teaching/store.hpp"
#include "platform/auth/caller.hpp"

namespace santong::teaching::evidence {

/// Says in the feed how a session looks now.
void announce(sql::Tx& tx, ClassSession const& session);

/// The session of a lesson, made if there is none. A declared one becomes measured; the stronger kind stays.
ClassSession begin(sql::Tx& tx, timetable::Lesson const& lesson, core::PersonId const& teacher, EvidenceKind kind);

/// Notes a resource as used; true if it is the first time in this session. Counts of the session follow.
bool use(sql::Tx& tx, ClassSession& session, resources::Resource const& resource);

/// Adds the time since the last sign of life to the raw traces and moves the bands; `live` is not written.
void tick(sql::Tx& tx, ClassSession& session, store::Live const& live, core::Instant now);

/// Ends a running session at its bell; raw place on the screen goes.
void finish(sql::Tx& tx, ClassSession& session, core::Instant bell_at, store::EventKind why, core::Instant now);

/// Counts of used resources after the owner took some out or put them back.
void recount(sql::Tx& tx, ClassSession& session);

}  // namespace santong::teaching::evidence
