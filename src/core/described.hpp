#pragma once
// Type-erased tables made from BOOST_DESCRIBE_STRUCT: JSON, SQL rows and OpenAPI read them at run time,
// so that this code is compiled once and not once per struct (STYLE 4b).
#include <boost/describe.hpp>
#include <boost/mp11/algorithm.hpp>
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/id.hpp"
#include "core/time.hpp"

namespace santong::core {

/// Raw bytes: BLOB/BYTEA in a row, base64 in JSON.
struct Bytes {
    std::string value;
    auto operator<=>(Bytes const&) const = default;
};

/// A JSON text that is passed through as it is: TEXT/JSONB in a row.
struct RawJson {
    std::string value = "null";
    auto operator<=>(RawJson const&) const = default;
};

enum class Kind : std::uint8_t {
    boolean,
    int32,
    int64,
    float64,
    string,
    enumeration,
    uuid,
    instant,
    date,
    bytes,
    raw_json,
    object,
    list,
    optional,
    dictionary
};

struct Type;
using TypeGetter = Type const& (*)();

struct Field {
    char const* name;
    std::size_t offset;
    TypeGetter type;
};

/// What the program knows of a described type at run time.
struct Type {
    Kind kind = Kind::object;
    std::string name;                                ///< schema name of an object or an enumeration
    std::vector<Field> fields;                       ///< of an object, bases first
    TypeGetter element = nullptr;                    ///< of a list, optional or dictionary
    std::vector<std::pair<char const*, int>> names;  ///< of an enumeration
    std::size_t (*count)(void const*) = nullptr;     ///< of a list or optional
    void const* (*at)(void const*, std::size_t) = nullptr;
    void* (*append)(void*) = nullptr;  ///< adds one element (or fills the optional) and returns it
    void (*clear)(void*) = nullptr;
    /// Dictionary only: calls `visit` for each entry.
    void (*each)(void const*, void (*visit)(void*, std::string const&, void const*), void* context) = nullptr;
    void* (*entry)(void*, std::string const&) = nullptr;
};

/// The table of T; made on first use, then kept.
template <class T>
Type const& type_of();

namespace detail {

/// "Page<Lesson>" and "santong::live::Lesson" become "PageLesson" and "Lesson".
std::string schema_name(std::string_view function_signature);

/// The text of an enumerator: its name without the underscore at the end that a C++ keyword needs (`public_`,
/// `return_`).
char const* enumerator_text(char const* name);

template <class T>
struct TypeBuilder {
    static Type make() {
        Type type;
        if constexpr (std::is_same_v<T, bool>)
            type.kind = Kind::boolean;
        else if constexpr (std::is_enum_v<T>)
            enumeration(type);
        else if constexpr (std::is_integral_v<T>)
            type.kind = sizeof(T) == 8 ? Kind::int64 : Kind::int32;
        else if constexpr (std::is_floating_point_v<T>)
            type.kind = Kind::float64;
        else if constexpr (std::is_same_v<T, std::string>)
            type.kind = Kind::string;
        else if constexpr (std::is_same_v<T, Uuid>)
            type.kind = Kind::uuid;
        else if constexpr (std::is_same_v<T, Instant>)
            type.kind = Kind::instant;
        else if constexpr (std::is_same_v<T, LocalDate>)
            type.kind = Kind::date;
        else if constexpr (std::is_same_v<T, Bytes>)
            type.kind = Kind::bytes;
        else if constexpr (std::is_same_v<T, RawJson>)
            type.kind = Kind::raw_json;
        else
            object(type);
        return type;
    }
    static void enumeration(Type& type) {
        static_assert(sizeof(T) == sizeof(int), "described enumerations have the size of int");
        type.kind = Kind::enumeration;
        type.name = schema_name(__PRETTY_FUNCTION__);
        boost::mp11::mp_for_each<boost::describe::describe_enumerators<T>>(
            [&](auto d) { type.names.emplace_back(enumerator_text(d.name), static_cast<int>(d.value)); });
    }
    static void object(Type& type) {
        namespace describe = boost::describe;
        type.kind = Kind::object;
        type.name = schema_name(__PRETTY_FUNCTION__);
        static T const sample{};
        using Members = describe::describe_members<T, describe::mod_public | describe::mod_inherited>;
        boost::mp11::mp_for_each<Members>([&](auto d) {
            using Member = std::remove_cvref_t<decltype(sample.*d.pointer)>;
            auto offset = reinterpret_cast<char const*>(&(sample.*d.pointer)) - reinterpret_cast<char const*>(&sample);
            type.fields.push_back({d.name, static_cast<std::size_t>(offset), &type_of<Member>});
        });
    }
};

template <class Tag>
struct TypeBuilder<Id<Tag>> {
    static Type make() {
        Type type;
        type.kind = Kind::uuid;
        return type;
    }
};

template <class E>
struct TypeBuilder<std::vector<E>> {
    using List = std::vector<E>;
    static_assert(!std::is_same_v<E, bool>, "a list of bool has no addressable elements");
    static Type make() {
        Type type;
        type.kind = Kind::list;
        type.element = &type_of<E>;
        type.count = [](void const* p) { return static_cast<List const*>(p)->size(); };
        type.at = [](void const* p, std::size_t i) -> void const* { return &(*static_cast<List const*>(p))[i]; };
        type.append = [](void* p) -> void* { return &static_cast<List*>(p)->emplace_back(); };
        type.clear = [](void* p) { static_cast<List*>(p)->clear(); };
        return type;
    }
};

template <class E>
struct TypeBuilder<std::optional<E>> {
    using Optional = std::optional<E>;
    static Type make() {
        Type type;
        type.kind = Kind::optional;
        type.element = &type_of<E>;
        type.count = [](void const* p) -> std::size_t { return static_cast<Optional const*>(p)->has_value() ? 1 : 0; };
        type.at = [](void const* p, std::size_t) -> void const* { return &**static_cast<Optional const*>(p); };
        type.append = [](void* p) -> void* { return &static_cast<Optional*>(p)->emplace(); };
        type.clear = [](void* p) { static_cast<Optional*>(p)->reset(); };
        return type;
    }
};

template <class E>
struct TypeBuilder<std::map<std::string, E>> {
    using Map = std::map<std::string, E>;
    static Type make() {
        Type type;
        type.kind = Kind::dictionary;
        type.element = &type_of<E>;
        type.count = [](void const* p) { return static_cast<Map const*>(p)->size(); };
        type.clear = [](void* p) { static_cast<Map*>(p)->clear(); };
        type.each = [](void const* p, void (*visit)(void*, std::string const&, void const*), void* context) {
            for (auto const& [key, value] : *static_cast<Map const*>(p)) visit(context, key, &value);
        };
        type.entry = [](void* p, std::string const& key) -> void* { return &(*static_cast<Map*>(p))[key]; };
        return type;
    }
};

}  // namespace detail

template <class T>
Type const& type_of() {
    static Type const type = detail::TypeBuilder<T>::make();
    return type;
}

/// Name of an enumerator, as it stands in JSON and in rows.
std::string_view enum_text(Type const& type, int value);
/// Value of an enumerator's name.
std::optional<int> enum_value(Type const& type, std::string_view name);

template <class E>
std::string_view enum_text(E value) {
    return enum_text(type_of<E>(), static_cast<int>(value));
}
template <class E>
std::optional<E> enum_parse(std::string_view name) {
    auto value = enum_value(type_of<E>(), name);
    if (!value) return std::nullopt;
    return static_cast<E>(*value);
}

/// One page of a list. `next` is passed back as `after`; absent on the last page.
template <class T>
struct Page {
    std::vector<T> items;
    std::optional<std::string> next;
    std::optional<std::int64_t> total;  ///< only where counting is cheap
    BOOST_DESCRIBE_CLASS(Page, (), (items, next, total), (), ())
};

/// The answer of a route that has nothing to say.
struct Nothing {};
BOOST_DESCRIBE_STRUCT(Nothing, (), ())

}  // namespace santong::core
