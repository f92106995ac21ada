#include "http_client.hpp"

#include <boost/asio/connect.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/read.hpp>
#include <boost/asio/write.hpp>
#include <boost/json.hpp>
#include <stdexcept>

namespace santong::test {

namespace asio = boost::asio;
using boost::system::error_code;

namespace {

std::string lower(std::string text) {
    for (auto& c : text) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    return text;
}

bool has(Headers const& headers, std::string const& name) {
    for (auto const& header : headers)
        if (lower(header.first) == name) return true;
    return false;
}

}  // namespace

std::string HttpAnswer::header(std::string const& name) const {
    auto const found = headers.find(name);
    return found == headers.end() ? std::string() : found->second;
}

boost::json::value HttpAnswer::at(std::string_view pointer) const {
    error_code error;
    auto const document = boost::json::parse(body, error);
    if (error) return nullptr;
    auto const* found = document.find_pointer({pointer.data(), pointer.size()}, error);
    return found ? *found : boost::json::value(nullptr);
}

std::string HttpAnswer::text(std::string_view pointer) const {
    auto const value = at(pointer);
    if (auto const* string = value.if_string()) return {string->data(), string->size()};
    return boost::json::serialize(value);
}

/// The connection and what was read beyond the last answer.
struct HttpClient::Wire {
    asio::io_context io;
    asio::ip::tcp::socket socket{io};
    asio::ip::tcp::endpoint server;
    std::string host;
    std::string input;

    void connect() {
        if (socket.is_open()) return;
        socket.connect(server);
        socket.set_option(asio::ip::tcp::no_delay(true));
        input.clear();
    }
    void close() {
        error_code ignored;
        socket.close(ignored);
        input.clear();
    }
    bool more() {
        char buffer[65'536];
        error_code error;
        auto const count = socket.read_some(asio::buffer(buffer), error);
        input.append(buffer, count);
        return count > 0;
    }
    std::string line() {
        for (;;) {
            if (auto const end = input.find("\r\n"); end != std::string::npos) {
                auto text = input.substr(0, end);
                input.erase(0, end + 2);
                return text;
            }
            if (!more()) throw std::runtime_error("the server closed the connection");
        }
    }
    std::string bytes(std::size_t size) {
        while (input.size() < size)
            if (!more()) throw std::runtime_error("the server closed the connection");
        auto text = input.substr(0, size);
        input.erase(0, size);
        return text;
    }
    std::string chunks() {
        std::string all;
        for (;;) {
            auto const size = std::stoul(line(), nullptr, 16);
            all += bytes(size);
            line();
            if (size == 0) return all;
        }
    }
};

HttpClient::HttpClient(int port, std::string host) : wire_(std::make_unique<Wire>()) {
    wire_->server = {asio::ip::make_address(host), static_cast<unsigned short>(port)};
    wire_->host = host + ":" + std::to_string(port);
}
HttpClient::~HttpClient() = default;
HttpClient::HttpClient(HttpClient&&) noexcept = default;
HttpClient& HttpClient::operator=(HttpClient&&) noexcept = default;

HttpAnswer HttpClient::get(std::string const& path, Headers const& headers) {
    return request("GET", path, {}, headers);
}
HttpAnswer HttpClient::head(std::string const& path, Headers const& headers) {
    return request("HEAD", path, {}, headers);
}
HttpAnswer HttpClient::del(std::string const& path, Headers const& headers) {
    return request("DELETE", path, {}, headers);
}
HttpAnswer HttpClient::post(std::string const& path, std::string const& json, Headers const& headers) {
    return request("POST", path, json, headers);
}
HttpAnswer HttpClient::put(std::string const& path, std::string const& json, Headers const& headers) {
    return request("PUT", path, json, headers);
}
HttpAnswer HttpClient::patch(std::string const& path, std::string const& json, Headers const& headers) {
    return request("PATCH", path, json, headers);
}

HttpAnswer HttpClient::request(std::string const& method, std::string const& path, std::string const& body,
                               Headers const& headers) {
    std::string text = method + " " + path + " HTTP/1.1\r\n";
    if (!has(headers, "host")) text += "Host: " + wire_->host + "\r\n";
    for (auto const& [name, value] : headers) text += name + ": " + value + "\r\n";
    std::string jar;
    for (auto const& [name, value] : cookies) jar += (jar.empty() ? "" : "; ") + name + "=" + value;
    if (!jar.empty()) text += "Cookie: " + jar + "\r\n";
    bool const unsafe = method != "GET" && method != "HEAD" && method != "OPTIONS";
    if (unsafe && !csrf.empty() && !has(headers, "x-csrf-token")) text += "X-CSRF-Token: " + csrf + "\r\n";
    if (!body.empty() && !has(headers, "content-type")) text += "Content-Type: application/json\r\n";
    if (unsafe || !body.empty()) text += "Content-Length: " + std::to_string(body.size()) + "\r\n";
    send_raw(text + "\r\n" + body);
    return read_answer(method == "HEAD");
}

void HttpClient::send_raw(std::string_view bytes) {
    wire_->connect();
    error_code error;
    asio::write(wire_->socket, asio::buffer(bytes), error);  // the server may answer and close before it has read all
}

HttpAnswer HttpClient::read_answer(bool to_head) {
    HttpAnswer answer;
    auto const status = wire_->line();
    answer.status = std::stoi(status.substr(9, 3));
    for (auto line = wire_->line(); !line.empty(); line = wire_->line()) {
        auto const colon = line.find(": ");
        if (colon == std::string::npos) throw std::runtime_error("not a header: " + line);
        answer.headers.emplace(lower(line.substr(0, colon)), line.substr(colon + 2));
    }
    for (auto [at, end] = answer.headers.equal_range("set-cookie"); at != end; ++at) {
        auto const pair = at->second.substr(0, at->second.find(';'));
        auto const equals = pair.find('=');
        auto const value = pair.substr(equals + 1);
        if (value.empty())
            cookies.erase(pair.substr(0, equals));
        else
            cookies[pair.substr(0, equals)] = value;
    }
    bool const events = answer.header("content-type").starts_with("text/event-stream");
    if (!to_head && !events && answer.status >= 200) {
        if (answer.header("transfer-encoding") == "chunked")
            answer.body = wire_->chunks();
        else if (auto const size = answer.header("content-length"); !size.empty())
            answer.body = wire_->bytes(std::stoul(size));
    }
    if (answer.header("connection") == "close" && !events) wire_->close();
    return answer;
}

std::string HttpClient::read_some() {
    if (wire_->input.empty() && !wire_->more()) return {};
    return std::exchange(wire_->input, {});
}

bool HttpClient::closed() {
    return !wire_->socket.is_open() || (wire_->input.empty() && !wire_->more());
}

void HttpClient::disconnect() {
    wire_->close();
}

}  // namespace santong::test
