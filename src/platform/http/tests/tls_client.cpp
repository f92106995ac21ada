#include "tls_client.hpp"

#include <openssl/pem.h>
#include <openssl/x509.h>

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/read.hpp>
#include <boost/asio/ssl.hpp>
#include <boost/asio/write.hpp>

namespace santong::http::test {

namespace asio = boost::asio;

namespace {

struct TlsWire {
    TlsWire(int port, int newest, char const* ciphers) {
        SSL_CTX_set_max_proto_version(context.native_handle(), newest);
        SSL_CTX_set_cipher_list(context.native_handle(), ciphers);
        stream.emplace(io, context);
        stream->lowest_layer().connect({asio::ip::make_address("127.0.0.1"), static_cast<unsigned short>(port)});
        stream->handshake(asio::ssl::stream_base::client, error);
    }
    asio::io_context io;
    asio::ssl::context context{asio::ssl::context::tls_client};
    std::optional<asio::ssl::stream<asio::ip::tcp::socket>> stream;
    boost::system::error_code error;
};

}  // namespace

Tls make_certificate(Folder const& folder, int serial) {
    EVP_PKEY* key = EVP_EC_gen("P-256");
    X509* certificate = X509_new();
    X509_set_version(certificate, 2);
    ASN1_INTEGER_set(X509_get_serialNumber(certificate), serial);
    X509_gmtime_adj(X509_getm_notBefore(certificate), 0);
    X509_gmtime_adj(X509_getm_notAfter(certificate), 3'600);
    X509_set_pubkey(certificate, key);
    X509_sign(certificate, key, EVP_sha256());
    http::Tls tls{folder.path() + "/cert.pem", folder.path() + "/key.pem"};
    auto* out = BIO_new_file(tls.certificate.c_str(), "w");
    PEM_write_bio_X509(out, certificate);
    BIO_free(out);
    out = BIO_new_file(tls.key.c_str(), "w");
    PEM_write_bio_PrivateKey(out, key, nullptr, nullptr, 0, nullptr, nullptr);
    BIO_free(out);
    X509_free(certificate);
    EVP_PKEY_free(key);
    return tls;
}

std::string over_tls(int port, std::string const& request, int newest, char const* ciphers) {
    TlsWire wire(port, newest, ciphers);
    if (wire.error) return {};
    asio::write(*wire.stream, asio::buffer(request));
    std::string answer;
    asio::read(*wire.stream, asio::dynamic_buffer(answer), wire.error);
    return answer;
}

int served_serial(int port) {
    TlsWire wire(port, TLS1_3_VERSION, "ALL");
    if (wire.error) return 0;
    X509* certificate = SSL_get1_peer_certificate(wire.stream->native_handle());
    auto const serial = static_cast<int>(ASN1_INTEGER_get(X509_get0_serialNumber(certificate)));
    X509_free(certificate);
    return serial;
}

}  // namespace santong::http::test
