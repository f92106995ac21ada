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

/// Where a certificate comes from: the operator's files (also those that an ACME program writes), or the district
/// authority in this place.
enum class CertificateSource : int { files, authority };
BOOST_DESCRIBE_ENUM(CertificateSource, files, authority)

/// TLS is on if `certificate` is named or the certificate comes from the authority.
struct TlsSettings {
    CertificateSource from = CertificateSource::files;
    std::string certificate;  ///< PEM files; both or neither
    std::string key;
    std::string names;             ///< with blanks between: what the authority certifies; empty = from [server]
    std::string authority;         ///< PEM of the authority that /certificate offers; empty = the one in this place
    int http_port = 0;             ///< plain door beside TLS; 0 = none
    std::string challenge_folder;  ///< where an ACME program puts its answers; served at the plain door

    bool on() const { return from == CertificateSource::authority || !certificate.empty(); }
};
BOOST_DESCRIBE_STRUCT(TlsSettings, (), (from, certificate, key, names, authority, http_port, challenge_folder))

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
    int connections = 16;
};
BOOST_DESCRIBE_STRUCT(DatabaseSettings, (), (url, readers, connections))

/// Of a demo district only.
struct DemoSettings {
    bool teach_on = true;  ///< its schools go on teaching while it is served
};
BOOST_DESCRIBE_STRUCT(DemoSettings, (), (teach_on))

/// The bytes of files.
struct FilesSettings {
    int quota_mb = 0;  ///< a box keeps within it by what can be had again; 0 = no limit
};
BOOST_DESCRIBE_STRUCT(FilesSettings, (), (quota_mb))

/// A school's box (校园盒子) on its line to its parent.
struct NodeSettings {
    int health_seconds = 30;  ///< how often it says how it is, and learns that its line shall be measured
    int retry_seconds = 30;   ///< the longest wait between two tries while its parent does not answer
};
BOOST_DESCRIBE_STRUCT(NodeSettings, (), (health_seconds, retry_seconds))

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
    FilesSettings files;
    NodeSettings node;
    LogSettings log;
    DemoSettings demo;
};
BOOST_DESCRIBE_STRUCT(Config, (), (place, data, keys, server, tls, limits, database, files, node, log, demo))

/// A configuration that cannot be used; `what()` names file and line, for the operator's terminal.
class ConfigError : public std::runtime_error {
    using runtime_error::runtime_error;
};

/// One setting from the command line: {"server.port", "9000"}.
using Override = std::pair<std::string, std::string>;

/// What the wizard of the first start has decided for a data folder; it wins over a configuration file named on the
/// command line, as it was written for this folder.
inline constexpr char const* site_file_name = "santong.toml";

/// Reads `file` (empty = all defaults), then what the data folder's own `santong.toml` says if there is one, then
/// applies the overrides in order.
Config load(std::string const& file, std::vector<Override> const& overrides = {});
/// The same from a text; `name` stands in error messages.
Config parse(std::string_view text, std::string const& name, std::vector<Override> const& overrides = {});

}  // namespace santong::config
