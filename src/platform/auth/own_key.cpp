#include "platform/auth/own_key.hpp"

#include <stdexcept>

#include "core/base64.hpp"
#include "platform/auth/crypto.hpp"

namespace santong::auth::own_key {

namespace {

constexpr std::string_view kind = "k1$";
constexpr std::string_view in_transit = "transit";
constexpr std::size_t key_size = 32;

}  // namespace

std::string write(Text const& text) {
    return std::string(kind) + text.sealed.key_id + '$' + core::base64(text.sealed.bytes) + '$' + text.hash;
}

std::optional<Text> read(std::string_view text) {
    if (!text.starts_with(kind)) return std::nullopt;
    text.remove_prefix(kind.size());
    auto const first = text.find('$');
    auto const second = first == std::string_view::npos ? first : text.find('$', first + 1);
    if (second == std::string_view::npos) return std::nullopt;
    auto bytes = core::base64_decode(text.substr(first + 1, second - first - 1));
    if (!bytes) return std::nullopt;
    return Text{{std::string(text.substr(0, first)), std::move(*bytes)}, std::string(text.substr(second + 1))};
}

Made make(std::string_view bound) {
    Made made;
    made.key = crypto::random_bytes(key_size);
    made.sealed = Keys::current().seal(KeyPurpose::second_factor, made.key, bound);
    return made;
}

std::optional<std::string> open(Text const& text, std::string_view bound) {
    return Keys::current().open(KeyPurpose::second_factor, text.sealed, bound);
}

std::string mac(std::string_view key, std::string_view secret) {
    return crypto::base64url(crypto::hmac_sha256(key, secret));
}

std::optional<std::string> out(std::string_view text, std::string_view bound, std::string_view peer_key) {
    auto known = read(text);
    auto key = known ? open(*known, bound) : std::nullopt;
    if (!key) return std::nullopt;
    known->sealed = {std::string(in_transit), crypto::seal(peer_key, *key, bound)};
    crypto::wipe(*key);
    return write(*known);
}

std::string in(std::string_view text, std::string_view bound, std::string_view peer_key) {
    auto known = read(text);
    auto key = known ? crypto::open(peer_key, known->sealed.bytes, bound) : std::nullopt;
    if (!key) throw std::invalid_argument("a secret that was not sealed for this node");
    known->sealed = Keys::current().seal(KeyPurpose::second_factor, *key, bound);
    crypto::wipe(*key);
    return write(*known);
}

}  // namespace santong::auth::own_key
