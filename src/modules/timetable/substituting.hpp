#pragma once
// Writing substitutions (调代课) inside a use case's transaction: what the office enters itself, and what follows from
// a request. May include: domain, store, lower modules.
#include "core/time.hpp"
#include "modules/timetable/domain.hpp"
#include "platform/auth/caller.hpp"

namespace santong::timetable {

/// The school of a class that the caller may act at; 404 where he may not even know of it.
core::Result<core::OrgId> own_school(sql::Tx& tx, auth::Caller const& caller, auth::Permission permission,
                                     core::OrgId const& class_id);
core::Result<void> check_reason(std::string const& text, char const* pointer);
/// A period that the bell of that day has, on a day inside a term.
core::Result<void> check_place(sql::Tx& tx, core::OrgId const& school, core::LocalDate date, int period);

/// A substitute works at the school, or at another one that the caller's post covers (走教): nobody puts people of
/// elsewhere, or pupils, before a class.
bool works_here(sql::Tx& tx, auth::Caller const& caller, core::PersonId const& teacher, core::OrgId const& school,
                core::LocalDate date);
/// A substitute must be free: no lesson of his own in that period.
bool is_free(sql::Tx& tx, core::PersonId const& teacher, core::OrgId const& class_id, core::LocalDate date, int period);

/// Writes what belongs together; the days' lessons follow. Refuses "timetable.already_substituted",
/// "timetable.teacher_twice_then" {name}, "timetable.room_taken" {name}, and, unless `anyway`, a lesson with a record:
/// "timetable.lesson_runs" {name}, "timetable.lesson_on_record" {name}.
core::Result<void> record_act(sql::Tx& tx, auth::Caller const& caller, core::Clock const& clock,
                              std::vector<Substitution> const& rows, bool anyway);
/// Takes back what was written together with this one. Refuses "timetable.teacher_twice_then" {name} where somebody
/// would get his lesson back and has taken another one over in the meantime.
core::Result<void> take_back_act(sql::Tx& tx, auth::Caller const& caller, core::Clock const& clock,
                                 Substitution const& any);

}  // namespace santong::timetable
