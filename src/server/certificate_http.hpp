#pragma once
#include <functional>

#include "platform/http/router.hpp"
#include "platform/tls/authority.hpp"
#include "server/application.hpp"

namespace santong::server {

/// What the routes of the certificate page need; called on workers.
struct CertificateSite {
    tls::AuthorityPlace place;
    std::function<Serving const&()> serving;
    std::function<int()> port;  ///< of the main origin
};

/// What the page /certificate asks: /api/v1/certificate, /certificate/authority.crt, /certificate/authority.crl. Open
/// to everybody, at the main origin and at the plain door.
void register_certificate_routes(http::Router& router, CertificateSite const& site);

/// /.well-known/acme-challenge/{token}: what an ACME program left in the challenge folder (RFC 8555, 8.3).
void register_challenge_route(http::Router& router, std::function<Serving const&()> const& serving);

}  // namespace santong::server
