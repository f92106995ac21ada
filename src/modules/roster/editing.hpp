#pragma once
// Two people with the same page open: whoever saves names the version he had before him, and the later one is told what
// the other changed instead of undoing it.
#include <string>
#include <vector>

#include "core/result.hpp"
#include "modules/roster/store.hpp"
#include "platform/auth/caller.hpp"

namespace santong::roster {

/// Holds the row until the transaction ends. Refuses with "roster.changed_meanwhile" {by, at (ms), fields (names,
/// comma between)} if it is no longer what the caller saw; with "roster.changed_by_import" {fields} if nobody changed
/// it by hand.
core::Result<void> begin_edit(sql::Tx& tx, store::Edited what, core::Uuid const& id, std::int64_t version);

/// After the row was written: who made this version, and which fields he touched.
void note_edit(sql::Tx& tx, auth::Caller const& caller, store::Edited what, core::Uuid const& id,
               std::vector<std::string> const& fields);

}  // namespace santong::roster
