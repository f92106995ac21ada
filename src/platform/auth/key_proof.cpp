#include "platform/auth/key_proof.hpp"

#include <optional>
#include <set>

#include "platform/auth/audit_store.hpp"
#include "platform/auth/bindings.hpp"
#include "platform/auth/vault_store.hpp"
#include "platform/sql/installation.hpp"

namespace santong::auth {

namespace {

/// Tries the key on one thing of the district; nothing if the district has none under it.
std::optional<bool> tried(sql::Tx& tx, Keys const& keys, std::string const& id) {
    auto const district = tx.district();
    if (auto const row = store::any_person_key_under(tx, id)) {
        auto const binding = person_binding(district, row->person_id, "key");
        return keys.open(KeyPurpose::person_keys, {id, row->wrapped->value}, binding).has_value();
    }
    if (auto const row = store::any_second_factor_under(tx, id)) {
        auto const binding = totp_binding(district, row->account_id);
        return keys.open(KeyPurpose::second_factor, {id, row->sealed.value}, binding).has_value();
    }
    auto const head = store::audit_head(tx);
    if (!head || !head->signature.starts_with(id + ".")) return std::nullopt;
    auto const binding = audit_head_binding(district, head->number, head->hash);
    return keys.verify(KeyPurpose::audit_head, binding, head->signature);
}

}  // namespace

std::vector<std::string> master_keys_needed(sql::Database& db) {
    std::set<std::string> ids;
    for (auto const& id : db.read(0, [](sql::Tx& tx) { return store::master_keys_in_use(tx); })) ids.insert(id);
    for (auto const district : sql::districts(db)) {
        auto const head = db.read(district, [](sql::Tx& tx) { return store::audit_head(tx); });
        if (head) ids.insert(head->signature.substr(0, head->signature.find('.')));
    }
    return {ids.begin(), ids.end()};
}

bool key_fits(sql::Database& db, MasterKey const& key) {
    auto const keys = Keys::of({key});
    for (auto const district : sql::districts(db)) {
        auto const verdict = db.read(district, [&](sql::Tx& tx) { return tried(tx, *keys, key.id); });
        if (verdict) return *verdict;
    }
    return false;
}

}  // namespace santong::auth
