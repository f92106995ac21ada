#include "platform/auth/crypto.hpp"

#include <argon2.h>
#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/rand.h>
#include <openssl/sha.h>

#include <memory>
#include <new>
#include <stdexcept>

namespace santong::auth::crypto {

namespace {

constexpr std::size_t nonce_size = 12;
constexpr std::size_t tag_size = 16;
constexpr std::size_t key_size = 32;

using Cipher = std::unique_ptr<EVP_CIPHER_CTX, decltype(&EVP_CIPHER_CTX_free)>;

Cipher make_cipher() {
    return {EVP_CIPHER_CTX_new(), &EVP_CIPHER_CTX_free};
}

unsigned char const* raw(std::string_view text) {
    return reinterpret_cast<unsigned char const*>(text.data());
}
unsigned char* raw(std::string& text) {
    return reinterpret_cast<unsigned char*>(text.data());
}

void must(int answer) {
    if (answer != 1) throw std::runtime_error("OpenSSL refused an operation");
}

std::string from_alphabet(std::string_view alphabet, std::size_t count) {
    std::string out;
    // Bytes beyond the last whole multiple of the alphabet are thrown away, so that no letter is favoured.
    std::size_t const limit = 256 - 256 % alphabet.size();
    while (out.size() < count) {
        for (unsigned char byte : random_bytes(count)) {
            if (byte < limit && out.size() < count) out += alphabet[byte % alphabet.size()];
        }
    }
    return out;
}

std::string hmac(EVP_MD const* digest, std::string_view key, std::string_view text) {
    std::string out(EVP_MAX_MD_SIZE, '\0');
    unsigned int size = 0;
    if (!HMAC(digest, key.data(), static_cast<int>(key.size()), raw(text), text.size(), raw(out), &size)) {
        throw std::runtime_error("HMAC failed");
    }
    out.resize(size);
    return out;
}

}  // namespace

std::string random_bytes(std::size_t count) {
    std::string out(count, '\0');
    must(RAND_bytes(raw(out), static_cast<int>(count)));
    return out;
}

std::string sha256(std::string_view text) {
    std::string out(SHA256_DIGEST_LENGTH, '\0');
    SHA256(raw(text), text.size(), raw(out));
    return out;
}

std::string hmac_sha256(std::string_view key, std::string_view text) {
    return hmac(EVP_sha256(), key, text);
}

std::string hmac_sha1(std::string_view key, std::string_view text) {
    return hmac(EVP_sha1(), key, text);
}

std::string seal(std::string_view key, std::string_view clear, std::string_view bound) {
    if (key.size() != key_size) throw std::runtime_error("a sealing key has 32 bytes");
    std::string const nonce = random_bytes(nonce_size);
    std::string out(clear.size(), '\0');
    std::string tag(tag_size, '\0');
    auto cipher = make_cipher();
    int size = 0;
    must(EVP_EncryptInit_ex(cipher.get(), EVP_aes_256_gcm(), nullptr, raw(key), raw(nonce)));
    must(EVP_EncryptUpdate(cipher.get(), nullptr, &size, raw(bound), static_cast<int>(bound.size())));
    must(EVP_EncryptUpdate(cipher.get(), raw(out), &size, raw(clear), static_cast<int>(clear.size())));
    must(EVP_EncryptFinal_ex(cipher.get(), raw(out) + size, &size));
    must(EVP_CIPHER_CTX_ctrl(cipher.get(), EVP_CTRL_GCM_GET_TAG, tag_size, tag.data()));
    return nonce + out + tag;
}

std::optional<std::string> open(std::string_view key, std::string_view sealed, std::string_view bound) {
    if (key.size() != key_size) throw std::runtime_error("a sealing key has 32 bytes");
    if (sealed.size() < nonce_size + tag_size) return std::nullopt;
    std::string_view const text = sealed.substr(nonce_size, sealed.size() - nonce_size - tag_size);
    std::string tag(sealed.substr(sealed.size() - tag_size));
    std::string out(text.size(), '\0');
    auto cipher = make_cipher();
    int size = 0;
    must(EVP_DecryptInit_ex(cipher.get(), EVP_aes_256_gcm(), nullptr, raw(key), raw(sealed)));
    must(EVP_DecryptUpdate(cipher.get(), nullptr, &size, raw(bound), static_cast<int>(bound.size())));
    must(EVP_DecryptUpdate(cipher.get(), raw(out), &size, raw(text), static_cast<int>(text.size())));
    must(EVP_CIPHER_CTX_ctrl(cipher.get(), EVP_CTRL_GCM_SET_TAG, tag_size, tag.data()));
    if (EVP_DecryptFinal_ex(cipher.get(), raw(out) + size, &size) != 1) return std::nullopt;
    return out;
}

std::string key_from_passphrase(std::string_view passphrase, std::string_view salt, std::uint32_t memory_kib,
                                std::uint32_t passes) {
    std::string out(key_size, '\0');
    int const answer = argon2id_hash_raw(passes, memory_kib, 1, passphrase.data(), passphrase.size(), salt.data(),
                                         salt.size(), out.data(), out.size());
    if (answer == ARGON2_MEMORY_ALLOCATION_ERROR) throw std::bad_alloc();
    if (answer != ARGON2_OK) throw std::runtime_error(argon2_error_message(answer));
    return out;
}

bool equal(std::string_view a, std::string_view b) {
    return a.size() == b.size() && CRYPTO_memcmp(a.data(), b.data(), a.size()) == 0;
}

std::string hex(std::string_view bytes) {
    constexpr char const* figures = "0123456789abcdef";
    std::string out;
    out.reserve(bytes.size() * 2);
    for (unsigned char byte : bytes) {
        out += figures[byte >> 4];
        out += figures[byte & 15];
    }
    return out;
}

std::string base64url(std::string_view bytes) {
    constexpr char const* letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    std::string out;
    unsigned int hold = 0;
    int bits = 0;
    for (unsigned char byte : bytes) {
        hold = (hold << 8 | byte) & 0xFFFFFF;
        for (bits += 8; bits >= 6; bits -= 6) out += letters[hold >> (bits - 6) & 63];
    }
    if (bits > 0) out += letters[hold << (6 - bits) & 63];
    return out;
}

std::string readable_code(std::size_t count) {
    return from_alphabet("23456789ABCDEFGHJKMNPQRSTUVWXYZ", count);
}

std::string digits(std::size_t count) {
    return from_alphabet("0123456789", count);
}

std::string base32(std::string_view bytes) {
    constexpr char const* letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    std::string out;
    unsigned int hold = 0;
    int bits = 0;
    for (unsigned char byte : bytes) {
        hold = (hold << 8 | byte) & 0xFFFFFF;
        for (bits += 8; bits >= 5; bits -= 5) out += letters[hold >> (bits - 5) & 31];
    }
    if (bits > 0) out += letters[hold << (5 - bits) & 31];
    return out;
}

void wipe(std::string& secret) {
    OPENSSL_cleanse(secret.data(), secret.size());
    secret.clear();
}

}  // namespace santong::auth::crypto
