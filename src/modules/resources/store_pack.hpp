#pragma once
#include "modules/resources/domain_pack.hpp"
#include "platform/sql/database.hpp"

namespace santong::resources::store {

/// What a version of a pack holds, in order.
std::vector<PackItem> pack_items(sql::Tx& tx, ResourceId const& pack, int version);
void replace_pack_items(sql::Tx& tx, ResourceId const& pack, int version, std::vector<PackItem> const& items);
void insert_pack_items(sql::Tx& tx, std::vector<PackItem> const& items);
/// Takes a draft that is removed for good out of packs, and what it held itself.
void forget_in_packs(sql::Tx& tx, ResourceId const& id);

}  // namespace santong::resources::store
