#pragma once
// Personal fields (DESIGN 3): identity number, G-kind 学籍号, phone, health. Each person has a key of his own; a field
// is sealed under it and bound to district, person and field name. Erasing the person destroys the key.
#include <string>
#include <string_view>
#include <vector>

#include "core/described.hpp"
#include "core/result.hpp"
#include "platform/sql/database.hpp"

namespace santong::auth {

/// A sealed personal field: a column of TEXT and a JSON string. It says nothing without the person's key.
struct SealedText {
    std::string value;

    bool empty() const { return value.empty(); }
    std::string const& text() const { return value; }
    auto operator<=>(SealedText const&) const = default;
};

/// Seals one field of one person; makes the person's key if he has none. Empty text stays empty.
/// Refuses with "auth.person_erased" if the person's key was destroyed.
core::Result<SealedText> seal(sql::Tx& tx, core::PersonId const& person, std::string_view field,
                              std::string_view clear);
/// The clear text; "auth.person_erased" (gone) after `erase`. Throws if the sealed text was altered or moved.
core::Result<std::string> open(sql::Tx& tx, core::PersonId const& person, std::string_view field,
                               SealedText const& sealed);

/// Loads or makes the keys of many persons at once, so that `seal` and `open` in this transaction need no more queries.
void prepare_keys(sql::Tx& tx, std::vector<core::PersonId> const& persons);
/// As above, for reading: makes no keys, so it also works in `read`.
void load_keys(sql::Tx& tx, std::vector<core::PersonId> const& persons);

/// Keyed hash for looking a field up without opening it; `purpose` is the field's name ("identity_number").
std::string blind_index(std::string_view purpose, std::string_view normalized);

/// Destroys the person's key: what was sealed under it can never be read again, wherever a copy lies.
void erase_person_key(sql::Tx& tx, core::PersonId const& person);

/// Wraps up to `limit` person keys under the newest master key; answers how many. Call until 0 after a rotation.
int rewrap_person_keys(sql::Tx& tx, int limit);

}  // namespace santong::auth

namespace santong::core::detail {
template <>
struct TypeBuilder<auth::SealedText> {
    static Type make() {
        Type type;
        type.kind = Kind::string;
        return type;
    }
};
}  // namespace santong::core::detail
