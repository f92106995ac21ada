#include "server/certificate.hpp"

#include <algorithm>
#include <fstream>
#include <iterator>
#include <stdexcept>

#include "core/message.hpp"

namespace santong::server {

namespace {

/// "https://hub.example:8443" → "hub.example"; "https://[fd00::1]" → "fd00::1".
std::string host_of(std::string const& origin) {
    auto const scheme = origin.find("://");
    auto rest = scheme == std::string::npos ? origin : origin.substr(scheme + 3);
    rest.resize(std::min(rest.find('/'), rest.size()));
    if (rest.starts_with('[')) return rest.substr(1, rest.find(']') - 1);
    return rest.substr(0, rest.find(':'));
}

bool everywhere(std::string const& address) {
    return address == "0.0.0.0" || address == "::";
}

}  // namespace

std::vector<std::string> certified_names(config::ServerSettings const& server, config::TlsSettings const& settings) {
    if (!settings.names.empty()) return tls::words(settings.names);
    std::vector<std::string> names;
    for (auto const& name : {host_of(server.public_origin), host_of(server.package_origin),
                             everywhere(server.address) ? std::string() : server.address}) {
        if (!name.empty() && std::find(names.begin(), names.end(), name) == names.end()) names.push_back(name);
    }
    return names;
}

tls::OwnFiles own_files(Place const& place) {
    return {place.data + "/tls/certificate.pem", place.keys_folder() + "/tls.key"};
}

std::optional<http::Tls> tls_files(Place const& place, config::TlsSettings const& settings) {
    if (settings.from == config::CertificateSource::authority) {
        auto const own = own_files(place);
        return http::Tls{own.certificate, own.key};
    }
    if (settings.certificate.empty()) return std::nullopt;
    return http::Tls{settings.certificate, settings.key, !settings.challenge_folder.empty()};
}

void keep_own_certificate(tls::AuthorityPlace const& place, Place const& files, Serving const& serving) {
    if (serving.tls.from != config::CertificateSource::authority) return;
    auto const names = certified_names(serving.server, serving.tls);
    auto const done = tls::keep_own_certificate(place, names, own_files(files));
    if (!done) throw std::runtime_error(core::message(done.error().key, done.error().params, "en"));
}

std::optional<std::string> trusted_root(sql::Database& db, config::TlsSettings const& settings) {
    if (!settings.authority.empty()) {
        std::ifstream file(settings.authority, std::ios::binary);
        std::string pem((std::istreambuf_iterator<char>(file)), {});
        if (!file) throw std::runtime_error(settings.authority + " cannot be read");
        return pem;
    }
    auto const authority = tls::current_authority(db);
    if (!authority) return std::nullopt;
    return authority->root;
}

}  // namespace santong::server
