#include "platform/auth/vault.hpp"

#include <stdexcept>
#include <unordered_map>

#include "core/base64.hpp"
#include "platform/auth/bindings.hpp"
#include "platform/auth/crypto.hpp"
#include "platform/auth/keys.hpp"
#include "platform/auth/vault_store.hpp"

namespace santong::auth {

namespace {

constexpr std::size_t data_key_size = 32;
constexpr std::size_t chunk = 500;  // parameters of one query
constexpr char format = '1';        // leads every sealed text

/// Unwrapped keys of this transaction. An erased person stands here with an empty key.
struct PersonKeys {
    std::unordered_map<core::PersonId, std::string> clear;
    PersonKeys() = default;
    PersonKeys(PersonKeys const&) = delete;
    PersonKeys& operator=(PersonKeys const&) = delete;
    ~PersonKeys() {
        for (auto& [person, key] : clear) crypto::wipe(key);
    }
};

std::string bound_to(sql::Tx& tx, core::PersonId const& person, std::string_view field) {
    return person_binding(tx.district(), person, field);
}

std::string unwrap(sql::Tx& tx, store::PersonKeyRow const& row) {
    if (!row.wrapped) return {};
    auto key = Keys::current().open(KeyPurpose::person_keys, {row.key_id, row.wrapped->value},
                                    bound_to(tx, row.person_id, "key"));
    if (!key) throw std::runtime_error("a person's key does not open: is the right keys folder in place?");
    return std::move(*key);
}

void remember(sql::Tx& tx, std::vector<core::PersonId> const& persons) {
    auto& known = tx.attachment<PersonKeys>().clear;
    for (auto const& row : store::find_person_keys(tx, persons)) known[row.person_id] = unwrap(tx, row);
}

std::vector<core::PersonId> unknown_of(sql::Tx& tx, std::vector<core::PersonId> const& persons) {
    auto const& known = tx.attachment<PersonKeys>().clear;
    std::vector<core::PersonId> out;
    for (auto const& person : persons) {
        if (!known.contains(person)) out.push_back(person);
    }
    return out;
}

store::PersonKeyRow new_key(sql::Tx& tx, core::PersonId const& person) {
    std::string clear = crypto::random_bytes(data_key_size);
    auto wrapped = Keys::current().seal(KeyPurpose::person_keys, clear, bound_to(tx, person, "key"));
    crypto::wipe(clear);
    return {person, wrapped.key_id, core::Bytes{std::move(wrapped.bytes)}, core::system_now()};
}

template <class Visit>
void in_chunks(std::vector<core::PersonId> const& persons, Visit visit) {
    for (std::size_t from = 0; from < persons.size(); from += chunk) {
        auto const to = std::min(persons.size(), from + chunk);
        visit(std::vector<core::PersonId>(persons.begin() + static_cast<std::ptrdiff_t>(from),
                                          persons.begin() + static_cast<std::ptrdiff_t>(to)));
    }
}

}  // namespace

void load_keys(sql::Tx& tx, std::vector<core::PersonId> const& persons) {
    in_chunks(unknown_of(tx, persons), [&](auto const& part) { remember(tx, part); });
}

void prepare_keys(sql::Tx& tx, std::vector<core::PersonId> const& persons) {
    load_keys(tx, persons);
    in_chunks(unknown_of(tx, persons), [&](auto const& part) {
        std::vector<store::PersonKeyRow> rows;
        for (auto const& person : part) rows.push_back(new_key(tx, person));
        store::insert_person_keys(tx, rows);
        remember(tx, part);  // what is in the table counts, should somebody else have been faster
    });
}

core::Result<SealedText> seal(sql::Tx& tx, core::PersonId const& person, std::string_view field,
                              std::string_view clear) {
    if (clear.empty()) return SealedText{};
    prepare_keys(tx, {person});
    auto const& key = tx.attachment<PersonKeys>().clear.at(person);
    if (key.empty()) return core::gone("auth.person_erased");
    return SealedText{format + core::base64(crypto::seal(key, clear, bound_to(tx, person, field)))};
}

core::Result<std::string> open(sql::Tx& tx, core::PersonId const& person, std::string_view field,
                               SealedText const& sealed) {
    if (sealed.empty()) return std::string();
    load_keys(tx, {person});
    auto const& known = tx.attachment<PersonKeys>().clear;
    auto const found = known.find(person);
    if (found == known.end()) throw std::runtime_error("a sealed field without a person's key");
    if (found->second.empty()) return core::gone("auth.person_erased");
    auto bytes =
        sealed.value[0] == format ? core::base64_decode(std::string_view(sealed.value).substr(1)) : std::nullopt;
    auto clear = bytes ? crypto::open(found->second, *bytes, bound_to(tx, person, field)) : std::nullopt;
    if (!clear) throw std::runtime_error("a sealed field was altered or moved");
    return std::move(*clear);
}

std::string blind_index(std::string_view purpose, std::string_view normalized) {
    return crypto::base64url(Keys::current().blind(std::string(purpose) + "|" + std::string(normalized)));
}

void erase_person_key(sql::Tx& tx, core::PersonId const& person) {
    store::destroy_person_key(tx, person, core::system_now());
    auto& key = tx.attachment<PersonKeys>().clear[person];
    crypto::wipe(key);
}

int rewrap_person_keys(sql::Tx& tx, int limit) {
    auto rows = store::keys_not_under(tx, Keys::current().newest_id(), limit);
    for (auto& row : rows) {
        std::string clear = unwrap(tx, row);
        auto wrapped = Keys::current().seal(KeyPurpose::person_keys, clear, bound_to(tx, row.person_id, "key"));
        crypto::wipe(clear);
        row.key_id = wrapped.key_id;
        row.wrapped = core::Bytes{std::move(wrapped.bytes)};
        store::replace_wrapping(tx, row);
    }
    return static_cast<int>(rows.size());
}

}  // namespace santong::auth
