#pragma once
// Every SQL text about packs.
#include "modules/push/packs.hpp"
#include "platform/sql/database.hpp"

namespace santong::push::store {

std::optional<PushPack> pack(sql::Tx& tx, PackId const& id);
/// The newest first.
std::vector<PushPack> packs(sql::Tx& tx);
void insert_pack(sql::Tx& tx, PushPack const& pack);
/// False if it has been removed.
bool update_pack(sql::Tx& tx, PushPack const& pack);
void delete_pack(sql::Tx& tx, PackId const& id);
/// Orders that run for a school.
std::vector<OrderId> orders_for(sql::Tx& tx, core::OrgId const& school);

}  // namespace santong::push::store
