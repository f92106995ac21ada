#pragma once
// What asking, proposing and deciding share. May include: domain, store, lower modules.
#include "modules/timetable/planned.hpp"
#include "modules/timetable/service_changes.hpp"

namespace santong::timetable {

/// The lessons of a request, once nothing stands in its way. Refuses "timetable.change_lesson_gone",
/// "timetable.change_lesson_moved", "timetable.colleague_not_here" {name}, "timetable.colleague_not_free" {name},
/// "timetable.swap_gone" {name}, "timetable.swap_other_term".
core::Result<Standing> standing(sql::Tx& tx, auth::Caller const& caller, ChangeRequest const& request);

/// Views of requests. `reasons`: with cause and reason.
std::vector<ChangeView> change_views(sql::Tx& tx, auth::Caller const& caller, core::Instant now,
                                     std::vector<ChangeRequest> requests, bool reasons);

/// Puts a proposal into a request that is not written yet.
core::Result<void> put_proposal(sql::Tx& tx, auth::Caller const& caller, ChangeRequest& request,
                                Proposal const& proposal);

/// Writes a request that was read before; "timetable.change_seen_changed" if somebody was faster.
core::Result<ChangeRequest> save(sql::Tx& tx, ChangeRequest request);

}  // namespace santong::timetable
