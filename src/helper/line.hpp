#pragma once
// The seam to the school's server: HTTP over TLS; one file for Linux (line_linux.cpp), one for Windows
// (line_windows.cpp).
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace santong::helper {

/// Where the school's server is.
struct Site {
    bool tls = true;
    std::string host;
    int port = 443;
    std::string authority;  ///< file with the certificate to trust besides the system's; Linux only, else the system's

    std::string origin() const;
};
/// "https://school.example:8443"; plain http only on this very machine. Empty if it is none.
std::optional<Site> site_of(std::string const& url);

struct Request {
    std::string method = "POST";
    std::string path;
    std::string body{};
    std::string token{};
    std::int64_t from = 0;                         ///< first byte wanted
    std::function<bool(std::string_view)> sink{};  ///< takes the bytes of a good answer; absent = `Answer::body`

    bool goes_to_sink(int status) const { return sink && status == (from > 0 ? 206 : 200); }
};
struct Answer {
    int status = 0;  ///< 0: not reached, or cut
    std::string body;
    std::string problem;  ///< why it was not reached, for the log
};
/// Waits 10 s for a connection, and for a minute while nothing comes.
Answer ask(Site const& site, Request const& request);

}  // namespace santong::helper
