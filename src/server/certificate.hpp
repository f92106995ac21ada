#pragma once
// Where this node's certificate comes from, and what it certifies.
#include <optional>
#include <string>
#include <vector>

#include "platform/http/server.hpp"
#include "platform/tls/own_certificate.hpp"
#include "server/application.hpp"

namespace santong::server {

/// The names that the district authority certifies for this node: those of [tls], or the hosts of [server].
std::vector<std::string> certified_names(config::ServerSettings const& server, config::TlsSettings const& tls);

/// Where the certificate lies that the authority issues to this node.
tls::OwnFiles own_files(Place const& place);

/// The files that the server speaks TLS with; empty for plain http.
std::optional<http::Tls> tls_files(Place const& place, config::TlsSettings const& tls);

/// Issues the node's own certificate where the authority is its source and a new one is due. Throws
/// std::runtime_error with the reason if it cannot.
void keep_own_certificate(tls::AuthorityPlace const& place, Place const& files, Serving const& serving);

/// PEM of the authority that classroom machines are to trust; empty if there is none.
std::optional<std::string> trusted_root(sql::Database& db, config::TlsSettings const& tls);

}  // namespace santong::server
