#pragma once
// Every SQL text of the audit log.
#include <optional>
#include <vector>

#include "platform/auth/audit_log.hpp"

namespace santong::auth::store {

/// Whose an account is.
struct AccountOwner {
    core::AccountId id;
    core::PersonId person_id;
    std::string login;
};
BOOST_DESCRIBE_STRUCT(AccountOwner, (), (id, person_id, login))

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
/// Whom a search is about, as it was resolved; nothing: anybody.
struct AuditCircle {
    std::optional<std::vector<std::string>> who;     ///< ids of persons and accounts
    std::optional<std::vector<std::string>> school;  ///< ids of persons and places
};
/// Rows below `before` that match, newest first.
std::vector<AuditRow> find_audit_rows(sql::Tx& tx, AuditQuery const& query, AuditCircle const& circle,
                                      std::int64_t before, int limit);
/// Owners of accounts by account id.
std::vector<AccountOwner> owners_of(sql::Tx& tx, std::vector<core::AccountId> const& accounts);
std::vector<AccountOwner> accounts_called(sql::Tx& tx, std::string const& login);

}  // namespace santong::auth::store
