#pragma once
// A school's week as rollups and evaluation runs count it, and the second reader of the feed.
#include "modules/indicators/service.hpp"
#include "modules/indicators/store.hpp"

namespace santong::indicators {

/// Facts from the feed, with what the course plan in force wants of the classes.
WeekFacts week_facts(sql::Tx& tx, core::OrgId const& school, core::LocalDate monday);
/// Computes the cells that are marked; true if there were any.
bool compute_dirty(sql::Tx& tx);
/// Reads what became public and how it was reviewed, and changes of the course plan. Apart from the reader of lessons,
/// so that a district that has been running for long catches up with what it told before.
std::unique_ptr<feed::Consumer> shelf_reader();

}  // namespace santong::indicators
