#pragma once
// What an operator may set. A TOML file says it (config/*.toml explain every key), the command line overrides it.
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/described.hpp"
#include "platform/log/log.hpp"

namespace santong::config {

/// Which of the three places of DESIGN 2 this is.
enum class Place : int { school, hub, cell };
BOOST_DESCRIBE_ENUM(Place, school, hub, cell)

/// Where people and programs reach the program.
struct ServerSettings {
    std::string address = "127.0.0.1";
    int port = 8080;
    int package_port = 0;       ///< second origin, for foreign packages; 0 = the port after `port`
    std::string public_origin;  ///< as browsers see it; empty = made from address and port
    std::string package_origin;
    bool behind_proxy = false;
    int io_threads = 1;
    int workers = 0;  ///< 0 = twice the cores, at least 4
    int slow_workers = 2;
    int queue = 1'024;
    int max_connections = 20'000;
    int max_connections_per_address = 2'000;
    int body_memory_mb = 256;
    bool metrics_for_all = false;
};
BOOST_DESCRIBE_STRUCT(ServerSettings, (),
                      (address, port, package_port, public_origin, package_origin, behind_proxy, io_threads, workers,
                       slow_workers, queue, max_connections, max_connections_per_address, body_memory_mb,
                       metrics_for_all))

/// PEM files; both or neither.
struct TlsSettings {
    std::string certificate;
    std::string key;
};
BOOST_DESCRIBE_STRUCT(TlsSettings, (), (certificate, key))

/// Requests per second and how many at once; a rate of 0 means no limit.
struct LimitSettings {
    int address_per_second = 1'000;
    int address_burst = 10'000;
    int account_per_second = 50;
    int account_burst = 1'000;
    bool loopback = false;  ///< whether programs on this machine are counted too
};
BOOST_DESCRIBE_STRUCT(LimitSettings, (),
                      (address_per_second, address_burst, account_per_second, account_burst, loopback))

/// Where records live.
struct DatabaseSettings {
    std::string url;  ///< "postgresql://…"; empty = the embedded database in the data folder
    int readers = 4;
    int connections = 8;
};
BOOST_DESCRIBE_STRUCT(DatabaseSettings, (), (url, readers, connections))

struct LogSettings {
    log::Level level = log::Level::info;
    std::string file;  ///< empty = standard error
};
BOOST_DESCRIBE_STRUCT(LogSettings, (), (level, file))

struct Config {
    Place place = Place::school;
    std::string data = "data";  ///< folder of everything that is kept
    std::string keys;           ///< folder of the master keys, apart from the data; empty = "keys" in `data`
    ServerSettings server;
    TlsSettings tls;
    LimitSettings limits;
    DatabaseSettings database;
    LogSettings log;
};
BOOST_DESCRIBE_STRUCT(Config, (), (place, data, keys, server, tls, limits, database, log))

/// A configuration that cannot be used; `what()` names file and line, for the operator's terminal.
class ConfigError : public std::runtime_error {
    using runtime_error::runtime_error;
};

/// One setting from the command line: {"server.port", "9000"}.
using Override = std::pair<std::string, std::string>;

/// Reads `file` (empty = all defaults), then applies the overrides in order.
Config load(std::string const& file, std::vector<Override> const& overrides = {});
/// The same from a text; `name` stands in error messages.
Config parse(std::string_view text, std::string const& name, std::vector<Override> const& overrides = {});

}  // namespace santong::config
