#pragma once
// The few primitives that keys, vault, tokens and the audit chain are made of. OpenSSL underneath; throws if it fails.
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace santong::auth::crypto {

/// Bytes from the system's generator.
std::string random_bytes(std::size_t count);
/// 32 bytes.
std::string sha256(std::string_view text);
/// 32 bytes; `key` is raw.
std::string hmac_sha256(std::string_view key, std::string_view text);
/// 20 bytes; only for RFC 6238, whose apps know nothing better.
std::string hmac_sha1(std::string_view key, std::string_view text);
/// AES-256-GCM: 12 bytes of nonce, the sealed text, 16 bytes of tag. `bound` is authenticated and not stored.
std::string seal(std::string_view key, std::string_view clear, std::string_view bound);
/// Empty if the key, the bound text or one bit of the sealed text is another.
std::optional<std::string> open(std::string_view key, std::string_view sealed, std::string_view bound);
/// A 32-byte key from what a person remembers: argon2id, `memory_kib` for `passes` passes. Slow on purpose.
std::string key_from_passphrase(std::string_view passphrase, std::string_view salt, std::uint32_t memory_kib,
                                std::uint32_t passes);
/// Takes as long whether the texts differ early or late.
bool equal(std::string_view a, std::string_view b);
std::string hex(std::string_view bytes);
/// Base64url without padding, as it stands in tokens.
std::string base64url(std::string_view bytes);
/// `count` letters and digits that nobody mixes up on paper (no 0 O 1 I l), all equally likely.
std::string readable_code(std::size_t count);
/// `count` decimal digits, all equally likely.
std::string digits(std::size_t count);
/// RFC 4648 base32 without padding, as authenticator apps read it.
std::string base32(std::string_view bytes);
/// Overwrites a secret before its memory is given back.
void wipe(std::string& secret);

}  // namespace santong::auth::crypto
