#include "platform/auth/audit_log.hpp"

#include <algorithm>
#include <charconv>
#include <limits>

#include "platform/auth/audit_store.hpp"
#include "platform/auth/crypto.hpp"
#include "platform/auth/keys.hpp"
#include "platform/auth/permissions.hpp"

namespace santong::auth {

namespace {

constexpr int verify_batch = 1'000;
constexpr int largest_page = 200;
constexpr char const* first_previous = "santong";

/// One text for one row: a JSON object with the fields in their order and without the hash itself.
std::string hash_of(core::DistrictId district, AuditRow row) {
    row.hash.clear();
    return crypto::hex(crypto::sha256(std::to_string(district) + "\n" + core::json::write(row)));
}

std::string head_text(core::DistrictId district, std::int64_t number, std::string const& hash) {
    return std::to_string(district) + "\n" + std::to_string(number) + "\n" + hash;
}

core::Result<void> require_auditor(sql::Tx& tx, Gate const& gate, Caller const& caller) {
    SANTONG_ASSERT(gate.options().details != nullptr);
    return caller.require(tx, permissions::view_audit, gate.options().details->district(tx).id);
}

core::Result<std::int64_t> read_after(std::string const& after) {
    if (after.empty()) return std::numeric_limits<std::int64_t>::max();
    std::int64_t number = 0;
    auto const [end, error] = std::from_chars(after.data(), after.data() + after.size(), number);
    if (error != std::errc() || end != after.data() + after.size()) {
        return core::invalid_at("after", "core.integer_expected");
    }
    return number;
}

void add_names(sql::Tx& tx, Gate const& gate, std::vector<AuditItem>& items) {
    std::vector<core::PersonId> persons;
    for (auto const& item : items) {
        if (auto const id = core::PersonId::parse(item.person_id)) persons.push_back(*id);
    }
    auto const names = gate.options().details->person_names(tx, persons);
    for (auto& item : items) {
        auto const id = core::PersonId::parse(item.person_id);
        if (auto const found = id ? names.find(*id) : names.end(); found != names.end())
            item.person_name = found->second;
    }
}

}  // namespace

void AuditChain::handle(sql::Tx& tx, feed::Entry const& entry) {
    auto const read = core::json::read<AuditRecord>(entry.body.value, core::json::UnknownFields::ignore);
    if (!read) throw std::runtime_error("an audit event that cannot be read: " + read.error().key);
    auto const head = store::audit_head(tx).value_or(store::AuditHead{0, first_previous, {}});
    AuditRow row{head.number + 1, read->at,     read->account_id, read->person_id, read->action, read->subject,
                 read->detail,    read->client, read->trace_id,   head.hash,       {}};
    row.hash = hash_of(tx.district(), row);
    store::insert_audit_row(tx, row);
    std::string const text = head_text(tx.district(), row.number, row.hash);
    store::put_audit_head(tx, {row.number, row.hash, Keys::current().sign(KeyPurpose::audit_head, text)});
}

AuditVerdict verify_audit(sql::Tx& tx) {
    auto const head = store::audit_head(tx);
    AuditVerdict verdict;
    std::string previous = first_previous;
    auto fault = [&](AuditFault what, std::int64_t number) {
        verdict.fault = what;
        verdict.number = number;
        return verdict;
    };
    for (;;) {
        auto const rows = store::audit_rows(tx, verdict.rows, verify_batch);
        for (auto const& row : rows) {
            std::int64_t const expected = verdict.rows + 1;
            if (row.number != expected) return fault(AuditFault::missing, expected);
            if (row.hash != hash_of(tx.district(), row)) return fault(AuditFault::changed, row.number);
            if (row.previous_hash != previous) return fault(AuditFault::missing, row.number);
            previous = row.hash;
            verdict.rows = row.number;
        }
        if (static_cast<int>(rows.size()) < verify_batch) break;
    }
    if (!head) return verdict.rows == 0 ? verdict : fault(AuditFault::head_forged, verdict.rows);
    if (!Keys::current().verify(KeyPurpose::audit_head, head_text(tx.district(), head->number, head->hash),
                                head->signature)) {
        return fault(AuditFault::head_forged, head->number);
    }
    if (verdict.rows < head->number) return fault(AuditFault::truncated, verdict.rows + 1);
    if (verdict.rows > head->number) return fault(AuditFault::head_forged, head->number + 1);
    if (previous != head->hash) return fault(AuditFault::changed, head->number);
    return verdict;
}

core::Result<core::Page<AuditItem>> list_audit(sql::Database& db, Gate& gate, Caller const& caller,
                                               AuditQuery const& query) {
    auto const before = TRY(read_after(query.after));
    int const limit = std::clamp(query.limit, 1, largest_page);
    return db.read(caller.district, [&](sql::Tx& tx) -> core::Result<core::Page<AuditItem>> {
        TRY_VOID(require_auditor(tx, gate, caller));
        auto rows = store::find_audit_rows(tx, query, before, limit + 1);
        core::Page<AuditItem> page;
        if (static_cast<int>(rows.size()) > limit) {
            rows.pop_back();
            page.next = std::to_string(rows.back().number);
        }
        for (auto& row : rows) {
            page.items.push_back({row.number, row.at, row.account_id, row.person_id, {}, row.action, row.subject,
                                  core::RawJson{row.detail}, row.client, row.trace_id, row.hash});
        }
        add_names(tx, gate, page.items);
        return page;
    });
}

core::Result<AuditVerdict> verify_audit(sql::Database& db, Gate& gate, Caller const& caller) {
    return db.read(caller.district, [&](sql::Tx& tx) -> core::Result<AuditVerdict> {
        TRY_VOID(require_auditor(tx, gate, caller));
        return verify_audit(tx);
    });
}

}  // namespace santong::auth
