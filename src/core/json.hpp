#pragma once
// JSON by type tables. Writing needs no DOM (half the CPU); reading names the place of each error.
#include <string>
#include <string_view>

#include "core/described.hpp"
#include "core/result.hpp"

namespace santong::core::json {

/// What to do with a field of the input that the type does not have.
enum class UnknownFields { refuse, ignore };

void write(std::string& out, Type const& type, void const* value);
/// Appends `text` as a JSON string with its quotes.
void write_string(std::string& out, std::string_view text);
/// Reads all of `text`; problems carry JSON pointers. Text must be valid UTF-8 without control characters.
Result<void> read(std::string_view text, Type const& type, void* value, UnknownFields unknown);

template <class T>
std::string write(T const& value) {
    std::string out;
    write(out, type_of<T>(), &value);
    return out;
}

template <class T>
Result<T> read(std::string_view text, UnknownFields unknown = UnknownFields::refuse) {
    T value{};
    TRY_VOID(read(text, type_of<T>(), &value, unknown));
    return value;
}

/// The JSON Schema (2020-12, as in OpenAPI 3.1) of a type; objects go by name into `components`
/// (name → schema text) and are referred to.
std::string schema(Type const& type, std::map<std::string, std::string>& components);

}  // namespace santong::core::json
