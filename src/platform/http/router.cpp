#include "platform/http/router.hpp"

#include <array>

#include "core/assert.hpp"

namespace santong::http {

namespace {

constexpr std::array<std::string_view, 7> method_names = {"GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS"};

std::vector<std::string_view> split(std::string_view path) {
    std::vector<std::string_view> parts;
    while (!path.empty()) {
        path.remove_prefix(1);  // the slash
        auto end = std::min(path.find('/'), path.size());
        parts.push_back(path.substr(0, end));
        path.remove_prefix(end);
    }
    return parts;
}

bool names_identifier(std::string_view name) {
    return name == "id" || name.ends_with("_id");
}

}  // namespace

std::string_view method_name(Method method) {
    return method_names[static_cast<std::size_t>(method)];
}

bool unsafe(Method method) {
    return method != Method::get && method != Method::head && method != Method::options;
}

std::string Call::header(std::string_view lower_name) const {
    auto found = headers.find(lower_name);
    return found == headers.end() ? std::string() : found->second;
}

std::string Call::query_value(std::string const& name) const {
    auto found = query.find(name);
    return found == query.end() ? std::string() : found->second;
}

std::string Call::text(std::string const& name) const {
    auto found = path_values.find(name);
    return found == path_values.end() ? std::string() : found->second;
}

/// One segment of the table of paths.
struct Router::Node {
    std::map<std::string, std::unique_ptr<Node>, std::less<>> literals;
    std::unique_ptr<Node> named;
    bool takes_rest = false;  ///< "{path*}": everything that follows
    std::array<Route const*, method_names.size()> routes{};
    std::vector<std::string> names;  ///< of the path values, in order

    bool any() const {
        return std::any_of(routes.begin(), routes.end(), [](auto* route) { return route != nullptr; });
    }
    Node& child(std::string_view segment) {
        bool const name = segment.starts_with('{');
        auto& slot = name ? named : literals[std::string(segment)];
        if (!slot) slot = std::make_unique<Node>();
        if (name && segment.ends_with("*}")) slot->takes_rest = true;
        return *slot;
    }
    /// The node of a path; `values` receives what stands at the names.
    Node const* find(std::span<std::string_view const> parts, std::vector<std::string_view>& values) const;
};

Router::Node const* Router::Node::find(std::span<std::string_view const> parts,
                                       std::vector<std::string_view>& values) const {
    if (parts.empty()) return any() ? this : nullptr;
    if (auto literal = literals.find(parts.front()); literal != literals.end()) {
        if (auto const* found = literal->second->find(parts.subspan(1), values)) return found;
    }
    if (!named || parts.front().empty()) return nullptr;
    values.push_back(parts.front());
    if (auto const* found = named->find(parts.subspan(1), values)) return found;
    if (named->takes_rest) {
        auto const* end = parts.back().data() + parts.back().size();
        values.back() = {parts.front().data(), static_cast<std::size_t>(end - parts.front().data())};
        return named.get();
    }
    values.pop_back();
    return nullptr;
}

Router::Router() : root_(std::make_unique<Node>()) {}
Router::~Router() = default;

Route& Router::add(Method method, std::string path, Access access) {
    SANTONG_ASSERT(path.starts_with('/'));
    auto route = std::make_unique<Route>();
    route->method = method;
    route->path = std::move(path);
    route->access = std::move(access);
    Node* node = root_.get();
    std::vector<std::string> names;
    for (auto segment : split(route->path)) {
        node = &node->child(segment);
        if (!segment.starts_with('{')) continue;
        segment = segment.substr(1, segment.size() - (segment.ends_with("*}") ? 3 : 2));
        names.emplace_back(segment);
    }
    auto& slot = node->routes[static_cast<std::size_t>(method)];
    SANTONG_ASSERT(slot == nullptr);  // the same method and path twice
    SANTONG_ASSERT(!node->any() || node->names == names);
    node->names = std::move(names);
    slot = route.get();
    routes_.push_back(std::move(route));
    return *routes_.back();
}

Route& Router::raw(Method method, std::string path, Access access, std::string content, RawHandler handler) {
    auto& route = add(method, std::move(path), std::move(access));
    route.raw_content = std::move(content);
    route.handler = std::move(handler);
    return route;
}

Router::Match Router::find(Method method, std::string_view path) const {
    Match match;
    if (!path.starts_with('/')) return match;
    std::vector<std::string_view> values;
    auto const parts = split(path);
    auto const* node = root_->find(parts, values);
    if (!node) return match;
    for (std::size_t i = 0; i < values.size(); ++i) {
        auto const& name = node->names[i];
        if (names_identifier(name) && !core::Uuid::parse(values[i])) return Match{};
        match.values.emplace(name, values[i]);
    }
    match.path_known = true;
    for (std::size_t i = 0; i < node->routes.size(); ++i) {
        if (!node->routes[i]) continue;
        match.allow += std::string(match.allow.empty() ? "" : ", ") + std::string(method_names[i]);
        if (i == static_cast<std::size_t>(Method::get)) match.allow += ", HEAD";
    }
    match.route = node->routes[static_cast<std::size_t>(method)];
    if (!match.route && method == Method::head) match.route = node->routes[static_cast<std::size_t>(Method::get)];
    return match;
}

}  // namespace santong::http
