#pragma once
// What stands in a report, whether it is frozen or computed now.
#include "core/result.hpp"
#include "modules/reports/domain.hpp"
#include "platform/sql/database.hpp"

namespace santong::reports {

/// A frozen report as it was signed; another one as it stands now, with the reasons given so far.
core::Result<SignedContent> signed_content(sql::Tx& tx, core::Clock const& clock, Report const& report);
/// SHA-256 of what is signed, hex.
std::string hash_of(SignedContent const& content);

}  // namespace santong::reports
