#pragma once
// The line to another place: one request at a time, by libcurl.
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>

namespace santong::nodes {

struct LineAnswer {
    int status = 0;                              ///< 0 = nobody answered; `problem` says why
    std::map<std::string, std::string> headers;  ///< lower-case names
    std::string body;
    std::string problem;
};

/// How long whoever is asked is waited for.
struct Patience {
    long connect_ms = 10'000;
    long least_bytes = 1;    ///< a second …
    long idle_seconds = 30;  ///< … over so many seconds
    long whole_seconds = 0;  ///< 0 = as long as it comes
};
/// For somebody in the same building: who is slower than this is no help.
inline constexpr Patience patience_nearby{2'000, 128 << 10, 5, 120};

/// Posts a body. `authority` is a PEM file of whom to believe beside the system's own; empty = only those.
LineAnswer post(std::string const& url, std::map<std::string, std::string> const& headers, std::string const& body,
                std::string const& authority = {}, Patience const& patience = {});

/// Gets a body and appends it to a file, from where the file ends; `body` holds it only if the answer is a refusal.
/// At most so many bytes a second; 0 = no limit.
LineAnswer get(std::string const& url, std::map<std::string, std::string> const& headers, std::string const& file,
               std::int64_t bytes_per_second, std::string const& authority = {});

/// What is done with an answer while it comes.
struct Receiving {
    std::function<void(LineAnswer const&)> begin{};  ///< told of status and headers before the bytes
    std::function<bool(std::string_view)> take;      ///< the bytes of a 200; false ends the transfer
    std::function<bool()> go_on;                     ///< asked at least once a second; false ends the transfer
    std::int64_t bytes_per_second = 0;               ///< at most; 0 = no limit
    Patience patience{};
};

/// A connection that is kept for several long answers one after the other. Used by one thread at a time.
class KeptLine {
public:
    KeptLine();
    ~KeptLine();
    KeptLine(KeptLine const&) = delete;
    KeptLine& operator=(KeptLine const&) = delete;

    /// Posts a body and hands on what comes. A `problem` beside a status: the answer began and was cut or ended.
    LineAnswer post(std::string const& url, std::map<std::string, std::string> const& headers, std::string const& body,
                    Receiving const& receiving, std::string const& authority = {});

private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace santong::nodes
