#include "platform/auth/ed25519.hpp"

#include <openssl/evp.h>

#include <memory>
#include <stdexcept>

#include "platform/auth/crypto.hpp"

namespace santong::auth::ed25519 {

namespace {

constexpr std::size_t key_size = 32, signature_size = 64;

using Key = std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)>;
using Context = std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)>;

unsigned char const* raw(std::string_view text) {
    return reinterpret_cast<unsigned char const*>(text.data());
}

}  // namespace

KeyPair make_pair() {
    KeyPair pair{crypto::random_bytes(key_size), std::string(key_size, '\0')};
    Key const key(EVP_PKEY_new_raw_private_key(EVP_PKEY_ED25519, nullptr, raw(pair.secret), key_size), &EVP_PKEY_free);
    std::size_t size = key_size;
    if (!key || EVP_PKEY_get_raw_public_key(key.get(), reinterpret_cast<unsigned char*>(pair.open.data()), &size) != 1)
        throw std::runtime_error("no Ed25519 key can be made");
    return pair;
}

std::string sign(std::string_view secret, std::string_view text) {
    Key const key(EVP_PKEY_new_raw_private_key(EVP_PKEY_ED25519, nullptr, raw(secret), secret.size()), &EVP_PKEY_free);
    Context const context(EVP_MD_CTX_new(), &EVP_MD_CTX_free);
    std::string signature(signature_size, '\0');
    std::size_t size = signature.size();
    bool const done = key && context && EVP_DigestSignInit(context.get(), nullptr, nullptr, nullptr, key.get()) == 1 &&
                      EVP_DigestSign(context.get(), reinterpret_cast<unsigned char*>(signature.data()), &size,
                                     raw(text), text.size()) == 1;
    if (!done) throw std::runtime_error("an Ed25519 signature failed");
    return signature;
}

bool verify(std::string_view open, std::string_view text, std::string_view signature) {
    if (open.size() != key_size || signature.size() != signature_size) return false;
    Key const key(EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, nullptr, raw(open), open.size()), &EVP_PKEY_free);
    Context const context(EVP_MD_CTX_new(), &EVP_MD_CTX_free);
    return key && context && EVP_DigestVerifyInit(context.get(), nullptr, nullptr, nullptr, key.get()) == 1 &&
           EVP_DigestVerify(context.get(), raw(signature), signature.size(), raw(text), text.size()) == 1;
}

}  // namespace santong::auth::ed25519
