#pragma once
#include <openssl/tls1.h>

#include "site.hpp"

namespace santong::http::test {

/// Writes a self-signed certificate with this serial number, and its key.
Tls make_certificate(Folder const& folder, int serial = 1);

/// Sends one request by TLS and reads until the server closes; empty if no connection came about. `ciphers` are those
/// of TLS 1.2.
std::string over_tls(int port, std::string const& request, int newest = TLS1_3_VERSION, char const* ciphers = "ALL");

/// The serial number of the certificate that a new connection gets; 0 if none comes about.
int served_serial(int port);

}  // namespace santong::http::test
