#pragma once
// A school's week as rows of evidence: names, subjects, dates and ties between rows are left behind.
#include "modules/indicators/domain_evaluation.hpp"
#include "modules/indicators/line_weeks.hpp"

namespace santong::indicators {

/// `salt` is the run's own: without it an id tells nothing, and it is kept nowhere.
CellFacts evidence_of(WeekFacts const& facts, std::string const& school, std::string const& salt);

/// What the library held at the end of a week, of the whole district (`school` empty). Nobody stands behind these rows.
CellFacts shelf_evidence(std::vector<ShelfLine> const& lines, core::LocalDate monday);

/// What is known of each school's or county's line and box in a week (`school` empty), with the names by which they are
/// called; nothing of an indicator of which nothing at all is known.
CellFacts line_evidence(std::vector<LineFact> const& facts, core::LocalDate monday,
                        std::map<core::OrgId, std::string> const& names);

}  // namespace santong::indicators
