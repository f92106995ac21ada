#include <charconv>
#include <cmath>

#include "core/assert.hpp"
#include "core/base64.hpp"
#include "core/json.hpp"

namespace santong::core::json {

namespace {

template <class Number>
void write_number(std::string& out, Number value) {
    char digits[32];
    out.append(digits, std::to_chars(digits, digits + sizeof digits, value).ptr);
}

void write_object(std::string& out, Type const& type, void const* value) {
    out += '{';
    bool first = true;
    for (auto const& field : type.fields) {
        if (!first) out += ',';
        first = false;
        out += '"';
        out += field.name;
        out += "\":";
        write(out, field.type(), static_cast<char const*>(value) + field.offset);
    }
    out += '}';
}

void write_list(std::string& out, Type const& type, void const* value) {
    out += '[';
    auto const count = type.count(value);
    auto const& element = type.element();
    for (std::size_t i = 0; i < count; ++i) {
        if (i > 0) out += ',';
        write(out, element, type.at(value, i));
    }
    out += ']';
}

void write_dictionary(std::string& out, Type const& type, void const* value) {
    struct Context {
        std::string& out;
        Type const& element;
        bool first = true;
    } context{out, type.element()};
    out += '{';
    type.each(
        value,
        [](void* opaque, std::string const& key, void const* entry) {
            auto& c = *static_cast<Context*>(opaque);
            if (!c.first) c.out += ',';
            c.first = false;
            write_string(c.out, key);
            c.out += ':';
            write(c.out, c.element, entry);
        },
        &context);
    out += '}';
}

}  // namespace

void write_string(std::string& out, std::string_view text) {
    static constexpr char hex_digits[] = "0123456789abcdef";
    out += '"';
    std::size_t copied = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        auto const c = static_cast<unsigned char>(text[i]);
        if (c >= 0x20 && c != '"' && c != '\\') continue;
        out.append(text, copied, i - copied);
        copied = i + 1;
        switch (c) {
            case '"': out += "\\\""; break;
            case '\\': out += "\\\\"; break;
            case '\n': out += "\\n"; break;
            case '\t': out += "\\t"; break;
            default:
                out += "\\u00";
                out += hex_digits[c >> 4];
                out += hex_digits[c & 15];
        }
    }
    out.append(text, copied);
    out += '"';
}

void write(std::string& out, Type const& type, void const* value) {
    switch (type.kind) {
        case Kind::boolean: out += *static_cast<bool const*>(value) ? "true" : "false"; return;
        case Kind::int32: write_number(out, *static_cast<std::int32_t const*>(value)); return;
        case Kind::int64: write_number(out, *static_cast<std::int64_t const*>(value)); return;
        case Kind::float64: {
            double const number = *static_cast<double const*>(value);
            if (std::isfinite(number))
                write_number(out, number);
            else
                out += "null";
            return;
        }
        case Kind::string: write_string(out, *static_cast<std::string const*>(value)); return;
        case Kind::enumeration: write_string(out, enum_text(type, *static_cast<int const*>(value))); return;
        case Kind::uuid: {
            auto const& uuid = *static_cast<Uuid const*>(value);
            write_string(out, uuid.is_nil() ? std::string() : uuid.text());
            return;
        }
        case Kind::instant: write_number(out, static_cast<Instant const*>(value)->ms); return;
        case Kind::date: write_string(out, static_cast<LocalDate const*>(value)->text()); return;
        case Kind::bytes: write_string(out, base64(static_cast<Bytes const*>(value)->value)); return;
        case Kind::raw_json: out += static_cast<RawJson const*>(value)->value; return;
        case Kind::object: write_object(out, type, value); return;
        case Kind::list: write_list(out, type, value); return;
        case Kind::optional:
            if (type.count(value) == 0)
                out += "null";
            else
                write(out, type.element(), type.at(value, 0));
            return;
        case Kind::dictionary: write_dictionary(out, type, value); return;
    }
}

std::string schema(Type const& type, std::map<std::string, std::string>& components) {
    switch (type.kind) {
        case Kind::boolean: return R"({"type":"boolean"})";
        case Kind::int32: return R"({"type":"integer","format":"int32"})";
        case Kind::int64: return R"({"type":"integer","format":"int64"})";
        case Kind::float64: return R"({"type":"number"})";
        case Kind::string: return R"({"type":"string"})";
        case Kind::uuid: return R"({"type":"string","format":"uuid"})";
        case Kind::instant: return R"({"type":"integer","format":"int64","description":"milliseconds since 1970 UTC"})";
        case Kind::date: return R"({"type":"string","format":"date"})";
        case Kind::bytes: return R"({"type":"string","contentEncoding":"base64"})";
        case Kind::raw_json: return "{}";
        case Kind::list: return R"({"type":"array","items":)" + schema(type.element(), components) + "}";
        case Kind::dictionary:
            return R"({"type":"object","additionalProperties":)" + schema(type.element(), components) + "}";
        case Kind::optional: return R"({"anyOf":[)" + schema(type.element(), components) + R"(,{"type":"null"}]})";
        case Kind::enumeration: {
            std::string out = R"({"type":"string","enum":[)";
            for (std::size_t i = 0; i < type.names.size(); ++i) {
                if (i > 0) out += ',';
                write_string(out, type.names[i].first);
            }
            components[type.name] = out + "]}";
            return R"({"$ref":"#/components/schemas/)" + type.name + R"("})";
        }
        case Kind::object: break;
    }
    if (components.emplace(type.name, "").second) {
        std::string out = R"({"type":"object","properties":{)", required;
        for (auto const& field : type.fields) {
            if (&field != &type.fields.front()) out += ',';
            write_string(out, field.name);
            out += ':' + schema(field.type(), components);
            if (field.type().kind == Kind::optional) continue;
            if (!required.empty()) required += ',';
            write_string(required, field.name);
        }
        components[type.name] = out + R"(},"required":[)" + required + "]}";
    }
    return R"({"$ref":"#/components/schemas/)" + type.name + R"("})";
}

}  // namespace santong::core::json
