#include "platform/tls/store.hpp"

namespace santong::tls::store {

void insert_authority(sql::Tx& tx, Authority const& authority) {
    tx.execute(
        "INSERT INTO tls_authority (district_id, id, name, permitted, root, issuer, created_at, expires_at)"
        " VALUES (0, $1, $2, $3, $4, $5, $6, $7)",
        authority.id, authority.name, authority.permitted, authority.root, authority.issuer, authority.created_at,
        authority.expires_at);
}

std::optional<Authority> current_authority(sql::Tx& tx) {
    return tx.optional_row<Authority>(
        "SELECT id, name, permitted, root, issuer, created_at, expires_at FROM tls_authority"
        " WHERE district_id = 0 ORDER BY id DESC LIMIT 1");
}

void insert_certificate(sql::Tx& tx, IssuedCertificate const& certificate) {
    tx.execute(
        "INSERT INTO tls_certificate (district_id, serial, authority_id, names, issued_at, expires_at)"
        " VALUES (0, $1, $2, $3, $4, $5)",
        certificate.serial, certificate.authority_id, certificate.names, certificate.issued_at, certificate.expires_at);
}

std::vector<IssuedCertificate> certificates(sql::Tx& tx) {
    return tx.rows<IssuedCertificate>(
        "SELECT serial, authority_id, names, issued_at, expires_at, revoked_at FROM tls_certificate"
        " WHERE district_id = 0 ORDER BY issued_at DESC, serial");
}

std::optional<IssuedCertificate> find_certificate(sql::Tx& tx, std::string const& serial) {
    return tx.optional_row<IssuedCertificate>(
        "SELECT serial, authority_id, names, issued_at, expires_at, revoked_at FROM tls_certificate"
        " WHERE district_id = 0 AND serial = $1",
        serial);
}

bool revoke(sql::Tx& tx, std::string const& serial, core::Instant at) {
    return tx.execute(
               "UPDATE tls_certificate SET revoked_at = $1 WHERE district_id = 0 AND serial = $2"
               " AND revoked_at IS NULL",
               at, serial) == 1;
}

std::vector<IssuedCertificate> revoked(sql::Tx& tx, AuthorityId const& authority, core::Instant now) {
    return tx.rows<IssuedCertificate>(
        "SELECT serial, authority_id, names, issued_at, expires_at, revoked_at FROM tls_certificate"
        " WHERE district_id = 0 AND authority_id = $1 AND revoked_at IS NOT NULL AND expires_at > $2 ORDER BY serial",
        authority, now);
}

}  // namespace santong::tls::store
