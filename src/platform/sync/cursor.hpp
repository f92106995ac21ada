#pragma once
// How far a neighbour is. An inner word of the sync: for the neighbour it is a text.
#include <string>
#include <string_view>

#include "platform/sync/change.hpp"

namespace santong::sync {

/// Where a neighbour is: in the snapshot (which shape, after which id), or in the tail (after which number).
struct Cursor {
    bool snapshot = false;
    std::size_t shape = 0;
    std::int64_t seq = 0;
    std::int64_t left = 0;  ///< entities of the snapshot that have not gone yet
    std::string after;

    /// As the neighbour keeps it.
    std::string text() const;
};

/// An empty text begins: with a snapshot for a child, with the feed's first entry for the parent. Throws
/// std::invalid_argument for what this program did not write.
Cursor read_cursor(sql::Tx& tx, Peer const& peer, std::string_view text);

}  // namespace santong::sync
