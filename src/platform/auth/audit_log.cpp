#include "platform/auth/audit_log.hpp"

#include <algorithm>
#include <charconv>
#include <limits>
#include <set>

#include "core/message.hpp"
#include "platform/auth/audit.hpp"
#include "platform/auth/audit_store.hpp"
#include "platform/auth/audit_words.hpp"
#include "platform/auth/bindings.hpp"
#include "platform/auth/crypto.hpp"
#include "platform/auth/keys.hpp"
#include "platform/auth/permissions.hpp"
#include "platform/text/utf8.hpp"
#include "platform/text/xlsx_writer.hpp"

namespace santong::auth {

namespace {

constexpr int verify_batch = 1'000;
constexpr int largest_page = 200;
constexpr int most_exported = 50'000;
constexpr std::size_t shortest_reason = 4;
constexpr char const* first_previous = "santong";

/// One text for one row: a JSON object with the fields in their order and without the hash itself.
std::string hash_of(core::DistrictId district, AuditRow row) {
    row.hash.clear();
    return crypto::hex(crypto::sha256(std::to_string(district) + "\n" + core::json::write(row)));
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

std::vector<AuditNamer>& namers() {
    static std::vector<AuditNamer> all;
    return all;
}

/// Names of everything that the rows speak of.
AuditNames names_in(sql::Tx& tx, Gate const& gate, std::vector<AuditItem> const& items) {
    std::set<core::Uuid> wanted;
    for (auto const& item : items) {
        for (auto const* text : {&item.person_id, &item.subject, &item.detail.value}) {
            for (auto const& id : identifiers_in(*text)) wanted.insert(id);
        }
    }
    std::vector<core::Uuid> ids(wanted.begin(), wanted.end());
    std::vector<core::AccountId> accounts;
    for (auto const& id : ids) accounts.push_back(core::AccountId{id});
    auto const owners = store::owners_of(tx, accounts);
    for (auto const& owner : owners) ids.push_back(owner.person_id.value);
    auto names = gate.options().details->audit_names(tx, ids);
    for (auto const& owner : owners) {
        auto const name = names.find(owner.person_id.text());
        names[owner.id.text()] = name == names.end() ? owner.login : name->second;
    }
    for (auto const& namer : namers()) namer(tx, ids, names);
    return names;
}

AuditActor actor_of(AuditItem const& item) {
    if (!item.person_id.empty()) return AuditActor::person;
    if (item.client.starts_with(terminal_client)) return AuditActor::terminal;
    return item.client == program_client ? AuditActor::program : AuditActor::nobody;
}

void put_into_words(sql::Tx& tx, Gate const& gate, std::vector<AuditItem>& items, std::string_view language) {
    auto const names = names_in(tx, gate, items);
    auto named = [&](std::string const& id) {
        auto const found = names.find(id);
        return found == names.end() ? std::string() : found->second;
    };
    auto const district = std::to_string(tx.district());
    for (auto& item : items) {
        item.person_name = named(item.person_id);
        item.by = actor_of(item);
        item.actor = actor_in_words(item, language);
        item.action_name = action_in_words(item.action, language);
        item.subject_name = core::Uuid::parse(item.subject) ? named(item.subject) : item.subject;
        if (item.subject == district) item.subject_name = gate.options().details->district(tx).name;
        item.facts = facts_of(item.detail.value, names, language);
        item.changes = changes_of(item.detail.value, names, language);
    }
}

store::AuditCircle circle_of(sql::Tx& tx, Gate const& gate, AuditQuery const& query) {
    store::AuditCircle circle;
    if (!query.who.empty()) {
        auto& who = circle.who.emplace();
        for (auto const& id : gate.options().details->people_called(tx, query.who)) who.push_back(id.text());
        for (auto const& owner : store::accounts_called(tx, normalized_login(query.who))) {
            who.push_back(owner.id.text());
            who.push_back(owner.person_id.text());
        }
    }
    if (auto const school = core::OrgId::parse(query.school)) {
        auto& ids = circle.school.emplace();
        for (auto const& id : gate.options().details->belonging_to(tx, *school)) ids.push_back(id.text());
    }
    return circle;
}

/// One page in words; `limit` rows at most.
core::Page<AuditItem> page_of(sql::Tx& tx, Gate const& gate, AuditQuery const& query, std::int64_t before,
                              std::string_view language) {
    core::Page<AuditItem> page;
    auto const circle = circle_of(tx, gate, query);
    bool const nobody = (circle.who && circle.who->empty()) || (circle.school && circle.school->empty());
    if (nobody) return page;
    auto rows = store::find_audit_rows(tx, query, circle, before, query.limit + 1);
    if (static_cast<int>(rows.size()) > query.limit) {
        rows.pop_back();
        page.next = std::to_string(rows.back().number);
    }
    for (auto& row : rows) {
        AuditItem item;
        item.number = row.number;
        item.at = row.at;
        item.account_id = row.account_id;
        item.person_id = row.person_id;
        item.action = row.action;
        item.subject = row.subject;
        item.detail.value = row.detail;
        item.client = row.client;
        item.trace_id = row.trace_id;
        item.hash = row.hash;
        page.items.push_back(std::move(item));
    }
    put_into_words(tx, gate, page.items, language);
    return page;
}

/// What the log keeps of an export; days of the district, both included, empty where none was asked for.
struct ExportNote {
    std::string action;
    std::string who;
    std::string school;
    std::string from;
    std::string to;
    std::string reason;
};
BOOST_DESCRIBE_STRUCT(ExportNote, (), (action, who, school, from, to, reason))

std::string joined(AuditItem const& item, std::string_view language) {
    std::string text;
    auto add = [&](std::string const& one) { text += (text.empty() ? "" : language == "en" ? "; " : "；") + one; };
    auto const colon = language == "en" ? ": " : "：";
    for (auto const& fact : item.facts) add(fact.field + colon + fact.value);
    for (auto const& change : item.changes) {
        add(change.field + colon + (change.before.empty() ? "—" : change.before) + " → " +
            (change.after.empty() ? "—" : change.after));
    }
    return text;
}

std::vector<text::XlsxColumn> export_columns(std::string_view language) {
    std::vector<text::XlsxColumn> columns;
    for (auto const& [key, width] : {std::pair{"number", 8.0},
                                     {"at", 20.0},
                                     {"who", 18.0},
                                     {"action", 24.0},
                                     {"subject", 28.0},
                                     {"detail", 60.0},
                                     {"client", 20.0},
                                     {"trace", 34.0}}) {
        columns.push_back(
            {core::message("audit.column." + std::string(key), {}, language), text::ColumnKind::text, width, {}, ""});
    }
    return columns;
}

std::string moment_text(core::Zone const& zone, core::Instant at) {
    int const minute = zone.minute_of_day(at);
    auto two = [](std::int64_t number) { return (number < 10 ? ":0" : ":") + std::to_string(number); };
    return zone.date_of(at).text() + " " + two(minute / 60).substr(1) + two(minute % 60) + two(at.ms / 1000 % 60);
}

}  // namespace

void AuditChain::handle(sql::Tx& tx, feed::Entry const& entry) {
    auto const read = core::json::read<AuditRecord>(entry.body.value, core::json::UnknownFields::ignore);
    if (!read) throw std::runtime_error("an audit event that cannot be read: " + read.error().key);
    auto const head = store::audit_head(tx).value_or(store::AuditHead{0, first_previous, {}});
    AuditRow row{head.number + 1,
                 read->at,
                 read->account_id,
                 read->person_id,
                 read->action,
                 read->subject,
                 read->detail,
                 read->client,
                 read->trace_id,
                 head.hash,
                 {}};
    row.hash = hash_of(tx.district(), row);
    store::insert_audit_row(tx, row);
    std::string const text = audit_head_binding(tx.district(), row.number, row.hash);
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
    if (!Keys::current().verify(KeyPurpose::audit_head, audit_head_binding(tx.district(), head->number, head->hash),
                                head->signature)) {
        return fault(AuditFault::head_forged, head->number);
    }
    if (verdict.rows < head->number) return fault(AuditFault::truncated, verdict.rows + 1);
    if (verdict.rows > head->number) return fault(AuditFault::head_forged, head->number + 1);
    if (previous != head->hash) return fault(AuditFault::changed, head->number);
    return verdict;
}

std::optional<AuditAnchor> audit_anchor(sql::Tx& tx) {
    auto const head = store::audit_head(tx);
    if (!head) return std::nullopt;
    return AuditAnchor{head->number, head->hash};
}

std::optional<std::string> audit_row_hash(sql::Tx& tx, std::int64_t number) {
    auto const rows = store::audit_rows(tx, number - 1, 1);
    if (rows.empty() || rows.front().number != number) return std::nullopt;
    return hash_of(tx.district(), rows.front());
}

void register_audit_namer(AuditNamer namer) {
    namers().push_back(std::move(namer));
}

core::Result<core::Page<AuditItem>> list_audit(sql::Database& db, Gate& gate, Caller const& caller,
                                               AuditQuery const& query, std::string_view language) {
    auto const before = TRY(read_after(query.after));
    auto asked = query;
    asked.limit = std::clamp(query.limit, 1, largest_page);
    return db.read(caller.district, [&](sql::Tx& tx) -> core::Result<core::Page<AuditItem>> {
        TRY_VOID(require_auditor(tx, gate, caller));
        return page_of(tx, gate, asked, before, language);
    });
}

core::Result<void> export_audit(sql::Database& db, Gate& gate, Caller const& caller, AuditExport const& wish,
                                std::filesystem::path const& path, std::string_view language) {
    if (text::count_characters(text::trim(wish.reason)) < shortest_reason) {
        return core::invalid_at("reason", "audit.reason_too_short", {{"min", std::to_string(shortest_reason)}});
    }
    AuditQuery query{wish.action, wish.who, wish.school, "", "", wish.from, wish.to, "", largest_page};
    auto const allowed = db.transact(caller.district, [&](sql::Tx& tx) -> core::Result<void> {
        TRY_VOID(require_auditor(tx, gate, caller));
        auto const zone = gate.options().zone;
        auto day = [&](std::int64_t ms) { return ms == 0 ? std::string() : zone.date_of(core::Instant{ms}).text(); };
        auto const until = wish.to == 0 ? std::string() : day(wish.to - 1);
        ExportNote const note{wish.action, wish.who, wish.school, day(wish.from), until, wish.reason};
        audit(tx, caller, {"audit.exported", std::to_string(tx.district()), core::json::write(note)});
        return {};
    });
    if (!allowed) return allowed.error();
    text::XlsxWriter writer(path);
    writer.sheet(core::message("audit.sheet", {}, language), export_columns(language));
    auto before = std::numeric_limits<std::int64_t>::max();
    for (int written = 0; written < most_exported;) {
        auto const page =
            db.read(caller.district, [&](sql::Tx& tx) { return page_of(tx, gate, query, before, language); });
        for (auto const& item : page.items) {
            writer.row({std::to_string(item.number), moment_text(gate.options().zone, item.at), item.actor,
                        item.action_name, item.subject_name.empty() ? item.subject : item.subject_name,
                        joined(item, language), item.client, item.trace_id});
        }
        written += static_cast<int>(page.items.size());
        if (!page.next) break;
        before = std::stoll(*page.next);
    }
    writer.finish();
    return {};
}

core::Result<AuditVerdict> verify_audit(sql::Database& db, Gate& gate, Caller const& caller) {
    return db.read(caller.district, [&](sql::Tx& tx) -> core::Result<AuditVerdict> {
        TRY_VOID(require_auditor(tx, gate, caller));
        return verify_audit(tx);
    });
}

}  // namespace santong::auth
