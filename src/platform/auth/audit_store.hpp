#pragma once
// Every SQL text of the audit log.
#include <optional>
#include <vector>

#include "platform/auth/audit_log.hpp"

namespace santong::auth::store {

/// The last row, signed by a key that is not in the database.
struct AuditHead {
    std::int64_t number = 0;
    std::string hash;
    std::string signature;
};
BOOST_DESCRIBE_STRUCT(AuditHead, (), (number, hash, signature))

std::optional<AuditHead> audit_head(sql::Tx& tx);
void put_audit_head(sql::Tx& tx, AuditHead const& head);
void insert_audit_row(sql::Tx& tx, AuditRow const& row);
/// Rows above `after`, in order of their numbers.
std::vector<AuditRow> audit_rows(sql::Tx& tx, std::int64_t after, int limit);
/// Rows below `before` that match, newest first.
std::vector<AuditRow> find_audit_rows(sql::Tx& tx, AuditQuery const& query, std::int64_t before, int limit);

}  // namespace santong::auth::store
