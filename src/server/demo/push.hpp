#pragma once
#include "platform/sql/database.hpp"
#include "server/demo/library.hpp"

namespace santong::server::demo {

/// Push rules and orders of the last weeks with receipts as boxes of the village schools would have written them: in
/// time, late, by disk, unused, on their way tonight, too late for today; those of 河坝镇 have none and work on the
/// hub. The bytes are those of the library; the boxes stand in the books, as version "demo", and never call.
void write_push(sql::Database& db, DistrictPlan const& plan, LibraryPlan const& library, core::Clock const& clock);

}  // namespace santong::server::demo
