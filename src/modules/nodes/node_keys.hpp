#pragma once
// Keys of places (DESIGN 2): who signs is who he says he is; what only two ends may read is sealed for the two.
#include <string>
#include <string_view>

#include "platform/auth/ed25519.hpp"
#include "platform/auth/keys.hpp"

namespace santong::nodes {

/// This place's own signing key, in the folder of the master keys; made on first use.
auth::ed25519::KeyPair own_pair(std::string const& keys_folder);

/// A pair for one agreement (X25519), thrown away afterwards.
auth::ed25519::KeyPair exchange_pair();
/// The 32 bytes that both ends reach; empty for a key that is none.
std::string agree(std::string_view secret, std::string_view other_open);

/// What is signed of a request: nothing of it can be used a second time or somewhere else.
std::string request_text(std::string_view method, std::string_view path, std::string_view ticket,
                         std::string_view body);
/// What is signed of an answer.
std::string answer_text(std::string_view ticket, std::string_view body);

}  // namespace santong::nodes
