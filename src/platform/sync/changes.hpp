#pragma once
// What is asked of changes over and over. Inner words of the sync.
#include <algorithm>

#include "platform/sync/change.hpp"

namespace santong::sync {

inline std::vector<std::string> ids_of(std::vector<Change> const& changes) {
    std::vector<std::string> ids;
    ids.reserve(changes.size());
    for (auto const& change : changes) ids.push_back(change.id);
    return ids;
}

/// The rows that a change tells of a table; null: it says nothing of it.
inline Rows const* rows_of(Change const& change, std::string const& table) {
    auto const found = std::ranges::find(change.tables, table, &Rows::table);
    return found == change.tables.end() ? nullptr : &*found;
}

}  // namespace santong::sync
