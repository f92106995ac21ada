#pragma once
// Signatures that somebody without our keys can check (RFC 8032): what leaves the program and must be believed.
#include <string>
#include <string_view>

namespace santong::auth::ed25519 {

/// 32 bytes each. Wipe the secret after use.
struct KeyPair {
    std::string secret;
    std::string open;
};

KeyPair make_pair();
/// 64 bytes; `secret` is of a pair.
std::string sign(std::string_view secret, std::string_view text);
/// False for any key, text or signature that is another, or has another length.
bool verify(std::string_view open, std::string_view text, std::string_view signature);

}  // namespace santong::auth::ed25519
