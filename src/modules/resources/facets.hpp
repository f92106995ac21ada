#pragma once
// How many hits each value of a facet would leave.
#include <map>

#include "modules/resources/store.hpp"

namespace santong::resources {

/// Counts of every facet on the first page of a search; `total`: all hits. One pass over the hits, and one more for
/// each facet that is chosen, whose own choice does not narrow it.
struct FacetCounts {
    std::map<std::string, std::vector<FacetValue>> facets;
    std::int64_t total = 0;
};
FacetCounts count_facets(sql::Tx& tx, store::Reader const& reader, Search const& wish);

}  // namespace santong::resources
