#pragma once
// What the standard and plain sense ask of a bundle. Rows that break a rule are marked, each breach is a finding.
#include <functional>
#include <string>

#include "core/time.hpp"
#include "standards/oneroster/bundle.hpp"

namespace santong::oneroster {

/// Whether an earlier import brought this row and it still stands.
using KnownRow = std::function<bool(FileKind, std::string const& sourced_id)>;

/// Checks every row. A row that refers to a refused one is marked too and counted at the finding that is to blame.
void check_bundle(Bundle& bundle, KnownRow const& known, core::LocalDate today);

}  // namespace santong::oneroster
