#include "platform/tls/pem.hpp"

#include <openssl/err.h>
#include <openssl/pem.h>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <stdexcept>

namespace santong::tls {

namespace {

using BioHandle = Owned<BIO, BIO_free_all>;

BioHandle reading(std::string_view text) {
    return BioHandle(made(BIO_new_mem_buf(text.data(), static_cast<int>(text.size())), "out of memory"));
}

std::string taken(BIO* bio) {
    char* bytes = nullptr;
    auto const size = BIO_get_mem_data(bio, &bytes);
    return {bytes, static_cast<std::size_t>(size)};
}

/// A key behind a passphrase is refused instead of asking at the terminal.
int no_passphrase(char*, int, int, void*) {
    return -1;
}

template <class T, class Encode>
std::string der(T* object, Encode encode) {
    unsigned char* bytes = nullptr;
    int const size = encode(object, &bytes);
    must(size, "cannot be encoded");
    std::string out(reinterpret_cast<char*>(bytes), static_cast<std::size_t>(size));
    OPENSSL_cleanse(bytes, static_cast<std::size_t>(size));
    OPENSSL_free(bytes);
    return out;
}

}  // namespace

void fail(std::string const& what) {
    char reason[256] = "";
    auto const code = ERR_get_error();
    if (code != 0) ERR_error_string_n(code, reason, sizeof reason);
    ERR_clear_error();
    throw std::runtime_error(code != 0 ? what + ": " + reason : what);
}

std::string read_text(std::string const& path) {
    std::ifstream file(path, std::ios::binary);
    std::string text((std::istreambuf_iterator<char>(file)), {});
    if (!file) throw std::runtime_error(path + " cannot be read");
    return text;
}

X509Handle certificate_from_pem(std::string_view pem) {
    auto const bio = reading(pem);
    return X509Handle(made(PEM_read_bio_X509(bio.get(), nullptr, no_passphrase, nullptr), "no certificate"));
}

std::string pem_of(X509* certificate) {
    BioHandle const bio(made(BIO_new(BIO_s_mem()), "out of memory"));
    must(PEM_write_bio_X509(bio.get(), certificate), "a certificate cannot be written");
    return taken(bio.get());
}

KeyHandle key_from_pem(std::string_view pem) {
    auto const bio = reading(pem);
    return KeyHandle(made(PEM_read_bio_PrivateKey(bio.get(), nullptr, no_passphrase, nullptr), "no private key"));
}

std::string pem_of(EVP_PKEY* key) {
    BioHandle const bio(made(BIO_new(BIO_s_secmem()), "out of memory"));
    must(PEM_write_bio_PKCS8PrivateKey(bio.get(), key, nullptr, nullptr, 0, nullptr, nullptr),
         "a key cannot be written");
    return taken(bio.get());
}

KeyHandle key_from_der(std::string_view der_text) {
    auto const* bytes = reinterpret_cast<unsigned char const*>(der_text.data());
    return KeyHandle(
        made(d2i_AutoPrivateKey(nullptr, &bytes, static_cast<long>(der_text.size())), "the private key is damaged"));
}

std::string der_of(EVP_PKEY* key) {
    return der(key, [](EVP_PKEY* one, unsigned char** out) { return i2d_PrivateKey(one, out); });
}

std::string der_of(X509_CRL* list) {
    return der(list, [](X509_CRL* one, unsigned char** out) { return i2d_X509_CRL(one, out); });
}

std::string serial_text(X509* certificate) {
    auto const* serial = X509_get0_serialNumber(certificate);
    Owned<BIGNUM, BN_free> const number(made(ASN1_INTEGER_to_BN(serial, nullptr), "out of memory"));
    char* hex = made(BN_bn2hex(number.get()), "out of memory");
    std::string text(hex);
    OPENSSL_free(hex);
    std::transform(text.begin(), text.end(), text.begin(),
                   [](char c) { return c >= 'A' && c <= 'F' ? static_cast<char>(c - 'A' + 'a') : c; });
    return text;
}

}  // namespace santong::tls
