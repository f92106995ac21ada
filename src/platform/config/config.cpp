#include "platform/config/config.hpp"

#include <toml++/toml.h>

#include <charconv>
#include <filesystem>
#include <fstream>
#include <iterator>

namespace santong::config {

namespace {

/// "school.toml:12: …"
[[noreturn]] void refuse(toml::node const& node, std::string const& name, std::string const& why) {
    throw ConfigError(name + ":" + std::to_string(node.source().begin.line) + ": " + why);
}

core::Field const* find_field(core::Type const& type, std::string_view name) {
    auto found =
        std::find_if(type.fields.begin(), type.fields.end(), [&](auto const& field) { return field.name == name; });
    return found == type.fields.end() ? nullptr : &*found;
}

std::string choices(core::Type const& type) {
    std::string text;
    for (auto const& [name, value] : type.names) text += (text.empty() ? "" : ", ") + std::string(name);
    return text;
}

/// Reads a table into a described struct; every key must be known.
class Reader {
public:
    explicit Reader(std::string name) : name_(std::move(name)) {}

    void read(toml::table const& table, core::Type const& type, void* value, std::string const& prefix) const {
        for (auto const& [key, node] : table) {
            auto const path = prefix + std::string(key.str());
            auto const* field = find_field(type, key.str());
            if (!field) refuse_key(key, path);
            read_value(node, field->type(), static_cast<char*>(value) + field->offset, path);
        }
    }

private:
    [[noreturn]] void refuse_key(toml::key const& key, std::string const& path) const {
        throw ConfigError(name_ + ":" + std::to_string(key.source().begin.line) + ": there is no setting " + path);
    }
    void read_value(toml::node const& node, core::Type const& type, void* out, std::string const& path) const {
        switch (type.kind) {
            case core::Kind::object:
                if (!node.is_table()) refuse(node, name_, path + " is a group of settings: write [" + path + "]");
                return read(*node.as_table(), type, out, path + ".");
            case core::Kind::boolean:
                if (!node.is_boolean()) refuse(node, name_, path + " is true or false");
                *static_cast<bool*>(out) = node.as_boolean()->get();
                return;
            case core::Kind::int32: return read_int(node, out, path);
            case core::Kind::string:
                if (!node.is_string()) refuse(node, name_, path + " is a text in quotes");
                *static_cast<std::string*>(out) = node.as_string()->get();
                return;
            case core::Kind::enumeration: return read_choice(node, type, out, path);
            default: refuse(node, name_, path + " is of a kind that settings do not have");
        }
    }
    void read_int(toml::node const& node, void* out, std::string const& path) const {
        auto const* number = node.as_integer();
        if (!number || number->get() < 0 || number->get() > 2'000'000'000)
            refuse(node, name_, path + " is a whole number");
        *static_cast<std::int32_t*>(out) = static_cast<std::int32_t>(number->get());
    }
    void read_choice(toml::node const& node, core::Type const& type, void* out, std::string const& path) const {
        auto const* text = node.as_string();
        auto const value = text ? core::enum_value(type, text->get()) : std::nullopt;
        if (!value) refuse(node, name_, path + " is one of: " + choices(type));
        *static_cast<int*>(out) = *value;
    }

    std::string name_;
};

/// Sets one value from its text; the command line knows no quotes.
void apply(Override const& setting, core::Type const& type, void* value, std::string_view path) {
    auto const dot = path.find('.');
    auto const* field = find_field(type, path.substr(0, dot));
    auto const wrong = [&](std::string const& why) { throw ConfigError("--" + setting.first + ": " + why); };
    if (!field) return wrong("there is no such setting");
    auto const& of = field->type();
    auto* out = static_cast<char*>(value) + field->offset;
    if ((of.kind == core::Kind::object) != (dot != std::string_view::npos)) return wrong("there is no such setting");
    if (of.kind == core::Kind::object) return apply(setting, of, out, path.substr(dot + 1));
    auto const& text = setting.second;
    if (of.kind == core::Kind::string) {
        *reinterpret_cast<std::string*>(out) = text;
    } else if (of.kind == core::Kind::boolean) {
        if (text != "true" && text != "false") return wrong("true or false is expected");
        *reinterpret_cast<bool*>(out) = text == "true";
    } else if (of.kind == core::Kind::enumeration) {
        auto const number = core::enum_value(of, text);
        if (!number) return wrong("one of these is expected: " + choices(of));
        *reinterpret_cast<int*>(out) = *number;
    } else {
        std::int32_t number = 0;
        auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
        if (error != std::errc{} || end != text.data() + text.size() || number < 0)
            return wrong("a whole number is expected");
        *reinterpret_cast<std::int32_t*>(out) = number;
    }
}

void check(Config& config, std::string const& name) {
    if (config.tls.certificate.empty() != config.tls.key.empty())
        throw ConfigError(name + ": [tls] needs both certificate and key");
    if (config.tls.from == CertificateSource::authority && !config.tls.certificate.empty())
        throw ConfigError(name + ": [tls] from = \"authority\" needs no certificate and key");
    if (config.tls.http_port != 0 && !config.tls.on())
        throw ConfigError(name + ": [tls] http_port needs a certificate: it leads to https");
    if (!config.tls.challenge_folder.empty() && config.tls.http_port == 0)
        throw ConfigError(name + ": [tls] challenge_folder needs http_port, where it is served");
    if (config.server.port > 65'535 || config.server.package_port > 65'535 || config.tls.http_port > 65'535)
        throw ConfigError(name + ": a port is at most 65535");
    if (config.node.health_seconds < 1 || config.node.retry_seconds < 1)
        throw ConfigError(name + ": [node] health_seconds and retry_seconds are at least 1");
    bool const known =
        config.database.url.starts_with("postgresql://") || config.database.url.starts_with("postgres://");
    if (!config.database.url.empty() && !known)
        throw ConfigError(name +
                          ": a database is named as postgresql://user@host/name; without one the embedded is used");
    if (config.keys.empty()) config.keys = config.data + "/keys";
}

}  // namespace

namespace {

void read_into(Config& config, std::string_view text, std::string const& name) {
    try {
        auto const table = toml::parse(text, name);
        Reader(name).read(table, core::type_of<Config>(), &config, "");
    } catch (toml::parse_error const& error) {
        throw ConfigError(name + ":" + std::to_string(error.source().begin.line) + ": " +
                          std::string(error.description()));
    }
}

void apply_all(Config& config, std::vector<Override> const& overrides) {
    for (auto const& setting : overrides) apply(setting, core::type_of<Config>(), &config, setting.first);
}

std::string read_file(std::string const& file) {
    std::ifstream in(file, std::ios::binary);
    if (!in) throw ConfigError(file + ": cannot be read");
    return {std::istreambuf_iterator<char>(in), {}};
}

}  // namespace

Config parse(std::string_view text, std::string const& name, std::vector<Override> const& overrides) {
    Config config;
    read_into(config, text, name);
    apply_all(config, overrides);
    check(config, name);
    return config;
}

Config load(std::string const& file, std::vector<Override> const& overrides) {
    Config config;
    if (!file.empty()) read_into(config, read_file(file), file);
    auto named = config;
    apply_all(named, overrides);
    auto const site = named.data + "/" + site_file_name;
    if (std::filesystem::exists(site)) read_into(config, read_file(site), site);
    apply_all(config, overrides);
    check(config, file.empty() ? "command line" : file);
    return config;
}

}  // namespace santong::config
