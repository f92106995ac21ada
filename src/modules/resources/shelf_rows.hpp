#pragma once
// How things that somebody put together look to a caller; shared by collections and packs.
#include <map>

#include "modules/resources/readers.hpp"

namespace santong::resources {

/// One thing: `item` where the caller may use it; else of something that was taken away its title and why; of anything
/// else nothing.
struct ShelfRow {
    std::optional<Summary> item;
    std::string title;
    std::string gone_reason;
};

std::map<ResourceId, ShelfRow> shelf_rows(core::Clock const& clock, sql::Tx& tx, auth::Caller const& caller,
                                          std::vector<ResourceId> const& ids);

}  // namespace santong::resources
