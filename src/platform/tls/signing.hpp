#pragma once
// The certificates themselves: what stands in them and who signs. Only for platform/tls.
#include <string>
#include <vector>

#include "core/time.hpp"
#include "platform/tls/openssl.hpp"
#include "platform/tls/site_name.hpp"

namespace santong::tls {

/// ECDSA on P-256: what Chromium, and Windows 7, can check.
KeyHandle new_key();

/// An authority as it is born. The root is what machines trust; its key signed `issuer` and exists no longer.
struct NewAuthority {
    X509Handle root;
    X509Handle issuer;
    KeyHandle issuer_key;
};

/// Both certificates bear the limits of what may be signed for (RFC 5280, 4.2.1.10): the issuer's are what every
/// verifier enforces, while many ignore those of a root.
NewAuthority make_authority(std::string const& name, std::vector<PermittedName> const& permitted, core::Instant now,
                            int days);

/// Who signs.
struct Signer {
    X509* certificate;
    EVP_PKEY* key;
};

struct Validity {
    core::Instant from;
    core::Instant until;
};

/// A certificate of a server for these names, with a serial number of its own.
X509Handle sign_server(Signer const& signer, EVP_PKEY* key, std::vector<SiteName> const& names,
                       Validity const& validity);

struct RevokedSerial {
    std::string serial;  ///< hexadecimal
    core::Instant at;
};
/// The signed list of what is revoked.
CrlHandle sign_revocations(Signer const& signer, std::vector<RevokedSerial> const& revoked, Validity const& validity);

}  // namespace santong::tls
