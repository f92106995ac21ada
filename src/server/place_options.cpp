#include "server/place_options.hpp"

#include <CLI/CLI.hpp>

namespace santong::server {

Place place_of(config::Config const& settings) {
    Place place;
    place.data = settings.data;
    place.database = settings.database.url;
    place.keys = settings.keys;
    place.readers = settings.database.readers;
    place.connections = settings.database.connections;
    return place;
}

void PlaceOptions::add(CLI::App& command, std::string const& option, std::string const& setting,
                       std::string const& text) {
    command.add_option_function<std::string>(
        option, [this, setting](std::string const& value) { values_[setting] = value; }, text);
}

void PlaceOptions::add_port(CLI::App& command, std::string const& option, std::string const& setting,
                            std::string const& text) {
    add(command, option, setting, text);
    command.get_option(option)->check(CLI::Range(0, 65'535));
}

void PlaceOptions::add_to(CLI::App& command) {
    command.add_option("--config", file_, "file with settings, such as config/hub.toml; options here win");
    add(command, "--data", "data", "folder of the data (made if missing; ./data)");
    add(command, "--database", "database.url", "postgresql://… instead of the embedded database");
}

void PlaceOptions::add_server_options_to(CLI::App& command) {
    add_port(command, "--port", "server.port", "8080");
    add_port(command, "--package-port", "server.package_port", "second origin; default: the next port");
    add(command, "--address", "server.address", "127.0.0.1");
    add(command, "--role", "place", "school (a village school's box) | hub | cell");
    add(command, "--certificate", "tls.certificate", "PEM chain; with --private-key turns TLS on");
    add(command, "--private-key", "tls.key", "PEM");
    add(command, "--tls", "tls.from", "files | authority: the district authority here issues the certificate");
    add(command, "--names", "tls.names", "names and addresses that the authority certifies, in one pair of quotes");
    add_port(command, "--http-port", "tls.http_port", "plain http beside TLS: leads to https, shows /certificate");
    add(command, "--challenge-folder", "tls.challenge_folder", "answers of an ACME program, served at --http-port");
    add(command, "--quota-mb", "files.quota_mb", "MB of disk for the bytes of files on a school's box; 0 = no limit");
    add(command, "--health-seconds", "node.health_seconds", "how often a school's box says how it is; 30");
    add(command, "--retry-seconds", "node.retry_seconds", "longest wait of a box whose parent does not answer; 30");
    add(command, "--teach-on", "demo.teach_on", "true | false: a demo's schools go on teaching while it is served");
    command.add_flag("--behind-proxy", behind_proxy_, "a proxy in front ends TLS");
}

config::Config PlaceOptions::settings() const {
    std::vector<config::Override> given(values_.begin(), values_.end());
    if (behind_proxy_) given.emplace_back("server.behind_proxy", "true");
    return config::load(file_, given);
}

}  // namespace santong::server
