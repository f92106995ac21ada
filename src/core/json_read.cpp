#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <boost/json/value.hpp>
#include <limits>

#include "core/base64.hpp"
#include "core/json.hpp"

namespace santong::core::json {

namespace {

namespace bj = boost::json;

/// Reads a tree of JSON values into a value of a type, collecting what is wrong.
class Reader {
public:
    explicit Reader(UnknownFields unknown) : unknown_(unknown) {}
    void read(bj::value const& in, Type const& type, void* out, std::string const& at);
    std::vector<Problem> problems;

private:
    void problem(std::string const& at, char const* key) { problems.push_back({at, key, {}}); }
    void integer(bj::value const& in, Type const& type, void* out, std::string const& at);
    void text(bj::value const& in, Type const& type, void* out, std::string const& at);
    void object(bj::value const& in, Type const& type, void* out, std::string const& at);
    void list(bj::value const& in, Type const& type, void* out, std::string const& at);
    void dictionary(bj::value const& in, Type const& type, void* out, std::string const& at);
    UnknownFields unknown_;
};

bool has_control(std::string_view text) {
    for (char const c : text) {
        if (static_cast<unsigned char>(c) < 0x20 && c != '\n' && c != '\t' && c != '\r') return true;
        if (c == 0x7f) return true;
    }
    return false;
}

std::string escaped(std::string_view name) {
    std::string out;
    for (char const c : name) {
        if (c == '~')
            out += "~0";
        else if (c == '/')
            out += "~1";
        else
            out += c;
    }
    return out;
}

void Reader::integer(bj::value const& in, Type const& type, void* out, std::string const& at) {
    boost::system::error_code error;
    auto const number = in.is_number() ? in.to_number<std::int64_t>(error) : 0;
    if (!in.is_number() || error) return problem(at, "core.integer_expected");
    if (type.kind == Kind::int32) {
        if (number < std::numeric_limits<std::int32_t>::min() || number > std::numeric_limits<std::int32_t>::max()) {
            return problem(at, "core.number_out_of_range");
        }
        *static_cast<std::int32_t*>(out) = static_cast<std::int32_t>(number);
    } else if (type.kind == Kind::instant) {
        *static_cast<Instant*>(out) = Instant{number};
    } else {
        *static_cast<std::int64_t*>(out) = number;
    }
}

void Reader::text(bj::value const& in, Type const& type, void* out, std::string const& at) {
    if (!in.is_string()) return problem(at, "core.text_expected");
    std::string_view const text(in.get_string().data(), in.get_string().size());
    switch (type.kind) {
        case Kind::string:
            if (has_control(text)) return problem(at, "core.control_character");
            static_cast<std::string*>(out)->assign(text);
            return;
        case Kind::enumeration: {
            auto const value = enum_value(type, text);
            if (!value) return problem(at, "core.unknown_choice");
            *static_cast<int*>(out) = *value;
            return;
        }
        case Kind::uuid: {
            auto const uuid = text.empty() ? Uuid{} : Uuid::parse(text);
            if (!uuid) return problem(at, "core.identifier_expected");
            *static_cast<Uuid*>(out) = *uuid;
            return;
        }
        case Kind::date: {
            auto const date = LocalDate::parse(text);
            if (!date) return problem(at, "core.date_expected");
            *static_cast<LocalDate*>(out) = *date;
            return;
        }
        default: {
            auto bytes = base64_decode(text);
            if (!bytes) return problem(at, "core.base64_expected");
            static_cast<Bytes*>(out)->value = std::move(*bytes);
        }
    }
}

void Reader::object(bj::value const& in, Type const& type, void* out, std::string const& at) {
    if (!in.is_object()) return problem(at, "core.object_expected");
    auto const& object = in.get_object();
    for (auto const& field : type.fields) {
        auto const& field_type = field.type();
        auto const where = at + "/" + field.name;
        if (auto const* value = object.if_contains(field.name)) {
            read(*value, field_type, static_cast<char*>(out) + field.offset, where);
        } else if (field_type.kind != Kind::optional && field_type.kind != Kind::list &&
                   field_type.kind != Kind::dictionary) {
            problem(where, "core.required");
        }
    }
    if (unknown_ == UnknownFields::ignore) return;
    for (auto const& [name, value] : object) {
        bool known = false;
        for (auto const& field : type.fields) known = known || name == field.name;
        if (!known) problem(at + "/" + escaped({name.data(), name.size()}), "core.unknown_field");
    }
}

void Reader::list(bj::value const& in, Type const& type, void* out, std::string const& at) {
    if (!in.is_array()) return problem(at, "core.list_expected");
    type.clear(out);
    std::size_t number = 0;
    for (auto const& element : in.get_array()) {
        read(element, type.element(), type.append(out), at + "/" + std::to_string(number++));
    }
}

void Reader::dictionary(bj::value const& in, Type const& type, void* out, std::string const& at) {
    if (!in.is_object()) return problem(at, "core.object_expected");
    type.clear(out);
    for (auto const& [name, value] : in.get_object()) {
        std::string const key(name.data(), name.size());
        read(value, type.element(), type.entry(out, key), at + "/" + escaped(key));
    }
}

void Reader::read(bj::value const& in, Type const& type, void* out, std::string const& at) {
    switch (type.kind) {
        case Kind::boolean:
            if (!in.is_bool()) return problem(at, "core.boolean_expected");
            *static_cast<bool*>(out) = in.get_bool();
            return;
        case Kind::int32:
        case Kind::int64:
        case Kind::instant: return integer(in, type, out, at);
        case Kind::float64:
            if (!in.is_number()) return problem(at, "core.number_expected");
            *static_cast<double*>(out) = in.to_number<double>();
            return;
        case Kind::raw_json: static_cast<RawJson*>(out)->value = bj::serialize(in); return;
        case Kind::object: return object(in, type, out, at);
        case Kind::list: return list(in, type, out, at);
        case Kind::dictionary: return dictionary(in, type, out, at);
        case Kind::optional:
            if (in.is_null()) return type.clear(out);
            return read(in, type.element(), type.append(out), at);
        case Kind::string:
        case Kind::enumeration:
        case Kind::uuid:
        case Kind::date:
        case Kind::bytes: return text(in, type, out, at);
    }
}

}  // namespace

Result<void> read(std::string_view text, Type const& type, void* value, UnknownFields unknown) {
    bj::parse_options options;
    options.max_depth = 32;
    boost::system::error_code error;
    auto const tree = bj::parse({text.data(), text.size()}, error, {}, options);
    if (error) return invalid("core.not_json");
    Reader reader(unknown);
    reader.read(tree, type, value, "");
    if (!reader.problems.empty()) return invalid(std::move(reader.problems));
    return {};
}

}  // namespace santong::core::json
