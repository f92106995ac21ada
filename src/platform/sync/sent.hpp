#pragma once
// What a child holds of types that move (`Shape::moves`), so that it can be withdrawn. Inner words of the sync.
#include <set>
#include <string>
#include <vector>

#include "platform/sync/change.hpp"

namespace santong::sync {

void remember_sent(sql::Tx& tx, Peer const& child, Shape const& shape, std::vector<std::string> const& ids);
void forget_sent(sql::Tx& tx, Peer const& child, Shape const& shape, std::vector<std::string> const& ids);
/// Those of the list that the child has.
std::set<std::string> sent_of(sql::Tx& tx, Peer const& child, std::string const& type,
                              std::vector<std::string> const& ids);

}  // namespace santong::sync
