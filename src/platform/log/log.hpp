#pragma once
// Structured log: one JSON object a line. Never write personal data, tokens or query strings.
#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <variant>

#include "core/described.hpp"

namespace santong::log {

enum class Level : int { debug, info, warning, error };
BOOST_DESCRIBE_ENUM(Level, debug, info, warning, error)

/// One named value of a line.
struct Field {
    std::string_view name;
    std::variant<std::string_view, std::int64_t, double, bool> value;

    Field(std::string_view name_, std::string_view text) : name(name_), value(text) {}
    Field(std::string_view name_, std::string const& text) : name(name_), value(std::string_view(text)) {}
    Field(std::string_view name_, char const* text) : name(name_), value(std::string_view(text)) {}
    Field(std::string_view name_, bool yes) : name(name_), value(yes) {}
    Field(std::string_view name_, double number) : name(name_), value(number) {}
    template <class Integer>
        requires(std::is_integral_v<Integer> && !std::is_same_v<Integer, bool>)
    Field(std::string_view name_, Integer number) : name(name_), value(static_cast<std::int64_t>(number)) {}
};
using Fields = std::initializer_list<Field>;

/// Where lines go from now on: standard error, or a file that is turned over at 32 MB, seven kept. Before the first
/// call lines of level `info` and above go to standard error. Throws if the file cannot be opened.
void start(Level least, std::string const& file = {});
void write(Level level, std::string_view message, Fields fields = {});
/// Writes out what is buffered; call before the process ends.
void flush();

inline void debug(std::string_view message, Fields fields = {}) {
    write(Level::debug, message, fields);
}
inline void info(std::string_view message, Fields fields = {}) {
    write(Level::info, message, fields);
}
inline void warning(std::string_view message, Fields fields = {}) {
    write(Level::warning, message, fields);
}
inline void error(std::string_view message, Fields fields = {}) {
    write(Level::error, message, fields);
}

}  // namespace santong::log
