#pragma once
// The one place that wires everything (DESIGN 6, level 10).
#include <memory>
#include <string>

#include "core/time.hpp"
#include "platform/sql/database.hpp"

namespace santong::server {

/// Where the records, files and keys of one node lie.
struct Place {
    std::string data = "./data";  ///< folder: embedded database, files, keys
    std::string database;         ///< "postgresql://…"; empty = embedded
};

/// How to serve it.
struct Serving {
    std::string address = "127.0.0.1";
    int port = 8080;
    int package_port = 0;  ///< second origin; 0 = the next port
    std::string certificate;
    std::string private_key;
    bool behind_proxy = false;
};

/// Opens the database of a place and brings its schema up to date.
std::unique_ptr<sql::Database> open_database(Place const& place);

/// The clock of the teaching day: the machine's own, or the demo's, which stands in autumn 2014.
std::unique_ptr<core::Clock> teaching_clock(sql::Database& db);

/// Everything that one running node consists of.
class Application {
public:
    explicit Application(Place const& place);
    ~Application();
    Application(Application const&) = delete;
    Application& operator=(Application const&) = delete;

    /// Starts background work and the server; returns when it answers.
    void start(Serving const& serving);
    /// Finishes running requests (at most ten seconds) and stops.
    void stop();
    int port() const;
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
