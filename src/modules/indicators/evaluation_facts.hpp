#pragma once
// A school's week as rows of evidence: names, subjects, dates and ties between rows are left behind.
#include "modules/indicators/domain_evaluation.hpp"

namespace santong::indicators {

/// `salt` is the run's own: without it an id tells nothing, and it is kept nowhere.
CellFacts evidence_of(WeekFacts const& facts, std::string const& school, std::string const& salt);

}  // namespace santong::indicators
