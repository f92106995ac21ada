#include "core/described.hpp"

#include <cctype>
#include <deque>
#include <mutex>

namespace santong::core {

std::string_view enum_text(Type const& type, int value) {
    for (auto const& [name, number] : type.names) {
        if (number == value) return name;
    }
    return "";
}

std::optional<int> enum_value(Type const& type, std::string_view name) {
    for (auto const& [text, number] : type.names) {
        if (name == text) return number;
    }
    return std::nullopt;
}

namespace detail {

char const* enumerator_text(char const* name) {
    std::string_view const text = name;
    if (!text.ends_with('_')) return name;
    static std::mutex mutex;
    static std::deque<std::string> kept;  // types live as long as the program, and so do their names
    std::lock_guard const lock(mutex);
    return kept.emplace_back(text.substr(0, text.size() - 1)).c_str();
}

std::string schema_name(std::string_view signature) {
    // "… [with T = santong::core::Page<santong::roster::Person>]" → "Page<Person>" → "PagePerson"
    auto const from = signature.find("T = ");
    auto rest = signature.substr(from + 4);
    rest = rest.substr(0, rest.find_first_of(";]"));
    std::string out, word;
    for (char const c : rest) {
        if (std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_') {
            word += c;
        } else {
            if (c != ':') out += word;
            word.clear();
        }
    }
    return out + word;
}

}  // namespace detail

}  // namespace santong::core
