#pragma once
#include <array>
#include <compare>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace santong::core {

/// 128-bit identifier, UUIDv7 (RFC 9562): sorts by the time it was made. All zero means "none".
struct Uuid {
    std::array<std::uint8_t, 16> bytes{};

    auto operator<=>(Uuid const&) const = default;
    bool is_nil() const { return *this == Uuid{}; }
    /// Lower-case text of 36 characters.
    std::string text() const;
    /// Reads 36 characters of either case; empty for anything else.
    static std::optional<Uuid> parse(std::string_view text);
    /// The same identifier for the same name, always (UUIDv8 over SHA-256): for rows that are computed again.
    static Uuid named(std::string_view name);
    /// A new UUIDv7; within a process each is larger than the one before.
    static Uuid make();
};

/// Makes `Uuid::make` repeatable in this process while it lives: for the demo district and for tests.
class SeededUuids {
public:
    SeededUuids(std::uint64_t seed, std::int64_t start_ms);
    ~SeededUuids();
    SeededUuids(SeededUuids const&) = delete;
    SeededUuids& operator=(SeededUuids const&) = delete;
};

/// A Uuid that knows what it identifies, so that a class cannot be passed for a school.
template <class Tag>
struct Id {
    Uuid value;

    auto operator<=>(Id const&) const = default;
    bool is_nil() const { return value.is_nil(); }
    std::string text() const { return value.text(); }
    static Id make() { return Id{Uuid::make()}; }
    static std::optional<Id> parse(std::string_view text) {
        auto uuid = Uuid::parse(text);
        if (!uuid) return std::nullopt;
        return Id{*uuid};
    }
    /// The same identifier under another name: an organisation that is known to be a school.
    template <class Other>
    Id<Other> as() const {
        return Id<Other>{value};
    }
};

/// Number of the bureau, of any level, that owns a row (DESIGN 3): the GB/T 2260 code of its area.
using DistrictId = std::int32_t;

using OrgId = Id<struct OrgTag>;  ///< any node of the org tree; schools and classes are such nodes
using PersonId = Id<struct PersonTag>;
using AccountId = Id<struct AccountTag>;
using FileId = Id<struct FileTag>;
using JobId = Id<struct JobTag>;

}  // namespace santong::core

template <class Tag>
struct std::hash<santong::core::Id<Tag>> {
    std::size_t operator()(santong::core::Id<Tag> const& id) const noexcept {
        std::size_t seed = 0;
        for (auto byte : id.value.bytes) seed = seed * 131 + byte;
        return seed;
    }
};
