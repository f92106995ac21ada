#pragma once
// Who is told of what in 调代课. May include: domain, store, lower modules.
#include "modules/timetable/domain_changes.hpp"
#include "platform/auth/caller.hpp"
#include "platform/sql/database.hpp"

namespace santong::timetable {

/// A request that has a new proposal: the colleagues who are asked, or the office that has to find somebody.
void tell_proposed(sql::Tx& tx, auth::Caller const& caller, core::Instant now, ChangeRequest const& request);
/// What a colleague has said: to the asker, and to the office once it can decide or has to find somebody else.
void tell_answered(sql::Tx& tx, auth::Caller const& caller, core::Instant now, ChangeRequest const& request);
/// The office has refused, or the asker does not want it any more.
void tell_dropped(sql::Tx& tx, auth::Caller const& caller, core::Instant now, ChangeRequest const& request);
/// A request is decided: it is nobody's turn any more.
void settle_request(sql::Tx& tx, core::Instant now, ChangeRequest const& request);

/// Teachers of the lessons at these places as they stand now.
using TeachersBefore = std::map<LessonId, std::optional<core::PersonId>>;
TeachersBefore teachers_before(sql::Tx& tx, std::vector<Substitution> const& rows);
/// Lessons have changed, or are as planned again (`back`): to their teachers, and of days to come to the class.
void tell_act(sql::Tx& tx, auth::Caller const& caller, core::Instant now, std::vector<Substitution> const& rows,
              TeachersBefore const& before, bool back);

}  // namespace santong::timetable
