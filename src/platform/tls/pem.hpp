#pragma once
// Certificates and keys as PEM texts. Only for platform/tls.
#include <string>
#include <string_view>

#include "platform/tls/openssl.hpp"

namespace santong::tls {

/// All of a file. Throws std::runtime_error if it cannot be read.
std::string read_text(std::string const& path);

/// The first of the text. Throws std::runtime_error if there is none.
X509Handle certificate_from_pem(std::string_view pem);
std::string pem_of(X509* certificate);

/// A private key that needs no passphrase.
KeyHandle key_from_pem(std::string_view pem);
/// PKCS #8, in clear.
std::string pem_of(EVP_PKEY* key);
KeyHandle key_from_der(std::string_view der);
std::string der_of(EVP_PKEY* key);
std::string der_of(X509_CRL* list);

/// Hexadecimal, lower case, two digits a byte.
std::string serial_text(X509* certificate);

}  // namespace santong::tls
