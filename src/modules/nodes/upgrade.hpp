#pragma once
// Programs of different age on a line: what one did not know yet comes once it does.
#include <string>

#include "modules/nodes/service.hpp"

namespace santong::nodes {

/// What this program can take: another word as soon as a table, a column or a type is. A place whose word changes asks
/// for a snapshot once; a parent says its word with each answer (`schema_header`), and when it changes its children
/// tell again what they have to tell.
std::string schema_word(Site const& site);
inline constexpr char const* schema_header = "santong-schema";

/// The other end of this name: the parent or a child. Throws std::invalid_argument for one that is not known any more.
sync::Peer peer_called(Site const& site, core::DistrictId district, std::string const& node);

/// After an upgrade what was parked may stand: tries all of it, once. The topmost place then says what is older than
/// the travelling of its type (platform/sync/unsaid.hpp).
void retry_after_upgrade(Site const& site, core::DistrictId district);

}  // namespace santong::nodes
