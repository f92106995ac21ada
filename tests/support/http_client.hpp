#pragma once
// A small blocking HTTP client for tests: keeps cookies, sends the CSRF header, reads JSON by pointer.
#include <boost/json/value.hpp>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace santong::test {

using Headers = std::vector<std::pair<std::string, std::string>>;

/// An answer as it came.
struct HttpAnswer {
    int status = 0;
    std::multimap<std::string, std::string> headers;  ///< lower-case names
    std::string body;

    /// First header of that (lower-case) name; empty if there is none.
    std::string header(std::string const& name) const;
    /// The value at a JSON pointer such as "/items/0/title"; null if there is none or the body is no JSON.
    boost::json::value at(std::string_view pointer) const;
    /// The same as text: strings without quotes, everything else as JSON.
    std::string text(std::string_view pointer) const;
};

/// One browser: one connection, kept open and made anew when the server has closed it.
class HttpClient {
public:
    explicit HttpClient(int port, std::string host = "127.0.0.1");
    ~HttpClient();
    HttpClient(HttpClient&&) noexcept;
    HttpClient& operator=(HttpClient&&) noexcept;

    HttpAnswer get(std::string const& path, Headers const& headers = {});
    HttpAnswer head(std::string const& path, Headers const& headers = {});
    HttpAnswer del(std::string const& path, Headers const& headers = {});
    /// `json` is sent as application/json unless `headers` say otherwise.
    HttpAnswer post(std::string const& path, std::string const& json = "{}", Headers const& headers = {});
    HttpAnswer put(std::string const& path, std::string const& json, Headers const& headers = {});
    HttpAnswer patch(std::string const& path, std::string const& json, Headers const& headers = {});
    HttpAnswer request(std::string const& method, std::string const& path, std::string const& body = {},
                       Headers const& headers = {});

    /// Sends bytes as they are, and reads an answer: for requests that no client would make.
    void send_raw(std::string_view bytes);
    HttpAnswer read_answer(bool to_head = false);
    /// Reads what has come, at least one byte; empty when the server has closed.
    std::string read_some();
    /// Whether the server closes without another byte (waits for it).
    bool closed();
    void disconnect();

    std::map<std::string, std::string> cookies;
    /// Sent as X-CSRF-Token with unsafe methods if it is not empty.
    std::string csrf;

private:
    struct Wire;
    std::unique_ptr<Wire> wire_;
};

}  // namespace santong::test
