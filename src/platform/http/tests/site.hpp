#pragma once
// A small running server for the tests of this folder.
#include <filesystem>
#include <functional>
#include <string>

#include "http_client.hpp"
#include "platform/http/server.hpp"

namespace santong::http::test {

using santong::test::HttpAnswer;
using santong::test::HttpClient;

struct Note {
    std::string text;
    int stars = 0;
};
BOOST_DESCRIBE_STRUCT(Note, (), (text, stars))

/// A folder that goes with the test.
class Folder {
public:
    Folder();
    ~Folder();
    Folder(Folder const&) = delete;
    Folder& operator=(Folder const&) = delete;
    std::string const& path() const { return path_; }
    std::string write(std::string const& name, std::string const& bytes) const;
    std::size_t count() const;

private:
    std::string path_;
};

/// Routes and options can be changed until `start` is called.
struct Site {
    Site();
    HttpClient start(Authenticate authenticate = nullptr, IdempotencyStore* idempotency = nullptr);
    HttpClient client() const { return HttpClient(server->port()); }
    void echo(std::string const& path);

    Folder folder;
    Router router;
    Options options;
    std::unique_ptr<Server> server;
};

}  // namespace santong::http::test
