#pragma once
// The one place that wires everything (DESIGN 6, level 10).
#include <memory>
#include <string>

#include "core/time.hpp"
#include "platform/config/config.hpp"
#include "platform/sql/database.hpp"

namespace santong::auth {
class Keys;
}

namespace santong::server {

/// Where the records, files and keys of one node lie.
struct Place {
    std::string data = "./data";  ///< folder: embedded database, files, keys
    std::string database = {};    ///< "postgresql://…"; empty = embedded
    std::string keys = {};        ///< folder of the master keys; empty = "keys" in `data`
    int readers = 4;              ///< connections that read (embedded)
    int connections = 16;         ///< connections in all (PostgreSQL)

    std::string keys_folder() const { return keys.empty() ? data + "/keys" : keys; }
};

/// How to serve it.
struct Serving {
    config::ServerSettings server;
    config::TlsSettings tls;
    config::LimitSettings limits;
    config::DemoSettings demo = {};
    config::FilesSettings files = {};
    config::NodeSettings node = {};
    bool small = false;  ///< a school's box: gives memory back when it rests
};

/// Opens the database of a place and brings its schema up to date.
std::unique_ptr<sql::Database> open_database(Place const& place);

/// Opens a database that is there, and changes nothing in it. Throws std::runtime_error if there is none.
/// Throws CannotBegin where no embedded database lies: a mistyped folder is not to be filled.
void expect_database(Place const& place);
std::unique_ptr<sql::Database> open_existing_database(Place const& place);

/// The master keys of a place; made where nothing is sealed yet. Throws CannotBegin where something is and they are
/// gone: new ones would hide it.
std::shared_ptr<auth::Keys> open_keys(sql::Database& db, Place const& place);

/// Throws std::runtime_error if what was to be made here was cut off: it must not be served.
void refuse_unfinished(sql::Database& db);

/// This node's name in the feed; made on the first start.
std::string node_name(sql::Database& db);

/// The clock of the teaching day: the machine's own, or the demo's, which stands in autumn 2014.
std::unique_ptr<core::Clock> teaching_clock(sql::Database& db);

/// Everything that one running node consists of.
class Application {
public:
    explicit Application(Place const& place);
    ~Application();
    Application(Application const&) = delete;
    Application& operator=(Application const&) = delete;

    /// Starts background work and the server; returns when it answers. Throws if another process serves the folder.
    void start(Serving const& serving);
    /// Finishes running requests (at most ten seconds) and stops.
    void stop();
    int port() const;
    /// Of plain http beside TLS; 0 = there is none.
    int door_port() const;
    /// Takes a new certificate now instead of within a minute.
    void reload_certificate();
    /// All consumers have seen all entries: after imports and `demo`.
    void drain();
    /// The OpenAPI 3.1 description of all routes.
    std::string openapi() const;

    struct Parts;
    Parts& parts() { return *parts_; }

private:
    std::unique_ptr<Parts> parts_;
};

}  // namespace santong::server
