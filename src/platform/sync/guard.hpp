#pragma once
// What a child may not do, however well it signs (check 41). Inner words of the sync.
#include "platform/sync/change.hpp"

namespace santong::sync {

/// Whether a change of a child says anything that is not known here: false for what this place itself once told it.
/// Throws Refused for what it may not say: in another place's name, about another school, in the place of another
/// entity.
bool allowed(sql::Tx& tx, Shapes const& shapes, Peer const& peer, Shape const& shape, Change const& change);

}  // namespace santong::sync
