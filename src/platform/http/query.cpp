// Query parameters into described structs.
#include <charconv>
#include <cmath>

#include "platform/http/router.hpp"

namespace santong::http {

namespace {

template <class Number>
bool parse_number(std::string_view text, void* value) {
    Number number{};
    auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc{} || end != text.data() + text.size()) return false;
    if constexpr (std::is_floating_point_v<Number>) {
        if (!std::isfinite(number)) return false;
    }
    *static_cast<Number*>(value) = number;
    return true;
}

bool parse_bool(std::string_view text, void* value) {
    bool const yes = text == "true" || text == "1";
    if (!yes && text != "false" && text != "0") return false;
    *static_cast<bool*>(value) = yes;
    return true;
}

/// Stores `parsed` if there is one.
template <class T>
bool keep(std::optional<T> parsed, void* value) {
    if (!parsed) return false;
    *static_cast<T*>(value) = *parsed;
    return true;
}

bool parse_value(std::string_view text, core::Type const& type, void* value);

bool parse_list(std::string_view text, core::Type const& type, void* value) {
    type.clear(value);
    while (!text.empty()) {
        auto end = std::min(text.find(','), text.size());
        if (!parse_value(text.substr(0, end), type.element(), type.append(value))) return false;
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return true;
}

bool parse_value(std::string_view text, core::Type const& type, void* value) {
    switch (type.kind) {
        case core::Kind::boolean: return parse_bool(text, value);
        case core::Kind::int32: return parse_number<std::int32_t>(text, value);
        case core::Kind::int64: return parse_number<std::int64_t>(text, value);
        case core::Kind::float64: return parse_number<double>(text, value);
        case core::Kind::string: *static_cast<std::string*>(value) = text; return true;
        case core::Kind::enumeration: return keep<int>(core::enum_value(type, text), value);
        case core::Kind::uuid: return keep(core::Uuid::parse(text), value);
        case core::Kind::instant: return parse_number<std::int64_t>(text, value);
        case core::Kind::date: return keep(core::LocalDate::parse(text), value);
        case core::Kind::list: return parse_list(text, type, value);
        case core::Kind::optional: return parse_value(text, type.element(), type.append(value));
        case core::Kind::bytes:
        case core::Kind::raw_json:
        case core::Kind::object:
        case core::Kind::dictionary: return false;
    }
    return false;
}

}  // namespace

core::Result<void> read_query(Call const& call, core::Type const& type, void* value) {
    std::vector<core::Problem> problems;
    for (auto const& [name, text] : call.query) {
        auto field = std::find_if(type.fields.begin(), type.fields.end(), [&](auto& f) { return f.name == name; });
        if (field == type.fields.end())
            problems.push_back({name, "http.unknown_parameter", {}});
        else if (!parse_value(text, field->type(), static_cast<char*>(value) + field->offset))
            problems.push_back({name, "http.unreadable_value", {}});
    }
    if (!problems.empty()) return core::invalid(std::move(problems));
    return {};
}

}  // namespace santong::http
