#pragma once
// What the command line and the configuration file say together; the command line has the last word.
#include <map>
#include <string>

#include "platform/config/config.hpp"
#include "server/application.hpp"

namespace CLI {
class App;
}

namespace santong::server {

/// Where the settings say that records, files and keys lie.
Place place_of(config::Config const& settings);

/// The options of one subcommand that stand for settings. Must live as long as the command line.
class PlaceOptions {
public:
    /// --config, --data, --database.
    void add_to(CLI::App& command);
    /// --port, --address and what else `serve` takes.
    void add_server_options_to(CLI::App& command);

    /// Reads the configuration file, if one is named. Throws ConfigError.
    config::Config settings() const;
    Place place() const { return place_of(settings()); }

private:
    void add(CLI::App& command, std::string const& option, std::string const& setting, std::string const& text);
    /// As `add`; a value that is no port makes the command line wrong.
    void add_port(CLI::App& command, std::string const& option, std::string const& setting, std::string const& text);

    std::string file_;
    bool behind_proxy_ = false;
    std::map<std::string, std::string> values_;  ///< what was given, by setting: "server.port"
};

}  // namespace santong::server
