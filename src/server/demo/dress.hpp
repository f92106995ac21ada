#pragma once
#include "modules/resources/domain_bulk.hpp"
#include "modules/resources/domain_pack.hpp"
#include "server/demo/library.hpp"

namespace santong::server::demo {

/// What a library has after some years, by number and not by chance, so that all else of the demo stays as it is:
/// things for a research group or an area alone, things for the public, marks of the district, licences that were
/// bought for a time. `files`: how many of the rows at the beginning are files as they were made, under their own
/// lesson.
void dress_library(resources::BulkResources& bulk, DistrictPlan const& plan, std::size_t files);
/// Published packs of four lessons; some lack a role. Adds them to `bulk`; returns what they hold.
std::vector<resources::PackItem> add_packs(resources::BulkResources& bulk, LibraryPlan const& library,
                                           std::size_t files);

}  // namespace santong::server::demo
