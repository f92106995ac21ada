#pragma once
// Parameters and cells, common to both databases.
#include <cstdint>
#include <string>
#include <string_view>
#include <type_traits>
#include <variant>
#include <vector>

#include "core/described.hpp"

namespace santong::sql {

struct Null {};

/// A list parameter: bound to `{in $n}`, which reads as `= ANY($n)` or as a membership test, whichever the database
/// has.
struct ListParam {
    std::vector<std::string> items;
    bool numeric = false;
};

/// One bound parameter. Text is UTF-8.
using Param = std::variant<Null, bool, std::int64_t, double, std::string, core::Bytes, core::RawJson, ListParam>;

/// Turns a value of any supported type into a parameter; defined for described enumerations by their name.
template <class T>
Param to_param(T const& value) {
    if constexpr (std::is_same_v<T, bool>)
        return value;
    else if constexpr (std::is_enum_v<T>)
        return std::string(core::enum_text(value));
    else if constexpr (std::is_integral_v<T>)
        return static_cast<std::int64_t>(value);
    else if constexpr (std::is_floating_point_v<T>)
        return static_cast<double>(value);
    else if constexpr (std::is_convertible_v<T const&, std::string_view>)
        return std::string(std::string_view(value));
    else if constexpr (std::is_same_v<T, core::Instant>)
        return value.ms;
    else if constexpr (std::is_same_v<T, core::Uuid>)
        return value.text();
    else if constexpr (std::is_same_v<T, core::LocalDate>)
        return value.text();
    else if constexpr (std::is_same_v<T, core::Bytes> || std::is_same_v<T, core::RawJson>)
        return value;
    else if constexpr (std::is_same_v<T, ListParam> || std::is_same_v<T, Param> || std::is_same_v<T, Null>)
        return value;
    else
        return value.text();  // Id<Tag>
}
template <class T>
Param to_param(std::optional<T> const& value) {
    if (!value) return Null{};
    return to_param(*value);
}
template <class T>
Param to_param(std::vector<T> const& values) {
    ListParam list;
    list.numeric = std::is_integral_v<T>;
    for (auto const& value : values) {
        Param param = to_param(value);
        if (auto* text = std::get_if<std::string>(&param))
            list.items.push_back(std::move(*text));
        else
            list.items.push_back(std::to_string(std::get<std::int64_t>(param)));
    }
    return list;
}

/// Appends the parameters of all columns of a described struct, in the order of its fields.
void append_params(std::vector<Param>& out, core::Type const& type, void const* row);

/// A result row while it is being read. Column numbers start at 0.
class Cells {
public:
    virtual ~Cells() = default;
    virtual int count() const = 0;
    virtual std::string_view name(int column) const = 0;
    virtual bool is_null(int column) const = 0;
    virtual std::int64_t integer(int column) const = 0;
    virtual double real(int column) const = 0;
    virtual std::string_view text(int column) const = 0;
    virtual std::string bytes(int column) const = 0;
};

/// Which field of a described struct each column fills; made once for a result, used for each of its rows.
class RowMap {
public:
    RowMap(Cells const& cells, core::Type const& type);
    void read(Cells const& cells, void* row) const;

private:
    struct Entry {
        int column;
        std::size_t offset;
        core::Type const* type;
    };
    std::vector<Entry> entries_;
};

/// Reads one cell into a value of the given type.
void read_cell(Cells const& cells, int column, core::Type const& type, void* value);

}  // namespace santong::sql
