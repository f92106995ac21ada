#pragma once
#include "standards/oneroster/check.hpp"

namespace santong::oneroster {

/// Duplicates, references between files, rules that several rows keep together; then marks what refers to refused rows.
void check_relations(Bundle& bundle, KnownRow const& known);

}  // namespace santong::oneroster
