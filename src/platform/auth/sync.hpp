#pragma once
// What of accounts, grants and keys travels between nodes (DESIGN 4).
#include <string>

#include "platform/sync/shape.hpp"

namespace santong::auth {

/// SELECTs of what a subtree holds ($1 = district, $2 = org at its root), as the roster knows it.
struct HeldBy {
    std::string persons;  ///< ids of people
    std::string orgs;     ///< ids of organisations
};

/// Accounts and grants go down; passwords, one-time codes, PINs and second factors go both ways, what is sealed in them
/// for the two ends alone. A child may not set them for somebody who has a role outside of its subtree: it would take
/// over more than its own.
void add_shapes(sync::Shapes& shapes, HeldBy const& held);

/// The rows of `person_key` as they travel: each key sealed for the two ends alone, then under this node's master key.
void person_keys_out(sql::Tx& tx, sync::Rows& rows, std::string_view peer_key);
void person_keys_in(sql::Tx& tx, sync::Rows& rows, std::string_view peer_key);

}  // namespace santong::auth
