#pragma once
// The hash-chained audit log (QUALITY checks 34 to 36). Rows are kept for good, at least the six months of 等保 2.0.
#include <cstdint>
#include <optional>
#include <string>

#include "platform/auth/gate.hpp"
#include "platform/feed/feed.hpp"

namespace santong::auth {

inline constexpr std::string_view audit_event_type = "auth.AuditEvent";

/// An act as it travels in the feed. Names are not kept: they are looked up when the log is read.
struct AuditRecord {
    core::Instant at;
    std::string account_id;
    std::string person_id;
    std::string action;
    std::string subject;
    std::string detail;
    std::string client;
    std::string trace_id;
};
BOOST_DESCRIBE_STRUCT(AuditRecord, (), (at, account_id, person_id, action, subject, detail, client, trace_id))

/// A row of the log. `hash` is SHA-256 over everything before it, the hash of the row before included.
struct AuditRow {
    std::int64_t number = 0;
    core::Instant at;
    std::string account_id;
    std::string person_id;
    std::string action;
    std::string subject;
    std::string detail;
    std::string client;
    std::string trace_id;
    std::string previous_hash;
    std::string hash;
};
BOOST_DESCRIBE_STRUCT(AuditRow, (), (number, at, account_id, person_id, action, subject, detail, client, trace_id,
                                     previous_hash, hash))

/// Builds the log from the feed.
class AuditChain final : public feed::Consumer {
public:
    std::string name() const override { return "audit"; }
    bool wants(std::string_view type) const override { return type == audit_event_type; }
    void handle(sql::Tx& tx, feed::Entry const& entry) override;
};

enum class AuditFault : int { none, changed, missing, truncated, head_forged };
BOOST_DESCRIBE_ENUM(AuditFault, none, changed, missing, truncated, head_forged)

/// What a check of the chain found. `number` is the first row that is not what it was; `missing` covers deleted and
/// reordered rows, `head_forged` a head record that our key did not sign.
struct AuditVerdict {
    AuditFault fault = AuditFault::none;
    std::int64_t number = 0;
    std::int64_t rows = 0;
};
BOOST_DESCRIBE_STRUCT(AuditVerdict, (), (fault, number, rows))

/// Reads the whole log of the district; used by `santong audit verify`.
AuditVerdict verify_audit(sql::Tx& tx);

/// What the list asks for; empty fields mean any. Newest first.
struct AuditQuery {
    std::string action;      ///< exact, or a beginning that ends in "."
    std::string account_id;
    std::string subject;
    std::int64_t from = 0;   ///< ms
    std::int64_t to = 0;     ///< ms, 0 = open
    std::string after;
    int limit = 50;
};
BOOST_DESCRIBE_STRUCT(AuditQuery, (), (action, account_id, subject, from, to, after, limit))

/// A row as the auditor sees it.
struct AuditItem {
    std::int64_t number = 0;
    core::Instant at;
    std::string account_id;
    std::string person_id;
    std::string person_name;
    std::string action;
    std::string subject;
    core::RawJson detail;
    std::string client;
    std::string trace_id;
    std::string hash;
};
BOOST_DESCRIBE_STRUCT(AuditItem, (), (number, at, account_id, person_id, person_name, action, subject, detail, client,
                                      trace_id, hash))

core::Result<core::Page<AuditItem>> list_audit(sql::Database& db, Gate& gate, Caller const& caller,
                                               AuditQuery const& query);
/// As `verify_audit`, for the auditor.
core::Result<AuditVerdict> verify_audit(sql::Database& db, Gate& gate, Caller const& caller);

}  // namespace santong::auth
