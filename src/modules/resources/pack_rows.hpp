#pragma once
// What packs need of each other's use cases; inside this module alone.
#include "modules/resources/readers.hpp"

namespace santong::resources {

/// Refuses a pack for a scope that something in it does not reach ("resources.pack_item_narrower"), or in which
/// something is gone or out of its author's reach ("resources.pack_item_gone").
core::Result<void> check_pack(sql::Tx& tx, Resource const& pack, Scope wished);

}  // namespace santong::resources
