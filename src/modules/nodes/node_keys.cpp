#include "modules/nodes/node_keys.hpp"

#include <openssl/evp.h>

#include <filesystem>
#include <map>
#include <memory>
#include <mutex>
#include <stdexcept>

#include "core/base64.hpp"
#include "platform/auth/crypto.hpp"
#include "platform/auth/private_file.hpp"

namespace santong::nodes {

namespace {

constexpr std::size_t key_size = 32;
using Key = std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)>;
using Context = std::unique_ptr<EVP_PKEY_CTX, decltype(&EVP_PKEY_CTX_free)>;

unsigned char const* bytes_of(std::string_view text) {
    return reinterpret_cast<unsigned char const*>(text.data());
}
unsigned char* bytes_of(std::string& text) {
    return reinterpret_cast<unsigned char*>(text.data());
}

std::string open_part(int kind, std::string_view secret) {
    Key const key(EVP_PKEY_new_raw_private_key(kind, nullptr, bytes_of(secret), secret.size()), &EVP_PKEY_free);
    std::string open(key_size, '\0');
    std::size_t size = key_size;
    if (!key || EVP_PKEY_get_raw_public_key(key.get(), bytes_of(open), &size) != 1)
        throw std::runtime_error("a node's key cannot be read");
    return open;
}

}  // namespace

namespace {

auth::ed25519::KeyPair read_or_make(std::filesystem::path const& path) {
    if (!std::filesystem::exists(path)) {
        auto pair = auth::ed25519::make_pair();
        auth::write_private_file(path, core::base64(pair.secret));
        return pair;
    }
    auto const secret = core::base64_decode(auth::read_private_file(path));
    if (!secret || secret->size() != key_size) throw std::runtime_error(path.string() + " is damaged");
    return {*secret, open_part(EVP_PKEY_ED25519, *secret)};
}

}  // namespace

auth::ed25519::KeyPair own_pair(std::string const& keys_folder) {
    static std::mutex mutex;
    static std::map<std::string, auth::ed25519::KeyPair> known;
    std::lock_guard const lock(mutex);
    auto const found = known.find(keys_folder);
    if (found != known.end()) return found->second;
    return known.emplace(keys_folder, read_or_make(std::filesystem::path(keys_folder) / "node.key")).first->second;
}

auth::ed25519::KeyPair exchange_pair() {
    auto secret = auth::crypto::random_bytes(key_size);
    auto open = open_part(EVP_PKEY_X25519, secret);
    return {std::move(secret), std::move(open)};
}

std::string agree(std::string_view secret, std::string_view other_open) {
    if (other_open.size() != key_size) return {};
    Key const mine(EVP_PKEY_new_raw_private_key(EVP_PKEY_X25519, nullptr, bytes_of(secret), secret.size()),
                   &EVP_PKEY_free);
    Key const other(EVP_PKEY_new_raw_public_key(EVP_PKEY_X25519, nullptr, bytes_of(other_open), other_open.size()),
                    &EVP_PKEY_free);
    if (!mine || !other) return {};
    Context const context(EVP_PKEY_CTX_new(mine.get(), nullptr), &EVP_PKEY_CTX_free);
    std::string shared(key_size, '\0');
    std::size_t size = shared.size();
    if (!context || EVP_PKEY_derive_init(context.get()) != 1 ||
        EVP_PKEY_derive_set_peer(context.get(), other.get()) != 1 ||
        EVP_PKEY_derive(context.get(), bytes_of(shared), &size) != 1)
        return {};
    auto link = auth::crypto::hmac_sha256(shared, "santong/node-link/1");
    auth::crypto::wipe(shared);
    return link;
}

std::string request_text(std::string_view method, std::string_view path, std::string_view ticket,
                         std::string_view body) {
    std::string text = "santong-node-request/1\n";
    for (auto const part : {method, path, ticket}) text.append(part) += '\n';
    return text + auth::crypto::hex(auth::crypto::sha256(body));
}

std::string answer_text(std::string_view ticket, std::string_view body) {
    std::string text = "santong-node-answer/1\n";
    text.append(ticket) += '\n';
    return text + auth::crypto::hex(auth::crypto::sha256(body));
}

}  // namespace santong::nodes
