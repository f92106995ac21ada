#include "server/certificate_http.hpp"

#include "platform/tls/certificate.hpp"
#include "server/certificate.hpp"

namespace santong::server {

namespace {

using http::Access;
using http::Call;
using http::Response;

constexpr std::size_t longest_token = 256;

/// The authority that a classroom machine is to trust.
struct TrustedAuthority {
    std::string name;
    std::string sha256;  ///< fingerprints
    std::string sha1;
    core::Instant expires_at;
    std::string download;
};
BOOST_DESCRIBE_STRUCT(TrustedAuthority, (), (name, sha256, sha1, expires_at, download))

/// What a machine without sign-in learns of this site's certificate.
struct CertificateAbout {
    std::optional<TrustedAuthority> authority;  ///< empty: nothing has to be installed
    std::string origin;                         ///< https address of the site; empty = the name that was asked for
    int https_port = 0;                         ///< 0 = no TLS here
};
BOOST_DESCRIBE_STRUCT(CertificateAbout, (), (authority, origin, https_port))

constexpr char const* root_path = "/certificate/authority.crt";

core::Result<CertificateAbout> about(CertificateSite const& site) {
    auto const& serving = site.serving();
    CertificateAbout out;
    if (serving.tls.on()) out.https_port = site.port();
    if (serving.server.public_origin.starts_with("https://")) out.origin = serving.server.public_origin;
    if (auto const root = trusted_root(site.place.db, serving.tls)) {
        auto const facts = tls::read_certificate(*root);
        out.authority = TrustedAuthority{facts.subject, facts.sha256, facts.sha1, facts.ends_at, root_path};
    }
    return out;
}

Response saved(std::string body, char const* type, char const* name) {
    Response response;
    response.content_type = type;
    response.body = std::move(body);
    response.with("Content-Disposition", "attachment; filename=\"" + std::string(name) + "\"");
    response.with("Cache-Control", "no-cache");
    return response;
}

/// base64url, as RFC 8555 says: no dot and no slash leaves the folder.
bool good_token(std::string const& token) {
    return !token.empty() && token.size() <= longest_token &&
           token.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_") ==
               std::string::npos;
}

}  // namespace

void register_certificate_routes(http::Router& router, CertificateSite const& site) {
    router.get<CertificateAbout>("/api/v1/certificate", Access::open(), [site](Call const&) { return about(site); })
        .says("The authority that classroom machines are to trust, with its fingerprints.");
    router
        .raw(http::Method::get, root_path, Access::open(), "application/x-x509-ca-cert",
             [site](Call& call) {
                 auto root = trusted_root(site.place.db, site.serving().tls);
                 if (!root) return Response::problem(core::not_found("tls.no_authority"), call.trace_id);
                 return saved(std::move(*root), "application/x-x509-ca-cert", "santong-authority.crt");
             })
        .says("The certificate of the district authority (PEM).");
    router
        .raw(http::Method::get, "/certificate/authority.crl", Access::open(), "application/pkix-crl",
             [site](Call& call) {
                 auto list = tls::revocation_list(site.place);
                 if (!list) return Response::problem(list.error(), call.trace_id);
                 return saved(std::move(*list), "application/pkix-crl", "santong-authority.crl");
             })
        .says("Certificates that the district authority has revoked (DER).");
}

void register_challenge_route(http::Router& router, std::function<Serving const&()> const& serving) {
    router.raw(http::Method::get, "/.well-known/acme-challenge/{token}", Access::open(), "text/plain",
               [serving](Call& call) {
                   auto const& folder = serving().tls.challenge_folder;
                   auto const token = call.text("token");
                   if (folder.empty() || !good_token(token)) return Response::problem(core::not_found(), call.trace_id);
                   Response response;
                   response.content_type = "text/plain";
                   response.file = folder + "/.well-known/acme-challenge/" + token;
                   return std::move(response.with("Cache-Control", "no-store"));
               });
}

}  // namespace santong::server
