#pragma once
#include <optional>
#include <string>
#include <vector>

#include "platform/sql/database.hpp"
#include "platform/tls/domain.hpp"

namespace santong::tls::store {

void insert_authority(sql::Tx& tx, Authority const& authority);
/// The newest one.
std::optional<Authority> current_authority(sql::Tx& tx);
void insert_certificate(sql::Tx& tx, IssuedCertificate const& certificate);
/// Newest first.
std::vector<IssuedCertificate> certificates(sql::Tx& tx);
std::optional<IssuedCertificate> find_certificate(sql::Tx& tx, std::string const& serial);
/// False if there is none, or it was revoked before.
bool revoke(sql::Tx& tx, std::string const& serial, core::Instant at);
/// Those of one authority that have not ended by then.
std::vector<IssuedCertificate> revoked(sql::Tx& tx, AuthorityId const& authority, core::Instant now);

}  // namespace santong::tls::store
