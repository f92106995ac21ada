#include <openssl/err.h>

#include <stdexcept>

#include "platform/http/transport.hpp"

namespace santong::http {

namespace {

constexpr char const* ciphers = "ECDHE+AESGCM:ECDHE+CHACHA20";

int choose_http11(SSL*, unsigned char const** out, unsigned char* out_size, unsigned char const* in, unsigned in_size,
                  void*) {
    static constexpr unsigned char ours[] = "\x08http/1.1";
    unsigned char* chosen = nullptr;
    if (SSL_select_next_proto(&chosen, out_size, ours, sizeof ours - 1, in, in_size) != OPENSSL_NPN_NEGOTIATED)
        return SSL_TLSEXT_ERR_NOACK;
    *out = chosen;
    return SSL_TLSEXT_ERR_OK;
}

[[noreturn]] void fail(std::string const& what) {
    char reason[256] = "";
    ERR_error_string_n(ERR_get_error(), reason, sizeof reason);
    ERR_clear_error();
    throw std::runtime_error(what + ": " + reason);
}

}  // namespace

std::shared_ptr<SSL_CTX> make_tls_context(Tls const& tls) {
    std::shared_ptr<SSL_CTX> context(SSL_CTX_new(TLS_server_method()), SSL_CTX_free);
    if (!context) fail("TLS is not available");
    auto* raw = context.get();
    SSL_CTX_set_min_proto_version(raw, TLS1_2_VERSION);
    SSL_CTX_set_options(raw, SSL_OP_NO_COMPRESSION | SSL_OP_NO_RENEGOTIATION | SSL_OP_CIPHER_SERVER_PREFERENCE |
                                 SSL_OP_IGNORE_UNEXPECTED_EOF);
    SSL_CTX_set_mode(raw,
                     SSL_MODE_ENABLE_PARTIAL_WRITE | SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER | SSL_MODE_RELEASE_BUFFERS);
    SSL_CTX_set_cipher_list(raw, ciphers);
    SSL_CTX_set_alpn_select_cb(raw, choose_http11, nullptr);
    if (SSL_CTX_use_certificate_chain_file(raw, tls.certificate.c_str()) != 1)
        fail("cannot use the certificate " + tls.certificate);
    if (SSL_CTX_use_PrivateKey_file(raw, tls.key.c_str(), SSL_FILETYPE_PEM) != 1) fail("cannot use the key " + tls.key);
    if (SSL_CTX_check_private_key(raw) != 1) fail("key and certificate do not belong together");
    return context;
}

}  // namespace santong::http
