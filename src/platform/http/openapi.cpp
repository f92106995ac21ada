#include "platform/http/openapi.hpp"

#include <fmt/format.h>

#include <stdexcept>

#include "platform/http/problem.hpp"

namespace santong::http {

namespace {

constexpr std::string_view api_root = "/api/v1/";

std::string in_quotes(std::string_view text) {
    std::string out;
    core::json::write_string(out, text);
    return out;
}

/// "PATCH /api/v1/people/{person_id}" → "patchPeopleByPersonId".
std::string operation_id(Route const& route) {
    std::string id;
    for (char const c : method_name(route.method)) id += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    std::string_view path = route.path;
    if (path.starts_with(api_root)) path.remove_prefix(api_root.size());
    bool capital = true;
    for (char const c : path) {
        if (c == '{') id += "By";
        if (std::isalnum(static_cast<unsigned char>(c))) {
            id += capital ? static_cast<char>(std::toupper(static_cast<unsigned char>(c))) : c;
            capital = false;
        } else {
            capital = true;
        }
    }
    return id;
}

std::string tag_of(Route const& route) {
    std::string_view path = route.path;
    path.remove_prefix(path.starts_with(api_root) ? api_root.size() : 1);
    return std::string(path.substr(0, path.find('/')));
}

/// Names of the values in a path, in order.
std::vector<std::string> path_names(std::string_view path) {
    std::vector<std::string> names;
    for (auto at = path.find('{'); at != std::string_view::npos; at = path.find('{', at + 1)) {
        auto name = path.substr(at + 1, path.find('}', at) - at - 1);
        if (name.ends_with('*')) name.remove_suffix(1);
        names.emplace_back(name);
    }
    return names;
}

/// Collects schemas and sees to it that a name stands for one type only.
class Schemas {
public:
    std::string of(core::Type const& type) {
        check(type);
        return core::json::schema(type, texts_);
    }
    std::map<std::string, std::string> const& texts() const { return texts_; }

private:
    void check(core::Type const& type) {
        if (type.element) return check(type.element());
        if (type.kind != core::Kind::object && type.kind != core::Kind::enumeration) return;
        auto const [known, fresh] = types_.emplace(type.name, &type);
        if (known->second != &type) throw std::logic_error("two types are called " + type.name);
        if (!fresh) return;
        for (auto const& field : type.fields) check(field.type());
    }

    std::map<std::string, std::string> texts_;
    std::map<std::string, core::Type const*> types_;
};

std::string path_parameter(std::string const& name) {
    bool const identifier = name == "id" || name.ends_with("_id");
    return fmt::format(R"({{"name":{},"in":"path","required":true,"schema":{{"type":"string"{}}}}})", in_quotes(name),
                       identifier ? R"(,"format":"uuid")" : "");
}

std::string query_parameter(core::Field const& field, Schemas& schemas) {
    auto const* type = &field.type();
    if (type->kind == core::Kind::optional) type = &type->element();
    return fmt::format(R"({{"name":{},"in":"query","required":false{},"schema":{}}})", in_quotes(field.name),
                       type->kind == core::Kind::list ? R"(,"style":"form","explode":false)" : "", schemas.of(*type));
}

std::string parameters(Route const& route, Schemas& schemas) {
    std::vector<std::string> all;
    for (auto const& name : path_names(route.path)) all.push_back(path_parameter(name));
    if (route.query)
        for (auto const& field : route.query->fields) all.push_back(query_parameter(field, schemas));
    if (route.method == Method::post && route.access.kind != Access::Kind::open)
        all.emplace_back(R"({"$ref":"#/components/parameters/IdempotencyKey"})");
    return fmt::format("[{}]", fmt::join(all, ","));
}

std::string content(std::string_view media_type, std::string const& schema) {
    return fmt::format(R"({{{}:{{"schema":{}}}}})", in_quotes(media_type), schema);
}

std::string request_body(Route const& route, Schemas& schemas) {
    if (route.body)
        return fmt::format(R"(,"requestBody":{{"required":true,"content":{}}})",
                           content("application/json", schemas.of(*route.body)));
    if (!route.stream_body) return {};
    return R"(,"requestBody":{"content":{"*/*":{"schema":{"type":"string","format":"binary"}}}})";
}

std::string responses(Route const& route, Schemas& schemas) {
    std::string success = R"({"description":"Done")";
    if (route.answer)
        success += R"(,"content":)" + content("application/json", schemas.of(*route.answer));
    else if (!route.raw_content.empty())
        success += R"(,"content":)" + content(route.raw_content, R"({"type":"string","format":"binary"})");
    return fmt::format(R"({{"{}":{}}},"default":{{"$ref":"#/components/responses/Problem"}}}})", route.success_status,
                       success);
}

std::string operation(Route const& route, Schemas& schemas) {
    std::string text =
        fmt::format(R"({{"operationId":{},"tags":[{}])", in_quotes(operation_id(route)), in_quotes(tag_of(route)));
    if (!route.summary.empty()) text += R"(,"summary":)" + in_quotes(route.summary);
    switch (route.access.kind) {
        case Access::Kind::open: text += R"(,"security":[])"; break;
        case Access::Kind::signed_in: break;
        case Access::Kind::permission: text += R"(,"x-permission":)" + in_quotes(route.access.permission); break;
    }
    text += R"(,"parameters":)" + parameters(route, schemas);
    text += request_body(route, schemas);
    text += R"(,"responses":)" + responses(route, schemas);
    return text + "}";
}

std::string components(Schemas& schemas) {
    auto const problem = content("application/problem+json", schemas.of(core::type_of<Problem>()));
    std::vector<std::string> all;
    for (auto const& [name, text] : schemas.texts()) all.push_back(in_quotes(name) + ":" + text);
    return fmt::format(
        R"({{"parameters":{{"IdempotencyKey":{{"name":"Idempotency-Key","in":"header","required":false,)"
        R"("description":"A retry with the same key gets the first answer and does nothing twice.",)"
        R"("schema":{{"type":"string","maxLength":128}}}}}},)"
        R"("responses":{{"Problem":{{"description":"Refused; code is an i18n key","content":{}}}}},)"
        R"("schemas":{{{}}},)"
        R"("securitySchemes":{{"session":{{"type":"apiKey","in":"cookie","name":"__Host-sid",)"
        R"("description":"Plain `sid` on loopback http. Unsafe methods need the header X-CSRF-Token."}}}}}})",
        problem, fmt::join(all, ",\n"));
}

}  // namespace

std::string openapi(Router const& router) {
    Schemas schemas;
    std::map<std::string, std::map<std::string, std::string>> paths;
    for (auto const& route : router.routes()) {
        std::string path = route->path;
        std::erase(path, '*');
        std::string method(method_name(route->method));
        std::transform(method.begin(), method.end(), method.begin(), [](unsigned char c) { return std::tolower(c); });
        paths[path][method] = operation(*route, schemas);
    }
    std::vector<std::string> items;
    for (auto const& [path, methods] : paths) {
        std::vector<std::string> operations;
        for (auto const& [method, text] : methods) operations.push_back(in_quotes(method) + ":" + text);
        items.push_back(fmt::format("{}:{{{}}}", in_quotes(path), fmt::join(operations, ",\n")));
    }
    return fmt::format(
        "{{\"openapi\":\"3.1.0\",\n\"info\":{{\"title\":\"Santong\",\"version\":\"1\"}},\n\"security\":[{{\"session\":["
        "]}}],\n"
        "\"paths\":{{{}}},\n\"components\":{}}}\n",
        fmt::join(items, ",\n"), components(schemas));
}

}  // namespace santong::http
