#pragma once
// A keyed hash with a key of its own (PINs, one-time codes): the key is sealed beside it under this node's keys, so
// that a stolen database is not enough, and sealed anew for another node, so that the same secret opens there too.
#include <optional>
#include <string>
#include <string_view>

#include "platform/auth/keys.hpp"

namespace santong::auth::own_key {

/// A hash as it is kept: "k1$key id$sealed key$hash".
struct Text {
    Sealed sealed;
    std::string hash;
};
std::string write(Text const& text);
/// Nothing for a hash of the earlier kind, which was keyed under its node's own key and cannot travel.
std::optional<Text> read(std::string_view text);

/// A new key and its sealed form; `bound` says whose secret and which.
struct Made {
    std::string key;
    Sealed sealed;
};
Made make(std::string_view bound);
/// Empty if the key is gone or was altered.
std::optional<std::string> open(Text const& text, std::string_view bound);
/// HMAC-SHA256, readable.
std::string mac(std::string_view key, std::string_view secret);

/// The text for the two ends of a link; nothing for what cannot travel.
std::optional<std::string> out(std::string_view text, std::string_view bound, std::string_view peer_key);
/// The text under this node's keys. Throws std::invalid_argument for what was not sealed for this link.
std::string in(std::string_view text, std::string_view bound, std::string_view peer_key);

}  // namespace santong::auth::own_key
