#pragma once
// Use cases of a class: its page, slips with one-time codes, PINs, consents, the computer room.
#include "core/result.hpp"
#include "modules/roster/class_views.hpp"
#include "platform/auth/gate.hpp"
#include "platform/sql/database.hpp"

namespace santong::roster {

/// Pupils see the names of their own class, guardians only their children in it.
core::Result<ClassDetail> class_detail(sql::Database& db, core::Clock const& clock, auth::Caller const& caller,
                                       OrgId const& id);

/// One-time codes for pupils of a class who have no password yet; codes from before are void. Only the class's homeroom
/// teacher, the academic office and the information office.
core::Result<CodeSlips> issue_slips(sql::Database& db, core::Clock const& clock, auth::Caller const& caller,
                                    OrgId const& class_id, SlipRequest const& request);

/// New PINs for the computer room; PINs from before are void. Hashes for a second or two: not within a transaction.
core::Result<PinSlips> issue_class_pins(sql::Database& db, core::Clock const& clock, auth::Caller const& caller,
                                        OrgId const& class_id, SlipRequest const& request);

/// A new code for one pupil, or for a teacher of the school: his password and sessions end. Nobody whose role stands
/// above or beside the caller's ("roster.may_not_reset").
core::Result<CodeSlip> reset_person_code(sql::Database& db, core::Clock const& clock, auth::Caller const& caller,
                                         PersonId const& id);

/// Records guardians' consents for pupils of one class and wakes their accounts.
core::Result<ConsentAnswer> record_class_consents(sql::Database& db, core::Clock const& clock,
                                                  auth::Caller const& caller, OrgId const& class_id,
                                                  ConsentBatch const& batch);

/// Lets the pupils of a class sign in by name and PIN for some minutes (1–60).
core::Result<OpenClassAnswer> open_class(sql::Database& db, core::Clock const& clock, auth::Gate& gate,
                                         auth::Caller const& caller, OrgId const& class_id,
                                         OpenClassRequest const& request);
core::Result<void> close_class(sql::Database& db, auth::Caller const& caller, OrgId const& class_id);

}  // namespace santong::roster
