#pragma once
// The hash-chained audit log (QUALITY checks 34 to 36). Rows are kept for good, at least the six months of 等保 2.0.
#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
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
BOOST_DESCRIBE_STRUCT(AuditRow, (),
                      (number, at, account_id, person_id, action, subject, detail, client, trace_id, previous_hash,
                       hash))

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

/// Where the log stands: its newest row; none while it is empty.
struct AuditAnchor {
    std::int64_t number = 0;
    std::string hash;
};
std::optional<AuditAnchor> audit_anchor(sql::Tx& tx);
/// The hash that the row with this number really has, counted anew; none if there is no such row.
std::optional<std::string> audit_row_hash(sql::Tx& tx, std::int64_t number);

/// What the list asks for; empty fields mean any. Newest first.
struct AuditQuery {
    std::string action;  ///< exact, or a beginning that ends in "."
    std::string who;     ///< part of the name of who did it or to whom it was done, or a login
    std::string school;  ///< done by, or to, people and places of this node
    std::string account_id;
    std::string subject;
    std::int64_t from = 0;  ///< ms
    std::int64_t to = 0;    ///< ms, 0 = open
    std::string after;
    int limit = 50;
};
BOOST_DESCRIBE_STRUCT(AuditQuery, (), (action, who, school, account_id, subject, from, to, after, limit))

/// What an export asks for: the same filters, and why.
struct AuditExport {
    std::string action;
    std::string who;
    std::string school;
    std::int64_t from = 0;
    std::int64_t to = 0;
    std::string reason;
};
BOOST_DESCRIBE_STRUCT(AuditExport, (), (action, who, school, from, to, reason))

/// Who acted: somebody signed in, whoever sits at the machine, the program by itself, or nobody known.
enum class AuditActor : int { person, terminal, program, nobody };
BOOST_DESCRIBE_ENUM(AuditActor, person, terminal, program, nobody)

/// One thing that a row tells beside its action.
struct AuditFact {
    std::string field;
    std::string value;
};
BOOST_DESCRIBE_STRUCT(AuditFact, (), (field, value))

/// A field that an act has changed.
struct AuditChange {
    std::string field;
    std::string before;
    std::string after;
};
BOOST_DESCRIBE_STRUCT(AuditChange, (), (field, before, after))

/// A row as the auditor sees it.
struct AuditItem {
    std::int64_t number = 0;
    core::Instant at;
    std::string account_id;
    std::string person_id;
    std::string person_name;  ///< of pupils and guardians the family name only
    AuditActor by = AuditActor::person;
    std::string actor;  ///< in words: the name, "command line (root)", "not signed in"
    std::string action;
    std::string action_name;  ///< in words
    std::string subject;
    std::string subject_name;  ///< empty where it is not known or may not be shown
    core::RawJson detail;
    std::vector<AuditFact> facts;
    std::vector<AuditChange> changes;
    std::string client;
    std::string trace_id;
    std::string hash;
};
BOOST_DESCRIBE_STRUCT(AuditItem, (),
                      (number, at, account_id, person_id, person_name, by, actor, action, action_name, subject,
                       subject_name, detail, facts, changes, client, trace_id, hash))

/// Names of things that modules own, for the log: fills in what it knows and an auditor may see.
using AuditNamer =
    std::function<void(sql::Tx& tx, std::vector<core::Uuid> const& ids, std::map<std::string, std::string>& names)>;
/// At start.
void register_audit_namer(AuditNamer namer);

core::Result<core::Page<AuditItem>> list_audit(sql::Database& db, Gate& gate, Caller const& caller,
                                               AuditQuery const& query, std::string_view language);
/// The same rows as a workbook at `path`, at most 50,000; needs a reason of four characters and is itself logged.
core::Result<void> export_audit(sql::Database& db, Gate& gate, Caller const& caller, AuditExport const& wish,
                                std::filesystem::path const& path, std::string_view language);
/// As `verify_audit`, for the auditor.
core::Result<AuditVerdict> verify_audit(sql::Database& db, Gate& gate, Caller const& caller);

}  // namespace santong::auth
